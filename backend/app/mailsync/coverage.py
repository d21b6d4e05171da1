"""Which part of a mailbox has been read whole. Pure: spans of time, what is promised and what is done.

A mailbox is read whole from `since` to the last sync, but for its holes: spans that a sync promised to read and
that a backfill fills, newest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `after` to `before`; never empty."""

    after: datetime
    before: datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """`holes` are apart from each other, newest first; `since` is None as long as nothing was ever promised."""

    since: datetime | None = None
    holes: tuple[Span, ...] = ()


def promise(coverage: Coverage, span: Span, synced_until: datetime | None) -> Coverage:
    """The span is to be read. What was covered counts on if the span reaches back to the last sync; else what
    lies between was never read, and the span is all that is claimed."""
    if coverage.since is None or synced_until is None or span.after > synced_until:
        return Coverage(span.after, (span,))
    return Coverage(min(coverage.since, span.after), _united([*coverage.holes, span]))


def claim(coverage: Coverage, span: Span, synced_until: datetime | None) -> Coverage:
    """The span was read whole, up to now, by the sync itself."""
    return cover(promise(coverage, span, synced_until), span)


def cover(coverage: Coverage, span: Span) -> Coverage:
    """The span was read whole: it closes holes, and reaches further back if it lies next to what is covered."""
    left: list[Span] = []
    for hole in coverage.holes:
        if hole.after < span.after:
            left.append(Span(hole.after, min(hole.before, span.after)))
        if hole.before > span.before:
            left.append(Span(max(hole.after, span.before), hole.before))
    since = coverage.since
    if since is not None and span.after < since <= span.before:
        since = span.after
    return Coverage(since, _united(left))


def complete_since(coverage: Coverage, until: datetime | None) -> datetime | None:
    """The moment back to which everything up to `until` (the last sync) is stored; None when that is nothing."""
    if not coverage.holes:
        return coverage.since
    newest = coverage.holes[0].before
    return newest if until is not None and newest < until else None


def to_json(coverage: Coverage) -> dict[str, object]:
    return {
        "since": coverage.since.isoformat() if coverage.since else None,
        "holes": [[hole.after.isoformat(), hole.before.isoformat()] for hole in coverage.holes],
    }


def from_json(told: dict[str, object] | None) -> Coverage:
    if not told:
        return Coverage()
    since, holes = told.get("since"), told.get("holes")
    return Coverage(
        datetime.fromisoformat(str(since)) if since else None,
        tuple(
            Span(datetime.fromisoformat(after), datetime.fromisoformat(before))
            for after, before in (holes if isinstance(holes, list) else [])
        ),
    )


def _united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Without overlap, newest first."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.after <= found[-1].before:
            found[-1] = Span(found[-1].after, max(found[-1].before, span.before))
        else:
            found.append(span)
    return tuple(reversed(found))
