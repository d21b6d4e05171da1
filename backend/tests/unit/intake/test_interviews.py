"""Interviews out of mails: one per appointment, whatever announces, repeats, moves or cancels it."""

from __future__ import annotations

from typing import Any

from app.applications.models import Interview
from app.intake.interviews import Told, interviews_of

TEN = "2026-06-03T08:00:00+00:00"
TEN_IN_BERLIN = "2026-06-03T10:00:00+02:00"
NEXT_DAY = "2026-06-04T08:00:00+00:00"


def read(*said: dict[str, Any]) -> list[Interview]:
    return interviews_of(1, 2, [Told(number, one) for number, one in enumerate(said, start=10)])


def test_an_invitation_and_its_reminder_are_one() -> None:
    found = read({"starts_at": TEN, "round": "phone screen"}, {"starts_at": TEN_IN_BERLIN})
    assert [(i.email_id, i.round, i.state) for i in found] == [(11, "phone screen", "scheduled")]


def test_a_calendar_event_and_a_mail_that_names_its_moment_are_one_either_way_round() -> None:
    event, words = {"uid": "a@example.com", "starts_at": TEN}, {"starts_at": TEN}
    for told in ((event, words), (words, event)):
        (one,) = read(*told)
        assert one.event_uid == "a@example.com"


def test_two_events_at_one_moment_stay_two() -> None:
    assert len(read({"uid": "a", "starts_at": TEN}, {"uid": "b", "starts_at": TEN})) == 2


def test_two_moments_are_two() -> None:
    assert len(read({"starts_at": TEN}, {"starts_at": NEXT_DAY})) == 2


def test_a_move_without_an_event_moves_the_newest_that_stands() -> None:
    found = read(
        {"starts_at": TEN, "round": "first", "ends_at": "2026-06-03T09:00:00+00:00"},
        {"starts_at": "2026-06-10T08:00:00+00:00", "round": "second"},
        {"method": "reschedule", "starts_at": "2026-06-12T08:00:00+00:00"},
    )
    assert [(i.round, i.starts_at.day if i.starts_at else None) for i in found] == [
        ("first", 3),
        ("second", 12),
    ]


def test_a_moved_event_loses_the_old_end() -> None:
    (one,) = read(
        {"uid": "a", "starts_at": TEN, "ends_at": "2026-06-03T09:00:00+00:00"},
        {"uid": "a", "starts_at": NEXT_DAY, "method": "reschedule"},
    )
    assert one.starts_at is not None
    assert one.starts_at.day == 4
    assert one.ends_at is None


def test_a_cancellation_without_a_time_calls_off_what_stands() -> None:
    (one,) = read({"starts_at": TEN}, {"method": "cancel"})
    assert one.state == "canceled"
    assert one.starts_at is not None


def test_a_cancellation_of_nothing_is_nothing() -> None:
    assert read({"method": "cancel"}) == []
