"""Queries over decisions of all kinds; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update

from app.applications.models import Application, Decision, DecisionKind
from app.core.db import ReadSession, WriteSession

MOVES_MAIL = (
    DecisionKind.CLASS,
    DecisionKind.ENTITY,
    DecisionKind.LINK,
    DecisionKind.UNLINK,
    DecisionKind.MERGE,
    DecisionKind.SPLIT,
    DecisionKind.NOT_SAME,
    DecisionKind.IGNORE,
)


def active(
    session: ReadSession, user_id: int, kinds: Collection[str], application_id: int | None = None
) -> Sequence[Decision]:
    """The user's active decisions of these kinds, about one application or all, oldest first."""
    wanted = [Decision.user_id == user_id, Decision.kind.in_(kinds), Decision.revoked_at.is_(None)]
    if application_id is not None:
        wanted.append(Decision.application_id == application_id)
    return session.scalars(select(Decision).where(*wanted).order_by(Decision.id)).all()


def newest_of(session: ReadSession, user_id: int, kind: str, application_id: int) -> Decision | None:
    """The newest decision of that kind about the application, taken back or not."""
    return session.scalar(
        select(Decision)
        .where(Decision.user_id == user_id, Decision.kind == kind, Decision.application_id == application_id)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def revoked_among(session: ReadSession, user_id: int, ids: Collection[int]) -> set[int]:
    """Those of these decisions that were taken back."""
    return set(
        session.scalars(
            select(Decision.id).where(
                Decision.user_id == user_id, Decision.id.in_(ids), Decision.revoked_at.is_not(None)
            )
        )
    )


def newest_word_about_mail(session: ReadSession, user_id: int) -> tuple[int, datetime | None]:
    """Changes whenever the user says something that moves mail, or takes it back."""
    row = session.execute(
        select(func.max(Decision.id), func.max(Decision.revoked_at)).where(
            Decision.user_id == user_id, Decision.kind.in_(MOVES_MAIL)
        )
    ).one()
    return row[0] or 0, row[1]


def page(
    session: ReadSession,
    user_id: int,
    *,
    application_ids: Collection[int] | None,
    email_ids: Collection[int],
    kind: str | None,
    is_active: bool | None,
    offset: int,
    limit: int,
) -> tuple[Sequence[Decision], int]:
    """Decisions, newest first, and how many match; about all, or about these applications and emails."""
    wanted: list[ColumnElement[bool]] = [Decision.user_id == user_id]
    if application_ids is not None:
        wanted.append(
            or_(Decision.application_id.in_(application_ids), Decision.email_id.in_(list(email_ids)[:500]))
        )
    if kind is not None:
        wanted.append(Decision.kind == kind)
    if is_active is not None:
        wanted.append(Decision.revoked_at.is_(None) if is_active else Decision.revoked_at.is_not(None))
    rows = session.scalars(
        select(Decision).where(*wanted).order_by(Decision.id.desc()).offset(offset).limit(limit)
    ).all()
    return rows, session.scalar(select(func.count()).select_from(Decision).where(*wanted)) or 0


def without_mail(session: ReadSession, user_id: int, company_keys: Collection[str]) -> Sequence[Application]:
    """Applications in sight to these companies that no mail was found for."""
    return session.scalars(
        select(Application)
        .where(
            Application.user_id == user_id,
            Application.company_key.in_(company_keys),
            Application.emails == 0,
            Application.merged_into.is_(None),
            Application.deleted_at.is_(None),
        )
        .order_by(Application.id)
    ).all()


def lock_decision(session: ReadSession, user_id: int, decision_id: int) -> Decision | None:
    """The decision as it is now, kept from others until the transaction ends."""
    return session.scalar(
        select(Decision)
        .where(Decision.id == decision_id, Decision.user_id == user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def lock(session: ReadSession, user_id: int, application_id: int) -> Application | None:
    """The row as it is now, kept from others until the transaction ends."""
    return session.scalar(
        select(Application)
        .where(Application.id == application_id, Application.user_id == user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def deleted_before(session: ReadSession, before: datetime, limit: int) -> Sequence[tuple[int, int]]:
    """(user id, application id) of those deleted before that moment."""
    rows = session.execute(
        select(Application.user_id, Application.id)
        .where(Application.deleted_at.is_not(None), Application.deleted_at < before)
        .order_by(Application.id)
        .limit(limit)
    ).all()
    return [(row[0], row[1]) for row in rows]


def in_sight(session: ReadSession, user_id: int, *, archived: bool = False) -> Sequence[Any]:
    """(id, company key, title key, requisition, link, received, last activity, end) of the applications in sight;
    the newest 20,000, which is more than anybody compares. With `archived` those count too."""
    ended = func.coalesce(Application.rejected_at, Application.withdrawn_at, Application.accepted_at)
    return session.execute(
        select(
            Application.id,
            Application.company_key,
            Application.title_key,
            Application.requisition_id,
            Application.job_url,
            Application.received_date,
            Application.last_activity_at,
            ended,
        )
        .where(
            Application.user_id == user_id,
            Application.merged_into.is_(None),
            Application.deleted_at.is_(None),
            *([] if archived else [Application.archived_at.is_(None)]),
        )
        .order_by(Application.last_activity_at.desc(), Application.id)
        .limit(20_000)
    ).all()


def names_of(session: ReadSession, user_id: int, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """(company, title) by application, as they are written."""
    rows = session.execute(
        select(Application.id, Application.company_name, Application.job_title).where(
            Application.user_id == user_id, Application.id.in_(ids)
        )
    ).all()
    return {row[0]: (row[1] or "", row[2] or "") for row in rows}


def mark_seen(session: WriteSession, user_id: int, at: datetime, ids: Collection[int] | None) -> int:
    """Note that the user saw these applications, or all; how many had something new."""
    wanted = [
        Application.user_id == user_id,
        or_(Application.seen_at.is_(None), Application.seen_at < Application.last_activity_at),
    ]
    if ids is not None:
        wanted.append(Application.id.in_(ids))
    marked = session.scalars(
        update(Application)
        .where(*wanted)
        .values(seen_at=at)
        .returning(Application.id)
        .execution_options(synchronize_session=False)
    )
    return len(marked.all())
