"""A mail prepared for reading: same length and offsets as the original, but easier to search.

Quoted history, footers and digests are blanked out, soft line breaks and typographic marks are plain, and only
the first `READ_LIMIT` characters are looked at, which bounds the work for any mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.classification.segments import Segmented, SegmentKind
from app.classification.values import EmailValue, Evidence, EvidenceField

READ_LIMIT = 14_000
SUBJECT_LIMIT = 400
_OWN = frozenset({SegmentKind.BODY, SegmentKind.FORWARDED, SegmentKind.SIGNATURE})
_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u00a0": " ",
     "\u202f": " ", "\u2009": " ", "\t": " ", "\r": "\n", "\u2010": "-", "\u2011": "-", "*": " ", "\ufffd": "'"}
)  # fmt: skip
_SOFT_BREAK = re.compile(r"(?<=[^\n]{52})\n(?=[^\s>\u2022\-\d])")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """The subject or the text: `plain` for patterns, `lower` for triggers, `source` for what is quoted."""

    field: EvidenceField
    source: str
    plain: str
    lower: str

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
    """Both parts of a mail. `closing` is where the signature begins in the text (its end when there is none)."""

    subject: Part
    text: Part
    closing: int

    @property
    def parts(self) -> tuple[Part, Part]:
        return self.subject, self.text


def read_mail(email: EmailValue, segmented: Segmented, *, whole: bool = False) -> Reading:
    """Prepare a mail; with `whole` quoted text is read too (for replies whose own text names nothing)."""
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
        pieces.append(piece if part.kind in kinds else "\n" * len(piece))
    plain = "".join(pieces) if segmented.segments else text
    if len(plain) != len(text):  # segments of another text: read it as it is
        plain = text
    plain = _SOFT_BREAK.sub(" ", plain.translate(_PLAIN))
    subject = email.subject[:SUBJECT_LIMIT]
    plain_subject = subject.translate(_PLAIN).replace("\n", " ")
    return Reading(
        Part(EvidenceField.SUBJECT, subject, plain_subject, lower_same_length(plain_subject)),
        Part(EvidenceField.TEXT, text, plain, lower_same_length(plain)),
        closing,
    )


def lower_same_length(text: str) -> str:
    """Lower case in which every character keeps its place (a dotted capital I would become two)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def occurrences(lower: str, trigger: str, limit: int = 12) -> list[int]:
    """Offsets at which `trigger` begins a word in `lower`, at most `limit`."""
    found: list[int] = []
    at = lower.find(trigger)
    while at >= 0 and len(found) < limit:
        if at == 0 or not (lower[at - 1].isalnum() and trigger[0].isalnum()):
            found.append(at)
        at = lower.find(trigger, at + len(trigger))
    return found
