"""Cut a mail's canonical text into what the sender wrote now and what merely travels along.

Quoted history, signatures, legal footers, job descriptions and lists of advertised jobs must not vote on what
a mail says. Every character belongs to exactly one segment, so offsets stay those of the canonical text.
Only the first 24,000 characters are looked at: what follows belongs to the last segment and has no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.classification.segment_cues import (
    CLOSING,
    DESCRIPTION_END,
    DESCRIPTION_HEAD,
    DIGEST_MARK,
    FOOTER_LINE,
    FOOTER_REST,
    FORWARD_MARK,
    HEADER_FIELD,
    ON_WROTE,
    ORIGINAL_MARK,
    PLACE_LINE,
)

LONG_LINE = 300
MAX_SENTENCE = 600
SHORT_REPLY = 40
READ_LIMIT = 24_000


class SegmentKind(StrEnum):
    BODY = "body"
    QUOTED = "quoted"
    FORWARDED = "forwarded"
    SIGNATURE = "signature"
    FOOTER = "footer"
    JOB_DESCRIPTION = "job_description"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start:end]` is of this kind; half open."""

    kind: SegmentKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segmented:
    """A text and the segments that tile it: in order, without gaps or overlaps, covering everything."""

    text: str
    segments: tuple[Segment, ...]

    def spans(self, *kinds: SegmentKind) -> tuple[Segment, ...]:
        """The segments of these kinds, in text order."""
        return tuple(s for s in self.segments if s.kind in kinds)

    def text_of(self, *kinds: SegmentKind) -> str:
        """The text of these kinds joined by newlines, for searches that need no offsets."""
        return "\n".join(self.text[s.start : s.end] for s in self.segments if s.kind in kinds)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the canonical text; `position` counts from 0 within its segment kind, in text order."""

    start: int
    end: int
    segment_kind: SegmentKind
    position: int


@dataclass(slots=True)
class _Unit:
    """One line, or one sentence of a very long line; `end` includes the line break."""

    start: int
    end: int
    content: str
    kind: SegmentKind = SegmentKind.BODY


_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?:\s+|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|sr|jr|inc|ltd|corp|co|llc|no|nr|dept|approx|etc|vs|e\.g|i\.e|u\.s|u\.k"
    r"|z\.b|d\.h|u\.a|bzw|ca|evtl|ggf|inkl|tel|mme|m|a\.m|p\.m|[a-z])\.$",
    re.IGNORECASE,
)
_NEW_ITEM = re.compile(r"\s*(?:[-*•·–—>▪◦●]|\(?\d{1,2}[.)]\s|[A-Z][\w /]{1,28}:\s)")


def segment(text: str) -> Segmented:
    """Tile `text` with segments. An empty text gives no segments."""
    units = list(_units(text[:READ_LIMIT]))
    _mark_history(units)
    _mark_footer(units)
    _mark_signature(units)
    _mark_digest(units)
    _mark_description(units)
    segments: list[Segment] = []
    for unit in units:
        if segments and segments[-1].kind is unit.kind:
            segments[-1] = Segment(unit.kind, segments[-1].start, unit.end)
        else:
            segments.append(Segment(unit.kind, unit.start, unit.end))
    if segments and len(text) > READ_LIMIT:
        segments[-1] = Segment(segments[-1].kind, segments[-1].start, len(text))
    return Segmented(text, tuple(segments))


def sentences(segmented: Segmented) -> list[Sentence]:
    """Every sentence of the text that is looked at, in text order; blank stretches belong to none."""
    found: list[Sentence] = []
    counts: dict[SegmentKind, int] = {}
    for part in segmented.segments:
        for start, end in _sentence_spans(segmented.text, part.start, min(part.end, READ_LIMIT)):
            position = counts.get(part.kind, 0)
            counts[part.kind] = position + 1
            found.append(Sentence(start, end, part.kind, position))
    return found


def voting_sentences(every: list[Sentence]) -> list[Sentence]:
    """The sentences that say what this mail says: body and forwarded text.

    When the sender's own new text is under 40 characters ("see below"), the quoted thread speaks too; when
    nothing is left at all, everything but the footer does.
    """
    kinds = {SegmentKind.BODY, SegmentKind.FORWARDED}
    own = sum(s.end - s.start for s in every if s.segment_kind in kinds)
    if own < SHORT_REPLY:
        kinds.add(SegmentKind.QUOTED)
    voting = [s for s in every if s.segment_kind in kinds]
    return voting or [s for s in every if s.segment_kind is not SegmentKind.FOOTER]


def _units(text: str) -> Iterator[_Unit]:
    start = 0
    while start < len(text):
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline + 1
        if end - start <= LONG_LINE:
            yield _Unit(start, end, text[start:end].strip())
        else:
            for piece_start, piece_end in _split_line(text, start, end):
                yield _Unit(piece_start, piece_end, text[piece_start:piece_end].strip())
        start = end


def _split_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Tile a line with its sentences."""
    at = start
    for cut in _sentence_cuts(text, start, end):
        yield at, cut
        at = cut
    if at < end:
        yield at, end


