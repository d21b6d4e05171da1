"""Queries over drafts, templates and calendars, and what these read of rooms below; scoped to their owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from app.applications.models import ActionItem, Application, Interview, Reminder
from app.auth.models import User
from app.core.db import ReadSession, WriteSession
from app.correlation.models import Link
from app.mail.models import Email, EmailSource
from app.replies.models import CalendarFeed, CalendarWrite, ReplyDraft, ReplyTemplate

MOST_EVENTS = 1_000


def templates(session: ReadSession, user_id: int) -> dict[str, str]:
    """The user's own templates by key."""
    rows = session.scalars(select(ReplyTemplate).where(ReplyTemplate.user_id == user_id)).all()
    return {row.key: row.body for row in rows}


def put_template(session: WriteSession, user_id: int, key: str, body: str, at: datetime) -> None:
    found = session.scalar(
        select(ReplyTemplate).where(ReplyTemplate.user_id == user_id, ReplyTemplate.key == key)
    )
    if found is None:
        session.add(ReplyTemplate(user_id=user_id, key=key, body=body, changed_at=at))
    else:
        found.body, found.changed_at = body, at


def forget_template(session: WriteSession, user_id: int, key: str) -> None:
    session.execute(delete(ReplyTemplate).where(ReplyTemplate.user_id == user_id, ReplyTemplate.key == key))


def find_draft(session: ReadSession, user_id: int, key: str) -> ReplyDraft | None:
    return session.scalar(select(ReplyDraft).where(ReplyDraft.user_id == user_id, ReplyDraft.key == key))


def take_over(session: WriteSession, draft: ReplyDraft, state: str, at: datetime) -> bool:
    """Go on with a draft that stands as it was read; False when somebody else was faster."""
    changed = session.execute(
        update(ReplyDraft)
        .where(
            ReplyDraft.id == draft.id,
            ReplyDraft.state == draft.state,
            ReplyDraft.changed_at == draft.changed_at,
        )
        .values(state=state, changed_at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(changed, "rowcount", 0))


def incoming(session: ReadSession, user_id: int, application_id: int) -> Sequence[Email]:
    """The application's incoming mail that is still there, newest first."""
    return session.scalars(
        select(Email)
        .join(Link, Link.email_id == Email.id)
        .where(
            Email.user_id == user_id,
            Link.application_id == application_id,
            Email.direction == "in",
            Email.is_deleted.is_(False),
        )
        .order_by(Email.received_at.desc(), Email.id.desc())
        .limit(100)
    ).all()


def sources_of(session: ReadSession, user_id: int, email_id: int) -> Sequence[EmailSource]:
    return session.scalars(
        select(EmailSource)
        .where(EmailSource.user_id == user_id, EmailSource.email_id == email_id)
        .order_by(EmailSource.id)
    ).all()


def feed_of(session: ReadSession, user_id: int) -> CalendarFeed | None:
    return session.scalar(select(CalendarFeed).where(CalendarFeed.user_id == user_id))


def feed_by_secret(session: ReadSession, secret_hash: str) -> tuple[CalendarFeed, User] | None:
    row = session.execute(
        select(CalendarFeed, User)
        .join(User, User.id == CalendarFeed.user_id)
        .where(CalendarFeed.secret_hash == secret_hash, User.deactivated_at.is_(None))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def note_read(session: WriteSession, feed_id: int, at: datetime) -> None:
    session.execute(update(CalendarFeed).where(CalendarFeed.id == feed_id).values(last_read_at=at))


def interviews_between(
    session: ReadSession, user_id: int, since: datetime, until: datetime
) -> Sequence[tuple[Interview, Application]]:
    """Interviews of applications that were not deleted, canceled ones too."""
    rows = session.execute(
        select(Interview, Application)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Interview.user_id == user_id,
            Application.deleted_at.is_(None),
            Interview.starts_at >= since,
            Interview.starts_at < until,
        )
        .order_by(Interview.starts_at, Interview.id)
        .limit(MOST_EVENTS)
    ).all()
    return [(row[0], row[1]) for row in rows]


def deadlines_between(
    session: ReadSession, user_id: int, since: datetime, until: datetime
) -> Sequence[tuple[ActionItem, Application]]:
    """Open action items with a due date, of applications that are in sight."""
    rows = session.execute(
        select(ActionItem, Application)
        .join(Application, Application.id == ActionItem.application_id)
        .where(
            ActionItem.user_id == user_id,
            ActionItem.done_at.is_(None),
            Application.deleted_at.is_(None),
            Application.archived_at.is_(None),
            ActionItem.due_at >= since,
            ActionItem.due_at < until,
        )
        .order_by(ActionItem.due_at, ActionItem.id)
        .limit(MOST_EVENTS)
    ).all()
    return [(row[0], row[1]) for row in rows]


def reminders_between(
    session: ReadSession, user_id: int, since: datetime, until: datetime
) -> Sequence[tuple[Reminder, Application]]:
    """Open reminders of applications that are in sight, by when they are due now."""
    due_at = func.coalesce(Reminder.snoozed_until, Reminder.due_at)
    rows = session.execute(
        select(Reminder, Application)
        .join(Application, Application.id == Reminder.application_id)
        .where(
            Reminder.user_id == user_id,
            Reminder.done_at.is_(None),
            Application.deleted_at.is_(None),
            Application.archived_at.is_(None),
            due_at >= since,
            due_at < until,
        )
        .order_by(due_at, Reminder.id)
        .limit(MOST_EVENTS)
    ).all()
    return [(row[0], row[1]) for row in rows]


def talk_nearest(session: ReadSession, user_id: int, application_id: int, at: datetime) -> Interview | None:
    """The next interview that stands, else the last one."""
    stands = (
        Interview.user_id == user_id,
        Interview.application_id == application_id,
        Interview.state == "scheduled",
        Interview.starts_at.is_not(None),
    )
    ahead = select(Interview).where(*stands, Interview.starts_at >= at).order_by(Interview.starts_at)
    past = select(Interview).where(*stands, Interview.starts_at < at).order_by(Interview.starts_at.desc())
    return session.scalar(ahead.limit(1)) or session.scalar(past.limit(1))


def calendar_write(session: ReadSession, user_id: int, interview_id: int) -> CalendarWrite | None:
    return session.scalar(
        select(CalendarWrite).where(
            CalendarWrite.user_id == user_id, CalendarWrite.interview_id == interview_id
        )
    )


def calendar_writes(
    session: ReadSession, user_id: int, interview_ids: Sequence[int]
) -> dict[int, CalendarWrite]:
    rows = session.scalars(
        select(CalendarWrite).where(
            CalendarWrite.user_id == user_id,
            CalendarWrite.interview_id.in_(interview_ids),
        )
    ).all()
    return {row.interview_id: row for row in rows}
