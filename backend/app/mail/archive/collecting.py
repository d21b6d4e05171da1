"""One message out of blocks of bytes: kept whole while small, slimmed while it streams when large."""

from __future__ import annotations

import re
from hashlib import sha256

from app.mail.slimming import Slimmer

WHOLE_LIMIT = 256 * 1024  # bytes; up to this size a message stays exactly as it was
_LINE_LIMIT = 65_536
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class Collector:
    """Takes the bytes of one message; `finish` gives (message, its fingerprint of 32 hex digits).

    The fingerprint covers everything but line ends, so that the same mail as mbox and as eml has the same.
    """

    def __init__(self, *, unquote_from: bool) -> None:
        self._unquote = unquote_from
        self._kept: list[bytes] = []
        self._size = 0
        self._slimmer: Slimmer | None = None
        self._unfinished = b""
        self._line_ends = b""  # held back: at the end of a message they do not count
        self._hash = sha256()

    @property
    def is_empty(self) -> bool:
        return self._size == 0 and not self._unfinished

    @property
    def ended_with_line(self) -> bool:
        """Whether the last byte was a line end."""
        return self._line_ends.endswith(b"\n")

    def add(self, block: bytes) -> None:
        data = self._unfinished + block if self._unfinished else block
        cut = data.rfind(b"\n") + 1
        if len(data) - cut > _LINE_LIMIT:
            cut = len(data)
        self._unfinished = data[cut:]
        self._add_lines(data[:cut])

    def finish(self) -> tuple[bytes, str]:
        self._add_lines(self._unfinished)
        self._unfinished = b""
        raw = self._slimmer.finish() if self._slimmer else b"".join(self._kept)
        if self._unquote:  # the blank line before the next envelope belongs to the mailbox
            raw = raw.rstrip(b"\r\n") + b"\n"
        return raw, self._hash.hexdigest()[:32]

    def _add_lines(self, lines: bytes) -> None:
        if not lines:
            return
        if self._unquote and b">From " in lines:
            lines = _QUOTED_FROM.sub(rb"\1", lines)
        self._size += len(lines)
        self._add_to_hash(lines)
        if self._slimmer is None and self._size > WHOLE_LIMIT:
            self._slimmer = Slimmer()
            for block in self._kept:
                self._slimmer.feed(block)
            self._kept.clear()
        if self._slimmer is None:
            self._kept.append(lines)
        else:
            self._slimmer.feed(lines)

    def _add_to_hash(self, lines: bytes) -> None:
        text = self._line_ends + lines
        content = text.rstrip(b"\r\n")
        self._line_ends = text[len(content) :]
        self._hash.update(content.replace(b"\r\n", b"\n"))
