"""What was sent, for people to look at later: shortened, and without what identifies or unlocks something."""

from __future__ import annotations

import re

LONGEST = 4_000
_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{6,}\d(?![\w])")
_SECRET = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9_-]{20,}\b")
_KEY = re.compile(r"\b(?:sk|pk|key)-[\w*.-]{4,}", re.IGNORECASE)
_MIDDLE = "\n[...]\n"


def redact(text: str) -> str:
    """Addresses keep their domain, long numbers and tokens go."""
    text = _KEY.sub("[key]", text)
    text = _ADDRESS.sub(r"[...]@\1", text)
    text = _SECRET.sub("[token]", text)
    return _PHONE.sub("[number]", text)


def preview(text: str) -> str:
    """The redacted text, its middle left out where it is long."""
    whole = redact(text)
    if len(whole) <= LONGEST:
        return whole
    return whole[: LONGEST * 3 // 4] + _MIDDLE + whole[-LONGEST // 4 :]
