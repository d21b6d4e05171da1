"""What was sent, for people to look at later: shortened, and without what identifies or unlocks something."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 4_000
_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{6,}\d(?![\w])")
_SECRET = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9_-]{20,}\b")
_KEY = re.compile(r"\b(?:sk|pk|key)-[\w*.-]{4,}", re.IGNORECASE)
_REST = " [...]"
_MARGIN = 200  # what redaction may make shorter


def redact(text: str) -> str:
    """Addresses keep their domain, long numbers and tokens go."""
    text = _KEY.sub("[key]", text)
    text = _ADDRESS.sub(r"[...]@\1", text)
    text = _SECRET.sub("[token]", text)
    return _PHONE.sub("[number]", text)


def preview(parts: Sequence[str]) -> str:
    """The redacted parts, each cut to its share of the room, so that all are seen."""
    share = LONGEST // max(1, len(parts))
    whole = [redact(part[: share + _MARGIN]) for part in parts]
    return "\n\n".join(part if len(part) <= share else part[:share] + _REST for part in whole)
