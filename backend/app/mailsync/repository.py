"""Queries over cursors and the ledger; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select

from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.mail.models import EmailSource
from app.mailsync.models import EmailLog, Outcome, SyncState

GIVE_UP_AFTER = 5


def state_of(session: ReadSession, account_id: int) -> SyncState | None:
    return session.get(SyncState, account_id)


def states(session: ReadSession, user_id: int) -> dict[int, SyncState]:
    rows = session.scalars(select(SyncState).where(SyncState.user_id == user_id)).all()
    return {row.mail_account_id: row for row in rows}


def ensure_state(session: WriteSession, user_id: int, account_id: int) -> SyncState:
    """The account's cursor row, made when there is none."""
    found = session.get(SyncState, account_id)
    if found is None:
        found = SyncState(mail_account_id=account_id, user_id=user_id, updated_at=now())
        session.add(found)
        session.flush()
    return found


def logged_ids(session: ReadSession, run_id: str, account_id: int, ids: Collection[str]) -> set[str]:
    """Which of these messages the run has in the ledger already (it was resumed)."""
    return set(
        session.scalars(
            select(EmailLog.provider_message_id).where(
                EmailLog.run_id == run_id,
                EmailLog.mail_account_id == account_id,
                EmailLog.provider_message_id.in_(ids),
            )
        )
    )


def failed_ids(session: ReadSession, account_id: int) -> list[str]:
    """Messages that could not be fetched so far, were tried fewer than five times and are not stored since."""
    stored = select(EmailSource.provider_message_id).where(EmailSource.mail_account_id == account_id)
    return list(
        session.scalars(
            select(EmailLog.provider_message_id)
            .where(
                EmailLog.mail_account_id == account_id,
                EmailLog.outcome == Outcome.FAILED,
                EmailLog.provider_message_id.not_in(stored),
            )
            .group_by(EmailLog.provider_message_id)
            .having(func.count() < GIVE_UP_AFTER)
        )
    )


def ledger(
    session: ReadSession, user_id: int, run_id: str, *, outcome: str | None, before_id: int | None, limit: int
) -> Sequence[EmailLog]:
    """Lines of a run's ledger, newest first."""
    wanted = [EmailLog.user_id == user_id, EmailLog.run_id == run_id]
    if outcome:
        wanted.append(EmailLog.outcome == outcome)
    if before_id is not None:
        wanted.append(EmailLog.id < before_id)
    return session.scalars(select(EmailLog).where(*wanted).order_by(EmailLog.id.desc()).limit(limit)).all()


def forget_account(session: WriteSession, account_id: int) -> None:
    session.execute(delete(SyncState).where(SyncState.mail_account_id == account_id))
    session.execute(delete(EmailLog).where(EmailLog.mail_account_id == account_id))