def _sentence_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets at which a new sentence begins, none further than MAX_SENTENCE from the last."""
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        cut = match.end()
        if cut >= end or cut - at < 2:
            continue
        following = text[cut]
        tail = text[max(at, match.start() - 8) : match.start() + 1]
        if match.group().startswith(".") and (following.islower() or _ABBREVIATION.search(tail)):
            continue
        while cut - at > MAX_SENTENCE:
            at = _soft_cut(text, at)
            yield at
        yield cut
        at = cut
    while end - at > MAX_SENTENCE:
        at = _soft_cut(text, at)
        yield at


def _soft_cut(text: str, at: int) -> int:
    space = text.rfind(" ", at + MAX_SENTENCE // 2, at + MAX_SENTENCE)
    return space + 1 if space > 0 else at + MAX_SENTENCE


def _sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for block_start, block_end in _blocks(text, start, end):
        at = block_start
        for cut in (*_sentence_cuts(text, block_start, block_end), block_end):
            begin, stop = at, cut
            while begin < stop and text[begin].isspace():
                begin += 1
            while stop > begin and text[stop - 1].isspace():
                stop -= 1
            if stop > begin and any(c.isalnum() for c in text[begin:stop]):
                yield begin, stop
            at = cut


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of running text: lines that a mail program wrapped belong together, list items don't."""
    block = start
    at = start
    previous = ""
    while at < end:
        newline = text.find("\n", at, end)
        stop = end if newline < 0 else newline + 1
        line = text[at:stop].strip()
        if at > block and not _continues(previous, line):
            yield block, at
            block = at
        previous = line
        at = stop
    if block < end:
        yield block, end


def _continues(previous: str, line: str) -> bool:
    if not previous or not line or previous[-1] in ".!?:;" or _NEW_ITEM.match(line):
        return False
    if len(previous) >= 50:
        return True
    return line[0].islower() and previous[-1] != ","


def _mark_history(units: list[_Unit]) -> None:
    """Quoted lines, everything below a reply marker, and forwarded mail."""
    kind = SegmentKind.BODY
    for index, unit in enumerate(units):
        line = unit.content
        if kind is SegmentKind.QUOTED:
            unit.kind = kind
            continue
        if FORWARD_MARK.match(line):
            kind = SegmentKind.FORWARDED
        elif ORIGINAL_MARK.match(line) or _is_attribution(units, index) or _is_header_block(units, index):
            kind = SegmentKind.QUOTED if _has_own_text(units, index) else SegmentKind.FORWARDED
            if kind is SegmentKind.QUOTED and any(u.content[:1] == ">" for u in units[index + 1 : index + 4]):
                # quoted with angle brackets: new text may follow between the quotes
                unit.kind = kind
                kind = SegmentKind.BODY
                continue
        unit.kind = SegmentKind.QUOTED if line.startswith(">") and kind is SegmentKind.BODY else kind


