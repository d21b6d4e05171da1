"""From a message's bytes to what it says: the one MIME parser for every door.

The structure is read by the standard library (policy compat32: it keeps odd headers instead of failing on
them), headers and texts by this room. Parsing never raises, whatever the bytes, and its time is bounded:
messages that are huge or nest absurdly are slimmed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from hashlib import sha256

from app.mail import headers as header_lines
from app.mail.charsets import decode_base64, decode_text
from app.mail.html_text import HtmlReading, read_html, read_links
from app.mail.slimming import BODY_SIZE_HEADER, FULL_SIZE_HEADER, KEPT_LIMIT, MAX_DEPTH, MAX_PARTS, slim
from app.mail.text import canonical, links_in, one_line, snippet_of, storable, unflow, unique_links
from app.mail.values import HTML_LIMIT, TEXT_LIMIT, Attachment, ParsedMail

_TEXT_BYTES = 4 * TEXT_LIMIT  # of one part; no character takes more than four bytes
_CALENDAR_LIMIT = 100_000
_SUBJECT_LIMIT = 1_000
_NAME_LIMIT = 200
_MAX_ATTACHMENTS = 100
_NESTS = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_HTML_START = re.compile(r"\s*<(?:!doctype\s+html|html|body|div|table)\b", re.IGNORECASE)
_STUB = re.compile(
    r"html|browser|does not support|can(?:no|')t (?:be )?(?:display|view|read)|e-?mail (?:client|program)"
    r"|view (?:this|it) online",
    re.IGNORECASE,
)
_STUB_LENGTH = 400
_FORWARD_MARK = "---------- Forwarded message ---------"
_FULL_SIZE = re.compile(rb"%s: (\d{1,15})\r?\n" % FULL_SIZE_HEADER.encode())


@dataclass(slots=True)
class _Found:
    """What a walk through the parts has come across besides text."""

    html: str | None = None
    calendar: str | None = None
    links: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    reads_html: bool = True  # False where the plain alternative was good
    depth: int = 0
    forwarded: int = 0  # how many messages deep

    def warn(self, word: str) -> None:
        self.warnings.setdefault(word)


def parse(raw: bytes, *, internal_date: datetime | None = None) -> ParsedMail:
    """One RFC 822 message as plain values. Never raises.

    `internal_date` (aware) is the source's own date, used when the message states none. What was odd is told
    in `warnings`: no_date, no_sender, charset_replaced, bad_base64, html_too_large, text_cut, parts_dropped,
    too_deep, too_many_attachments, bad_structure.
    """
    found = _Found()
    size = len(raw)
    if size > KEPT_LIMIT or len(_NESTS.findall(raw)) > MAX_DEPTH or raw.count(b"\n--") > MAX_PARTS:
        raw = slim(raw)
    stated = _FULL_SIZE.match(raw)
    if stated:
        size = int(stated[1])
        found.warn("parts_dropped")
    try:
        message = message_from_bytes(raw, policy=compat32)
        text = _render(message, found)
    except Exception:  # noqa: BLE001 (whatever a hostile structure does to the library, its text is still a mail)
        found = _Found(warnings={**found.warnings, "bad_structure": None})
        message, text = _read_flat(raw)
    return _assemble(message, text, found, size, internal_date)


def _assemble(
    message: Message, text: str, found: _Found, size: int, internal_date: datetime | None
) -> ParsedMail:
    headers = header_lines.collect(message)
    sender_name, sender_email = header_lines.read_sender(headers)
    date = header_lines.read_date(headers)
    if date is None:
        found.warn("no_date")
        date = internal_date.astimezone(UTC) if internal_date else None
    if not sender_email:
        found.warn("no_sender")
    kept = canonical(text)
    if len(text) > TEXT_LIMIT and len(kept) > TEXT_LIMIT - 100:
        found.warn("text_cut")
    in_reply_to = header_lines.read_message_id(header_lines.first(headers, "in-reply-to"))
    return ParsedMail(
        rfc822_message_id=header_lines.read_message_id(header_lines.first(headers, "message-id")),
        in_reply_to=in_reply_to,
        references=header_lines.read_references(headers),
        subject=header_lines.decode_words(header_lines.first(headers, "subject") or "")[:_SUBJECT_LIMIT],
        sender_name=sender_name[:_NAME_LIMIT],
        sender_email=sender_email,
        recipients=header_lines.read_recipients(headers),
        date=date,
        text=kept,
        html=found.html,
        calendar=found.calendar,
        links=unique_links(found.links, links_in(kept)),
        snippet=snippet_of(kept),
        size=size,
        attachments=tuple(found.attachments),
        headers=header_lines.read_facts(headers),
        content_hash=sha256(kept.encode()).hexdigest(),
        has_calendar=found.calendar is not None,
        warnings=tuple(found.warnings),
    )


def _read_flat(raw: bytes) -> tuple[Message, str]:
    """Header lines and everything after them as one text."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    message = Message(policy=compat32)
    for line in re.sub(rb"\n[ \t]+", b" ", head[:KEPT_LIMIT]).split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and name and b" " not in name and name.isascii():
            message.set_raw(name.decode(), value.strip().decode("ascii", "surrogateescape"))
    return message, storable(decode_text(body[:_TEXT_BYTES], None)[0])


