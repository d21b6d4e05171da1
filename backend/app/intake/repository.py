"""Queries over verdicts and what intake reads of emails and links; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    bindparam,
    column,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)

from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.correlation.models import Link
from app.intake.models import SearchEntry, VerdictRow
from app.mail.models import Email, EmailBody, EmailSource

UNLINKABLE = ("JOB_ALERT", "NOT_JOB_RELATED")


def old_other_mail(session: ReadSession, before: datetime, limit: int) -> Sequence[tuple[int, int]]:
    """(user id, email id) of mail stored before `before` that still has its text, although it is not about the
    user's applications and nobody linked it to one."""
    rows = session.execute(
        select(Email.user_id, Email.id)
        .join(EmailBody, EmailBody.email_id == Email.id)
        .join(VerdictRow, VerdictRow.email_id == Email.id)
        .outerjoin(Link, Link.email_id == Email.id)
        .where(
            VerdictRow.email_class.in_(UNLINKABLE),
            VerdictRow.needs_review.is_(False),
            Link.email_id.is_(None),
            Email.created_at < before,
            EmailBody.text != "",
        )
        .order_by(Email.id)
        .limit(limit)
    ).all()
    return [(row[0], row[1]) for row in rows]


def pending(
    session: ReadSession, user_id: int, after_id: int, limit: int
) -> Sequence[tuple[Email, EmailBody]]:
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


def threads_of(
    session: ReadSession, user_id: int, email_ids: Collection[int]
) -> Mapping[int, list[tuple[int, str]]]:
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


def applications_of(session: ReadSession, user_id: int, email_ids: Collection[int]) -> Mapping[int, int]:
    """The application of each email that has one."""
    rows = session.execute(
        select(Link.email_id, Link.application_id).where(
            Link.user_id == user_id, Link.email_id.in_(email_ids)
        )
    ).all()
    return {row[0]: row[1] for row in rows}


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
            VerdictRow.user_id == user_id,
            VerdictRow.email_id.in_(email_ids),
            VerdictRow.review_reason == reason,
        )
        .values(needs_review=False, review_reason=None)
    )


def to_review(
    session: ReadSession, user_id: int, limit: int
) -> Sequence[tuple[Email, EmailBody, VerdictRow]]:
    """Incoming mail that waits for the user's word, newest first."""
    rows = session.execute(
        select(Email, EmailBody, VerdictRow)
        .join(VerdictRow, VerdictRow.email_id == Email.id)
        .join(EmailBody, EmailBody.email_id == Email.id)
        .where(*_for_review(user_id))
        .order_by(Email.received_at.desc(), Email.id.desc())
        .limit(limit)
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]


def count_to_review(session: ReadSession, user_id: int) -> int:
    counted = (
        select(func.count())
        .select_from(VerdictRow)
        .join(Email, Email.id == VerdictRow.email_id)
        .where(*_for_review(user_id))
    )
    return session.scalar(counted) or 0


def confident(session: ReadSession, user_id: int, at_least: float) -> Sequence[int]:
    """Ids of incoming mail that the machine is sure of and the user has not spoken about."""
    return session.scalars(
        select(VerdictRow.email_id)
        .join(Email, Email.id == VerdictRow.email_id)
        .where(
            VerdictRow.user_id == user_id,
            VerdictRow.needs_review.is_(False),
            VerdictRow.confidence >= at_least,
            VerdictRow.classified_by != "user",
            Email.direction == "in",
            Email.is_deleted.is_(False),
        )
        .order_by(VerdictRow.email_id)
    ).all()


def _for_review(user_id: int) -> list[ColumnElement[bool]]:
    return [
        VerdictRow.user_id == user_id,
        VerdictRow.needs_review.is_(True),
        or_(VerdictRow.review_after.is_(None), VerdictRow.review_after <= now()),
        Email.direction == "in",
        Email.is_deleted.is_(False),
    ]


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


def linked_without_body_entry(
    session: ReadSession, user_id: int, email_ids: Collection[int]
) -> Sequence[tuple[int, str]]:
    """(email id, first 8,000 characters) of these emails whose text search doesn't know yet."""
    rows = session.execute(
        select(Email.id, func.substr(EmailBody.text, 1, 8000))
        .join(EmailBody, EmailBody.email_id == Email.id)
        .join(SearchEntry, (SearchEntry.ref_id == Email.id) & (SearchEntry.kind == "email"))
        .where(Email.user_id == user_id, Email.id.in_(email_ids), SearchEntry.body == "")
    ).all()
    return [(row[0], row[1]) for row in rows]


def forget_search_entries_in_portions(
    session: WriteSession, user_id: int, kind: str, ref_ids: Sequence[int]
) -> None:
    for start in range(0, len(ref_ids), 500):
        forget_search_entries(session, user_id, kind, ref_ids[start : start + 500])


def link_pending(session: ReadSession, user_id: int) -> list[int]:
    """Emails that have a verdict but not yet their link (a run was stopped in between)."""
    return list(
        session.scalars(
            select(VerdictRow.email_id).where(
                VerdictRow.user_id == user_id, VerdictRow.link_pending.is_(True)
            )
        )
    )


def users_with_link_pending(session: ReadSession) -> Sequence[int]:
    """Users who have such mail."""
    return session.scalars(
        select(VerdictRow.user_id)
        .where(VerdictRow.link_pending.is_(True))
        .distinct()
        .order_by(VerdictRow.user_id)
    ).all()


def link_done(session: WriteSession, user_id: int, email_ids: Collection[int]) -> None:
    session.execute(
        update(VerdictRow)
        .where(VerdictRow.user_id == user_id, VerdictRow.email_id.in_(email_ids))
        .values(link_pending=False)
    )


