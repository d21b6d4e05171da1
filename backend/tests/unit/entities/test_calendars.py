"""Interviews from calendar parts: methods, zones and broken files."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.classification.entities.calendars import read_calendar
from app.classification.values import EmailClass, InterviewValue
from tests.unit.entities.mails import extract, make_email

CUSTOM_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\n"
    "TZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def make_calendar(event: str, method: str = "REQUEST", head: str = "") -> str:
    lines = "\r\n".join(event.split("\n"))
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nMETHOD:{method}\r\n{head}"
        f"BEGIN:VEVENT\r\nUID:event-1@example.com\r\nSUMMARY:Interview\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def read(event: str, method: str = "REQUEST", head: str = "") -> InterviewValue:
    value = read_calendar(make_calendar(event, method, head), UTC)
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("start", "head", "hour", "zone"),
    [
        ("DTSTART:20260312T140000Z", "", 14, "UTC"),
        ("DTSTART;TZID=Europe/Berlin:20260312T140000", "", 13, "Europe/Berlin"),
        ("DTSTART;TZID=W. Europe Standard Time:20260312T140000", "", 13, "Europe/Berlin"),
        ('DTSTART;TZID="Pacific Standard Time":20260312T140000', "", 21, "America/Los_Angeles"),
        ('DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260312T140000', "", 18, "America/New_York"),
        ("DTSTART;TZID=Office:20260312T140000", CUSTOM_ZONE, 11, None),
        ("DTSTART;TZID=Mars/Olympus:20260312T140000", "", 14, None),
        ("DTSTART:20260312T140000", "", 14, None),
        ("DTSTART:20260312T140000", "X-WR-TIMEZONE:America/New_York\r\n", 18, "America/New_York"),
    ],
)
def test_zones(start: str, head: str, hour: int, zone: str | None) -> None:
    value = read(start, head=head)
    assert value.starts_at == datetime(2026, 3, 12, hour, tzinfo=UTC)
    assert value.time_zone == zone


def test_summer_time_is_the_zones_own() -> None:
    assert read("DTSTART;TZID=Europe/Berlin:20260712T140000").starts_at == datetime(
        2026, 7, 12, 12, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("event", "method", "expected"),
    [
        ("DTSTART:20260312T140000Z\nSEQUENCE:0", "REQUEST", "request"),
        ("DTSTART:20260312T140000Z\nSEQUENCE:2", "REQUEST", "reschedule"),
        ("DTSTART:20260312T140000Z\nSEQUENCE:2", "CANCEL", "cancel"),
        ("DTSTART:20260312T140000Z\nSTATUS:CANCELLED", "REQUEST", "cancel"),
        ("DTSTART:20260312T140000Z\nSEQUENCE:many", "PUBLISH", "request"),
    ],
)
def test_methods(event: str, method: str, expected: str) -> None:
    assert read(event, method).method == expected


def test_ends_come_from_end_or_duration() -> None:
    assert read("DTSTART:20260312T140000Z\nDTEND:20260312T150000Z").ends_at == datetime(
        2026, 3, 12, 15, tzinfo=UTC
    )
    assert read("DTSTART:20260312T140000Z\nDURATION:PT45M").ends_at == datetime(
        2026, 3, 12, 14, 45, tzinfo=UTC
    )
    assert read("DTSTART:20260312T140000Z\nDTEND:20260312T130000Z").ends_at is None
    assert read("DTSTART:20260312T140000Z").ends_at is None


def test_an_all_day_event_starts_at_midnight() -> None:
    value = read("DTSTART;VALUE=DATE:20260312\nDTEND;VALUE=DATE:20260313")
    assert (value.starts_at, value.ends_at) == (
        datetime(2026, 3, 12, tzinfo=UTC),
        datetime(2026, 3, 13, tzinfo=UTC),
    )


def test_place_is_the_location_or_the_meeting_link() -> None:
    assert read("DTSTART:20260312T140000Z\nLOCATION:12 Fern Street").place == "12 Fern Street"
    link = "https://teams.microsoft.com/l/meetup-join/abc"
    assert read(f"DTSTART:20260312T140000Z\nDESCRIPTION:Join {link} now").place == link
    assert read("DTSTART:20260312T140000Z").place is None


def test_the_uid_is_kept_and_the_newest_event_speaks() -> None:
    assert read("DTSTART:20260312T140000Z").uid == "event-1@example.com"
    two = make_calendar("DTSTART:20260312T140000Z\nSEQUENCE:1").replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:event-1@example.com\r\nDTSTART:20260313T100000Z\r\nSEQUENCE:3\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )
    value = read_calendar(two, UTC)
    assert value is not None
    assert value.starts_at == datetime(2026, 3, 13, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "calendar",
    [
        "",
        "not a calendar",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:tomorrow\nEND:VEVENT\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR",
        make_calendar("DTSTART:20260312T140000Z", "REPLY"),
        "BEGIN:VEVENT" * 30_000,
    ],
)
def test_what_is_no_invitation_gives_none(calendar: str) -> None:
    assert read_calendar(calendar, UTC) is None


@given(st.text(max_size=200), st.text(max_size=60))
def test_never_raises(event: str, head: str) -> None:
    read_calendar(make_calendar(event, head=head), UTC)


def test_the_calendar_outranks_the_words_of_the_mail() -> None:
    email = make_email(
        "Your technical interview is on Friday, March 6 at 3 pm.",
        "Interview",
        calendar=make_calendar("DTSTART:20260312T140000Z\nLOCATION:Fern Street 12"),
    )
    interview = extract(email, EmailClass.INTERVIEW_REQUEST).interview
    assert interview is not None
    assert interview.starts_at == datetime(2026, 3, 12, 14, tzinfo=UTC)
    assert (interview.round, interview.place) == ("technical", "Fern Street 12")


def test_a_cancelled_event_speaks_in_any_mail_about_a_job() -> None:
    calendar = make_calendar("DTSTART:20260312T140000Z", "CANCEL")
    email = make_email("Something came up.", "Canceled: Interview", calendar=calendar)
    update = extract(email, EmailClass.STATUS_UPDATE).interview
    assert update is not None
    assert update.method == "cancel"
    assert extract(email, EmailClass.NOT_JOB_RELATED).interview is None
