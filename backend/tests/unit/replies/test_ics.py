"""Calendar files, read back by a parser that is not the one that wrote the zones."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.replies.ics import Entry, calendar_file

CHANGED = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def entry(**given_: Any) -> Entry:
    return Entry(
        **{"uid": "a@jobtrail", "summary": "Interview", "changed_at": CHANGED, "starts_at": START, **given_}
    )


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_an_interview() -> None:
    content = calendar_file(
        [
            entry(
                zone="Europe/Berlin",
                place="Room 4, 2nd floor; ring",
                description="Bring:\nportfolio",
                sequence=3,
            )
        ],
        name="Job applications",
    )
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (one,) = events(content)
    assert one["DTSTART"].dt == START
    assert one["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert one["DTEND"].dt - one["DTSTART"].dt == timedelta(hours=1)
    assert (one["SEQUENCE"], str(one["STATUS"]), one["DTSTAMP"].dt) == (3, "CONFIRMED", CHANGED)
    assert (str(one["LOCATION"]), str(one["DESCRIPTION"])) == ("Room 4, 2nd floor; ring", "Bring:\nportfolio")


def test_a_cancellation() -> None:
    (one,) = events(calendar_file([entry(canceled=True, sequence=1)]))
    assert str(one["STATUS"]) == "CANCELLED"


def test_a_whole_day() -> None:
    (one,) = events(calendar_file([entry(starts_at=None, day=date(2026, 3, 12))]))
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (date(2026, 3, 12), date(2026, 3, 13))


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca"]
)
def test_zones_as_they_are_written_out_agree_with_the_world(zone: str) -> None:
    """The offsets that a reader computes from VTIMEZONE alone, every six hours for two years."""
    moments = [datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 12, 30, tzinfo=UTC)]
    parsed = icalendar.Calendar.from_ical(calendar_file([entry(zone=zone, starts_at=m) for m in moments]))
    told: Any = parsed.walk("VTIMEZONE")[0]
    onsets = sorted(
        (part["DTSTART"].dt.replace(tzinfo=UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in told.subcomponents
    )
    at = moments[0]
    while at < moments[1]:
        offset = next(to for onset, to in reversed(onsets) if onset <= at)
        assert offset == at.astimezone(ZoneInfo(zone)).utcoffset(), at
        at += timedelta(hours=6)


@pytest.mark.parametrize(
    "zone", [None, "UTC", "Europe/Atlantis", "../../etc/passwd", "W. Europe Standard Time"]
)
def test_a_zone_that_is_none_means_utc(zone: str | None) -> None:
    content = calendar_file([entry(zone=zone)])
    assert b"DTSTART:20260312T090000Z" in content
    assert b"VTIMEZONE" not in content


HOSTILE = st.text(max_size=200) | st.sampled_from(
    [
        "x\r\nATTENDEE:mailto:evil@example.org",
        "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:y",
        "\x00\x07;,\\",
        "\u2028BEGIN:VALARM",
    ]
)


@settings(max_examples=30)
@given(summary=HOSTILE, place=HOSTILE, description=HOSTILE, uid=HOSTILE)
def test_no_text_gets_out_of_its_property(summary: str, place: str, description: str, uid: str) -> None:
    content = calendar_file([entry(summary=summary, place=place, description=description, uid=uid)])
    (one,) = events(content)
    assert set(one.keys()) <= {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION",
        "STATUS",
    }  # fmt: skip
    assert one.subcomponents == []
    unfolded = content.replace(b"\r\n ", b"")
    assert len(re.findall(rb"^BEGIN:", unfolded, re.MULTILINE)) == 2


@pytest.mark.parametrize("link", ["https://x.example/a\r\nX-EVIL:1", "javascript:\x00"])
def test_a_link_that_is_none_is_left_out(link: str) -> None:
    assert b"EVIL" not in calendar_file([entry(link=link)])
