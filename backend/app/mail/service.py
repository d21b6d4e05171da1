"""Storing mail once, and the accounts it comes through."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.mail import identity, repository
from app.mail.identity import Fresh
from app.mail.imap.ids import replaces
from app.mail.models import Email, EmailBody, EmailSource, MailAccount, Provider
from app.mail.values import PARSER_VERSION, ParsedMail

OTHER_MAIL_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """One parsed message with what its source said about it. `html` is what the mail looks like, compressed."""

    provider_message_id: str
    parsed: ParsedMail
    html: bytes | None = None
    thread_id: str | None = None
    labels: tuple[str, ...] = ()
    history_id: int | None = None
    other_ids: tuple[str, ...] = ()  # the same message's ids behind other doors
    internal_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an arrival: the email, and whether it is new, or known through another door, or `is_back`
    after it was deleted at the others."""

    email_id: int
    is_new: bool
    near_misses: int = 0
    is_back: bool = False


def archive_account(session: WriteSession, user_id: int, *, is_demo: bool = False) -> MailAccount:
    """The one account that holds uploads, or the demo's; made when first needed."""
    found = repository.find_account(session, user_id, Provider.ARCHIVE, is_demo=is_demo)
    if found is None:
        address = "Demo mailbox" if is_demo else "Imported mail"
        found = MailAccount(
            user_id=user_id, provider=Provider.ARCHIVE, address=address, is_demo=is_demo, created_at=now()
        )
        session.add(found)
        session.flush()
    return found


def own_addresses(session: ReadSession, user_id: int, known: Sequence[str]) -> frozenset[str]:
    """Addresses whose mail is the user's own: those of the profile and of the connected accounts."""
    connected = [
        a.address for a in repository.list_accounts(session, user_id) if a.provider != Provider.ARCHIVE
    ]
    return frozenset(a.strip().lower() for a in [*known, *connected] if a)


def store(
    session: WriteSession, account: MailAccount, arrivals: Sequence[Arrival], own: frozenset[str]
) -> list[Stored]:
    """Store messages that this account does not have yet; a message that another door brought already gets one
    more source. With IMAP another folder of the account is another door too, and a folder that was numbered anew
    gives the same source another id. The answers stand in the order of the arrivals."""
    known, at = _Known(session, account, arrivals), now()
    found: list[tuple[Email | Fresh, bool, int]] = []
    new: list[Arrival] = []
    for arrival in arrivals:
        before, near_misses = known.find(arrival)
        if before is None:
            fresh = _fresh(len(new), arrival.parsed, at)
            known.add(fresh, arrival.parsed.text)
            new.append(arrival)
        found.append((before or fresh, before is None, near_misses))
    ids = repository.add_emails(session, [_email_row(account, one, own, at) for one in new])
    repository.add_bodies(session, [_body_row(account, one, i) for one, i in zip(new, ids, strict=True)])
    stored, sources = [], []
    for arrival, (email, is_new, near_misses) in zip(arrivals, found, strict=True):
        is_back = is_here = False
        if isinstance(email, Fresh):
            email_id = ids[email.number]
        else:
            email_id, is_back = email.id, bool(email.is_deleted)
            is_here = known.renumber(arrival, email)
            email.is_deleted = False
        if not is_here:
            sources.append(_source_row(account, arrival, email_id))
        stored.append(Stored(email_id, is_new, near_misses, is_back))
    session.flush()  # a source that has another id now makes room for the one that gets its old id
    repository.add_sources(session, sources)
    return stored


def _fresh(number: int, parsed: ParsedMail, at: datetime) -> Fresh:
    return Fresh(
        number,
        _cut(parsed.rfc822_message_id, 500),
        _clean(parsed.sender_email)[:320],
        _clean(parsed.subject),
        parsed.date or at,
        parsed.content_hash,
    )


def _email_row(account: MailAccount, arrival: Arrival, own: frozenset[str], at: datetime) -> dict[str, Any]:
    parsed = arrival.parsed
    outgoing = "SENT" in arrival.labels or parsed.sender_email in own
    return {
        "user_id": account.user_id,
        "dedupe_key": hashlib.sha256(f"{account.id}\x1f{arrival.provider_message_id}".encode()).hexdigest(),
        "rfc822_message_id": _cut(parsed.rfc822_message_id, 500),
        "in_reply_to": _cut(parsed.in_reply_to, 500),
        "references": list(parsed.references)[-50:],
        "subject": _clean(parsed.subject),
        "sender_name": _clean(parsed.sender_name)[:320],
        "sender_email": _clean(parsed.sender_email)[:320],
        "recipients": list(parsed.recipients)[:100],
        "snippet": _clean(parsed.snippet)[:240],
        "received_at": parsed.date or at,
        "direction": "out" if outgoing else "in",
        "size": parsed.size,
        "headers": dict(parsed.headers),
        "attachments": [asdict(a) for a in parsed.attachments[:100]],
        "has_calendar": parsed.has_calendar,
        "content_hash": parsed.content_hash,
        "is_deleted": False,
        "created_at": at,
    }


def new_body(email: Email, parsed: ParsedMail) -> EmailBody:
    """The body of a stored email, not yet in any session."""
    return EmailBody(
        email_id=email.id,
        user_id=email.user_id,
        text=_clean(parsed.text),
        html=compress_html(parsed.html),
        calendar=_clean(parsed.calendar) if parsed.calendar else None,
        links=list(parsed.links)[:200],
        parser_version=PARSER_VERSION,
    )


def _body_row(account: MailAccount, arrival: Arrival, email_id: int) -> dict[str, Any]:
    parsed = arrival.parsed
    return {
        "email_id": email_id,
        "user_id": account.user_id,
        "text": _clean(parsed.text),
        "html": arrival.html,
        "calendar": _clean(parsed.calendar) if parsed.calendar else None,
        "links": list(parsed.links)[:200],
        "is_cut": False,
        "parser_version": PARSER_VERSION,
    }


