"""Queries over accounts, emails, bodies and sources; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Table, delete, exists, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from app.core.db import ReadSession, WriteSession
from app.mail.errors import EmailNotFound, MailAccountNotFound
from app.mail.models import Email, EmailBody, EmailSource, MailAccount, OauthState, QuotaBucket

_DEEPEST_CONVERSATION = 20
Columns = dict[str, Any]
_EMAILS, _BODIES, _SOURCES = (cast("Table", model.__table__) for model in (Email, EmailBody, EmailSource))
_ADD_EMAILS = insert(_EMAILS).returning(_EMAILS.c.id, sort_by_parameter_order=True)
_ADD_BODIES, _ADD_SOURCES = insert(_BODIES), insert(_SOURCES)


def get_account(session: ReadSession, user_id: int, account_id: int) -> MailAccount:
    """Raises MailAccountNotFound."""
    found = session.scalar(
        select(MailAccount).where(MailAccount.id == account_id, MailAccount.user_id == user_id)
    )
    if found is None:
        raise MailAccountNotFound
    return found


def list_accounts(session: ReadSession, user_id: int) -> Sequence[MailAccount]:
    return session.scalars(
        select(MailAccount).where(MailAccount.user_id == user_id).order_by(MailAccount.id)
    ).all()


def all_accounts(session: ReadSession) -> Sequence[MailAccount]:
    """Everybody's accounts: for whoever looks after the installation, never for a request of a person."""
    return session.scalars(select(MailAccount).order_by(MailAccount.user_id, MailAccount.id)).all()


def has_provider(session: ReadSession, provider: str) -> bool:
    """Whether anybody has connected an account of this kind."""
    return session.scalar(select(MailAccount.id).where(MailAccount.provider == provider).limit(1)) is not None


def find_account(
    session: ReadSession, user_id: int, provider: str, *, address: str | None = None, is_demo: bool = False
) -> MailAccount | None:
    wanted = [
        MailAccount.user_id == user_id,
        MailAccount.provider == provider,
        MailAccount.is_demo.is_(is_demo),
    ]
    if address is not None:
        wanted.append(func.lower(MailAccount.address) == address.lower())
    return session.scalar(select(MailAccount).where(*wanted).limit(1))


