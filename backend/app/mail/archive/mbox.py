"""The mbox format: messages one after another, each under an envelope line that begins with `From `."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import Protocol

from app.mail.archive.collecting import Collector

_BLOCK = 256 * 1024
_LONGEST_ENVELOPE = 1_000
_TAIL = 16  # bytes kept back, so that a separator across two blocks is seen with the line before it
_MONTHS = {
    name: number
    for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}
# `From sender Sat Jan  3 01:05:34 2026`, with or without seconds and zone, the zone before or after the year.
_ENVELOPE = re.compile(
    rb"From (?:[^\n]{0,500}? )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +"
    rb"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(?P<day>\d{1,2}) +"
    rb"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rb"(?: +(?P<zone>[+-]\d{4}|[A-Z]{1,5}))? +(?P<year>\d{4})(?P<late>(?: +[+-]\d{4})?)"
    rb"(?: remote from \S+)?\s*$"
)
_GMAIL_ID = re.compile(rb"From (\d{1,20})@xxx ")


class Readable(Protocol):
    """Anything that gives its next bytes, and none at the end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class MboxMessage:
    """One message: `end` is the offset of the next envelope line. `complete` is False when it seems cut."""

    envelope: bytes
    raw: bytes
    fingerprint: str
    end: int
    complete: bool


def is_envelope(line: bytes) -> bool:
    """Whether a line separates messages: `From `, and a date as in asctime."""
    return len(line) < _LONGEST_ENVELOPE and _ENVELOPE.match(line) is not None


def envelope_date(line: bytes) -> datetime | None:
    """When the envelope says that the message came, in UTC (without a zone it counts as UTC)."""
    match = _ENVELOPE.match(line)
    if match is None:
        return None
    zone = match["late"].strip() or match["zone"] or b""
    minutes = int(zone[1:3]) * 60 + int(zone[3:5]) if zone[:1] in (b"+", b"-") else 0
    try:
        moment = datetime(
            int(match["year"]),
            _MONTHS[match["month"]],
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            min(59, int(match["second"] or 0)),
            tzinfo=timezone(timedelta(minutes=-minutes if zone.startswith(b"-") else minutes)),
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def envelope_gmail_id(line: bytes) -> str | None:
    """The Gmail API's message id (16 hex digits) that Takeout writes in decimal into the envelope."""
    match = _GMAIL_ID.match(line)
    return as_api_id(match[1].decode()) if match else None


def as_api_id(decimal: str) -> str | None:
    """A 64-bit decimal id of Gmail's as the API writes it; None when it is no such number."""
    digits = decimal.strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 20 or not 0 < int(digits) < 2**64:
        return None
    return f"{int(digits):016x}"


def split_mbox(stream: Readable, start: int = 0) -> Iterator[MboxMessage]:
    """The messages of an mbox, in order; `stream` stands at byte `start`, which begins an envelope line.

    An envelope counts only after a blank line and with a date: a sentence beginning with `From ` stays text.
    Lines end in LF or CRLF; quoted `>From ` lines (mboxrd) lose one `>`.
    """
    buffer = bytearray()
    while len(buffer) < _LONGEST_ENVELOPE and (block := stream.read(_BLOCK)):
        buffer += block  # compressed streams may give very little at a time
    begin = len(buffer) - len(buffer.lstrip(b"\xef\xbb\xbf\r\n"))
    del buffer[:begin]
    base = start + begin
    envelope = b""
    if buffer.startswith(b"From "):
        end = buffer.find(b"\n") + 1 or len(buffer)
        envelope = bytes(buffer[:end])
        del buffer[:end]
        base += end
    collector = Collector(unquote_from=True)
    scan, ended = 0, False
    while True:
        separator = None if ended and not buffer else _find_separator(buffer, scan, collector, ended=ended)
        if separator is not None:
            index, end = separator
            collector.add(bytes(buffer[: index + 1]))
            base += index + 1
            yield from _finished(collector, envelope, base)
            envelope = bytes(buffer[index + 1 : end])
            base += end - index - 1
            del buffer[:end]
            collector, scan = Collector(unquote_from=True), 0
            continue
        if ended:
            break
        keep = _kept_back(buffer)
        collector.add(bytes(buffer[:-keep]) if len(buffer) > keep else b"")
        base += max(0, len(buffer) - keep)
        del buffer[:-keep]
        scan = 0
        block = stream.read(_BLOCK)
        ended = not block
        buffer += block
    collector.add(bytes(buffer))
    yield from _finished(collector, envelope, base + len(buffer), last=True)


def _find_separator(
    buffer: bytearray, scan: int, collector: Collector, *, ended: bool
) -> tuple[int, int] | None:
    """(index of the line end before the next envelope, index after the envelope line), or None."""
    while (index := buffer.find(b"\nFrom ", scan)) >= 0:
        end = buffer.find(b"\n", index + 1) + 1
        if not end and not ended:
            return None
        before = bytes(buffer[max(0, index - 2) : index])
        nothing_yet = collector.is_empty and index <= 1 and not before.strip(b"\r")
        blank = nothing_yet or before.endswith((b"\n", b"\n\r"))
        if blank and is_envelope(bytes(buffer[index + 1 : end or len(buffer)])):
            return index, end or len(buffer)
        scan = index + 1
    return None


def _kept_back(buffer: bytearray) -> int:
    """How many bytes at the end may belong to a separator that is not complete yet."""
    index = buffer.rfind(b"\nFrom ", max(0, len(buffer) - _LONGEST_ENVELOPE))
    if index >= 0 and buffer.find(b"\n", index + 1) < 0:
        return len(buffer) - index + _TAIL
    return _TAIL


def _finished(
    collector: Collector, envelope: bytes, end: int, *, last: bool = False
) -> Iterator[MboxMessage]:
    raw, fingerprint = collector.finish()
    if raw.strip():
        yield MboxMessage(
            envelope, raw, fingerprint, end, complete=not last or _looks_complete(raw, collector)
        )


def _looks_complete(raw: bytes, collector: Collector) -> bool:
    """Whether the last message of a file ends as messages do: its parts closed, or else with a line end."""
    head = BytesHeaderParser(policy=compat32).parsebytes(raw[:200_000])
    boundary = head.get_boundary()
    if head.get_content_maintype() == "multipart" and boundary:
        return f"--{boundary}--".encode("ascii", "replace") in raw
    return collector.ended_with_line
