"""How long one waits, counting those who still wait: the Kaplan-Meier estimate, from SciPy.

Days are whole: an event after 10 hours came within 1 day. One that was watched for 10.4 days without it is known
to have gone without for 10 days.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waits:
    """How many waits ended with the event, or were watched without it, after how many days."""

    days: int
    ended: bool
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """From `day` on, the share `still` (0..1) has not had the event; `low` and `high` bound it with 95 %.

    `at_risk` were watched up to that day, `events` had it on that day.
    """

    day: int
    still: float
    low: float
    high: float
    at_risk: int
    events: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the waits that ended: how many, and days."""

    n: int
    mean: float | None
    median: float | None
    p25: float | None
    p75: float | None
    p90: float | None


def kaplan_meier(waits: Sequence[Waits]) -> list[Step]:
    """The curve at every day with an event, and at the last day that anything was watched; begins at day 0.

    The band is the log-log one, which stays between 0 and 1; where it is undefined (nobody is left) it reaches
    from 0 to what it was before.
    """
    ended = [w for w in waits if w.ended and w.count]
    if not ended:
        return []
    import numpy as np
    from scipy.stats import CensoredData, ecdf

    watched = [w for w in waits if not w.ended and w.count]
    exact = np.repeat([w.days for w in ended], [w.count for w in ended])
    right = np.repeat([w.days for w in watched], [w.count for w in watched]) if watched else np.array([])
    curve = ecdf(CensoredData(uncensored=exact, right=right)).sf
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        band = curve.confidence_interval(confidence_level=0.95, method="log-log")
    days = [int(day) for day in curve.quantiles]
    events = _by_day(ended)
    leaving = _by_day([*ended, *watched])
    at_risk = sum(leaving.values())
    n = at_risk
    steps = [] if days[0] == 0 and 0 in events else [Step(0, 1.0, 1.0, 1.0, n, 0)]
    low, high = 1.0, 1.0
    for i, day in enumerate(days):
        here = float(curve.probabilities[i])
        bounds = float(band.low.probabilities[i]), float(band.high.probabilities[i])
        if bounds[0] == bounds[0] and bounds[1] == bounds[1]:  # NaN is unlike itself
            low, high = min(low, bounds[0]), min(high, bounds[1])
        elif here < 1.0:
            low = 0.0
        if day in events or i == len(days) - 1:
            steps.append(Step(day, here, low, high, at_risk, events.get(day, 0)))
        at_risk -= leaving.get(day, 0)
    return steps


def day_by_which(steps: Sequence[Step], share: float) -> int | None:
    """The first day by which at least `share` (0..1) of all had the event; None when so many never had it."""
    return next((step.day for step in steps if step.still <= 1 - share + 1e-12), None)


def spread(waits: Sequence[Waits]) -> Spread:
    """Mean and quantiles (linear between neighbours) of the waits that ended."""
    ended = sorted((w for w in waits if w.ended and w.count), key=lambda w: w.days)
    n = sum(w.count for w in ended)
    if n == 0:
        return Spread(0, None, None, None, None, None)
    mean = sum(w.days * w.count for w in ended) / n

    def at(rank: int) -> int:
        seen = 0
        for w in ended:
            seen += w.count
            if rank < seen:
                return w.days
        return ended[-1].days

    def quantile(q: float) -> float:
        place = q * (n - 1)
        below = int(place)
        part = place - below
        low = at(below)
        return low if part == 0 else low + part * (at(below + 1) - low)

    return Spread(n, mean, quantile(0.5), quantile(0.25), quantile(0.75), quantile(0.9))


def _by_day(waits: Sequence[Waits]) -> dict[int, int]:
    found: dict[int, int] = {}
    for w in waits:
        found[w.days] = found.get(w.days, 0) + w.count
    return found
