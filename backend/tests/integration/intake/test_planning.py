"""Interviews and action items: what people say about them holds, is undone, and outlives a recomputation."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from app.applications import repository as applications
from app.core import db
from app.core.clock import now
from app.intake import standing
from tests.factories.imports import import_mails
from tests.factories.mails import make_mail
from tests.integration.conftest import Person

INVITE = (
    "Dear Alex, thank you for your application as Gardener at Larkspur. We would like to invite you to an "
    "interview on Thursday 12 March 2026 at 10:00 (CET). Please confirm that you can make it."
)
PATH = "/api/applications/{}/interviews"


def ics(start: str, sequence: int = 0, method: str = "REQUEST") -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", f"METHOD:{method}", "BEGIN:VEVENT",
            "UID:talk@larkspur.example", f"SEQUENCE:{sequence}", "DTSTAMP:20260302T080000Z",
            f"DTSTART:{start}", "DURATION:PT45M", "SUMMARY:Interview", "LOCATION:Room 1", "END:VEVENT",
            "END:VCALENDAR", "",
        ]
    )  # fmt: skip


@pytest.fixture
def invited(ana: Person) -> dict[str, Any]:
    """The application of a mail with a calendar invitation."""
    import_mails(
        ana.http,
        [make_mail(INVITE, subject="Interview at Larkspur: Gardener", calendar=ics("20260312T090000Z"))],
    )
    (listed,) = ana.http.get("/api/applications").json()["items"]
    return look(ana, listed["id"])


def look(person: Person, application_id: int) -> dict[str, Any]:
    answer = person.http.get(f"/api/applications/{application_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def recompute(person: Person, application_id: int) -> None:
    with db.transaction() as session:
        standing.settle(session, person.id, applications.get(session, person.id, application_id))


def test_an_edit_holds_and_is_undone(ana: Person, invited: dict[str, Any]) -> None:
    (before,) = invited["interviews"]
    assert (before["starts_at"], before["place"]) == ("2026-03-12T09:00:00Z", "Room 1")
    path = f"{PATH.format(invited['id'])}/{before['id']}"
    answer = ana.http.patch(
        path,
        json={
            "starts_at": "2026-03-12T13:00:00Z",
            "prep_notes": "Read about *bulbs*",
            "people": [{"name": "Mara Sample", "email": "mara@larkspur.example"}],
        },
    )
    assert answer.status_code == 200, answer.text
    recompute(ana, invited["id"])
    (after,) = look(ana, invited["id"])["interviews"]
    assert after["id"] == before["id"]
    assert (after["starts_at"], after["place"]) == ("2026-03-12T13:00:00Z", "Room 1")
    assert (after["prep_notes"], after["people"][0]["name"]) == ("Read about *bulbs*", "Mara Sample")
    lines = ana.http.get(f"/api/v1/applications/{invited['id']}/timeline").json()["items"]
    assert [line["cause"] for line in lines if line["type"] == "interview_rescheduled"] == ["user"]

    undo = ana.http.post(f"/api/decisions/{answer.json()['decision_id']}/revoke")
    assert undo.json()["interviews"] == [before]
    lines = ana.http.get(f"/api/v1/applications/{invited['id']}/timeline").json()["items"]
    assert [line for line in lines if line["type"] == "interview_rescheduled"] == []


def test_a_newer_update_from_the_calendar_goes_before_it(ana: Person, invited: dict[str, Any]) -> None:
    (before,) = invited["interviews"]
    ana.http.patch(
        f"{PATH.format(invited['id'])}/{before['id']}",
        json={"starts_at": "2026-03-12T13:00:00Z", "prep_notes": "Bring the portfolio"},
    )
    moved = make_mail(
        "Dear Alex, we have to move your interview as Gardener at Larkspur to Friday 13 March 2026 at 10:00 (CET).",
        subject="Updated invitation: Interview at Larkspur: Gardener",
        calendar=ics("20260313T090000Z", sequence=1),
        date=format_datetime(now() + timedelta(hours=1)),
        message_id="<two@larkspur.example>",
        headers={"In-Reply-To": "<one@larkspur.example>", "References": "<one@larkspur.example>"},
    )
    import_mails(ana.http, [moved])
    (after,) = look(ana, invited["id"])["interviews"]
    assert (after["id"], after["starts_at"]) == (before["id"], "2026-03-13T09:00:00Z")
    assert after["prep_notes"] == "Bring the portfolio"


def test_one_of_ones_own(ana: Person, bob: Person, invited: dict[str, Any]) -> None:
    path = PATH.format(invited["id"])
    wanted = {"starts_at": "2026-03-20T09:00:00Z", "title": "Coffee", "time_zone": "Europe/Berlin"}
    first, second = (ana.http.post(path, json=wanted) for _ in range(2))
    assert first.status_code == 201
    assert first.json() == second.json(), "the second click"
    recompute(ana, invited["id"])
    own = next(i for i in look(ana, invited["id"])["interviews"] if i["title"] == "Coffee")
    assert own["id"] == first.json()["id"]
    assert bob.http.delete(f"{path}/{own['id']}").status_code == 404
    noted = ana.http.patch(f"{path}/{own['id']}", json={"prep_notes": "Bring cake"}).json()
    assert noted["prep_notes"] == "Bring cake"
    back = ana.http.post(f"/api/decisions/{noted['decision_id']}/revoke")
    assert [(i["title"], i["prep_notes"]) for i in back.json()["interviews"]] == [
        (None, None),
        ("Coffee", None),
    ]

    gone = ana.http.delete(f"{path}/{own['id']}")
    assert [i["title"] for i in look(ana, invited["id"])["interviews"]] == [None]
    assert ana.http.get(path).json()["total"] == 1
    ana.http.post(f"/api/decisions/{gone.json()['decision_id']}/revoke")
    assert [i["title"] for i in look(ana, invited["id"])["interviews"]] == [None, "Coffee"]


WRONG: list[dict[str, Any]] = [
    {"starts_at": "2026-03-20T09:00:00Z", "ends_at": "2026-03-20T08:00:00Z"},
    {"starts_at": "2026-03-20T09:00:00Z", "time_zone": "Europe/Atlantis"},
    {"starts_at": "2026-03-20T09:00:00"},
    {"starts_at": "2026-03-20T09:00:00Z", "title": "two\nlines"},
    {"starts_at": "2026-03-20T09:00:00Z", "prep_notes": "a\x00b"},
    {"title": "without a time"},
]


@pytest.mark.one_database
def test_what_makes_no_sense(ana: Person, invited: dict[str, Any]) -> None:
    for wrong in WRONG:
        assert ana.http.post(PATH.format(invited["id"]), json=wrong).status_code == 422
    assert len(look(ana, invited["id"])["interviews"]) == 1


def test_done_and_put_off(ana: Person) -> None:
    due = now() + timedelta(days=9)
    asking = make_mail(
        "Dear Alex, thank you for applying as Gardener at Larkspur. Please complete this coding assessment "
        f"by {due:%d %B %Y}: https://tests.example.com/t/1",
        subject="Your assessment for Gardener at Larkspur",
        date=format_datetime(now()),
    )
    import_mails(ana.http, [asking])
    (item,) = ana.http.get("/api/action-items").json()["items"]
    assert item["company_name"] == "Larkspur"
    path = f"/api/action-items/{item['id']}"
    until = "2099-01-01T08:00:00Z"
    assert ana.http.post(f"{path}/snooze", json={"until": until}).json()["snoozed_until"] == until
    recompute(ana, item["application_id"])
    assert ana.http.get(path).json()["snoozed_until"] == until
    assert ana.http.post(f"{path}/snooze", json={"until": None}).json()["snoozed_until"] is None

    done = ana.http.patch(path, json={"done": True}).json()
    assert done["done_at"] is not None
    recompute(ana, item["application_id"])
    assert ana.http.get("/api/action-items").json()["total"] == 0
    assert ana.http.get("/api/action-items", params={"done": True}).json()["items"][0]["id"] == item["id"]
    assert look(ana, item["application_id"])["next_action"] is None
    ana.http.post(f"/api/decisions/{done['decision_id']}/revoke")
    assert ana.http.get(path).json()["done_at"] is None
