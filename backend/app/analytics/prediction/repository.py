"""What the model learns from, and the cache of what it said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from app.analytics import repository
from app.analytics.filters import Filters
from app.analytics.models import Prediction
from app.analytics.moments import Epoch, earliest
from app.analytics.prediction.features import History
from app.applications.models import Application, Stage
from app.applications.reaching import reached_moments
from app.core.db import ReadSession
from app.correlation.models import Link
from app.intake.models import VerdictRow
from app.mail.models import Email

_LEARNED_FROM = 20_000  # the newest ones; more would take longer and tell of other times
_AWAITING = (Stage.APPLIED, Stage.ASSESSMENT)


def fingerprint(session: ReadSession, user_id: int) -> str:
    """Changes whenever any application of the user does: each change counts its version up."""
    row = session.execute(
        select(func.count(), func.sum(Application.version), func.max(Application.id)).where(
            Application.user_id == user_id
        )
    ).one()
    return ":".join(str(value or 0) for value in row)


def cached(session: ReadSession, user_id: int) -> Prediction | None:
    return session.get(Prediction, user_id)


def histories(session: ReadSession, user_id: int) -> list[History]:
    """The applications sent, archived ones too: leaving those out would leave out mostly rejections."""
    conditions = (
        *repository.wanted(user_id, Filters(archived=True)),
        Application.stage != Stage.SAVED,
    )
    newest = (
        select(Application.id)
        .where(*conditions)
        .order_by(Application.received_date.desc(), Application.id.desc())
        .limit(_LEARNED_FROM)
    )
    rows = session.execute(
        select(
            Application.id,
            Epoch(Application.received_date),
            earliest(*reached_moments("interview")),
            earliest(Application.rejected_at, Application.withdrawn_at),
            Application.source,
            Application.position_level,
        ).where(Application.id.in_(newest))
    ).all()
    mails: defaultdict[int, list[tuple[int, str | None]]] = defaultdict(list)
    for application_id, at, email_class in session.execute(
        select(Link.application_id, Epoch(Email.received_at), VerdictRow.email_class)
        .join(Email, Email.id == Link.email_id)
        .outerjoin(VerdictRow, VerdictRow.email_id == Link.email_id)
        .where(Link.user_id == user_id)
    ):
        mails[application_id].append((at, email_class))
    return [
        History(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            tuple(sorted(mails[row[0]], key=lambda m: (m[0], m[1] or ""))),
        )
        for row in rows
    ]


def awaiting(
    session: ReadSession, user_id: int, filters: Filters, ids: Collection[int]
) -> dict[int, Row[Any]]:
    """Of these applications the ones that match and may still succeed: (id, company, title, source, level)."""
    rows = session.execute(_awaiting(user_id, filters).where(Application.id.in_(ids))).all()
    return {row[0]: row for row in rows}


def all_awaiting(session: ReadSession, user_id: int, filters: Filters) -> dict[int, Row[Any]]:
    """The same of all the user's applications."""
    return {row[0]: row for row in session.execute(_awaiting(user_id, filters)).all()}


def _awaiting(user_id: int, filters: Filters) -> Any:
    columns: Sequence[Any] = (
        Application.id,
        Application.company_name,
        Application.job_title,
        Application.source,
        Application.position_level,
    )
    return select(*columns).where(
        *repository.wanted(user_id, filters),
        Application.stage.in_(_AWAITING),
        Application.interview_at.is_(None),
    )
