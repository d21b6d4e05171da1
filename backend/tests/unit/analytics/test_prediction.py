"""The model sees nothing that came after its cut-off, and says nothing where there is nothing to say."""

from __future__ import annotations

import random

import pytest

from app.analytics.prediction.features import DAY, Example, History, Sight, examples_of, open_sights, see
from app.analytics.prediction.model import FEATURES, learn

NOW = 400 * DAY
CUTOFF = 7


def history(number: int, **given: object) -> History:
    values: dict[str, object] = {
        "received": 0,
        "success": None,
        "ended": None,
        "source": "linkedin",
        "level": None,
        "mails": ((0, "APPLICATION_RECEIVED"),),
    }
    return History(application_id=number, **{**values, **given})  # type: ignore[arg-type]


def told(number: int, *, good: bool, source: str = "linkedin", seen: str = "STATUS_UPDATE") -> History:
    """An application that ends after three weeks; what is seen in its first week is `seen`."""
    end = 21 * DAY
    last = "INTERVIEW_REQUEST" if good else "REJECTION"
    return history(
        number,
        success=end if good else None,
        ended=None if good else end,
        source=source,
        mails=((0, "APPLICATION_RECEIVED"), (2 * DAY, seen), (end, last)),
    )


def test_what_came_later_is_not_seen() -> None:
    mails = ((0, "APPLICATION_RECEIVED"), (3 * DAY, None), (9 * DAY, "ASSESSMENT"), (20 * DAY, "REJECTION"))
    at_cutoff = see(history(1, mails=mails), 7 * DAY)
    assert at_cutoff == Sight(1, "APPLICATION_RECEIVED", 7, 4, "linkedin", "unknown")
    shortened = history(1, mails=mails[:2])
    assert see(shortened, 7 * DAY) == at_cutoff


def test_an_outcome_before_the_cutoff_teaches_nothing() -> None:
    early = history(1, ended=5 * DAY)
    at_once = history(2, success=7 * DAY)
    later = history(3, ended=15 * DAY)
    silent = history(4)
    found = examples_of([early, at_once, later, silent], NOW, CUTOFF)
    assert [(e.sight.application_id, e.cutoff_day, e.target) for e in found] == [
        (3, 7, False),
        (3, 14, False),
        (4, 7, False),
        (4, 14, False),
        (4, 28, False),
        (4, 56, False),
    ]


def test_open_ones_are_asked_about_and_not_learned_from() -> None:
    waiting = history(1, received=NOW - 30 * DAY, mails=((NOW - 30 * DAY, "APPLICATION_RECEIVED"),))
    assert examples_of([waiting], NOW, CUTOFF) == []
    assert open_sights([waiting, history(2)], NOW) == [
        Sight(1, "APPLICATION_RECEIVED", 30, 30, "linkedin", "unknown")
    ]


@pytest.mark.parametrize("seed", range(12))
def test_a_random_target_gives_no_prediction(seed: int) -> None:
    """The mail after the cut-off tells the outcome for certain; whoever could see it would look very good."""
    dice = random.Random(seed)
    histories = [
        told(
            n,
            good=dice.random() < 0.4,
            source=dice.choice(("linkedin", "referral", "board")),
            seen=dice.choice(("STATUS_UPDATE", "ASSESSMENT", "RECRUITER_OUTREACH")),
        )
        for n in range(80)
    ]
    learned = learn(examples_of(histories, NOW, CUTOFF), [see(history(999), 9 * DAY)], CUTOFF)
    assert learned.card["ready"] is False
    assert learned.reason == "no_better"
    assert learned.scores == []
    assert learned.card["n"] == 80


def test_what_can_be_known_is_learned() -> None:
    """Referrals succeed nine times of ten, others once: found, measured, and explained."""
    dice = random.Random(5)
    histories = []
    for n in range(90):
        source = "referral" if n % 3 == 0 else "linkedin"
        histories.append(told(n, good=dice.random() < (0.9 if source == "referral" else 0.1), source=source))
    asked = [
        Sight(1001, "STATUS_UPDATE", 9, 7, "linkedin", "unknown"),
        Sight(1002, "STATUS_UPDATE", 9, 7, "referral", "unknown"),
    ]
    learned = learn(examples_of(histories, NOW, CUTOFF), asked, CUTOFF)
    card = learned.card
    assert card["ready"] is True
    assert learned.reason is None
    assert card["brier"] < card["brier_base_rate"]
    base = card["base_rate"]
    assert card["brier_base_rate"] == pytest.approx(base * (1 - base), abs=0.02)
    assert [score[0] for score in learned.scores] == [1002, 1001]
    good, bad = learned.scores
    assert 0 < bad[1] < 0.4 < 0.6 < good[1] < 1
    contributions = dict(zip(FEATURES, good[5:], strict=True))
    assert max(contributions, key=lambda name: contributions[name]) == "source"


@pytest.mark.parametrize(("good", "bad"), [(4, 40), (40, 4), (9, 10), (0, 0)])
def test_too_few_outcomes(good: int, bad: int) -> None:
    histories = [told(n, good=n < good) for n in range(good + bad)]
    learned = learn(examples_of(histories, NOW, CUTOFF), [], CUTOFF)
    assert learned.reason == "too_few"
    assert (learned.card["n"], learned.card["successes"]) == (good + bad, good)
    assert learned.card["brier"] is None


def test_an_application_weighs_the_same_however_long_it_waited() -> None:
    """Probabilities at the cut-off stay close to the share of applications, not of looks at them."""
    quick = [told(n, good=True) for n in range(40)]
    slow = [history(n + 100, ended=100 * DAY) for n in range(40)]
    examples: list[Example] = examples_of([*quick, *slow], NOW, CUTOFF)
    assert len([e for e in examples if e.cutoff_day == CUTOFF]) == 80
    learned = learn(examples, [Sight(1, "APPLICATION_RECEIVED", 7, 7, "linkedin", "unknown")], CUTOFF)
    assert learned.card["base_rate"] == 0.5
