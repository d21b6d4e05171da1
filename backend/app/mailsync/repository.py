"""Queries over cursors and the ledger; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, exists, func, insert, literal_column, or_, select, update
from sqlalchemy.orm import aliased

from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.correlation.models import Link
from app.intake.models import VerdictRow
from app.mail.models import Email, EmailBody, EmailSource, MailAccount
from app.mailsync.lines import Line
from app.mailsync.models import EmailLog, Outcome, Reason, SyncState
from app.runs.models import Run

GIVE_UP_AFTER = 5
RETRIED_AT_ONCE = 1_000
_ADD_LINES = insert(cast("Table", EmailLog.__table__))


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


def note_error(session: WriteSession, account_id: int, detail: str) -> None:
    """What kept the last sync of this account from succeeding."""
    session.execute(
        update(SyncState)
        .where(SyncState.mail_account_id == account_id)
        .values(status="error", error=detail, updated_at=now())
    )


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
    """Messages that could not be fetched so far, were tried fewer than five times and are not stored since: the newest
    of them, as many as one sync tries again. Looks at what failed alone, however long the ledger is."""
    other = aliased(EmailLog)
    is_stored = exists().where(
        EmailSource.mail_account_id == account_id,
        EmailSource.provider_message_id == EmailLog.provider_message_id,
    )
    is_left_out = exists().where(
        other.mail_account_id == account_id,
        other.provider_message_id == EmailLog.provider_message_id,
        other.outcome == Outcome.SKIPPED,
        other.reason.is_distinct_from(Reason.NOT_IN_QUERY),
    )
    return list(
        session.scalars(
            select(EmailLog.provider_message_id)
            .where(
                EmailLog.mail_account_id == account_id,
                EmailLog.outcome == literal_column(f"'{Outcome.FAILED}'"),  # the words of the index
                ~is_stored,
                ~is_left_out,
            )
            .group_by(EmailLog.provider_message_id)
            .having(func.count() < GIVE_UP_AFTER)
            .order_by(func.max(EmailLog.id).desc())
            .limit(RETRIED_AT_ONCE)
        )
    )


def lines_of(session: ReadSession, run_id: str, account_id: int, ids: Collection[str]) -> dict[str, EmailLog]:
    """The run's ledger lines of these messages."""
    rows = session.scalars(
        select(EmailLog).where(
            EmailLog.run_id == run_id,
            EmailLog.mail_account_id == account_id,
            EmailLog.provider_message_id.in_(ids),
        )
    )
    return {row.provider_message_id: row for row in rows}


def last_run(session: ReadSession, user_id: int, kind: str, dedupe_key: str) -> Run | None:
    """The user's newest run of this kind that was started under this key."""
    return session.scalar(
        select(Run)
        .where(Run.user_id == user_id, Run.kind == kind, Run.dedupe_key == dedupe_key)
        .order_by(Run.created_at.desc())
        .limit(1)
    )


def get_line(session: ReadSession, user_id: int, line_id: int) -> EmailLog | None:
    return session.scalar(select(EmailLog).where(EmailLog.id == line_id, EmailLog.user_id == user_id))


def lines_before(
    session: ReadSession, run_id: str, account_id: int, ids: Collection[str]
) -> tuple[set[str], set[str]]:
    """Which of these messages the run has in the ledger already, and which have lines that name no email."""
    rows = session.execute(
        select(EmailLog.provider_message_id, EmailLog.run_id, EmailLog.email_id).where(
            EmailLog.mail_account_id == account_id, EmailLog.provider_message_id.in_(ids)
        )
    ).all()
    return {row[0] for row in rows if row[1] == run_id}, {row[0] for row in rows if row[2] is None}


def add_lines(session: WriteSession, run_id: str, account: MailAccount, lines: Sequence[Line]) -> None:
    """Write lines of a run's ledger, in one statement."""
    if not lines:
        return
    whose = {
        "user_id": account.user_id,
        "run_id": run_id,
        "mail_account_id": account.id,
        "processed_at": now(),
    }
    session.execute(_ADD_LINES, [line.columns() | whose for line in lines])


def name_email(session: WriteSession, account_id: int, emails: Mapping[str, int]) -> None:
    """Lines of messages that were left out, or failed, learn which email they have become."""
    for provider_id, email_id in emails.items():
        session.execute(
            update(EmailLog)
            .where(
                EmailLog.mail_account_id == account_id,
                EmailLog.provider_message_id == provider_id,
                EmailLog.email_id.is_(None),
            )
            .values(email_id=email_id)
        )


def left_out_for_good(session: ReadSession, account_id: int, ids: Collection[str]) -> set[str]:
    """Which of these messages were looked at and found to be no mail, or gone."""
    return set(
        session.scalars(
            select(EmailLog.provider_message_id).where(
                EmailLog.mail_account_id == account_id,
                EmailLog.provider_message_id.in_(ids),
                EmailLog.outcome == Outcome.SKIPPED,
                EmailLog.reason.in_((Reason.EMPTY, Reason.DRAFT, Reason.CHAT)),
            )
        )
    )


def failures_of(session: ReadSession, account_id: int, ids: Collection[str]) -> dict[str, str]:
    """Why these messages could not be fetched or read so far."""
    rows = session.execute(
        select(EmailLog.provider_message_id, EmailLog.error, EmailLog.reason)
        .where(
            EmailLog.mail_account_id == account_id,
            EmailLog.provider_message_id.in_(ids),
            EmailLog.outcome == Outcome.FAILED,
        )
        .order_by(EmailLog.id)
    ).all()
    return {row[0]: row[1] or str(row[2]) for row in rows}


