"""What earlier waits say about one: the usual time, what still comes, the prior."""

from __future__ import annotations

from app.applications.values import (
    DEFAULT_STALE_DAYS,
    PRIOR,
    Basis,
    ResponseCurve,
    choose,
    is_valid,
    outlook,
    stale_days_of,
)


def curve(basis: Basis = "own", label: str = "") -> ResponseCurve:
    """Half of all are answered: of 100, 20 within 2 days, 40 within 5, 46 within 12, 50 within 30."""
    return ResponseCurve(basis, label, 100, 50, (0, 2, 5, 12, 30), (1.0, 0.8, 0.6, 0.54, 0.5))


def test_by_hand() -> None:
    found = outlook(curve(), 5)
    assert found.usually_within == 5, "40 of the 50 answers"
    assert found.still_percent == 16.7, "10 of the 60 that still wait"
    assert found.follow_up_after == 12, "46 of 50: the first day with nine in ten is the 12th"
    assert outlook(curve(), 0).still_percent == 50.0
    assert outlook(curve(), 400).still_percent == 0.0


def test_the_prior_is_stated_and_fits_the_default() -> None:
    assert is_valid(PRIOR)
    assert outlook(PRIOR, 0).usually_within == DEFAULT_STALE_DAYS
    assert outlook(PRIOR, 0).basis == "prior"
    assert stale_days_of(PRIOR) == DEFAULT_STALE_DAYS


def test_the_longer_one_waits_the_less_still_comes() -> None:
    percents = [outlook(PRIOR, day).still_percent for day in range(90)]
    assert percents == sorted(percents, reverse=True)
    assert percents[-1] == 0


def test_the_nearest_that_is_known() -> None:
    curves = [
        curve(),
        curve("source", "referral"),
        curve("industry", "finance"),
        curve("company", "otter bank"),
    ]
    wanted = {"company": "otter bank", "industry": "finance", "source": "referral"}
    assert choose(curves, **wanted).basis == "company"
    assert choose(curves[:3], **wanted).basis == "industry"
    assert choose(curves[:2], **wanted).basis == "source"
    assert choose(curves[:1], **wanted).basis == "own"
    assert choose([], **wanted) is PRIOR


def test_stale_days_stay_sensible() -> None:
    def of(days: tuple[int, ...]) -> int:
        return stale_days_of(ResponseCurve("own", "", 20, 10, (0, *days), (1.0, *[0.5] * len(days))))

    assert of((1,)) == 7
    assert of((33,)) == 33
    assert of((300,)) == 90


def test_stored_and_read_again() -> None:
    assert ResponseCurve.from_json(curve("industry", "finance").to_json()) == curve("industry", "finance")
