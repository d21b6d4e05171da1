"""What a user's database says, without ids: comparable between runs, databases and orders of arrival."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app import orm
from app.applications.models import Application
from app.core import db
from app.correlation.models import Link
from app.intake.models import VerdictRow
from app.mail.models import Email
from app.mailsync.models import EmailLog


@dataclass(frozen=True)
class Candidacy:
    """One application as its mails' Message-IDs and what is said of it."""

    mails: frozenset[str]
    company: str | None
    title: str | None
    stage: str
    moments: tuple[Any, ...]


@dataclass(frozen=True)
class State:
    """`classes` by Message-ID, the applications, and how often each Message-ID is stored."""

    classes: dict[str, str | None]
    candidacies: frozenset[Candidacy]
    copies: Counter[str]
    application_count: int


def state_of(user_id: int) -> State:
    """Everything that must not depend on how the mail arrived."""
    with db.read_session() as session:
        emails = {e.id: e for e in session.scalars(select(Email).where(Email.user_id == user_id))}
        verdicts = session.scalars(select(VerdictRow).where(VerdictRow.user_id == user_id)).all()
        links = session.scalars(select(Link).where(Link.user_id == user_id)).all()
        applications = session.scalars(
            select(Application).where(Application.user_id == user_id, Application.merged_into.is_(None))
        ).all()
    name = {i: e.rfc822_message_id or e.dedupe_key for i, e in emails.items()}
    members: dict[int, set[str]] = {}
    for link in links:
        members.setdefault(link.application_id, set()).add(name[link.email_id])
    return State(
        classes={name[v.email_id]: v.email_class for v in verdicts},
        candidacies=frozenset(_candidacy(a, members.get(a.id, set())) for a in applications),
        copies=Counter(name.values()),
        application_count=len(applications),
    )


def _candidacy(a: Application, mails: set[str]) -> Candidacy:
    moments = (a.applied_at, a.assessment_at, a.interview_at, a.offer_at, a.rejected_at, a.last_activity_at)
    return Candidacy(frozenset(mails), a.company_name, a.job_title, a.stage, moments)


def rows_of(user_id: int) -> dict[str, int]:
    """How many rows each table holds for the user; tables without any are left out."""
    found = {}
    with db.read_session() as session:
        for table in orm.metadata.sorted_tables:
            owner = table.c.id if table.name == "users" else table.c.get("user_id")
            if owner is None:
                continue
            count = session.scalar(select(func.count()).select_from(table).where(owner == user_id)) or 0
            if count:
                found[table.name] = count
    return found


def outcomes_of(run_id: str) -> Counter[str]:
    """How many messages of the run's ledger had each outcome."""
    with db.read_session() as session:
        return Counter(session.scalars(select(EmailLog.outcome).where(EmailLog.run_id == run_id)))
