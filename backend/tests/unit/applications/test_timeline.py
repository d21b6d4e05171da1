"""The history reads like sentences, in a stable order, page by page."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from app.applications.fold import MailEvent, StageChange, Standing, UserEvent, fold
from app.applications.timeline import AppendedEvent, TimelineLine, TimelineMail, machine_lines, page
from app.core.pagination import InvalidCursor, encode_cursor

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
QUOTE = "We would love to schedule a call"


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def mail(email_id: int, at: float, email_class: str | None, **more: object) -> TimelineMail:
    known = {
        "direction": "in",
        "subject": "Your application",
        "sender_name": "Ada Sample",
        "method": "thread",
    }
    return TimelineMail(email_id=email_id, at=day(at), email_class=email_class, **{**known, **more})  # type: ignore[arg-type]


MAILS = [
    mail(1, 0, "APPLICATION_RECEIVED", method="new", quote="Thank you for applying."),
    mail(2, 3, "INTERVIEW_REQUEST", quote=QUOTE),
    mail(3, 4, None, direction="out", subject="Re: Your application"),
    mail(
        4, 5, "INTERVIEW_REQUEST", starts_at=day(12.3), time_zone="Europe/Berlin", interview_method="request"
    ),
]
STANDING = fold(
    [
        MailEvent(1, day(0), "APPLICATION_RECEIVED", 0.95, "new", "in", "applied"),
        MailEvent(2, day(3), "INTERVIEW_REQUEST", 0.95, "thread", "in", "interview"),
        MailEvent(4, day(5), "INTERVIEW_REQUEST", 0.95, "thread", "in", "interview"),
        UserEvent(8, day(7), "withdrawn"),
    ]
)


def read(lines: list[TimelineLine]) -> list[tuple[str, str]]:
    return [(line.type, line.sentence) for line in lines]


def test_the_story_newest_first() -> None:
    lines = machine_lines(MAILS, STANDING, company_name="Northwind")
    assert read(lines) == [
        ("stage_changed", "You moved it to Withdrawn"),
        ("interview_scheduled", "Interview scheduled for Sat 17 January 2026, 17:12 (Europe/Berlin)"),
        ("reply_sent", "You wrote: ‘Re: Your application’"),
        ("stage_changed", f"Moved to Interview: ‘{QUOTE}’"),
        ("interview_requested", "Interview requested by Northwind"),
        ("stage_changed", "Moved to Applied: ‘Thank you for applying.’"),
        ("status_update", "Application received by Northwind"),
        ("application_created", "Application at Northwind found in your mail"),
    ]
    moved = lines[3]
    assert (moved.key, moved.stage, moved.cause, moved.email_id) == (
        "mail:2:stage_changed",
        "interview",
        "email",
        2,
    )
    assert moved.automatic
    assert (lines[0].cause, lines[0].decision_id, lines[0].automatic) == ("user", 8, False)


def test_any_order_gives_the_same_lines_with_unique_keys() -> None:
    wanted = machine_lines(MAILS, STANDING)
    chance = random.Random(1)
    shuffled = list(MAILS)
    for _ in range(10):
        chance.shuffle(shuffled)
        assert machine_lines(shuffled, STANDING) == wanted
    assert len({line.key for line in wanted}) == len(wanted)


def test_what_a_user_did_is_told_once() -> None:
    written = AppendedEvent(
        5, "stage_changed", day(7), "You withdrew", "user", decision_id=8, stage="withdrawn"
    )
    note = AppendedEvent(6, "note_added", day(8), "Note added", "user")
    lines = machine_lines(MAILS, STANDING, [written, note])
    assert read(lines)[:2] == [("note_added", "Note added"), ("stage_changed", "You withdrew")]
    assert [line.key for line in lines if line.decision_id == 8] == ["event:5"]


def test_a_link_made_by_hand_is_not_automatic() -> None:
    (line, created) = machine_lines([mail(1, 0, "STATUS_UPDATE", method="user")], Standing("applied"))
    assert (line.automatic, created.automatic) == (False, False)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (mail(1, 0, "OFFER"), ("offer_received", "Offer received from Northwind")),
        (
            mail(1, 0, "OFFER", due_at=day(9)),
            ("offer_received", "Offer received from Northwind, answer due Wed 14 January 2026, 09:00 (UTC)"),
        ),
        (mail(1, 0, "REJECTION"), ("rejection_received", "Rejection received from Northwind")),
        (
            mail(1, 0, "ASSESSMENT", due_at=day(2)),
            (
                "assessment_received",
                "Assessment received from Northwind, due Wed 7 January 2026, 09:00 (UTC)",
            ),
        ),
        (mail(1, 0, "STATUS_UPDATE"), ("status_update", "News from Northwind: ‘Your application’")),
        (mail(1, 0, "RECRUITER_OUTREACH"), ("email_linked", "Ada Sample wrote: ‘Your application’")),
        (
            mail(1, 0, "OFFER", unsure=True, sender_name=""),
            ("email_linked", "Somebody wrote: ‘Your application’"),
        ),
        (mail(1, 0, None, subject=""), ("email_linked", "Ada Sample wrote")),
        (
            mail(
                1,
                0,
                "INTERVIEW_REQUEST",
                starts_at=day(1),
                interview_method="reschedule",
                time_zone="Mars/Base",
            ),
            ("interview_rescheduled", "Interview moved to Tue 6 January 2026, 09:00 (UTC)"),
        ),
        (
            mail(1, 0, "INTERVIEW_REQUEST", interview_method="cancel"),
            ("interview_canceled", "Interview canceled by Northwind"),
        ),
        (
            mail(1, 0, "INTERVIEW_REQUEST", interview_method="cancel", starts_at=day(1)),
            ("interview_canceled", "Interview on Tue 6 January 2026, 09:00 (UTC) canceled"),
        ),
    ],
)
def test_each_kind_of_mail_has_its_sentence(given: TimelineMail, wanted: tuple[str, str]) -> None:
    assert read(machine_lines([given], Standing("applied"), company_name="Northwind"))[0] == wanted


def test_long_quotes_are_cut_at_a_word() -> None:
    change = StageChange(day(0), None, "offer", cause_email_id=1)
    lines = machine_lines(
        [mail(1, 0, "OFFER", quote="welcome aboard\n " * 60)], Standing("offer", changes=(change,))
    )
    assert lines[0].sentence.startswith("Moved to Offer: ‘welcome aboard welcome")
    assert lines[0].sentence.endswith("…’")
    assert len(lines[0].sentence) < 190


def test_pages_follow_each_other_also_when_lines_come_in_between() -> None:
    lines = machine_lines(MAILS, STANDING)
    first, cursor = page(lines, None, 3)
    newer = AppendedEvent(9, "note_added", day(9), "Note added", "user")
    rest, end = page(machine_lines(MAILS, STANDING, [newer]), cursor, 50)
    assert first + rest == lines
    assert end is None
    assert page([], None, 10) == ([], None)
    assert page(lines, None, len(lines)) == (lines, None)


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        encode_cursor("not a date", 1, "x"),
        encode_cursor("2026-01-01", 1, "x"),
        encode_cursor(1, 2, 3),
    ],
)
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        page(machine_lines(MAILS, STANDING), cursor, 3)
