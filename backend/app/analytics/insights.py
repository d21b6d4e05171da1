"""Plain sentences about what stands out, only where the intervals of two groups do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.analytics.intervals import wilson
from app.analytics.schemas import Insight

Dimension = Literal["industry", "source", "position_level", "weekday"]
AT_MOST = 3
_SMALLEST_GROUP = 5
_SOURCES = {
    "referral": "Applications by referral",
    "linkedin": "Applications over LinkedIn",
    "indeed": "Applications over Indeed",
    "company_site": "Applications on companies' own sites",
    "agency": "Applications through agencies",
    "board": "Applications over job boards",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """In one group of a dimension: `hits` of `n` applications heard back, or got an interview or test."""

    dimension: Dimension
    measure: str
    group: str
    hits: int
    n: int


def find_insights(compared: Sequence[Compared]) -> list[Insight]:
    """The groups that differ most surely from all others of their dimension, one of each dimension, the widest gap
    first. `unknown` and `other` are compared with, never named."""
    best: dict[str, tuple[float, Insight]] = {}
    for one in compared:
        if one.group in {"unknown", "other"} or one.n < _SMALLEST_GROUP:
            continue
        others = [
            c
            for c in compared
            if (c.dimension, c.measure) == (one.dimension, one.measure) and c.group != one.group
        ]
        hits, n = sum(c.hits for c in others), sum(c.n for c in others)
        if n < max(_SMALLEST_GROUP, one.n):  # what most applications have in common stands out in nothing
            continue
        low, high = wilson(one.hits, one.n)
        other_low, other_high = wilson(hits, n)
        gap = max(low - other_high, other_low - high)
        known = best.get(one.dimension)
        if gap <= 0 or (known is not None and known[0] >= gap):
            continue
        best[one.dimension] = (
            gap,
            Insight(
                sentence=_sentence(one, hits, n),
                dimension=one.dimension,
                measure="response" if one.measure == "response" else "interview",
                group=one.group,
                hits=one.hits,
                n=one.n,
                low=round(low, 4),
                high=round(high, 4),
                other_hits=hits,
                other_n=n,
                other_low=round(other_low, 4),
                other_high=round(other_high, 4),
            ),
        )
    ranked = sorted(best.values(), key=lambda found: (-found[0], found[1].dimension))
    return [insight for _, insight in ranked[:AT_MOST]]


def _sentence(one: Compared, other_hits: int, other_n: int) -> str:
    more = one.hits / one.n > other_hits / other_n
    verb = "hear back" if one.measure == "response" else "lead to an interview or a test"
    return (
        f"{_subject(one)} {verb} {'more' if more else 'less'} often: {_percent(one.hits, one.n)} of {one.n}, "
        f"and {_percent(other_hits, other_n)} of the {other_n} others."
    )


def _subject(one: Compared) -> str:
    if one.dimension == "source":
        return _SOURCES.get(one.group, f"Applications from {one.group}")
    if one.dimension == "weekday":
        return f"Applications sent on a {one.group.capitalize()}"
    if one.dimension == "industry":
        return f"Applications in {one.group}"
    return f"Applications at {one.group.replace('_', ' ')} level"


def _percent(hits: int, n: int) -> str:
    return f"{round(100 * hits / n)} %"
