"""What reading a mail gives: plain values, no database, no provider.

`RawMail` is what a source hands over, `ParsedMail` what `app.mail.mime.parse` makes of its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

PARSER_VERSION = 1  # raise when the same bytes would give another canonical text
TEXT_LIMIT = 200_000  # characters of canonical text
HTML_LIMIT = 500_000  # characters of HTML kept as sent
SNIPPET_LIMIT = 200
GMAIL_ID_PREFIX = "gm:"


class HeaderFacts(TypedDict):
    """Headers that say something about a mail's nature; values as sent (decoded), None when absent."""

    list_unsubscribe: bool
    list_id: str | None
    precedence: str | None
    auto_submitted: str | None
    reply_to: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is listed and not stored. `size` counts decoded bytes (an estimate from the encoding)."""

    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One message as everything downstream reads it.

    Message ids carry their angle brackets. Addresses are lower-case; `recipients` unites To and Cc in order.
    `date` is aware UTC: the Date header, else the newest Received line, else what the source says, else None.
    `text` is canonical: NFC, LF, no NBSP or zero-width characters, at most TEXT_LIMIT characters.
    `calendar` is the first text/calendar part, raw. `links` are absolute http(s) URLs in order, once each.
    `size` counts the message's bytes as sent. `warnings` are stable words for what was odd or left out.
    """

    rfc822_message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    subject: str
    sender_name: str
    sender_email: str
    recipients: tuple[str, ...]
    date: datetime | None
    text: str
    html: str | None
    calendar: str | None
    links: tuple[str, ...]
    snippet: str
    size: int
    attachments: tuple[Attachment, ...]
    headers: HeaderFacts
    content_hash: str
    has_calendar: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawMail:
    """One message of a source, unparsed.

    `labels` are Gmail label ids (SENT, INBOX, SPAM, TRASH, DRAFT, CHAT, ...) and the user's own label names.
    `position` is where an archive continues after this message: {member, index, offset, bytes_done}.
    """

    provider_message_id: str
    raw: bytes
    thread_id: str | None = None
    labels: tuple[str, ...] = ()
    history_id: int | None = None
    internal_date: datetime | None = None
    position: dict[str, Any] | None = field(default=None)


def gmail_api_id(provider_message_id: str) -> str | None:
    """The Gmail API's id of an archived message (16 hex digits), or None when the archive did not tell it."""
    if provider_message_id.startswith(GMAIL_ID_PREFIX):
        return provider_message_id.removeprefix(GMAIL_ID_PREFIX)
    return None
