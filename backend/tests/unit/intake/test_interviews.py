"""Interviews out of mails: one per appointment, whatever announces, repeats, moves or cancels it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.intake.interviews import Appointment, Asked, Told, appointments_of

TEN = "2026-06-03T08:00:00+00:00"
TEN_IN_BERLIN = "2026-06-03T10:00:00+02:00"
NEXT_DAY = "2026-06-04T08:00:00+00:00"


MAY = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


def read(*said: dict[str, Any]) -> list[Appointment]:
    return appointments_of([Told(number, one) for number, one in enumerate(said, start=10)])


def told(number: int, day: int, **said: Any) -> Told:
    return Told(number, said, MAY + timedelta(days=day))


def asked(
    number: int, day: int, *, of_email: int | None = None, of: int | None = None, **fields: Any
) -> Asked:
    removed = bool(fields.pop("removed", False))
    return Asked(number, MAY + timedelta(days=day), fields, of_email, of, removed)


def only(told_: list[Told], asked_: list[Asked]) -> Appointment:
    (one,) = appointments_of(told_, asked_)
    return one


def test_an_invitation_and_its_reminder_are_one() -> None:
    found = read({"starts_at": TEN, "round": "phone screen"}, {"starts_at": TEN_IN_BERLIN})
    assert [(i.emails[-1], i.round, i.state) for i in found] == [(11, "phone screen", "scheduled")]


def test_a_calendar_event_and_a_mail_that_names_its_moment_are_one_either_way_round() -> None:
    event, words = {"uid": "a@example.com", "starts_at": TEN}, {"starts_at": TEN}
    for pair in ((event, words), (words, event)):
        (one,) = read(*pair)
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


def test_what_the_user_sets_holds_against_a_repetition() -> None:
    mails = [told(10, 0, starts_at=TEN, place="https://meet.example.com/a"), told(11, 5, starts_at=TEN)]
    mine = [asked(1, 2, of_email=10, starts_at="2026-06-03T09:30:00+00:00", prep_notes="Ask about the team")]
    one = only(mails, mine)
    assert one.starts_at == datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
    assert (one.prep_notes, one.place) == ("Ask about the team", "https://meet.example.com/a")


def test_a_newer_move_goes_before_what_the_user_set_and_leaves_the_rest() -> None:
    mine = [asked(1, 2, of_email=10, starts_at="2026-06-03T09:30:00+00:00", prep_notes="Read their blog")]
    for moving in (
        told(11, 5, starts_at=NEXT_DAY, method="reschedule"),
        told(11, 5, starts_at=NEXT_DAY, uid="a"),
    ):
        one = only([told(10, 0, starts_at=TEN, uid="a"), moving], mine)
        assert one.starts_at == datetime(2026, 6, 4, 8, 0, tzinfo=UTC)
        assert one.prep_notes == "Read their blog"


def test_an_older_move_that_is_read_later_changes_nothing() -> None:
    mails = [
        told(10, 0, starts_at=TEN, uid="a"),
        told(11, 1, starts_at=NEXT_DAY, uid="a", method="reschedule"),
    ]
    one = only(mails, [asked(1, 2, of_email=10, starts_at="2026-06-05T08:00:00+00:00")])
    assert one.starts_at == datetime(2026, 6, 5, 8, 0, tzinfo=UTC)


def test_a_newer_cancellation_goes_before_what_the_user_set() -> None:
    mails = [told(10, 0, starts_at=TEN, uid="a"), told(11, 3, uid="a", method="cancel")]
    mine = [asked(1, 2, of_email=10, place="Room 4", state="scheduled")]
    one = only(mails, mine)
    assert (one.state, one.place) == ("canceled", "Room 4")
    later = only(mails, [*mine, asked(2, 4, of_email=10, state="scheduled")])
    assert later.state == "scheduled"


def test_what_the_user_schedules_and_the_invitation_to_it_are_one() -> None:
    mine = [asked(1, 0, starts_at=TEN, title="Coffee with the team")]
    for day in (-1, 1):
        one = only([told(10, day, starts_at=TEN, uid="a", place="Room 4")], mine)
        assert (one.title, one.place, one.event_uid, one.decision_id) == (
            "Coffee with the team",
            "Room 4",
            "a",
            1,
        )


def test_what_the_user_takes_off_the_list_stays_off_until_it_is_moved() -> None:
    first, reminder = told(10, 0, starts_at=TEN), told(11, 3, starts_at=TEN)
    off = asked(1, 2, of_email=10, removed=True)
    assert appointments_of([first, reminder], [off]) == []
    moved = told(12, 4, starts_at=NEXT_DAY, method="reschedule", uid="a")
    assert [a.starts_at for a in appointments_of([first, reminder, moved], [off])] == [
        datetime(2026, 6, 4, 8, 0, tzinfo=UTC)
    ]


def test_a_word_without_its_mail_says_nothing_and_with_a_late_one_it_does() -> None:
    word = asked(1, 0, of_email=10, place="Room 4")
    assert appointments_of([], [word]) == []
    assert only([told(10, 2, starts_at=TEN, place="Room 1")], [word]).place == "Room 4"


def test_the_order_in_which_mail_was_fetched_makes_no_difference() -> None:
    mails = [
        told(10, 0, starts_at=TEN, uid="a"),
        told(11, 3, starts_at=NEXT_DAY, uid="a", method="reschedule"),
        told(12, 6, starts_at="2026-06-20T08:00:00+00:00", round="final"),
    ]
    mine = [asked(1, 1, of_email=10, place="Room 4"), asked(2, 4, of_email=11, title="Second talk")]
    assert appointments_of(mails[::-1], mine[::-1]) == appointments_of(mails, mine)