def _has_own_text(units: list[_Unit], index: int) -> bool:
    return any(u.content and u.kind is SegmentKind.BODY for u in units[:index])


def _is_attribution(units: list[_Unit], index: int) -> bool:
    line = units[index].content
    if not line or len(line) > 240:
        return False
    if ON_WROTE.match(line):
        return True
    following = units[index + 1].content if index + 1 < len(units) else ""
    return len(following) < 160 and following[-1:] == ":" and bool(ON_WROTE.match(f"{line} {following}"))


def _is_header_block(units: list[_Unit], index: int) -> bool:
    """Outlook's plain quote: From / Sent / To / Subject on successive lines."""
    first = HEADER_FIELD.match(units[index].content)
    if first is None or first.group(1).lower() not in {"from", "von", "de"}:
        return False
    names = {m.group(1).lower() for u in units[index : index + 6] if (m := HEADER_FIELD.match(u.content))}
    return len(names) >= 3


def _mark_footer(units: list[_Unit]) -> None:
    """Legal and unsubscribe text. Below the first block that only a footer has, everything is footer."""
    size = units[-1].end if units else 0
    seen_text = 0
    rest = False
    for unit in units:
        if unit.kind not in {SegmentKind.BODY, SegmentKind.FORWARDED}:
            continue
        if not rest and seen_text >= 60 and unit.start > size * 0.3 and FOOTER_REST.search(unit.content):
            rest = True
        if rest or (seen_text >= 20 and FOOTER_LINE.search(unit.content)):
            unit.kind = SegmentKind.FOOTER
        else:
            seen_text += len(unit.content)


def _mark_signature(units: list[_Unit]) -> None:
    """A closing formula and the short lines below it, or everything below a `-- ` line."""
    seen_text = 0
    for index, unit in enumerate(units):
        if unit.kind is not SegmentKind.BODY:
            continue
        if unit.content in {"--", "—"} and seen_text >= 20:
            _spread_signature(units, index, 14)
        elif seen_text >= 20 and len(unit.content) <= 60 and CLOSING.match(unit.content):
            _spread_signature(units, index, 12)
        else:
            seen_text += len(unit.content)


def _spread_signature(units: list[_Unit], index: int, lines: int) -> None:
    used = 0
    for unit in units[index:]:
        line = unit.content
        if unit.kind is not SegmentKind.BODY or used > lines:
            return
        if len(line) > 110 or (used and re.match(r"p\.?\s?s\b", line, re.IGNORECASE)):
            return
        unit.kind = SegmentKind.SIGNATURE
        used += bool(line)


def _mark_digest(units: list[_Unit]) -> None:
    """Three or more advertised jobs in a row: marks such as a place, an age, an apply link."""
    marks = [
        i
        for i, u in enumerate(units)
        if u.kind in {SegmentKind.BODY, SegmentKind.SIGNATURE, SegmentKind.FORWARDED}
        and 0 < len(u.content) <= 90
        and (DIGEST_MARK.search(u.content) or PLACE_LINE.match(u.content))
    ]
    run: list[int] = []
    for mark in [*marks, len(units) + 100]:
        if run and mark - run[-1] > 14:
            if len(run) >= 4:
                for unit in units[max(0, run[0] - 2) : run[-1] + 1]:
                    if unit.kind is not SegmentKind.QUOTED:
                        unit.kind = SegmentKind.DIGEST
            run = []
        run.append(mark)


def _mark_description(units: list[_Unit]) -> None:
    """From a heading such as "Responsibilities" to the line that speaks to the reader again."""
    inside = False
    gap = 0
    for unit in units:
        if unit.kind is not SegmentKind.BODY:
            inside = False
            continue
        line = unit.content
        if len(line) <= 70 and DESCRIPTION_HEAD.match(line):
            inside, gap = True, 0
        elif inside and line and DESCRIPTION_END.match(line):
            inside = False
        gap = gap + 1 if not line else 0
        if inside and gap > 3:
            inside = False
        if inside:
            unit.kind = SegmentKind.JOB_DESCRIPTION
