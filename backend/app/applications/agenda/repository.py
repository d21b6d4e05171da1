"""What the agenda reads; all scoped to its owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app.applications.models import ActionItem, Application, Interview, Reminder
from app.core.db import ReadSession

MOST = 300
_MOMENTS = (
    Application.assessment_at,
    Application.interview_at,
    Application.offer_at,
    Application.rejected_at,
)


def _in_sight(user_id: int) -> list[ColumnElement[bool]]:
    return [
        Application.user_id == user_id,
        Application.merged_into.is_(None),
        Application.deleted_at.is_(None),
        Application.archived_at.is_(None),
    ]


def open_items(session: ReadSession, user_id: int, now: datetime) -> Sequence[tuple[ActionItem, Application]]:
    """Open action items that are not put off."""
    rows = session.execute(
        select(ActionItem, Application)
        .join(Application, Application.id == ActionItem.application_id)
        .where(
            *_in_sight(user_id),
            ActionItem.user_id == user_id,
            ActionItem.done_at.is_(None),
            or_(ActionItem.snoozed_until.is_(None), ActionItem.snoozed_until <= now),
        )
        .order_by(ActionItem.due_at.is_(None), ActionItem.due_at, ActionItem.id)
        .limit(MOST)
    ).all()
    return [(row[0], row[1]) for row in rows]


def count_snoozed(session: ReadSession, user_id: int, now: datetime) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(ActionItem)
            .join(Application, Application.id == ActionItem.application_id)
            .where(
                *_in_sight(user_id),
                ActionItem.user_id == user_id,
                ActionItem.done_at.is_(None),
                ActionItem.snoozed_until > now,
            )
        )
        or 0
    )


def interviews_from(
    session: ReadSession, user_id: int, since: datetime
) -> Sequence[tuple[Interview, Application]]:
    """Interviews that stand and begin after `since`."""
    rows = session.execute(
        select(Interview, Application)
        .join(Application, Application.id == Interview.application_id)
        .where(
            *_in_sight(user_id),
            Interview.user_id == user_id,
            Interview.state == "scheduled",
            Interview.starts_at >= since,
        )
        .order_by(Interview.starts_at, Interview.id)
        .limit(MOST)
    ).all()
    return [(row[0], row[1]) for row in rows]


def open_reminders(session: ReadSession, user_id: int) -> Sequence[tuple[Reminder, Application]]:
    due_at = func.coalesce(Reminder.snoozed_until, Reminder.due_at)
    rows = session.execute(
        select(Reminder, Application)
        .join(Application, Application.id == Reminder.application_id)
        .where(*_in_sight(user_id), Reminder.user_id == user_id, Reminder.done_at.is_(None))
        .order_by(due_at, Reminder.id)
        .limit(MOST)
    ).all()
    return [(row[0], row[1]) for row in rows]


def silent(
    session: ReadSession, user_id: int, stages: Sequence[str], since: datetime, before: datetime
) -> Sequence[Application]:
    """Applications that nobody has to act on, last heard of between the two moments, the quietest first."""
    return session.scalars(
        select(Application)
        .where(
            *_in_sight(user_id),
            Application.stage.in_(stages),
            Application.requires_action.is_(False),
            Application.last_activity_at >= since,
            Application.last_activity_at < before,
        )
        .order_by(Application.last_activity_at, Application.id)
        .limit(MOST)
    ).all()


def answer_days(session: ReadSession, user_id: int, limit: int) -> list[tuple[str, int]]:
    """(company key, days from applying to the first answer) of the newest applications that were answered."""
    rows = session.execute(
        select(Application.company_key, Application.applied_at, *_MOMENTS)
        .where(
            Application.user_id == user_id,
            Application.merged_into.is_(None),
            Application.applied_at.is_not(None),
            or_(*(moment.is_not(None) for moment in _MOMENTS)),
        )
        .order_by(Application.received_date.desc())
        .limit(limit)
    ).all()
    found = []
    for key, applied_at, *moments in rows:
        first = min(m for m in moments if m is not None)
        if applied_at is not None and first >= applied_at:
            found.append((str(key), (first - applied_at).days))
    return found


def news(session: ReadSession, user_id: int, since: datetime) -> Sequence[Application]:
    """Applications with a moment after `since` that the user has not looked at since then. What is later than all
    mail is the user's own doing, and no news to them."""
    moments: list[Any] = [Application.applied_at, *_MOMENTS]
    fresh = [
        (moment > since)
        & (moment <= Application.last_activity_at)
        & or_(Application.seen_at.is_(None), moment > Application.seen_at)
        for moment in moments
    ]
    return session.scalars(
        select(Application)
        .where(*_in_sight(user_id), or_(*fresh))
        .order_by(Application.last_activity_at.desc(), Application.id)
        .limit(MOST)
    ).all()
