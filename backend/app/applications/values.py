"""What earlier waits say about a wait for an answer. Values and pure functions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, Self

Basis = Literal["company", "industry", "source", "own", "prior"]
DEFAULT_STALE_DAYS = 21
_STALE_BETWEEN = (7, 90)
_USUAL = 0.8
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class ResponseCurve:
    """From day `days[i]` on, the share `still[i]` (0..1) of `n` applications was without an answer; `answers` had one.

    What it rests on: the applications to one company, one industry or from one source, all own ones, or the prior.
    """

    basis: Basis
    label: str
    n: int
    answers: int
    days: tuple[int, ...]
    still: tuple[float, ...]

    def waiting_after(self, day: int) -> float:
        """The share that has no answer after this many days."""
        place = bisect_right(self.days, day)
        return self.still[place - 1] if place else 1.0

    def day_of_answers(self, share: float) -> int:
        """The day by which `share` of all answers that come at all have come."""
        limit = 1 - share * (1 - self.still[-1])
        return next(d for d, s in zip(self.days, self.still, strict=True) if s <= limit + 1e-9)

    def to_json(self) -> dict[str, Any]:
        return {
            "basis": self.basis,
            "label": self.label,
            "n": self.n,
            "answers": self.answers,
            "days": list(self.days),
            "still": [round(s, 4) for s in self.still],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            stored["basis"],
            stored["label"],
            stored["n"],
            stored["answers"],
            tuple(stored["days"]),
            tuple(stored["still"]),
        )


# Not measured: what we assume until the user's own data say more. A good third is ever answered, half of those
# within 10 days and four in five within 21.
PRIOR = ResponseCurve(
    "prior",
    "",
    0,
    0,
    (0, 1, 3, 5, 7, 10, 14, 21, 30, 45, 60),
    (1.0, 0.98, 0.95, 0.91, 0.87, 0.825, 0.77, 0.72, 0.69, 0.665, 0.65),
)


@dataclass(frozen=True, slots=True)
class AnswerOutlook:
    """`usually_within` days most answers (four in five) come; `still_percent` answer after `waiting_days` without
    one; `follow_up_after` days it is worth asking."""

    basis: Basis
    label: str
    n: int
    answers: int
    waiting_days: int
    usually_within: int
    still_percent: float
    follow_up_after: int


def outlook(curve: ResponseCurve, waiting_days: int) -> AnswerOutlook:
    """What the curve says to somebody who has waited that long."""
    waiting = curve.waiting_after(waiting_days)
    still = (waiting - curve.still[-1]) / waiting if waiting > 0 else 0.0
    return AnswerOutlook(
        curve.basis,
        curve.label,
        curve.n,
        curve.answers,
        waiting_days,
        max(1, curve.day_of_answers(_USUAL)),
        round(100 * min(1.0, max(0.0, still)), 1),
        stale_days_of(curve),
    )


def stale_days_of(curve: ResponseCurve) -> int:
    """After how many days without an answer nine in ten of those that come had come; 7 to 90."""
    if curve.basis == "prior":
        return DEFAULT_STALE_DAYS
    low, high = _STALE_BETWEEN
    return min(high, max(low, curve.day_of_answers(_NEARLY_ALL)))


def choose(curves: Sequence[ResponseCurve], *, company: str, industry: str, source: str) -> ResponseCurve:
    """The curve of what is most like this application: its company, industry or source, all own ones, the prior."""
    wanted: list[tuple[Basis, str]] = [
        ("company", company),
        ("industry", industry),
        ("source", source),
        ("own", ""),
    ]
    known = {(curve.basis, curve.label): curve for curve in curves}
    return next((known[key] for key in wanted if key in known), PRIOR)


def is_valid(curve: ResponseCurve) -> bool:
    """Whether the curve only falls, between 1 and 0, over days that only grow."""
    return (
        bool(curve.days)
        and all(a < b for a, b in pairwise(curve.days))
        and all(1 >= a >= b >= 0 for a, b in pairwise((1.0, *curve.still)))
    )
