"""The estimate against a computation of its own, by hand and by the product of conditional shares."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import exp, log, sqrt
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analytics.intervals import Z_95, wilson
from app.analytics.survival import Waits, day_by_which, kaplan_meier, spread

waits_of = st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.integers(1, 5)), max_size=30).map(
    lambda rows: [Waits(*row) for row in rows]
)


def by_hand(waits: list[Waits]) -> dict[int, tuple[Fraction, int, int]]:
    """day -> (share without the event, at risk, events), with exact fractions."""
    one_by_one = [(w.days, w.ended) for w in waits for _ in range(w.count)]
    still = Fraction(1)
    found = {}
    for day in sorted({d for d, ended in one_by_one if ended}):
        at_risk = sum(1 for d, _ in one_by_one if d >= day)
        events = sum(1 for d, ended in one_by_one if ended and d == day)
        still *= Fraction(at_risk - events, at_risk)
        found[day] = still, at_risk, events
    return found


def test_a_textbook_case_with_ties_and_censoring() -> None:
    """Events at 1, 2, 2, 3, 5; still waiting after 2, 3, 6. At 2: 7 at risk, 2 answer, and the one watched for 2 days
    counts as at risk on that day."""
    curve = kaplan_meier(
        [
            Waits(1, True, 1),
            Waits(2, True, 2),
            Waits(3, True, 1),
            Waits(5, True, 1),
            Waits(2, False, 1),
            Waits(3, False, 1),
            Waits(6, False, 1),
        ]
    )
    assert [(s.day, s.at_risk, s.events) for s in curve] == [
        (0, 8, 0),
        (1, 8, 1),
        (2, 7, 2),
        (3, 4, 1),
        (5, 2, 1),
        (6, 1, 0),
    ]
    assert [s.still for s in curve] == pytest.approx([1, 7 / 8, 5 / 8, 15 / 32, 15 / 64, 15 / 64])
    # Greenwood's variance on the log-log scale, at day 3
    greenwood = 1 / (8 * 7) + 2 / (7 * 5) + 1 / (4 * 3)
    reach = Z_95 * sqrt(greenwood) / abs(log(15 / 32))
    at_three = curve[3]
    assert at_three.low == pytest.approx((15 / 32) ** exp(reach))
    assert at_three.high == pytest.approx((15 / 32) ** exp(-reach))


def test_nobody_left() -> None:
    curve = kaplan_meier([Waits(1, True, 1), Waits(4, True, 2)])
    assert [(s.day, s.still) for s in curve] == [(0, 1.0), (1, pytest.approx(2 / 3)), (4, 0.0)]
    assert curve[-1].low == 0.0
    assert curve[-1].high == curve[-2].high


def test_no_events_and_nothing_at_all() -> None:
    assert kaplan_meier([]) == []
    assert kaplan_meier([Waits(9, False, 3)]) == []
    assert spread([Waits(9, False, 3)]).median is None


@given(waits_of)
def test_it_agrees_with_exact_fractions(waits: list[Waits]) -> None:
    expected = by_hand(waits)
    curve = kaplan_meier(waits)
    assert {s.day: (s.at_risk, s.events) for s in curve if s.events} == {
        day: (at_risk, events) for day, (_, at_risk, events) in expected.items()
    }
    for s in curve:
        if s.events:
            assert s.still == pytest.approx(float(expected[s.day][0]), abs=1e-9)


@given(waits_of)
def test_it_only_falls_and_its_band_holds_it(waits: list[Waits]) -> None:
    curve = kaplan_meier(waits)
    for before, after in pairwise(curve):
        assert before.day < after.day
        assert before.still >= after.still - 1e-12
        assert before.low >= after.low
        assert before.high >= after.high
        assert before.at_risk >= after.at_risk
    for s in curve:
        assert -1e-9 <= s.low <= s.still + 1e-9
        assert s.still <= s.high + 1e-9 <= 1 + 2e-9


@given(waits_of)
def test_waiting_longer_without_an_answer_never_lowers_the_curve(waits: list[Waits]) -> None:
    """Leaving out who still waits makes answers look quicker than they are."""
    ignoring = {s.day: s.still for s in kaplan_meier([w for w in waits if w.ended])}
    for s in kaplan_meier(waits):
        if s.day in ignoring:
            assert s.still >= ignoring[s.day] - 1e-9


@given(waits_of)
def test_the_spread_agrees_with_numpy(waits: list[Waits]) -> None:
    days = [w.days for w in waits if w.ended for _ in range(w.count)]
    found = spread(waits)
    assert found.n == len(days)
    if days:
        assert found.mean == pytest.approx(mean(days))
        assert found.median == pytest.approx(median(days))
        assert [found.p25, found.p75, found.p90] == pytest.approx(list(np.quantile(days, [0.25, 0.75, 0.9])))


def test_the_day_by_which_half_had_it() -> None:
    curve = kaplan_meier([Waits(3, True, 5), Waits(8, True, 1), Waits(30, False, 4)])
    assert day_by_which(curve, 0.5) == 3
    assert day_by_which(curve, 0.6) == 8
    assert day_by_which(curve, 0.61) is None


@given(st.integers(0, 200), st.integers(0, 200))
def test_wilson_agrees_with_scipy(a: int, b: int) -> None:
    from scipy.stats import binomtest

    hits, n = min(a, b), max(a, b)
    low, high = wilson(hits, n)
    if n == 0:
        assert (low, high) == (0.0, 1.0)
        return
    expected = binomtest(hits, n).proportion_ci(confidence_level=0.95, method="wilson")
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert 0 <= low <= hits / n <= high <= 1