def _source_row(account: MailAccount, arrival: Arrival, email_id: int) -> dict[str, Any]:
    return {
        "user_id": account.user_id,
        "email_id": email_id,
        "mail_account_id": account.id,
        "provider_message_id": arrival.provider_message_id,
        "thread_id": arrival.thread_id,
        "history_id": arrival.history_id,
        "internal_date": arrival.internal_date,
        "labels": list(arrival.labels),
        "is_deleted": False,
    }


def settle_deleted(session: WriteSession, user_id: int, email_ids: Collection[int]) -> list[int]:
    """An email is deleted when all its sources are; answers with those for which that has changed."""
    sources = repository.sources_of(session, user_id, email_ids)
    left = {source.email_id for source in sources if not source.is_deleted}
    changed = []
    for email in repository.emails_by_id(session, user_id, email_ids):
        if email.is_deleted != (email.id not in left):
            email.is_deleted = email.id not in left
            changed.append(email.id)
    session.flush()
    return changed


def compress_html(html: str | None) -> bytes | None:
    """A mail's HTML as it is kept. Takes its time: not for a transaction."""
    return zlib.compress(html.encode("utf-8", "replace")) if html else None


def html_of(body: EmailBody) -> str | None:
    """The mail's HTML as it was sent."""
    return zlib.decompress(body.html).decode("utf-8", "replace") if body.html else None


def cut_other_mail(session: WriteSession, user_id: int, email_ids: Sequence[int], keep: str) -> None:
    """Keep no more than needed of mail that isn't about the user's applications (`KEEP_OTHER_MAIL`)."""
    if keep == "full" or not email_ids:
        return
    repository.cut_bodies(session, user_id, email_ids, 0 if keep == "none" else OTHER_MAIL_CHARS)


def put_body_back(session: WriteSession, body: EmailBody) -> None:
    """Keep again what was dropped of an email's body."""
    known = repository.get_body(session, body.user_id, body.email_id)
    if known is not None and known.is_cut:
        known.text, known.html, known.calendar = body.text, body.html, body.calendar
        known.links, known.is_cut, known.parser_version = body.links, False, body.parser_version


def remove_account(session: WriteSession, account: MailAccount, *, with_emails: bool) -> list[int]:
    """Delete an account; answers with the emails that had no other door (deleted as well if asked)."""
    return repository.delete_account(session, account, with_emails=with_emails)


class _Known:
    """What other accounts of the user hold that may be one of these arrivals, looked up once for all."""

    def __init__(self, session: WriteSession, account: MailAccount, arrivals: Sequence[Arrival]) -> None:
        self._by_id: dict[str, Email] = {}
        self._alike: dict[str, list[tuple[Email | Fresh, str]]] = {}
        self._is_imap = account.provider == Provider.IMAP
        self._here: dict[int, list[EmailSource]] = {}
        if not arrivals:
            return
        if not self._is_imap and not repository.has_other_accounts(session, account.user_id, account.id):
            return
        ids = {other for arrival in arrivals for other in arrival.other_ids}
        if ids:
            self._by_id = repository.emails_by_provider_id(session, account.user_id, ids, account.id)
        times = [arrival.parsed.date or now() for arrival in arrivals]
        named = {key for a in arrivals if (key := _cut(a.parsed.rfc822_message_id, 500))}
        unnamed = {a.parsed.content_hash for a in arrivals if not a.parsed.rfc822_message_id}
        for email, text in repository.candidates_for_identity(
            session,
            account.user_id,
            message_ids=named,
            content_hashes=unnamed,
            between=(min(times) - identity.NEAR, max(times) + identity.NEAR),
            exclude_account=None if self._is_imap else account.id,
        ):
            self._remember(email, text)
        if self._is_imap:
            email_ids = {
                email.id for alike in self._alike.values() for email, _ in alike if isinstance(email, Email)
            }
            for source in repository.sources_of(session, account.user_id, email_ids) if email_ids else ():
                if source.mail_account_id == account.id:
                    self._here.setdefault(source.email_id, []).append(source)

    def _remember(self, email: Email | Fresh, text: str) -> None:
        for key in {email.rfc822_message_id, email.content_hash} - {None}:
            self._alike.setdefault(str(key), []).append((email, text))

    def add(self, email: Fresh, text: str) -> None:
        """Another folder may hold the same message, and both arrive together."""
        if self._is_imap:
            self._remember(email, text)

    def renumber(self, arrival: Arrival, email: Email) -> bool:
        """Give the source that can't be where it was any more the arrival's id; False when there is none."""
        for source in self._here.get(email.id, ()):
            if replaces(arrival.provider_message_id, source.provider_message_id):
                source.provider_message_id = arrival.provider_message_id
                source.labels = list(arrival.labels)
                source.is_deleted = False
                return True
        return False

    def find(self, arrival: Arrival) -> tuple[Email | Fresh | None, int]:
        """The email that this arrival is, and how many were only nearly the same."""
        for other in arrival.other_ids:
            if other in self._by_id:
                return self._by_id[other], 0
        parsed = arrival.parsed
        key = _cut(parsed.rfc822_message_id, 500) or parsed.content_hash
        at = parsed.date or now()
        near = [c for c in self._alike.get(key, ()) if abs(c[0].received_at - at) <= identity.NEAR]
        return identity.find_same(parsed, near)


def _cut(value: str | None, size: int) -> str | None:
    return _clean(value)[:size] if value else None


def _clean(value: str) -> str:
    """Postgres stores neither NUL nor lone surrogates."""
    return value.replace("\x00", "").encode("utf-8", "replace").decode()
