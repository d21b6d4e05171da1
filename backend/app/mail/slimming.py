"""Make a huge message small while it streams by: texts stay, attachments' bodies go, sizes are noted.

The result is again a message: every header of every part, the boundaries, text, HTML and calendar parts up
to KEPT_LIMIT bytes. A part that lost its body carries BODY_SIZE_HEADER, a message that lost anything begins
with FULL_SIZE_HEADER. Nesting deeper than MAX_DEPTH and parts beyond MAX_PARTS are dropped, so that parsing
what is left is bounded too.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

KEPT_LIMIT = 1_000_000  # bytes of one message
MAX_DEPTH = 25
MAX_PARTS = 500
BODY_SIZE_HEADER = "X-Jobtrail-Body-Size"
FULL_SIZE_HEADER = "X-Jobtrail-Full-Size"
LINE_PIECE = 65_536  # a longer line is handled in pieces

_HEADERS_LIMIT = 200_000
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,200}:|[ \t]|>?From ")
_KEPT_TEXTS = frozenset({"text/plain", "text/html", "text/calendar", "text/enriched"})
_CALENDARS = frozenset({"text/calendar", "application/ics"})
_ENCODED = frozenset({"base64", "quoted-printable"})
_LONGEST_BOUNDARY = 200
_PARSER = BytesHeaderParser(policy=compat32)


def slim(raw: bytes) -> bytes:
    """A message without the bodies of its attachments; the same bytes when nothing had to go."""
    slimmer = Slimmer()
    for start in range(0, len(raw), LINE_PIECE):
        slimmer.feed(raw[start : start + LINE_PIECE])
    kept = slimmer.finish()
    return kept if slimmer.lost else raw


class Slimmer:
    """Takes one message in blocks of any size; `finish` gives what is kept. Memory stays near KEPT_LIMIT."""

    def __init__(self) -> None:
        self._out = bytearray()
        self._seen = 0
        self.lost = False  # whether anything of the message was left out
        self._rest = b""  # an unfinished line
        self._at_line_start = True
        self._header: bytearray | None = bytearray()  # the header block being read; None inside a body
        self._keeping = True
        self._size_slot: int | None = None  # where in `_out` the size of the current dropped body goes
        self._dropped = 0
        self._parts = 0
        # Open multiparts and nested messages, outermost first: (boundary or None, is a digest).
        self._open: list[tuple[bytes | None, bool]] = []
        self._boundaries: dict[bytes, int] = {}

    def feed(self, block: bytes) -> None:
        self._seen += len(block)
        lines = (
            (self._rest + block).splitlines(keepends=True) if self._rest else block.splitlines(keepends=True)
        )
        self._rest = b""
        if lines and not lines[-1].endswith(b"\n") and len(lines[-1]) < LINE_PIECE:
            self._rest = lines.pop()
        for line in lines:
            self._take(line)

    def finish(self) -> bytes:
        if self._rest:
            self._take(self._rest)
            self._rest = b""
        if self._header is not None:
            self._end_header(b"")
        self._end_body()
        if not self.lost:
            return bytes(self._out)
        return b"%s: %d\n" % (FULL_SIZE_HEADER.encode(), self._seen) + bytes(self._out)

    def _take(self, line: bytes) -> None:
        at_start, self._at_line_start = self._at_line_start, line.endswith((b"\n", b"\r"))
        if at_start and self._boundaries and line.startswith(b"--") and self._cross_boundary(line):
            return
        if self._header is not None:
            if not at_start or _HEADER_LINE.match(line):
                if len(self._header) < _HEADERS_LIMIT:
                    self._header += line
                else:
                    self.lost = True
                return
            blank = not line.strip(b"\r\n")
            self._end_header(line if blank else b"")
            if blank or self._header is not None:
                return
        self._add_body(line)

    def _add_body(self, line: bytes) -> None:
        if self._keeping and len(self._out) + len(line) <= KEPT_LIMIT:
            self._out += line
        else:
            self.lost = True
            self._dropped += len(line)

    def _cross_boundary(self, line: bytes) -> bool:
        """Whether the line ends the current part; then the next one begins."""
        if len(line) > _LONGEST_BOUNDARY + 100:
            return False
        tail = line[2:].rstrip()
        level = self._boundaries.get(tail)
        closing = level is None
        if level is None:
            level = self._boundaries.get(tail[:-2]) if tail.endswith(b"--") else None
            if level is None:
                return False
        if self._header is not None:
            self._end_header(b"\n")
        self._end_body()
        self._close_to(level if closing else level + 1)
        self._parts += 1
        self._keeping = self._parts <= MAX_PARTS
        if self._keeping or closing:
            self._out += line
        self._header = None if closing or not self._keeping else bytearray()
        return True

    def _close_to(self, depth: int) -> None:
        for boundary, _ in self._open[depth:]:
            if boundary is not None:
                self._boundaries.pop(boundary, None)
        del self._open[depth:]

    def _end_body(self) -> None:
        if self._size_slot is not None:
            self._out[self._size_slot : self._size_slot + 12] = b"%012d" % self._dropped
        self._size_slot = None
        self._dropped = 0

    def _end_header(self, blank: bytes) -> None:
        """Decide from a part's headers what becomes of its body."""
        header, self._header = bytes(self._header or b""), None
        digest = bool(self._open) and self._open[-1][1]
        if len(self._out) + len(header) > KEPT_LIMIT:
            header, self.lost = b"", True
        keeps = self._begin_body(header, digest=digest)
        self._out += header
        if header and not header.endswith(b"\n"):
            self._out += b"\n"
        self._keeping = keeps
        if not keeps:
            self._out += BODY_SIZE_HEADER.encode() + b": "
            self._size_slot = len(self._out)
            self._out += b"000000000000\n"
        self._out += blank or b"\n"

    def _begin_body(self, header: bytes, *, digest: bool) -> bool:
        """Open what the headers open; whether the body is kept."""
        part = _PARSER.parsebytes(header)
        if digest:
            part.set_default_type("message/rfc822")
        kind = part.get_content_type()
        encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
        if kind.startswith("multipart/"):
            boundary = _boundary_of(part)
            if boundary is None:
                return True
            if len(self._open) >= MAX_DEPTH or boundary in self._boundaries:
                return False
            self._boundaries[boundary] = len(self._open)
            self._open.append((boundary, kind == "multipart/digest"))
            return True
        if kind in ("message/rfc822", "message/global") and encoding not in _ENCODED:
            if len(self._open) >= MAX_DEPTH:
                return False
            self._open.append((None, False))
            self._header = bytearray()
            return True
        return kind in _CALENDARS or (kind in _KEPT_TEXTS and not _is_attached(part))


def _boundary_of(part: Message) -> bytes | None:
    try:
        boundary = part.get_boundary()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    if not boundary or not boundary.isascii() or len(boundary) > _LONGEST_BOUNDARY:
        return None
    return boundary.encode().rstrip()


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")
