"""Every figure against a computation of its own over the same stories, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import ceil, floor
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import time_machine
from scipy.stats import binomtest

from app.companies import service as companies
from app.core import db
from tests.conftest import NOW
from tests.factories.accounts import bearer, token_of
from tests.factories.figures import LATER, Story, random_stories, tell
from tests.integration.conftest import Person

STORIES = random_stories(300, seed=3, until=NOW)
ZONE = "America/New_York"
DAY = timedelta(days=1)


@pytest.fixture
def told(clock: time_machine.Traveller, ana: Person, bob: Person) -> Person:
    """Ana, in New York, with three hundred applications; Bob has others."""
    with db.transaction() as session:
        tell(session, ana.id, STORIES)
        tell(session, bob.id, random_stories(20, seed=9, until=NOW))
    ana.http.headers.update(bearer(token_of(ana.http, "ana")))
    assert ana.http.patch("/api/me", json={"time_zone": ZONE}).status_code == 200
    return ana


def get(person: Person, what: str, **params: Any) -> Any:
    answer = person.http.get(f"/api/analytics/{what}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def sent(stories: list[Story]) -> list[Story]:
    return [s for s in stories if not s.saved and s.archived is None]


def reached(story: Story, stage: str) -> bool:
    return any(getattr(story, name) is not None for name in LATER[LATER.index(stage) :])


def answered(story: Story) -> bool:
    return reached(story, "assessment") or story.rejected is not None


def fits(story: Story, word: str) -> bool:
    if word in LATER:
        return reached(story, word)
    if word == "rejected":
        return story.rejected is not None
    return word == "applied" or answered(story) == (word == "answer")


def check_funnel(person: Person, stories: list[Story], **params: Any) -> None:
    found = get(person, "funnel", **params)
    chosen = sent(stories)
    expected = {
        "applied": len(chosen),
        "interview": sum(reached(s, "assessment") for s in chosen),
        "offer": sum(reached(s, "offer") for s in chosen),
        "accepted": sum(s.accepted is not None for s in chosen),
        "rejected": sum(s.rejected is not None for s in chosen),
    }
    assert {name: one["count"] for name, one in found.items()} == expected
    for one in found.values():
        assert one["percent"] == (round(100 * one["count"] / len(chosen), 1) if chosen else None)


def check_rates(person: Person, stories: list[Story]) -> None:
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    keys: dict[str, Any] = {
        "source": lambda s: s.source,
        "position_level": lambda s: s.level or "unknown",
        "industry": lambda s: companies.industry_of(companies.company_key(s.company)),
        "weekday": lambda s: weekdays[s.received.astimezone(ZoneInfo(ZONE)).weekday()],
        "company": lambda s: companies.company_key(s.company),
    }
    for group_by, key in keys.items():
        found = get(person, "response-rate", group_by=group_by)
        applied = Counter(key(s) for s in sent(stories))
        responded = Counter(key(s) for s in sent(stories) if answered(s))
        assert found["all"]["applied"] == applied.total()
        assert found["all"]["responded"] == responded.total()
        assert len(found["groups"]) + found["others"] == len(applied)
        for group in found["groups"]:
            name = group["group"]
            assert (group["applied"], group["responded"]) == (applied[name], responded[name])
            interval = binomtest(responded[name], applied[name]).proportion_ci(method="wilson")
            assert [group["low"], group["high"]] == pytest.approx([interval.low, interval.high], abs=1e-4)
            assert group["few"] == (applied[name] < 3)


def wait_of(story: Story, event: str) -> tuple[int, bool]:
    """(days, whether it had the event), counting up to the event and down to where it was last watched."""
    names = {
        "rejection": ("rejected",),
        "interview": ("interview", "offer", "accepted"),
        "offer": ("offer", "accepted"),
        "any_response": (*LATER, "rejected"),
    }[event]
    had = [day for name in names if (day := getattr(story, name)) is not None]
    start = story.applied or 0.0
    if had:
        return max(0, ceil(round((min(had) - start) * 86400) / 86400)), True
    left = [day for day in (story.withdrawn, story.archived) if day is not None]
    until = min([(NOW - story.received) / DAY, *left])
    return max(0, floor((until - start) + 1e-9)), False


def check_times(person: Person, stories: list[Story], event: str) -> None:
    found = get(person, "time-to-event", event=event)
    waits = [wait_of(s, event) for s in sent(stories)]
    days = [d for d, had in waits if had]
    assert (found["applied"], found["sample"], found["waiting"]) == (
        len(waits),
        len(days),
        len(waits) - len(days),
    )
    expected = [np.mean(days), *np.quantile(days, [0.25, 0.5, 0.75, 0.9])]
    assert [found[k] for k in ("mean", "p25", "median", "p75", "p90")] == pytest.approx(expected, abs=0.051)
    still = 1.0
    curve = {p["day"]: p for p in found["curve"]}
    for day in sorted(set(days)):
        at_risk = sum(d >= day for d, _ in waits)
        events = sum(had and d == day for d, had in waits)
        still *= 1 - events / at_risk
        assert (curve[day]["at_risk"], curve[day]["events"]) == (at_risk, events)
        assert curve[day]["still"] == pytest.approx(still, abs=1e-4)


def check_flow(person: Person, stories: list[Story]) -> None:
    found = get(person, "flow")
    chosen = sent(stories)
    nodes = {n["id"]: n["count"] for n in found["nodes"]}
    assert found["total"] == nodes["applied"] == len(chosen)
    for name in LATER:
        assert nodes.get(name, 0) == sum(getattr(s, name) is not None for s in chosen)
    assert nodes["no_answer"] == sum(s.stage == "applied" for s in chosen)
    assert nodes["rejected"] == sum(s.stage == "rejected" for s in chosen)
    for name, count in nodes.items():
        flowing_in = sum(link["count"] for link in found["links"] if link["target"] == name)
        flowing_out = sum(link["count"] for link in found["links"] if link["source"] == name)
        assert name == "applied" or flowing_in == count
        assert flowing_out <= count
        if name not in {"accepted", "rejected", "withdrawn", "open", "no_answer"}:
            assert flowing_out == count, "nobody gets lost"


def check_activity(person: Person, stories: list[Story]) -> None:
    mails = [
        ((s.received + timedelta(days=day)).astimezone(ZoneInfo(ZONE)).date(), kind)
        for s in stories
        if s.archived is None
        for day, kind in s.mails
        if kind is not None
    ]
    for bucket in ("day", "week", "month"):
        found = get(person, "activity", bucket=bucket)
        expected: Counter[tuple[str, str]] = Counter()
        for day, kind in mails:
            start = day - timedelta(days=day.weekday()) if bucket == "week" else day
            start = day.replace(day=1) if bucket == "month" else start
            expected[(start.isoformat(), kind)] += 1
        told = {(b["start"], kind): n for b in found["buckets"] for kind, n in b["by_class"].items()}
        assert told == dict(expected)
        assert found["total"] == len(mails) == sum(b["total"] for b in found["buckets"])
        starts = [b["start"] for b in found["buckets"]]
        assert starts == sorted(set(starts))
        if bucket == "day":
            first, last = (datetime.fromisoformat(starts[place]) for place in (0, -1))
            assert len(starts) == (last - first).days + 1, "empty days are there too"


def listed(person: Person, *parts: str, **params: Any) -> int:
    """How many applications the list holds that stand behind these parts of figures."""
    answer = person.http.get("/api/applications", params={"figure": list(parts), "limit": 1, **params})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["total"])


def check_lists_behind(person: Person, stories: list[Story]) -> None:
    flow = get(person, "flow")
    for node in flow["nodes"]:
        assert listed(person, f"flow/{node['id']}") == node["count"], node
    for link in flow["links"]:
        assert listed(person, f"flow/{link['source']}>{link['target']}") == link["count"], link
    for by in ("company", "industry", "weekday"):
        for group in get(person, "response-rate", group_by=by)["groups"]:
            assert listed(person, f"{by}/{group['group']}") == group["applied"], group
    for event in ("rejection", "interview", "offer", "any_response"):
        assert listed(person, f"waiting/{event}") == get(person, "time-to-event", event=event)["waiting"]

    company = next(s.company for s in stories if s.archived is not None)
    alike = [s for s in stories if s.company == company]
    told = [s for s in alike if s.archived is None]
    assert listed(person, f"employer/{company} GmbH") == len(told)
    assert listed(person, f"employer/{company}", archived="include") == len(alike) > len(told)
    first, last = date(2025, 9, 1), date(2025, 10, 1)
    heard = [
        s
        for s in stories
        if s.archived is None
        and any(
            kind is not None
            and first <= (s.received + timedelta(days=day)).astimezone(ZoneInfo(ZONE)).date() < last
            for day, kind in s.mails
        )
    ]
    assert listed(person, f"activity/{first}..{last}") == len(heard) > 0
    assert listed(person, f"activity/{first}..{last}", f"employer/{company}") == sum(s in told for s in heard)


@pytest.mark.parametrize(
    "part",
    [
        "flow/nowhere",
        "flow/rejected>applied",
        "flow/a>b>c",
        "weekday/someday",
        "waiting/",
        "activity/2025-09-01",
        "activity/0001-01-01..9999-12-31",
        "no/thing",
        "",
    ],
)
def test_parts_that_no_figure_has(ana: Person, part: str) -> None:
    for path in ("/api/applications", "/api/applications/board"):
        answer = ana.http.get(path, params={"figure": part})
        assert (answer.status_code, answer.json()["code"]) == (422, "application.unknown_figure")


def test_everything_agrees(told: Person) -> None:
    """One long test, so that the stories are stored once."""
    check_funnel(told, STORIES)
    check_rates(told, STORIES)
    for event in ("rejection", "interview", "offer", "any_response"):
        check_times(told, STORIES, event)
    check_flow(told, STORIES)
    check_activity(told, STORIES)
    check_lists_behind(told, STORIES)
    archived = get(told, "funnel", archived="include")["applied"]["count"]
    assert archived == sum(not s.saved for s in STORIES) > len(sent(STORIES))

    referrals = [s for s in STORIES if s.source == "referral"]
    check_funnel(told, referrals, source="referral")
    company = STORIES[0].company
    check_funnel(told, [s for s in STORIES if s.company == company], company=f"{company} GmbH")
    first, last = date(2025, 9, 1), date(2025, 11, 30)
    inside = [s for s in STORIES if first <= s.received.astimezone(ZoneInfo(ZONE)).date() <= last]
    assert 0 < len(inside) < len(STORIES)
    check_funnel(told, inside, **{"from": "2025-09-01", "to": "2025-11-30"})
    stats = told.http.get("/api/stats", params={"from": "2025-09-01", "to": "2025-11-30"}).json()
    assert stats["total"] == sum(s.archived is None for s in inside)
    check_funnel(told, [], company="Nobody Knows")

    clear = get(told, "insights")
    assert clear["looked_at"] == len(sent(STORIES))
    assert len(clear["items"]) <= 3
    assert any(i["group"] == "referral" for i in clear["items"]), "three in four against fewer than half"
    for item in clear["items"]:
        assert item["low"] > item["other_high"] or item["high"] < item["other_low"]

    for word in ("applied", "assessment", "interview", "offer", "accepted", "rejected", "answer", "silence"):
        total = told.http.get("/api/applications", params={"reached": word}).json()["total"]
        assert total == sum(fits(s, word) for s in sent(STORIES)), word
    for level in ("senior", "unknown"):
        total = told.http.get("/api/applications", params={"level": level, "reached": "applied"}).json()[
            "total"
        ]
        assert total == sum((s.level or "unknown") == level for s in sent(STORIES))


def test_nothing_and_next_to_nothing(clock: time_machine.Traveller, ana: Person) -> None:
    assert get(ana, "funnel")["applied"] == {"count": 0, "percent": None}
    assert get(ana, "flow") == {"total": 0, "nodes": [], "links": []}
    assert get(ana, "insights") == {"looked_at": 0, "items": []}
    assert get(ana, "activity") == {"bucket": "week", "total": 0, "by_class": {}, "buckets": []}
    for group_by in ("company", "industry", "source", "position_level", "weekday"):
        rates = get(ana, "response-rate", group_by=group_by)
        assert rates["groups"] == []
        assert rates["all"]["rate"] is None
        assert (rates["all"]["low"], rates["all"]["high"]) == (0, 1)
    times = get(ana, "time-to-event")
    assert (times["sample"], times["median"], times["curve"], times["enough"]) == (0, None, [], False)

    with db.transaction() as session:
        tell(session, ana.id, [Story(NOW - 4 * DAY, rejected=3.2), Story(NOW - 2 * DAY)])
    times = get(ana, "time-to-event")
    assert (times["sample"], times["waiting"], times["median"], times["enough"]) == (1, 1, 4.0, False)
    rates = get(ana, "response-rate", group_by="company")
    assert rates["groups"][0]["few"] is True
    assert rates["groups"][0]["low"] > 0


def test_bad_filters(ana: Person) -> None:
    for params in ({"from": "yesterday"}, {"source": "pigeon"}, {"company": ""}, {"archived": "maybe"}):
        assert ana.http.get("/api/analytics/funnel", params=params).status_code == 422
    for params in ({"from": "0001-01-01", "to": "9999-12-31"}, {"company": "\x00%"}, {"company": "!!!"}):
        assert ana.http.get("/api/analytics/funnel", params=params).status_code == 200


def test_moments_before_1970_and_in_the_far_future(ana: Person) -> None:
    """Mail is dated by whoever sends it."""
    odd = [
        Story(datetime(1969, 5, 1, tzinfo=UTC), rejected=-3.0, mails=((0.0, "APPLICATION_RECEIVED"),)),
        Story(datetime(2170, 5, 1, tzinfo=UTC), mails=((0.0, "APPLICATION_RECEIVED"),)),
    ]
    with db.transaction() as session:
        tell(session, ana.id, odd)
    assert get(ana, "time-to-event")["sample"] == 1
    assert get(ana, "activity", bucket="day")["total"] == 2
    assert get(ana, "response-rate", group_by="weekday")["all"]["applied"] == 2
