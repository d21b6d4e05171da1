"""Read models: emails with their verdicts and links, search, and an application's history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.db import ReadSession
from app.correlation.models import Link
from app.intake import repository
from app.intake.models import VerdictRow
from app.mail import repository as mail
from app.mail.models import Email, EmailBody, EmailSource


@dataclass(frozen=True, slots=True)
class EmailView:
    """One email as lists show it."""

    email: Email
    verdict: VerdictRow | None
    link: Link | None
    source: EmailSource | None


@dataclass(frozen=True, slots=True)
class EmailWhole:
    """One email with all that is known of it."""

    view: EmailView
    body: EmailBody | None
    sources: Sequence[EmailSource]


def list_emails(
    session: ReadSession, user_id: int, wanted: repository.EmailFilters, offset: int, limit: int
) -> tuple[list[EmailView], int]:
    """Emails, newest first, and how many match."""
    rows, total = repository.emails(session, user_id, wanted, offset, limit)
    sources = _first_sources(session, user_id, [row[0].id for row in rows])
    return [EmailView(e, v, link, sources.get(e.id)) for e, v, link in rows], total


def get_email(session: ReadSession, user_id: int, email_id: int) -> EmailWhole:
    """Raises EmailNotFound."""
    email = mail.get_email(session, user_id, email_id)
    verdict, link = repository.verdict_and_link(session, user_id, email_id)
    sources = mail.sources_of(session, user_id, [email_id])
    view = EmailView(email, verdict, link, sources[0] if sources else None)
    return EmailWhole(view, mail.get_body(session, user_id, email_id), sources)


def _first_sources(session: ReadSession, user_id: int, ids: Sequence[int]) -> dict[int, EmailSource]:
    found: dict[int, EmailSource] = {}
    for source in mail.sources_of(session, user_id, ids):
        found.setdefault(source.email_id, source)
    return found
