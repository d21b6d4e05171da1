"""Drafts in a Gmail mailbox: written, found again by their Message-ID, sent. One bounded call each."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core import db
from app.core.settings import Settings
from app.mail.gmail.credentials import TokenKeeper, read_credentials
from app.mail.gmail.errors import WritePermissionMissing
from app.mail.gmail.faults import Fault, FaultKind
from app.mail.gmail.outcomes import raise_if_final, refuse
from app.mail.gmail.transport import Channel, Channels, attempt, fault_of
from app.mail.sources import SourceRateLimited, SourceUnavailable

_CALL_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft at Gmail, or the message that was sent of it (`draft_id` None)."""

    draft_id: str | None
    message_id: str
    thread_id: str


class DraftGone(Exception):
    """Gmail no longer has that draft: somebody deleted it, or sent it."""


class DraftBox:
    """The drafts of one mailbox. Raises what `raise_if_final` does, WritePermissionMissing, SourceRateLimited,
    SourceUnavailable, CallRefused. Nothing is tried twice: whoever calls knows whether that does harm."""

    def __init__(self, settings: Settings, payload_json: bytes, save: Callable[[bytes], None]) -> None:
        keeper = TokenKeeper(read_credentials(payload_json), save)
        self._channels = Channels(settings.gmail_api_base_url, keeper, _CALL_TIMEOUT_S)

    def close(self) -> None:
        self._channels.close()

    def create(self, raw: bytes, thread_id: str | None) -> Draft:
        """Put a message (RFC 822 bytes) into the drafts, in that conversation."""
        message = {"raw": base64.urlsafe_b64encode(raw).decode()}
        if thread_id:
            message["threadId"] = thread_id
        body = {"message": message}
        return _draft(self._ask(lambda c: c.users.drafts().create(userId="me", body=body).execute()))

    def find(self, rfc822_message_id: str) -> Draft | None:
        """The draft with this Message-ID (with its brackets), None when there is none."""
        q = f"rfc822msgid:{rfc822_message_id.strip('<>')}"
        found = self._ask(lambda c: c.users.drafts().list(userId="me", q=q, maxResults=2).execute())
        rows = found.get("drafts") or []
        return _draft(rows[0]) if rows else None

    def find_sent(self, rfc822_message_id: str) -> Draft | None:
        """The sent message with this Message-ID, None when there is none."""
        q = f"in:sent rfc822msgid:{rfc822_message_id.strip('<>')}"
        found = self._ask(lambda c: c.messages.list(userId="me", q=q, maxResults=2).execute())
        rows = found.get("messages") or []
        return Draft(None, str(rows[0]["id"]), str(rows[0]["threadId"])) if rows else None

    def send(self, draft_id: str) -> Draft:
        """Send it. Raises DraftGone."""
        body = {"id": draft_id}
        sent = self._ask(lambda c: c.users.drafts().send(userId="me", body=body).execute(), gone=True)
        return Draft(None, str(sent.get("id") or ""), str(sent.get("threadId") or ""))

    def _ask(self, call: Callable[[Channel], Any], *, gone: bool = False) -> dict[str, Any]:
        db.forbid_open_transaction()
        answer = attempt(self._channels, call)
        if (fault := fault_of(answer)) is not None:
            _raise(fault, gone=gone)
        found: dict[str, Any] = answer
        return found


def _raise(fault: Fault, *, gone: bool) -> None:
    if fault.kind is FaultKind.SCOPE:
        raise WritePermissionMissing
    raise_if_final(fault)
    if gone and fault.kind is FaultKind.GONE:
        raise DraftGone
    if fault.kind in (FaultKind.RATE, FaultKind.CONCURRENT):
        raise SourceRateLimited("Gmail asks to wait a moment.", retry_after=fault.retry_after or 60.0)
    if fault.kind is FaultKind.RETRY:
        raise SourceUnavailable("Gmail did not answer in time. Please try again.")
    raise refuse(fault)


def _draft(row: dict[str, Any]) -> Draft:
    message = row.get("message") or {}
    return Draft(str(row["id"]), str(message.get("id") or ""), str(message.get("threadId") or ""))
