"""Queries over schedules. Those that look for what is due see all users' accounts: nobody asked for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, select, update

from app.auth.models import User
from app.core.db import ReadSession, WriteSession
from app.mail.models import MailAccount, Provider
from app.mailsync.models import Schedule

_CONNECTED = and_(MailAccount.credentials.is_not(None), MailAccount.provider != Provider.ARCHIVE)


def of_account(session: ReadSession, user_id: int, account_id: int) -> Sequence[Schedule]:
    return session.scalars(
        select(Schedule)
        .where(Schedule.user_id == user_id, Schedule.mail_account_id == account_id)
        .order_by(Schedule.id)
    ).all()


def unscheduled(session: ReadSession, kinds: int) -> Sequence[MailAccount]:
    """Connected accounts that have fewer than `kinds` schedules."""
    known = (
        select(func.count())
        .select_from(Schedule)
        .where(Schedule.mail_account_id == MailAccount.id)
        .scalar_subquery()
    )
    return session.scalars(select(MailAccount).where(_CONNECTED, known < kinds)).all()


def due(session: ReadSession, kinds: Collection[str], at: datetime, limit: int) -> Sequence[Schedule]:
    """Schedules of usable accounts whose turn it is, the longest overdue first."""
    return session.scalars(
        select(Schedule)
        .join(MailAccount, MailAccount.id == Schedule.mail_account_id)
        .join(User, User.id == Schedule.user_id)
        .where(
            User.deactivated_at.is_(None),
            Schedule.enabled,
            Schedule.kind.in_(kinds),
            Schedule.next_due_at <= at,
            MailAccount.needs_reauth.is_(False),
            _CONNECTED,
        )
        .order_by(Schedule.next_due_at)
        .limit(limit)
    ).all()


def take_turn(session: WriteSession, schedule: Schedule, at: datetime, until: datetime) -> bool:
    """Move the schedule on; False when somebody else has done so, or it was switched off."""
    taken = session.execute(
        update(Schedule)
        .where(Schedule.id == schedule.id, Schedule.next_due_at == schedule.next_due_at, Schedule.enabled)
        .values(next_due_at=until, last_started_at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(taken, "rowcount", 0))


def change(session: WriteSession, schedule_id: int, **values: object) -> None:
    session.execute(
        update(Schedule)
        .where(Schedule.id == schedule_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def started_by(session: ReadSession, run_id: str) -> Schedule | None:
    """The schedule whose newest turn is this run."""
    return session.scalar(select(Schedule).where(Schedule.last_run_id == run_id))


def owner(session: ReadSession, schedule: Schedule) -> tuple[User, MailAccount] | None:
    """The schedule's user and account, as long as both are there."""
    row = session.execute(
        select(User, MailAccount)
        .join(MailAccount, MailAccount.user_id == User.id)
        .where(User.id == schedule.user_id, MailAccount.id == schedule.mail_account_id)
    ).first()
    return (row[0], row[1]) if row else None
