"""Header lines to values. Nothing here raises: what makes no sense gives an empty value.

Python's structured header parser is not used: on ordinary mail it costs fifteen times as much as everything
else in parsing, and it fails on headers that every mail program shows without complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from app.mail.charsets import decode_base64, decode_quoted_printable, decode_text
from app.mail.text import one_line
from app.mail.values import HeaderFacts

_VALUE_LIMIT = 100_000
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_FOLD = re.compile(r"[ \t]*\r?\n[ \t]*|\r")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@]{1,253}")
_OLDEST, _NEWEST = datetime(1985, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_MAX_REFERENCES = 100
_MAX_RECIPIENTS = 200

Headers = Mapping[str, list[str]]


def collect(message: Message) -> dict[str, list[str]]:
    """All header values of a message by lower-case name, unfolded, in order, not yet decoded."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(_FOLD.sub(" ", _repair(str(value))).strip())
    return found


def first(headers: Headers, name: str) -> str | None:
    """The first value of a header that says something, or None."""
    return next((value for value in headers.get(name, ()) if value), None)


def decode_words(value: str) -> str:
    """A header value with its encoded words (RFC 2047) decoded, on one line.

    Neighbouring words of one charset are joined before decoding: senders cut letters in two.
    """
    if "=?" not in value:
        return one_line(value)
    out: list[str] = []
    pending: list[bytes] = []
    pending_charset = ""
    end = 0
    for match in _ENCODED_WORD.finditer(value):
        charset = match[1].partition("*")[0].lower()
        between = value[end : match.start()]
        if between.strip() or (pending and charset != pending_charset):
            out.append(_flush(pending, pending_charset))
        if between.strip() or not end:
            out.append(between)
        pending.append(_word_bytes(match[2], match[3]))
        pending_charset = charset
        end = match.end()
    out.append(_flush(pending, pending_charset))
    out.append(value[end:])
    return one_line("".join(out))


def read_addresses(values: Iterable[str]) -> list[tuple[str, str]]:
    """(name, address) pairs of address headers; addresses lower-case, entries without an address left out."""
    joined = [value[:_VALUE_LIMIT] for value in values]
    try:
        pairs = getaddresses(joined)
    except (RecursionError, ValueError, IndexError, TypeError, AttributeError):
        pairs = []
    found = [(decode_words(name), _clean_address(address)) for name, address in pairs]
    found = [(name, address) for name, address in found if address]
    if not found:  # a group, an unquoted name, or nonsense around an address
        found = [
            ("", match[0].lower()) for value in joined for match in _ADDRESS.finditer(decode_words(value))
        ]
    return found


def read_sender(headers: Headers) -> tuple[str, str]:
    """(display name, lower-case address) of From, else Sender, Reply-To or Return-Path; else empty."""
    for name in ("from", "sender", "reply-to", "return-path"):
        value = first(headers, name)
        if not value:
            continue
        pairs = read_addresses([value])
        if pairs:
            display = pairs[0][0] or decode_words(value.partition("<")[0]).strip("\"' ")
            return ("" if display.lower() == pairs[0][1] else display), pairs[0][1]
        if name == "from":
            return decode_words(value).strip("\"' "), ""
    return "", ""


def read_recipients(headers: Headers) -> tuple[str, ...]:
    """Addresses of To and Cc, in order, once each."""
    pairs = read_addresses([*headers.get("to", ()), *headers.get("cc", ())])
    return tuple(dict.fromkeys(address for _, address in pairs[: _MAX_RECIPIENTS * 5]))[:_MAX_RECIPIENTS]


def read_date(headers: Headers) -> datetime | None:
    """The Date header in UTC, else the newest Received line's; None when neither makes sense."""
    received = [value.rpartition(";")[2] for value in headers.get("received", ())[:3]]
    for value in (*headers.get("date", ())[:2], *received):
        moment = parse_date(value)
        if moment is not None:
            return moment
    return None


def parse_date(value: str) -> datetime | None:
    """An RFC 5322 date in UTC; without a zone it counts as UTC. None for nonsense and unlikely years."""
    try:
        moment = parsedate_to_datetime(value[:200])
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return moment if _OLDEST <= moment < _NEWEST else None


def read_message_id(value: str | None) -> str | None:
    """A Message-ID with its angle brackets; a value without brackets gets them when it is one word."""
    if not value:
        return None
    match = _MESSAGE_ID.search(value)
    if match:
        return match[0]
    word = one_line(value).strip("<>")
    return f"<{word}>" if word and " " not in word and len(word) < 990 else None


def read_references(headers: Headers) -> tuple[str, ...]:
    """Message ids of References, oldest first, once each; of a very long list the root and the newest."""
    found = tuple(dict.fromkeys(_MESSAGE_ID.findall(" ".join(headers.get("references", ()))[:_VALUE_LIMIT])))
    return found if len(found) <= _MAX_REFERENCES else found[:1] + found[1 - _MAX_REFERENCES :]


def read_facts(headers: Headers) -> HeaderFacts:
    """The kept facts about how a mail was sent."""
    return HeaderFacts(
        list_unsubscribe="list-unsubscribe" in headers,
        list_id=_decoded(headers, "list-id"),
        precedence=_decoded(headers, "precedence"),
        auto_submitted=_decoded(headers, "auto-submitted"),
        reply_to=_decoded(headers, "reply-to"),
    )


def _decoded(headers: Headers, name: str) -> str | None:
    value = first(headers, name)
    return decode_words(value)[:500] if value else None


def _repair(value: str) -> str:
    """Raw 8-bit bytes, which the parser keeps as lone surrogates, as the text that they most likely are."""
    value = value[:_VALUE_LIMIT]
    if value.isascii():
        return value
    return decode_text(value.encode("utf-8", "surrogateescape"), "utf-8")[0]


def _flush(pending: list[bytes], charset: str) -> str:
    text = decode_text(b"".join(pending), charset)[0] if pending else ""
    pending.clear()
    return text


def _word_bytes(encoding: str, content: str) -> bytes:
    data = content.encode("utf-8", "replace")
    if encoding in "bB":
        decoded = decode_base64(data)
        return data if decoded is None else decoded
    return decode_quoted_printable(data.replace(b"_", b"=20"))


def _clean_address(address: str) -> str:
    cleaned = one_line(address).strip("<>\"' ").lower()
    return cleaned if "@" in cleaned and " " not in cleaned and len(cleaned) <= 320 else ""
