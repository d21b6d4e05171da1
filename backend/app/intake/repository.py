"""Queries over verdicts and what intake reads of emails and links; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, select, update

from app.core.db import ReadSession, WriteSession
from app.intake.models import SearchEntry, VerdictRow
from app.mail.models import Email, EmailBody, EmailSource

UNLINKABLE = ("JOB_ALERT", "NOT_JOB_RELATED")


def pending(session: ReadSession, user_id: int, after_id: int, limit: int) -> Sequence[tuple[Email, EmailBody]]:
    """Emails without a verdict, in the order in which they were stored."""
    rows = session.execute(
        select(Email, EmailBody)
        .join(EmailBody, EmailBody.email_id == Email.id)
        .outerjoin(VerdictRow, VerdictRow.email_id == Email.id)
        .where(Email.user_id == user_id, Email.id > after_id, VerdictRow.email_id.is_(None))
        .order_by(Email.id)
        .limit(limit)
    ).all()
    return [(row[0], row[1]) for row in rows]


def count_pending(session: ReadSession, user_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Email)
            .outerjoin(VerdictRow, VerdictRow.email_id == Email.id)
            .where(Email.user_id == user_id, VerdictRow.email_id.is_(None))
        )
        or 0
    )


def verdicts_of(session: ReadSession, user_id: int, email_ids: Collection[int]) -> Mapping[int, VerdictRow]:
    rows = session.scalars(
        select(VerdictRow).where(VerdictRow.user_id == user_id, VerdictRow.email_id.in_(email_ids))
    ).all()
    return {row.email_id: row for row in rows}


def threads_of(session: ReadSession, user_id: int, email_ids: Collection[int]) -> Mapping[int, list[tuple[int, str]]]:
    """(mail account id, thread id) pairs per email."""
    found: dict[int, list[tuple[int, str]]] = {}
    rows = session.execute(
        select(EmailSource.email_id, EmailSource.mail_account_id, EmailSource.thread_id).where(
            EmailSource.user_id == user_id, EmailSource.email_id.in_(email_ids)
        )
    ).all()
    for email_id, account_id, thread_id in rows:
        if thread_id is None:
            continue
        found.setdefault(email_id, []).append((account_id, thread_id))
    return found


def mark_review(session: WriteSession, user_id: int, email_ids: Collection[int], reason: str) -> None:
    """Ask a person about these emails."""
    session.execute(
        update(VerdictRow)
        .where(VerdictRow.user_id == user_id, VerdictRow.email_id.in_(email_ids))
        .values(needs_review=True, review_reason=reason)
    )


def unmark_review(session: WriteSession, user_id: int, email_ids: Collection[int], reason: str) -> None:
    """Withdraw a question that was asked for `reason`."""
    session.execute(
        update(VerdictRow)
        .where(
            VerdictRow.user_id == user_id, VerdictRow.email_id.in_(email_ids), VerdictRow.review_reason == reason
        )
        .values(needs_review=False, review_reason=None)
    )


def search_entries_of(
    session: ReadSession, user_id: int, kind: str, ref_ids: Collection[int]
) -> Mapping[int, SearchEntry]:
    rows = session.scalars(
        select(SearchEntry).where(
            SearchEntry.user_id == user_id, SearchEntry.kind == kind, SearchEntry.ref_id.in_(ref_ids)
        )
    ).all()
    return {row.ref_id: row for row in rows}


def forget_search_entries(session: WriteSession, user_id: int, kind: str, ref_ids: Collection[int]) -> None:
    session.execute(
        delete(SearchEntry).where(
            SearchEntry.user_id == user_id, SearchEntry.kind == kind, SearchEntry.ref_id.in_(ref_ids)
        )
    )


def linked_without_body_entry(session: ReadSession, user_id: int, email_ids: Collection[int]) -> Sequence[tuple[int, str]]:
    """(email id, first 8,000 characters) of these emails whose text search doesn't know yet."""
    rows = session.execute(
        select(Email.id, func.substr(EmailBody.text, 1, 8000))
        .join(EmailBody, EmailBody.email_id == Email.id)
        .join(SearchEntry, (SearchEntry.ref_id == Email.id) & (SearchEntry.kind == "email"))
        .where(Email.user_id == user_id, Email.id.in_(email_ids), SearchEntry.body == "")
    ).all()
    return [(row[0], row[1]) for row in rows]
