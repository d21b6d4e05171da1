"""A mail prepared for reading: same length and offsets as the original, but easier to search.

Quoted history, footers and digests are blanked out, soft line breaks and typographic marks are plain, and
only the first `READ_LIMIT` characters are looked at, which bounds the work for any mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from app.classification.segments import Segmented, SegmentKind
from app.classification.values import EmailValue, Evidence, EvidenceField

READ_LIMIT = 14_000
SUBJECT_LIMIT = 400
DESCRIPTION_HEAD = 400
_OWN = frozenset({SegmentKind.BODY, SegmentKind.FORWARDED, SegmentKind.SIGNATURE})
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\t": " ",
        "\r": "\n",
        "\u2010": "-",
        "\u2011": "-",
        "\ufffd": "'",
    }
)
_BREAKS = str.maketrans(dict.fromkeys("'\"()[]{}<>,;:.!?/|-\u2013\u2014_=+&@#\n", " "))
_BOLD = re.compile(r"(?<!\w)\*|\*(?!\w)")  # emphasis, but not the star of "Entwickler*in"
_SOFT_BREAK = re.compile(r"\n(?<=[^\n]{52}\n)(?=[^\s>\u2022\-\d])(?![A-Z][\w /]{0,24}:)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """The subject or the text: `plain` for patterns, `lower` for triggers, `source` for what is quoted."""

    field: EvidenceField
    source: str
    plain: str
    lower: str
    words: frozenset[str]

    def quote(self, start: int, end: int) -> str:
        """The original wording of a span, on one line."""
        return _SPACES.sub(" ", self.source[start:end]).strip()

    def evidence(self, start: int, end: int, label: str) -> Evidence:
        """Evidence for the span without surrounding space."""
        while start < end and self.source[start].isspace():
            start += 1
        while end > start and self.source[end - 1].isspace():
            end -= 1
        return Evidence(self.field, start, end, label)


@dataclass(frozen=True, slots=True)
class Reading:
    """Both parts of a mail. `closing` is where the signature begins in the text (or where the text ends)."""

    subject: Part
    text: Part
    closing: int

    @property
    def parts(self) -> tuple[Part, Part]:
        return self.subject, self.text


@lru_cache(maxsize=8)
def read_mail(email: EmailValue, segmented: Segmented, *, whole: bool = False) -> Reading:
    """Prepare a mail (kept for the node that reads it next); with `whole` quoted text is read too (for
    replies whose own text names nothing)."""
    text = email.text[:READ_LIMIT]
    kinds = _OWN | {SegmentKind.QUOTED} if whole else _OWN
    pieces: list[str] = []
    closing = len(text)
    for part in segmented.segments:
        if part.start >= len(text):
            break
        piece = text[part.start : part.end]
        if part.kind is SegmentKind.SIGNATURE and closing == len(text):
            closing = part.start
        if (
            part.kind is SegmentKind.JOB_DESCRIPTION
        ):  # its head may be "Job title: ...", the rest is about the work
            pieces.append(piece[:DESCRIPTION_HEAD] + "\n" * len(piece[DESCRIPTION_HEAD:]))
        else:
            pieces.append(piece if part.kind in kinds else "\n" * len(piece))
    plain = "".join(pieces) if segmented.segments else text
    if len(plain) != len(text):  # segments of another text: read it as it is
        plain = text
    plain = plain.translate(_PLAIN)
    if "*" in plain:
        plain = _BOLD.sub(" ", plain)
    plain = _SOFT_BREAK.sub(" ", plain)
    subject = email.subject[:SUBJECT_LIMIT]
    plain_subject = subject.translate(_PLAIN).replace("\n", " ")
    return Reading(
        _part(EvidenceField.SUBJECT, subject, plain_subject),
        _part(EvidenceField.TEXT, text, plain),
        closing,
    )


def _part(field: EvidenceField, source: str, plain: str) -> Part:
    lower = lower_same_length(plain)
    return Part(field, source, plain, lower, frozenset(lower.translate(_BREAKS).split()))


def lower_same_length(text: str) -> str:
    """Lower case in which every character keeps its place (a dotted capital I would become two)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


T = TypeVar("T")


class TriggerIndex(Generic[T]):
    """Triggers by their first word, so that a mail is searched only for those it can have."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_word: dict[str, list[tuple[int, str, T]]] = {}
        for order, (trigger, value) in enumerate(entries):
            word = trigger.translate(_BREAKS).split()
            first = word[0] if word else ""
            for spelling in (
                (first, first + "s") if len(word) == 1 and not trigger.endswith(" ") else (first,)
            ):
                self._by_word.setdefault(spelling, []).append((order, trigger, value))
        self._words = frozenset(self._by_word)

    def present(self, part: Part) -> Sequence[tuple[str, T]]:
        """The triggers that occur in the part, with their values, in the table's order."""
        found = [
            entry
            for word in (self._words & part.words) | ({""} & self._words)
            for entry in self._by_word[word]
            if entry[1] in part.lower
        ]
        found.sort(key=lambda entry: entry[0])
        return [(e[1], e[2]) for i, e in enumerate(found) if i == 0 or found[i - 1][0] != e[0]]


def occurrences(lower: str, trigger: str, limit: int = 12) -> list[int]:
    """Offsets at which `trigger` begins a word in `lower`, at most `limit`."""
    found: list[int] = []
    at = lower.find(trigger)
    while at >= 0 and len(found) < limit:
        if at == 0 or not (lower[at - 1].isalnum() and trigger[0].isalnum()):
            found.append(at)
        at = lower.find(trigger, at + len(trigger))
    return found
