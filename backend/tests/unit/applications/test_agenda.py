"""The agenda: sections as the calendar stands where the user lives, one line for one matter, one verb each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.applications.agenda.lines import (
    Candidacy,
    Line,
    compose,
    days_between,
    is_whole_day,
    section_of,
    usual_days,
    verb_for,
)

NOW = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # Monday; already Tuesday in Tokyo
UTC_ZONE, TOKYO = ZoneInfo("UTC"), ZoneInfo("Asia/Tokyo")


def line(title: str = "Reply", **given: Any) -> Line:
    fields: dict[str, Any] = {"kind": "action", "candidacy": Candidacy(1, "Larkspur", "Gardener", "applied")}
    return Line(**{**fields, "title": title, "verb": "reply", "ref_id": 1, **given})


@pytest.mark.parametrize(
    ("at", "zone", "section"),
    [
        (None, UTC_ZONE, "today"),
        (NOW - timedelta(minutes=1), UTC_ZONE, "overdue"),
        (NOW + timedelta(hours=1), UTC_ZONE, "today"),
        (NOW + timedelta(hours=2), UTC_ZONE, "this_week"),
        (NOW + timedelta(hours=2), TOKYO, "today"),
        (NOW - timedelta(hours=8), TOKYO, "overdue"),
        (datetime(2026, 3, 8, 12, tzinfo=UTC), UTC_ZONE, "this_week"),
        (datetime(2026, 3, 9, 12, tzinfo=UTC), UTC_ZONE, "later"),
    ],
)
def test_sections(at: datetime | None, zone: ZoneInfo, section: str) -> None:
    assert section_of(line(at=at), NOW, zone) == section


def test_a_day_is_over_when_it_ends_and_an_interview_when_it_is() -> None:
    midnight = NOW.replace(hour=0, minute=0)
    assert is_whole_day(midnight, UTC_ZONE)
    assert is_whole_day(NOW.replace(hour=23, minute=59, second=59), UTC_ZONE)
    assert not is_whole_day(midnight, TOKYO)
    assert section_of(line(at=midnight, whole_day=True), NOW, UTC_ZONE) == "today"
    running = line(kind="interview", at=NOW - timedelta(minutes=10), ends_at=NOW + timedelta(minutes=20))
    assert section_of(running, NOW, UTC_ZONE) == "today"


def test_two_mails_that_ask_the_same_are_one_line_with_the_date() -> None:
    dated = line(ref_id=2, at=NOW + timedelta(hours=1))
    made = compose(
        [line(), dated, line("Schedule", ref_id=3), line(ref_id=4, kind="reminder")], NOW, UTC_ZONE
    )
    assert [(one.title, one.ref_id) for one in made.today] == [("Reply", 2), ("Schedule", 3), ("Reply", 4)]


def test_what_is_later_is_counted() -> None:
    made = compose([line(at=NOW + timedelta(days=30))], NOW, UTC_ZONE)
    assert (made.overdue, made.today, made.this_week, made.later) == ([], [], [], 1)


@pytest.mark.parametrize(
    ("kind", "link", "verb"),
    [
        ("assessment", "https://tests.example.com", "open_test"),
        ("assessment", "javascript:alert(1)", "done"),
        ("assessment", None, "done"),
        ("reply", None, "reply"),
        ("schedule", None, "schedule"),
        ("sign_offer", None, "reply"),
        ("something_new", None, "done"),
    ],
)
def test_verbs(kind: str, link: str | None, verb: str) -> None:
    assert verb_for(kind, link) == verb


def test_how_long_answers_take() -> None:
    others = [("acme", 4), ("birch", 8), ("cedar", 12), ("dune", 20)]
    assert usual_days(others, "larkspur") == (None, None)
    assert usual_days([*others, ("elm", 30)], "larkspur") == (12, "all")
    assert usual_days([*others, ("larkspur", 2), ("larkspur", 5)], "larkspur") == (4, "company")
    assert usual_days([("", 2), ("", 5)], "") == (None, None)


def test_days_are_those_of_the_calendar() -> None:
    evening = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    assert days_between(evening, NOW, UTC_ZONE) == 1
    assert days_between(evening, NOW, TOKYO) == 1
    assert days_between(NOW, evening, UTC_ZONE) == 0
