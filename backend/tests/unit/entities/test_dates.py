"""Dates, times, zones and deadlines in running text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.classification.entities.dates import FoundDate, find_dates
from app.classification.entities.deadlines import find_deadline
from app.classification.entities.reading import Part, read_mail
from app.classification.entities.zones import zone_named
from app.classification.segments import segment
from tests.unit.entities.mails import MONDAY, make_email


def part_of(text: str) -> Part:
    return read_mail(make_email(text), segment(text)).text


def first(text: str, received_at: datetime | None = MONDAY) -> FoundDate | None:
    found = find_dates(part_of(text), received_at)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on March 12, 2026", date(2026, 3, 12)),
        ("on March 12th", date(2026, 3, 12)),
        ("on Thursday, 12 March", date(2026, 3, 12)),
        ("the 12th of March 2026", date(2026, 3, 12)),
        ("on Mar 12", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("am 12. März 2026", date(2026, 3, 12)),
        ("am 12.03.2026", date(2026, 3, 12)),
        ("am 12.3.", date(2026, 3, 12)),
        ("le 12 mars 2026", date(2026, 3, 12)),
        ("on 3/12/2026", date(2026, 3, 12)),
        ("on 13/03/2026", date(2026, 3, 13)),
        ("on Wednesday 11/03/2026", date(2026, 3, 11)),
        ("tomorrow at 10am", date(2026, 3, 3)),
        ("this Friday", date(2026, 3, 6)),
        ("next Friday", date(2026, 3, 13)),
        ("am Freitag", date(2026, 3, 6)),
        ("vendredi", date(2026, 3, 6)),
        ("el 12 de marzo de 2026", date(2026, 3, 12)),
    ],
)
def test_days(text: str, day: date) -> None:
    found = first(text)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "text",
    [
        "we met on February 3, 2026",
        "founded in March 2019",
        "on March 12, 2031",
        "version 3.12.1",
        "call 555/12",
        "Guten Morgen, Tessa",
        "you may apply",
        "February 31, 2026",
        "a ratio of 24/7",
        "",
    ],
)
def test_past_absurd_and_other_numbers_are_no_dates(text: str) -> None:
    assert first(text) is None


def test_without_a_mail_date_only_full_dates_count() -> None:
    assert first("next Friday", None) is None
    assert first("March 12", None) is None
    found = first("March 12, 2026", None)
    assert found is not None
    assert found.day == date(2026, 3, 12)


def test_a_day_without_year_is_the_coming_one_only_across_the_turn_of_the_year() -> None:
    found = first("on January 5", datetime(2026, 12, 10, tzinfo=UTC))
    assert found is not None
    assert found.day == date(2027, 1, 5)
    assert first("you applied on January 5", MONDAY) is None


@pytest.mark.parametrize(
    ("text", "at", "until", "zone"),
    [
        ("March 12 at 3 pm", time(15), None, None),
        ("March 12, 3:30 PM EST", time(15, 30), None, "America/New_York"),
        ("March 12 from 2:00 - 2:45 PM PT", time(14), time(14, 45), "America/Los_Angeles"),
        ("March 12, 10-11am (CET)", time(10), time(11), "Europe/Berlin"),
        ("March 12, 11-1pm", time(11), time(13), None),
        ("12. März um 15 Uhr", time(15), None, None),
        ("12. März, 14:30 Uhr", time(14, 30), None, None),
        ("le 12 mars à 14h30", time(14, 30), None, None),
        ("March 12 at noon", time(12), None, None),
        ("at 9am on March 12", time(9), None, None),
        ("Date: March 12\nTime: 3:00 PM Eastern Time", time(15), None, "America/New_York"),
        ("March 12, 14:00 London time", time(14), None, "Europe/London"),
        ("March 12, 14:00 GMT+2", time(14), None, None),
        ("2026-03-12T14:00", time(14), None, None),
        ("March 12 in room 300", None, None, None),
    ],
)
def test_times(text: str, at: time | None, until: time | None, zone: str | None) -> None:
    found = first(text)
    assert found is not None
    assert (found.at, found.until, found.zone_name) == (at, until, zone)


def test_a_bare_offset_is_used() -> None:
    found = first("March 12, 14:00 GMT+2")
    assert found is not None
    assert found.moment(UTC) == datetime(2026, 3, 12, 12, tzinfo=UTC)


def test_a_time_without_zone_is_the_mails_zone() -> None:
    eastern = timezone(timedelta(hours=-5))
    received = datetime(2026, 3, 2, 9, tzinfo=eastern)
    found = find_dates(part_of("March 12 at 3 pm"), received)[0]
    assert found.moment(eastern) == datetime(2026, 3, 12, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Eastern Standard Time", "America/New_York"),
        ("Europe/Paris", "Europe/Paris"),
        ("CET", "Europe/Berlin"),
        ("(UTC+05:30) India Standard Time", "Asia/Kolkata"),
    ],
)
def test_zone_names(name: str, key: str) -> None:
    zone = zone_named(name)
    assert zone is not None
    assert zone.key == key


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Standard"])
def test_unknown_zones(name: str) -> None:
    assert zone_named(name) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Please complete it by Friday, March 6.", datetime(2026, 3, 6, 23, 59, tzinfo=UTC)),
        ("no later than March 6 at 5pm", datetime(2026, 3, 6, 17, tzinfo=UTC)),
        ("Deadline: March 6, 2026 at 11:59 PM PST", datetime(2026, 3, 7, 7, 59, tzinfo=UTC)),
        ("The link expires on 6 March.", datetime(2026, 3, 6, 23, 59, tzinfo=UTC)),
        ("Please finish within 5 days.", datetime(2026, 3, 7, 23, 59, tzinfo=UTC)),
        ("Please finish within 5 business days.", datetime(2026, 3, 9, 23, 59, tzinfo=UTC)),
        ("You have 48 hours to finish.", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("within a week", datetime(2026, 3, 9, 23, 59, tzinfo=UTC)),
        ("Send it by end of week.", datetime(2026, 3, 6, 23, 59, tzinfo=UTC)),
        ("Send it by EOD.", datetime(2026, 3, 2, 23, 59, tzinfo=UTC)),
        ("Bitte antworten Sie bis zum 6. März.", datetime(2026, 3, 6, 23, 59, tzinfo=UTC)),
        ("innerhalb von 3 Tagen", datetime(2026, 3, 5, 23, 59, tzinfo=UTC)),
        ("avant le 6 mars", datetime(2026, 3, 6, 23, 59, tzinfo=UTC)),
    ],
)
def test_deadlines(text: str, due: datetime) -> None:
    found = find_deadline(part_of(text), MONDAY)
    assert found is not None
    assert found[0] == due


@pytest.mark.parametrize(
    "text",
    [
        "We will get back to you within 5 days.",
        "You will hear from us in 2 weeks.",
        "A talk by Cobalt Ridge",
        "by March 1",
        "by March 1, 2027",
        "In 3 days the office moves.",
        "",
    ],
)
def test_promises_past_and_far_dates_are_no_deadlines(text: str) -> None:
    assert find_deadline(part_of(text), MONDAY) is None


@settings(max_examples=200)
@given(st.text(alphabet="0123456789/.:-, aApPmMarchTueby\n", max_size=80))
def test_never_raises_and_stays_inside(text: str) -> None:
    part = part_of(text)
    for found in find_dates(part, MONDAY):
        assert 0 <= found.start < found.end <= len(text)
        found.moment(UTC)
        found.until_moment(UTC)
    find_deadline(part, MONDAY)