def count_by_account(session: ReadSession, user_id: int) -> Mapping[int, int]:
    """Emails per account of the user."""
    rows = session.execute(
        select(EmailSource.mail_account_id, func.count(EmailSource.email_id.distinct()))
        .where(EmailSource.user_id == user_id)
        .group_by(EmailSource.mail_account_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def known_ids(session: ReadSession, account_id: int, provider_ids: Collection[str]) -> dict[str, int]:
    """Which of these message ids the account has already, with their email ids."""
    rows = session.execute(
        select(EmailSource.provider_message_id, EmailSource.email_id).where(
            EmailSource.mail_account_id == account_id, EmailSource.provider_message_id.in_(provider_ids)
        )
    ).all()
    return {row[0]: row[1] for row in rows}


def deleted_sources(session: ReadSession, account_id: int, provider_ids: Collection[str]) -> list[str]:
    """Which of these messages of the account are thought to be deleted there."""
    return list(
        session.scalars(
            select(EmailSource.provider_message_id).where(
                EmailSource.mail_account_id == account_id,
                EmailSource.provider_message_id.in_(provider_ids),
                EmailSource.is_deleted.is_(True),
            )
        )
    )


def sources_by_provider_id(
    session: ReadSession, account_id: int, provider_ids: Collection[str]
) -> Sequence[EmailSource]:
    return session.scalars(
        select(EmailSource).where(
            EmailSource.mail_account_id == account_id, EmailSource.provider_message_id.in_(provider_ids)
        )
    ).all()


def candidates_for_identity(
    session: ReadSession,
    user_id: int,
    *,
    message_ids: Collection[str],
    content_hashes: Collection[str],
    between: tuple[datetime, datetime],
    exclude_account: int | None,
) -> Sequence[tuple[Email, str]]:
    """Emails in that time with one of these Message-IDs or texts, each with its text; those that
    `exclude_account` has are left out."""
    other_door = ~exists().where(
        EmailSource.email_id == Email.id, EmailSource.mail_account_id == exclude_account
    )
    found: dict[int, tuple[Email, str]] = {}
    # One after the other: an OR of both would keep the database from using the index of the first.
    for column, values in ((Email.rfc822_message_id, message_ids), (Email.content_hash, content_hashes)):
        if not values:
            continue
        rows = session.execute(
            select(Email, EmailBody.text)
            .join(EmailBody, EmailBody.email_id == Email.id)
            .where(
                Email.user_id == user_id,
                column.in_(values),
                Email.received_at.between(*between),
                true() if exclude_account is None else other_door,
            )
        )
        found |= {email.id: (email, text) for email, text in rows}
    return [found[email_id] for email_id in sorted(found)]


def emails_by_provider_id(
    session: ReadSession, user_id: int, provider_ids: Collection[str], exclude_account: int
) -> dict[str, Email]:
    """The emails that other accounts of the user have under these message ids."""
    rows = session.execute(
        select(EmailSource.provider_message_id, Email)
        .join(Email, Email.id == EmailSource.email_id)
        .where(
            EmailSource.user_id == user_id,
            EmailSource.provider_message_id.in_(provider_ids),
            EmailSource.mail_account_id != exclude_account,
        )
    ).all()
    return {row[0]: row[1] for row in rows}


def has_other_accounts(session: ReadSession, user_id: int, account_id: int) -> bool:
    """Whether mail of this account may have come through another one too."""
    others = exists().where(EmailSource.user_id == user_id, EmailSource.mail_account_id != account_id)
    return bool(session.scalar(select(others)))


def get_email(session: ReadSession, user_id: int, email_id: int) -> Email:
    """Raises EmailNotFound."""
    found = session.scalar(select(Email).where(Email.id == email_id, Email.user_id == user_id))
    if found is None:
        raise EmailNotFound
    return found


def get_body(session: ReadSession, user_id: int, email_id: int) -> EmailBody | None:
    return session.scalar(
        select(EmailBody).where(EmailBody.email_id == email_id, EmailBody.user_id == user_id)
    )


def bodies_of(
    session: ReadSession, user_id: int, email_ids: Collection[int]
) -> Sequence[tuple[Email, EmailBody]]:
    """Emails with their bodies, oldest first."""
    rows = session.execute(
        select(Email, EmailBody)
        .join(EmailBody, EmailBody.email_id == Email.id)
        .where(Email.user_id == user_id, Email.id.in_(email_ids))
        .order_by(Email.received_at, Email.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def cut_bodies(session: WriteSession, user_id: int, email_ids: Collection[int], chars: int) -> None:
    """Keep no more than so many characters of text of these emails, and neither HTML nor links; with none of the
    text no calendar either."""
    mine = (EmailBody.user_id == user_id, EmailBody.email_id.in_(email_ids))
    session.execute(update(EmailBody).where(*mine).values(html=None, links=[]))
    if chars == 0:
        session.execute(
            update(EmailBody).where(*mine, EmailBody.calendar.is_not(None)).values(calendar=None, is_cut=True)
        )
    longer = func.length(EmailBody.text) > chars
    cut = {"text": func.substr(EmailBody.text, 1, chars), "is_cut": True}
    session.execute(update(EmailBody).where(*mine, longer).values(**cut))


def sources_of(session: ReadSession, user_id: int, email_ids: Collection[int]) -> Sequence[EmailSource]:
    return session.scalars(
        select(EmailSource)
        .where(EmailSource.user_id == user_id, EmailSource.email_id.in_(email_ids))
        .order_by(EmailSource.id)
    ).all()


def thread_mates(
    session: ReadSession, user_id: int, thread_ids: Collection[str], message_ids: Collection[str]
) -> Sequence[tuple[Email, str | None]]:
    """Emails of these provider threads, or with these Message-IDs, each with its thread id; oldest first."""
    in_thread = Email.id.in_(
        select(EmailSource.email_id)
        .where(EmailSource.user_id == user_id, EmailSource.thread_id.in_(thread_ids))
        .correlate(None)
    )
    rows = session.execute(
        select(Email, func.min(EmailSource.thread_id))
        .join(EmailSource, EmailSource.email_id == Email.id)
        .where(Email.user_id == user_id, or_(in_thread, Email.rfc822_message_id.in_(message_ids)))
        .group_by(Email.id)
        .order_by(Email.received_at, Email.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def last_own_text(session: ReadSession, user_id: int, email_id: int) -> str | None:
    return session.scalar(
        select(EmailBody.text).where(EmailBody.email_id == email_id, EmailBody.user_id == user_id)
    )


def delete_account(session: WriteSession, account: MailAccount, *, with_emails: bool) -> list[int]:
    """Delete the account with its sources; answers with ids of emails that had no other door (deleted too if asked)."""
    only_here = _only_here(session, account.id)
    if with_emails and only_here:
        for start in range(0, len(only_here), 500):
            session.execute(delete(Email).where(Email.id.in_(only_here[start : start + 500])))
    session.execute(delete(EmailSource).where(EmailSource.mail_account_id == account.id))
    session.execute(delete(MailAccount).where(MailAccount.id == account.id))
    session.execute(delete(QuotaBucket).where(QuotaBucket.address == account.address.lower()))
    return only_here


def _only_here(session: ReadSession, account_id: int) -> list[int]:
    others = select(EmailSource.email_id).where(EmailSource.mail_account_id != account_id)
    return list(
        session.scalars(
            select(EmailSource.email_id)
            .where(EmailSource.mail_account_id == account_id, EmailSource.email_id.not_in(others))
            .distinct()
        )
    )


def email_ids_only_of(session: ReadSession, account_id: int) -> list[int]:
    """Emails that came through this account alone."""
    return _only_here(session, account_id)


def find_state(session: ReadSession, state_hash: str) -> OauthState | None:
    return session.scalar(select(OauthState).where(OauthState.state_hash == state_hash))


def forget_states(session: WriteSession, *, before: datetime) -> None:
    session.execute(delete(OauthState).where(OauthState.expires_at < before))


def use_state(session: WriteSession, state_id: int) -> bool:
    """Consume the state; False when another request was faster."""
    used = session.execute(delete(OauthState).where(OauthState.id == state_id))
    return bool(getattr(used, "rowcount", 0))


def save_credentials(session: WriteSession, account_id: int, credentials: bytes) -> None:
    session.execute(
        update(MailAccount)
        .where(MailAccount.id == account_id)
        .values(credentials=credentials, needs_reauth=False)
    )


def swap_credentials(session: WriteSession, account_id: int, before: bytes, after: bytes) -> bool:
    """Write the same credentials under another key, unless others were written meanwhile."""
    changed = session.execute(
        update(MailAccount)
        .where(MailAccount.id == account_id, MailAccount.credentials == before)
        .values(credentials=after)
    )
    return bool(cast("CursorResult[Any]", changed).rowcount)


def put_off_reading(session: WriteSession, address: str, until: datetime) -> None:
    """Note with every account of this mailbox that its provider asks to wait."""
    session.execute(
        update(MailAccount).where(func.lower(MailAccount.address) == address).values(retry_after=until)
    )


def find_bucket(session: ReadSession, address: str) -> QuotaBucket | None:
    return session.get(QuotaBucket, address)


def lock_bucket(session: WriteSession, address: str, moment: datetime) -> QuotaBucket:
    """The mailbox's bucket, held until the transaction ends; a new one is full at `moment`."""
    found = session.get(QuotaBucket, address, with_for_update=True)
    if found is None:
        try:
            with session.begin_nested():
                session.add(QuotaBucket(address=address, full_at=moment))
        except IntegrityError:  # another process made it
            session.expire_all()
        found = session.get_one(QuotaBucket, address, with_for_update=True)
    return found


def mark_reauth(session: WriteSession, account_id: int) -> None:
    session.execute(update(MailAccount).where(MailAccount.id == account_id).values(needs_reauth=True))


def add_emails(session: WriteSession, rows: Sequence[Columns]) -> list[int]:
    """Store new emails, in one statement for many; their ids in the order of the rows."""
    return list(session.scalars(_ADD_EMAILS, rows)) if rows else []


def add_bodies(session: WriteSession, rows: Sequence[Columns]) -> None:
    """The bodies of new emails, in one statement."""
    if rows:
        session.execute(_ADD_BODIES, rows)


def add_sources(session: WriteSession, rows: Sequence[Columns]) -> None:
    """The doors through which emails came, in one statement."""
    if rows:
        session.execute(_ADD_SOURCES, rows)


def emails_by_id(session: ReadSession, user_id: int, email_ids: Collection[int]) -> Sequence[Email]:
    return session.scalars(select(Email).where(Email.user_id == user_id, Email.id.in_(email_ids))).all()


def delete_emails(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> None:
    """Delete emails with all that hangs on them."""
    for start in range(0, len(email_ids), 500):
        some = email_ids[start : start + 500]
        session.execute(delete(Email).where(Email.user_id == user_id, Email.id.in_(some)))


def followers(
    session: ReadSession, user_id: int, thread_ids: Collection[str], message_ids: Collection[str]
) -> Sequence[Email]:
    """Emails of these provider threads, answers to these Message-IDs, and answers to those."""
    found: dict[int, Email] = {}
    if thread_ids:
        here = select(EmailSource.email_id).where(
            EmailSource.user_id == user_id, EmailSource.thread_id.in_(thread_ids)
        )
        for email in session.scalars(select(Email).where(Email.user_id == user_id, Email.id.in_(here))):
            found[email.id] = email
    asked = set(message_ids)
    for _ in range(_DEEPEST_CONVERSATION):
        if not asked:
            break
        answers = select(Email).where(Email.user_id == user_id, Email.in_reply_to.in_(asked))
        fresh = [e for e in session.scalars(answers) if e.id not in found]
        found |= {e.id: e for e in fresh}
        asked = {e.rfc822_message_id for e in fresh if e.rfc822_message_id}
    return list(found.values())