def left_out_by_query(session: ReadSession, account_id: int, ids: Collection[str]) -> list[str]:
    """Which of these messages were left out because the search did not find them, and are not stored since."""
    return list(
        session.scalars(
            select(EmailLog.provider_message_id)
            .where(
                EmailLog.mail_account_id == account_id,
                EmailLog.provider_message_id.in_(ids),
                EmailLog.reason == Reason.NOT_IN_QUERY,
                EmailLog.email_id.is_(None),
            )
            .distinct()
        )
    )


def count_left_out_from(session: ReadSession, user_id: int, sender: str) -> int:
    """How many messages of this sender were left out and are not stored since."""
    return (
        session.scalar(
            select(func.count(EmailLog.provider_message_id.distinct())).where(
                EmailLog.user_id == user_id,
                EmailLog.sender == sender,
                EmailLog.outcome == Outcome.SKIPPED,
                EmailLog.email_id.is_(None),
            )
        )
        or 0
    )


def senders_of_applications(session: ReadSession, user_id: int, limit: int) -> list[str]:
    """Addresses that wrote about the user's applications, the latest first."""
    rows = session.execute(
        select(Email.sender_email, func.max(Email.received_at))
        .join(Link, Link.email_id == Email.id)
        .where(Email.user_id == user_id, Email.direction == "in", Email.sender_email != "")
        .group_by(Email.sender_email)
        .order_by(func.max(Email.received_at).desc(), Email.sender_email)
        .limit(limit)
    ).all()
    return [row[0] for row in rows]


def has_mail(session: ReadSession, account_id: int) -> bool:
    return (
        session.scalar(select(EmailSource.id).where(EmailSource.mail_account_id == account_id).limit(1))
        is not None
    )


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A message that is stored and not deleted at its source; `arrived_at` is None where the source did not tell."""

    id: int
    provider_message_id: str
    arrived_at: datetime | None


def oldest_arrival(session: ReadSession, account_id: int) -> datetime | None:
    """When the account's oldest stored message reached its source."""
    return session.scalar(
        select(func.min(EmailSource.internal_date)).where(EmailSource.mail_account_id == account_id)
    )


def present_sources(session: ReadSession, account_id: int) -> list[StoredSource]:
    """What is stored of the account and not deleted there."""
    rows = session.execute(
        select(EmailSource.id, EmailSource.provider_message_id, EmailSource.internal_date).where(
            EmailSource.mail_account_id == account_id, EmailSource.is_deleted.is_(False)
        )
    ).all()
    return [StoredSource(row[0], row[1], row[2]) for row in rows]


def class_counts(session: ReadSession, user_id: int) -> Sequence[tuple[int, str | None, bool, bool, int]]:
    """(account id, class, has a verdict, is deleted there, how many) of the user's stored mail."""
    rows = session.execute(
        select(
            EmailSource.mail_account_id,
            VerdictRow.email_class,
            VerdictRow.email_id.is_not(None),
            EmailSource.is_deleted,
            func.count(),
        )
        .outerjoin(VerdictRow, VerdictRow.email_id == EmailSource.email_id)
        .where(EmailSource.user_id == user_id)
        .group_by(
            EmailSource.mail_account_id,
            VerdictRow.email_class,
            VerdictRow.email_id.is_not(None),
            EmailSource.is_deleted,
        )
    ).all()
    return [(row[0], row[1], bool(row[2]), bool(row[3]), row[4]) for row in rows]


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


def deleted_before(session: ReadSession, moment: datetime, limit: int) -> list[tuple[int, int]]:
    """(user id, email id) of mail that was deleted at its source before `moment`, is linked to no application and
    still has a body. The ledger tells when; mail of which it does not stays."""
    rows = session.execute(
        select(Email.user_id, Email.id)
        .join(EmailBody, EmailBody.email_id == Email.id)
        .join(EmailLog, EmailLog.email_id == Email.id)
        .outerjoin(Link, Link.email_id == Email.id)
        .where(
            Email.is_deleted,
            Link.email_id.is_(None),
            EmailLog.outcome == Outcome.DELETED,
            or_(EmailBody.text != "", EmailBody.html.is_not(None), EmailBody.calendar.is_not(None)),
        )
        .group_by(Email.user_id, Email.id)
        .having(func.max(EmailLog.processed_at) < moment)
        .order_by(Email.id)
        .limit(limit)
    ).all()
    return [(row[0], row[1]) for row in rows]


def forget_lines(session: WriteSession, before: datetime, limit: int) -> int:
    """Delete ledger lines of forgotten runs that say no more than that a stored mail was found; how many went."""
    old = list(
        session.scalars(
            select(EmailLog.id)
            .where(
                EmailLog.run_id.is_(None),
                EmailLog.processed_at < before,
                EmailLog.email_id.is_not(None),
                EmailLog.outcome.in_((Outcome.STORED, Outcome.KNOWN)),
            )
            .order_by(EmailLog.id)
            .limit(limit)
        )
    )
    if old:
        session.execute(delete(EmailLog).where(EmailLog.id.in_(old)))
    return len(old)