def link_needed(session: WriteSession, user_id: int, email_ids: Collection[int]) -> None:
    session.execute(
        update(VerdictRow)
        .where(VerdictRow.user_id == user_id, VerdictRow.email_id.in_(email_ids))
        .values(link_pending=True)
    )


@dataclass(frozen=True, slots=True)
class EmailFilters:
    """What a list of emails is narrowed to; None leaves a side open."""

    email_class: str | None = None
    application_id: int | None = None
    mail_account_id: int | None = None
    direction: str | None = None
    deleted: bool | None = None
    unsure: bool | None = None
    q: str | None = None


def emails(
    session: ReadSession, user_id: int, wanted: EmailFilters, offset: int, limit: int
) -> tuple[Sequence[Row[Email, VerdictRow, Link]], int]:
    """(email, verdict or None, link or None), newest first, and how many match."""
    conditions = _email_conditions(session, user_id, wanted)
    base = (
        select(Email, VerdictRow, Link)
        .outerjoin(VerdictRow, VerdictRow.email_id == Email.id)
        .outerjoin(Link, Link.email_id == Email.id)
        .where(*conditions)
    )
    rows = session.execute(
        base.order_by(Email.received_at.desc(), Email.id.desc()).offset(offset).limit(limit)
    ).all()
    count = select(func.count()).select_from(Email)
    if wanted.email_class or wanted.unsure is not None:
        count = count.outerjoin(VerdictRow, VerdictRow.email_id == Email.id)
    if wanted.application_id is not None:
        count = count.outerjoin(Link, Link.email_id == Email.id)
    return rows, session.scalar(count.where(*conditions)) or 0


def verdict_and_link(
    session: ReadSession, user_id: int, email_id: int
) -> tuple[VerdictRow | None, Link | None]:
    verdict = session.scalar(
        select(VerdictRow).where(VerdictRow.email_id == email_id, VerdictRow.user_id == user_id)
    )
    link = session.scalar(select(Link).where(Link.email_id == email_id, Link.user_id == user_id))
    return verdict, link


def search(session: ReadSession, user_id: int, q: str, limit: int) -> list[tuple[str, int]]:
    """(kind, id) of what contains every word of `q`: names first, then words of linked mail; at most `limit`."""
    words = [w for w in q.lower().split() if w][:8]
    if not words:
        return []
    found = [(r[0], r[1]) for r in session.execute(_name_query(session, words, user_id, limit))]
    if len(found) < limit and (query := _body_query(session, words, user_id, limit)) is not None:
        known = set(found)
        found += [pair for r in session.execute(query) if (pair := (r[0], r[1])) not in known]
    return found[:limit]


def _name_query(session: ReadSession, words: list[str], user_id: int, limit: int) -> Select[str, int]:
    query = select(SearchEntry.kind, SearchEntry.ref_id).where(SearchEntry.user_id == user_id)
    for word in words:
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(SearchEntry.names.like(f"%{escaped}%", escape="\\"))
    long_words = [w for w in words if len(w) >= 3]
    if long_words and session.get_bind().dialect.name == "sqlite":
        quoted = " ".join('"' + w.replace('"', '""') + '"' for w in long_words)
        hits = text("SELECT rowid FROM search_names_fts WHERE search_names_fts MATCH :names").bindparams(
            bindparam("names", quoted)
        )
        query = query.where(SearchEntry.id.in_(hits.columns(column("rowid"))))
    return query.order_by(SearchEntry.kind, SearchEntry.ref_id.desc()).limit(limit)


def _body_query(session: ReadSession, words: list[str], user_id: int, limit: int) -> Select[str, int] | None:
    cleaned = ["".join(c for c in w if c.isalnum()) for w in words]
    cleaned = [w for w in cleaned if w]
    if not cleaned:
        return None
    query = select(SearchEntry.kind, SearchEntry.ref_id).where(SearchEntry.user_id == user_id)
    if session.get_bind().dialect.name == "sqlite":
        quoted = " ".join(f'"{w}"' for w in cleaned)
        hits = text("SELECT rowid FROM search_body_fts WHERE search_body_fts MATCH :words").bindparams(
            bindparam("words", quoted)
        )
        query = query.where(SearchEntry.id.in_(hits.columns(column("rowid"))))
    else:
        vector = func.to_tsvector(literal_column("'simple'"), SearchEntry.body)
        query = query.where(
            vector.op("@@")(func.plainto_tsquery(literal_column("'simple'"), " ".join(cleaned)))
        )
    return query.order_by(SearchEntry.ref_id.desc()).limit(limit)


def _email_conditions(session: ReadSession, user_id: int, wanted: EmailFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Email.user_id == user_id]
    if wanted.email_class:
        found.append(VerdictRow.email_class == wanted.email_class)
    if wanted.unsure is not None:
        found.append(VerdictRow.unsure.is_(wanted.unsure))
    if wanted.application_id is not None:
        found.append(Link.application_id == wanted.application_id)
    if wanted.direction:
        found.append(Email.direction == wanted.direction)
    if wanted.deleted is not None:
        found.append(Email.is_deleted.is_(wanted.deleted))
    if wanted.mail_account_id is not None:
        here = select(EmailSource.email_id).where(
            EmailSource.user_id == user_id, EmailSource.mail_account_id == wanted.mail_account_id
        )
        found.append(Email.id.in_(here))
    if wanted.q:
        hits = [ref for kind, ref in search(session, user_id, wanted.q, 1000) if kind == "email"]
        found.append(Email.id.in_(hits))
    return found
