"""Canonical text: the one form in which mail is stored, read and quoted by offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from app.mail.values import SNIPPET_LIMIT, TEXT_LIMIT

MAX_LINKS = 300
_MAX_LINK = 4_000

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Tabs and every width of space become one plain space each.
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Zero width, soft hyphen, direction marks, fillers, control characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE_AT_END = re.compile(r"(?<! ) +$", re.MULTILINE)  # looking back keeps it linear
_BLANK_LINES = re.compile(r"\n{4,}")
_RUNS = re.compile(r"\s+")
_URL = re.compile(r"https?://[^\s<>\"'`\\^{|}\[\]]{3,4000}", re.IGNORECASE)
_QUOTE_LINE = re.compile(r"^>.*$", re.MULTILINE)


def canonical(text: str) -> str:
    """The canonical form of a text, at most TEXT_LIMIT characters. Idempotent.

    NFC; LF; no NBSP, zero-width or control characters; no space at the end of a line; at most two blank lines
    in a row, none at the start or the end.
    """
    text = text[: 4 * TEXT_LIMIT]  # far more than can remain, so that the rest costs little
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)  # what stood between two marks is gone
    text = _SPACE_AT_END.sub("", text)
    text = _BLANK_LINES.sub("\n\n\n", text).strip("\n")
    if len(text) > TEXT_LIMIT:
        text = text[:TEXT_LIMIT].rstrip(" \n")
    return text


def storable(text: str) -> str:
    """The text without NUL and lone surrogates, which neither databases nor parsers take."""
    return text.replace("\x00", "") if text.isascii() else _SURROGATES.sub("\ufffd", text.replace("\x00", ""))


def one_line(text: str) -> str:
    """A header's text on one line: canonical, runs of space as one."""
    return _RUNS.sub(" ", canonical(text)).strip()


def snippet_of(text: str) -> str:
    """The first words of a canonical text, without quoted lines unless there is nothing else."""
    start = text[:4_000]
    return _RUNS.sub(" ", _QUOTE_LINE.sub("", start) if not start.startswith(">") else start).strip()[
        :SNIPPET_LIMIT
    ]


def links_in(text: str) -> list[str]:
    """Web addresses that stand in a text, in order."""
    return [_trim(match[0]) for match in _URL.finditer(text)] if "://" in text else []


def unique_links(*groups: Iterable[str]) -> tuple[str, ...]:
    """Absolute http(s) addresses of all groups in order, once each, at most MAX_LINKS."""
    found: dict[str, None] = {}
    for group in groups:
        for link in group:
            if len(link) <= _MAX_LINK and link[:8].lower().startswith(("http://", "https://")):
                found.setdefault(link)
                if len(found) == MAX_LINKS:
                    return tuple(found)
    return tuple(found)


def unflow(text: str, *, delete_space: bool) -> str:
    """Undo format=flowed (RFC 3676): lines ending in a space go on in the next line of their quote depth."""
    out: list[str] = []
    open_depth = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if flows and delete_space:
            content = content[:-1]
        if depth == open_depth and content != "-- ":
            out[-1] += content
        else:
            out.append(f"{'>' * depth} {content}" if depth else content)
        open_depth = depth if flows else -1
    return "\n".join(out)


def _trim(link: str) -> str:
    link = link.rstrip(".,;:!?*_")
    while link.endswith(")") and link.count(")") > link.count("("):
        link = link[:-1].rstrip(".,;:!?")
    return link