def _render(part: Message, found: _Found) -> str:
    """The text of a part and all below it."""
    if not part.is_multipart():
        return _render_leaf(part, found)
    if found.depth > MAX_DEPTH:
        found.warn("too_deep")
        return ""
    payload = part.get_payload()
    children = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
    kind = part.get_content_type()
    found.depth += 1
    try:
        if kind == "message/delivery-status":
            return ""
        if kind.startswith("message/"):
            return _render_forwarded(children, found)
        if kind == "multipart/alternative":
            return _render_alternative(children, found)
        return _join(_render(child, found) for child in children)
    finally:
        found.depth -= 1


def _render_forwarded(children: list[Message], found: _Found) -> str:
    if not children:
        return ""
    headers = header_lines.collect(children[0])
    lines = [_FORWARD_MARK]
    for name in ("From", "Date", "Subject", "To"):
        value = header_lines.first(headers, name.lower())
        if value:
            lines.append(f"{name}: {header_lines.decode_words(value)[:_SUBJECT_LIMIT]}")
    found.forwarded += 1
    text = _render(children[0], found)
    found.forwarded -= 1
    return "\n".join(lines) + "\n\n" + text


def _render_alternative(children: list[Message], found: _Found) -> str:
    """The plain version, unless it says nothing that the HTML version does not say better."""
    plain = _join(_render(child, found) for child in children if child.get_content_type() == "text/plain")
    others = [child for child in children if child.get_content_type() != "text/plain"]
    suspicious = len(plain) < _STUB_LENGTH
    before, found.reads_html = found.reads_html, found.reads_html and suspicious
    rich = _join(_render(child, found) for child in others)
    found.reads_html = before
    return rich if suspicious and _is_stub(plain.strip(), rich.strip()) else plain


def _is_stub(plain: str, rich: str) -> bool:
    if not rich:
        return False
    if not plain:
        return True
    if len(plain) < 40 and len(rich) > 8 * len(plain):
        return True
    return len(plain) < _STUB_LENGTH and len(rich) > 2 * len(plain) and _STUB.search(plain) is not None


def _render_leaf(part: Message, found: _Found) -> str:
    kind = part.get_content_type()
    if kind.startswith("multipart/"):
        kind = "text/plain"  # without a usable boundary it is one text
    name = _name_of(part)
    attached = str(part.get("content-disposition", "")).strip().lower().startswith("attachment")
    if kind in ("text/calendar", "application/ics") or name.lower().endswith(".ics"):
        if found.calendar is None:
            found.calendar = _text_of(part, found)[:_CALENDAR_LIMIT] or None
        if name:
            _list_attachment(part, kind, name, found)
        return ""
    if attached or kind not in ("text/plain", "text/html", "text/enriched"):
        if attached or name or not (kind.startswith(("image/", "text/")) or part.get("content-id")):
            _list_attachment(part, kind, name, found)
        return ""
    text = _text_of(part, found)
    if kind == "text/html" or _HTML_START.match(text):
        return _render_html(text, found)
    if "flowed" in str(part.get("content-type", "")).lower() and part.get_param("format") == "flowed":
        return unflow(text, delete_space=str(part.get_param("delsp")).lower() == "yes")
    return text


def _render_html(html: str, found: _Found) -> str:
    if found.html is None and not found.forwarded:
        if len(html) <= HTML_LIMIT:
            found.html = html
        else:
            found.warn("html_too_large")
    reading = read_html(html) if found.reads_html else HtmlReading("", read_links(html))
    found.links.extend(reading.links)
    return reading.text


def _text_of(part: Message, found: _Found) -> str:
    """A part's text, decoded as well as its labels allow."""
    charset, kind = _parameter(part, "charset"), part.get_content_type()
    data = _bytes_of(part, found)[:_TEXT_BYTES]
    if charset is None and kind == "text/html":
        meta = _META_CHARSET.search(data, 0, 2_000)
        charset = meta[1].decode() if meta else None
    text, fits = decode_text(data, charset)
    if not fits:
        found.warn("charset_replaced")
    return storable(text)


def _bytes_of(part: Message, found: _Found) -> bytes:
    if not isinstance(part.get_param("charset", ""), str):
        del part["content-type"]  # the library fails on an encoded charset; it has been read already
    if str(part.get("content-transfer-encoding", "")).strip().lower() == "base64":
        payload = part.get_payload()
        data = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
        plain = decode_base64(data)
        if plain is None:
            found.warn("bad_base64")
            return data
        return plain
    try:
        decoded = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        found.warn("bad_structure")
        return b""
    return decoded if isinstance(decoded, bytes) else b""


def _list_attachment(part: Message, kind: str, name: str, found: _Found) -> None:
    if len(found.attachments) >= _MAX_ATTACHMENTS:
        found.warn("too_many_attachments")
        return
    stated = str(part.get(BODY_SIZE_HEADER, ""))
    payload = part.get_payload()
    size = int(stated[:15]) if stated.isdecimal() else len(payload) if isinstance(payload, str) else 0
    if str(part.get("content-transfer-encoding", "")).strip().lower() == "base64":
        size = size * 73 // 100  # lines of 76 characters and their ends carry 57 bytes
    found.attachments.append(Attachment(name or "unnamed", one_line(kind)[:100], size))


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    return header_lines.decode_words(str(name))[:_NAME_LIMIT] if name else ""


def _parameter(part: Message, name: str) -> str | None:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    if isinstance(value, tuple):
        value = value[2]
    return str(value) if value else None


def _join(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text.strip())
