"""Predictions over the API: computed by a run, kept until data changes, silent where nothing can be known."""

from __future__ import annotations

import random
import sys
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.analytics import estimates
from app.core import db
from app.core.clock import now
from tests.factories.figures import Story, tell
from tests.integration.conftest import Person


def ask(person: Person, **params: Any) -> dict[str, Any]:
    answer = person.http.get("/api/analytics/prediction", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def stories(seed: int, *, informative: bool) -> list[Story]:
    """Eighty that ended and ten that are open. Whether they end well depends on their source, or on nothing."""
    dice = random.Random(seed)
    found: list[Story] = []
    for number in range(90):
        source = ("referral", "linkedin", "board")[number % 3]
        chance = {"referral": 0.9}.get(source, 0.1) if informative else 0.4
        good = dice.random() < chance
        ended = number < 80
        mails: list[tuple[float, str | None]] = [(0.0, "APPLICATION_RECEIVED")]
        if ended:
            mails.append((20.0, "INTERVIEW_REQUEST" if good else "REJECTION"))
        found.append(
            Story(
                now() - timedelta(days=60 if ended else 12),
                company=f"Otter Bank {number}",
                source=source,
                interview=20.0 if ended and good else None,
                rejected=20.0 if ended and not good else None,
                mails=tuple(mails),
            )
        )
    return found


def test_from_computing_to_ready_and_anew(ana: Person, bob: Person) -> None:
    with db.transaction() as session:
        ids = tell(session, ana.id, stories(1, informative=True))
    first = ask(ana)
    assert (first["ready"], first["reason"], first["items"]) == (False, "computing", [])
    assert ana.http.get(f"/api/runs/{first['job_id']}").json()["kind"] == "prediction"
    told = ask(ana, limit=4)
    assert told["ready"] is True
    assert told["job_id"] is None
    assert (told["card"]["n"], told["total"], len(told["items"])) == (80, 10, 4)
    assert told["card"]["brier"] < told["card"]["brier_base_rate"]
    chances = [one["probability"] for one in told["items"]]
    assert chances == sorted(chances, reverse=True)
    assert all(0 < chance < 1 for chance in chances)
    best = told["items"][0]
    features = {f["name"]: f for f in best["features"]}
    assert features["source"]["value"] == "referral"
    assert features["source"]["contribution"] > 0
    assert features["days_since_received"]["value"] == 12
    assert best["application_id"] in ids

    boards = ask(ana, source="board")
    assert {f["value"] for one in boards["items"] for f in one["features"] if f["name"] == "source"} == {
        "board"
    }
    again = ask(ana, limit=4)
    assert again["card"]["computed_at"] == told["card"]["computed_at"], "kept while nothing changes"

    ana.http.patch(f"/api/applications/{best['application_id']}", json={"stage": "rejected"})
    changed = ask(ana, limit=4)
    assert changed["job_id"] is not None, "and computed anew when something does"
    assert best["application_id"] not in [one["application_id"] for one in changed["items"]]
    assert ask(ana)["card"]["n"] == 81
    assert ask(bob)["reason"] == "computing"
    assert ask(bob)["reason"] == "too_few"


def test_a_random_target_is_not_predicted(ana: Person) -> None:
    """The mail after the cut-off tells the outcome: a leak would look very good."""
    with db.transaction() as session:
        tell(session, ana.id, stories(2, informative=False))
    ask(ana)
    told = ask(ana)
    assert (told["ready"], told["reason"], told["items"]) == (False, "no_better", [])
    assert told["card"]["brier"] > 0
    assert "no better" in told["detail"]


@pytest.mark.one_database
def test_without_scikit_learn(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    answer = ana.http.get("/api/analytics/prediction")
    assert answer.status_code == 503
    assert answer.json()["code"] == "prediction.unavailable"
    assert answer.json()["detail"] == "Prediction model unavailable. Install scikit-learn."


@pytest.mark.one_database
def test_bad_limits(ana: Person) -> None:
    for limit in (0, 101):
        assert ana.http.get("/api/analytics/prediction", params={"limit": limit}).status_code == 422


def test_how_long_answers_take(ana: Person, bob: Person) -> None:
    """The prior first, then own data, for each application and for what counts as stale."""
    waiting = Story(now() - timedelta(days=15), company="Hazel Hill", source="board")
    with db.transaction() as session:
        one = tell(session, ana.id, [waiting])[0]
    outlook = ana.http.get(f"/api/applications/{one}").json()["answer_outlook"]
    assert (outlook["basis"], outlook["usually_within"], outlook["follow_up_after"]) == ("prior", 21, 21)
    assert outlook["waiting_days"] == 15
    assert ana.http.get("/api/applications", params={"stale": True}).json()["total"] == 0

    quick = [
        Story(now() - timedelta(days=100), company="Pebble Bank", rejected=float(2 + n % 8))
        for n in range(40)
    ]
    with db.transaction() as session:
        tell(session, ana.id, quick)
    estimates.refresh_oldest()
    estimates.refresh(ana.id)
    detail = ana.http.get(f"/api/applications/{one}").json()
    outlook = detail["answer_outlook"]
    assert (outlook["basis"], outlook["n"], outlook["answers"]) == ("own", 41, 40)
    assert outlook["usually_within"] == 8
    assert outlook["still_percent"] == 0
    assert detail["stale"] is True, "eight days, 90 % of the answers were there"
    assert ana.http.get("/api/applications", params={"stale": True}).json()["total"] == 1
    assert ana.http.get("/api/stats").json()["stale_days"] == 9
    assert bob.http.get("/api/stats").json()["stale_days"] == 21

    banker = Story(now() - timedelta(days=3), company="Otter Bank", source="board")
    with db.transaction() as session:
        two = tell(session, ana.id, [banker])[0]
    outlook = ana.http.get(f"/api/applications/{two}").json()["answer_outlook"]
    assert (outlook["basis"], outlook["label"]) == ("industry", "finance")
    ana.http.patch(f"/api/applications/{two}", json={"stage": "interview"})
    assert ana.http.get(f"/api/applications/{two}").json()["answer_outlook"] is None


def test_estimates_are_looked_at_again_after_a_day(clock: time_machine.Traveller, ana: Person) -> None:
    with db.transaction() as session:
        tell(session, ana.id, [Story(now() - timedelta(days=50), rejected=5.0) for _ in range(20)])
    estimates.refresh_oldest()
    assert ana.http.get("/api/stats").json()["stale_days"] == 7
    with db.transaction() as session:
        tell(session, ana.id, [Story(now() - timedelta(days=50), rejected=30.0) for _ in range(20)])
    estimates.refresh_oldest()
    assert ana.http.get("/api/stats").json()["stale_days"] == 7, "looked at a moment ago"
    clock.shift(timedelta(hours=25))
    estimates.refresh_oldest()
    with db.read_session() as session:
        assert estimates.curves_of(session, ana.id)[0].day_of_answers(0.9) == 30
