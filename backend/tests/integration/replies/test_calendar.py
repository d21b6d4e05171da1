"""Scheduling and the private calendar, read by a calendar parser; Google's calendar when that was allowed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import icalendar
import pytest

from app.core import db
from app.core.clock import now
from app.replies.models import CalendarFeed
from tests.factories.accounts import client_from
from tests.factories.imports import import_mails
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS
from tests.integration.replies.conftest import application_of, connect_with

WANTED = {
    "calendar_event_at": "2026-12-10T09:00:00Z",
    "duration_minutes": 45,
    "title": "Second talk",
    "description": "With two of the team",
    "location": "Room 4, ring twice",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def application(ana: Person) -> dict[str, Any]:
    import_mails(ana.http, [make_mail("Dear Alex, we received your application as Gardener at Larkspur.")])
    (found,) = ana.http.get("/api/applications").json()["items"]
    one: dict[str, Any] = found
    return one


def schedule(person: Person, application_id: int, **more: Any) -> Any:
    return person.http.post(f"/api/applications/{application_id}/schedule", json={**WANTED, **more})


def events(content: str | bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def subscribe(person: Person) -> str:
    answer = person.http.post("/api/calendar")
    assert answer.status_code == 201, answer.text
    url: str = answer.json()["url"]
    return url.replace("http://localhost:8000", "")


def test_scheduling_gives_a_file(ana: Person, bob: Person, application: dict[str, Any]) -> None:
    made = schedule(ana, application["id"])
    assert made.status_code == 201, made.text
    body = made.json()
    (event,) = events(body["ics"])
    assert str(event["SUMMARY"]).startswith("Second talk: ")
    assert event["DTSTART"].dt.isoformat() == "2026-12-10T10:00:00+01:00"
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 45 * 60
    assert body["google"]["state"] == "not_connected"
    assert schedule(ana, application["id"]).json()["interview"]["id"] == body["interview"]["id"]
    assert schedule(bob, application["id"]).status_code == 404

    file = ana.http.get(body["ics_path"])
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert ".ics" in file.headers["content-disposition"]
    assert str(events(file.content)[0]["UID"]) == str(event["UID"])
    path = f"/api/applications/{application['id']}/interviews/{body['interview']['id']}"
    ana.http.patch(path, json={"starts_at": "2026-12-11T09:00:00Z"})
    (moved,) = events(ana.http.get(body["ics_path"]).content)
    assert str(moved["UID"]) == str(event["UID"])
    assert moved["SEQUENCE"] > event["SEQUENCE"]
    ana.http.patch(path, json={"prep_notes": "Only for me"})
    (same,) = events(ana.http.get(body["ics_path"]).content)
    assert same["SEQUENCE"] == moved["SEQUENCE"]
    assert "Only for me" not in ana.http.get(body["ics_path"]).text
    ana.http.patch(path, json={"state": "canceled"})
    (gone,) = events(ana.http.get(body["ics_path"]).content)
    assert (str(gone["STATUS"]), gone["SEQUENCE"] > moved["SEQUENCE"]) == ("CANCELLED", True)


def test_the_subscription(ana: Person, bob: Person, application: dict[str, Any]) -> None:
    schedule(ana, application["id"])
    assert ana.http.get("/api/calendar").json()["active"] is False
    path = subscribe(ana)
    anyone = client_from(ana.http.app)  # type: ignore[arg-type]
    read = anyone.get(path)
    assert (read.status_code, read.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    (event,) = events(read.content)
    assert str(event["LOCATION"]) == "Room 4, ring twice"
    assert anyone.get(path, headers={"If-None-Match": read.headers["etag"]}).status_code == 304
    with db.read_session() as session:
        (stored,) = session.query(CalendarFeed).all()
    assert stored.secret_hash is not None
    assert stored.secret_hash not in path
    assert path.split("/")[-1][:-4] not in str(vars(stored))
    assert ana.http.get("/api/calendar").json()["last_read_at"] is not None
    assert bob.http.get("/api/calendar").json()["active"] is False

    second = subscribe(ana)
    assert anyone.get(path).json()["code"] == "calendar.not_found"
    (again,) = events(anyone.get(second).content)
    assert str(again["UID"]) == str(event["UID"]), "a new address names the same events"
    assert ana.http.delete("/api/calendar").status_code == 204
    assert ana.http.delete("/api/calendar").status_code == 204
    assert anyone.get(second).status_code == 404


@pytest.mark.one_database
def test_guessing_and_greed_are_slowed_down(ana: Person) -> None:
    path = subscribe(ana)
    anyone = client_from(ana.http.app)  # type: ignore[arg-type]
    seen = [anyone.get(path).status_code for _ in range(61)]
    assert (seen[0], seen[-1]) == (200, 429)
    guesses = [anyone.get(f"/api/calendar/guess{n}.ics") for n in range(21)]
    assert [g.status_code for g in guesses][-2:] == [404, 429]
    assert int(guesses[-1].headers["retry-after"]) >= 1


@pytest.mark.one_database
def test_deadlines_stand_in_it(ana: Person) -> None:
    asking = make_mail(
        "Dear Alex, thank you for applying as Gardener at Larkspur. Please complete this coding assessment "
        "within 5 days: https://tests.example.com/t/1",
        subject="Your assessment for Gardener at Larkspur",
        date=now().strftime("%a, %d %b %Y %H:%M:%S +0000"),
    )
    import_mails(ana.http, [asking])
    path = subscribe(ana)
    (item,) = ana.http.get("/api/action-items").json()["items"]
    (event,) = events(ana.http.get(path).content)
    assert item["title"] in str(event["SUMMARY"])
    reminders = f"/api/applications/{item['application_id']}/reminders"
    at = (now() + timedelta(days=2)).isoformat()
    made = ana.http.post(reminders, json={"text": "Call Mara; ask\\n", "due_at": at}).json()
    first = next(e for e in events(ana.http.get(path).content) if str(e["UID"]).startswith("reminder-"))
    assert str(first["SUMMARY"]).startswith("Call Mara; ask\\n (Larkspur")
    later = (now() + timedelta(days=4)).isoformat()
    ana.http.patch(f"{reminders}/{made['id']}", json={"due_at": later})
    moved = next(e for e in events(ana.http.get(path).content) if str(e["UID"]) == str(first["UID"]))
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    ana.http.patch(f"{reminders}/{made['id']}", json={"done": True})
    ana.http.patch(f"/api/action-items/{item['id']}", json={"done": True})
    assert events(ana.http.get(path).content) == []


@pytest.mark.one_database
def test_google_calendar(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    connect_with(ana, "drafts")
    application = application_of(ana)
    refused = schedule(ana, application["id"]).json()
    assert refused["google"]["state"] == "not_allowed"
    assert "permissions=calendar" in refused["google"]["consent_path"]
    connect_with(ana, "calendar")
    body = schedule(ana, application["id"]).json()
    assert body["interview"]["id"] == refused["interview"]["id"]
    assert body["google"]["state"] == "written"
    (event,) = google.calendar.events[ADDRESS].values()
    assert event["summary"].startswith("Second talk")
    assert event["start"] == {"dateTime": "2026-12-10T10:00:00+01:00", "timeZone": "Europe/Berlin"}
    assert schedule(ana, application["id"]).json()["google"] == body["google"]

    path = f"/api/applications/{application['id']}/interviews/{body['interview']['id']}"
    ana.http.patch(path, json={"starts_at": "2026-12-11T09:00:00Z", "ends_at": "2026-12-11T10:00:00Z"})
    assert google.calendar.events[ADDRESS] == {event["id"]: event}, "nothing is written unasked"
    assert ana.http.post(f"{path}/google-calendar").json()["state"] == "written"
    (moved,) = google.calendar.events[ADDRESS].values()
    assert moved["start"]["dateTime"] == "2026-12-11T10:00:00+01:00"


@pytest.mark.one_database
def test_what_google_says_never_undoes_what_is_stored(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    connect_with(ana, "calendar")
    application = application_of(ana)
    google.faults.set(next_requests=["500", "403", "not_json"])
    for _ in range(3):
        body = schedule(ana, application["id"]).json()
        assert (body["google"]["state"], body["interview"]["title"]) == ("failed", "Second talk")
        assert body["google"]["problem"]
    assert schedule(ana, application["id"]).json()["google"]["state"] == "written"
    assert len(google.calendar.events[ADDRESS]) == 1


WRONG: list[dict[str, Any]] = [
    {"duration_minutes": 0},
    {"title": "two\r\nlines"},
    {"time_zone": "Europe/Atlantis"},
    {"calendar_event_at": "2026-12-10T09:00:00"},
    {"location": "\x00"},
]


@pytest.mark.one_database
def test_what_makes_no_sense(ana: Person, application: dict[str, Any]) -> None:
    for wrong in WRONG:
        assert schedule(ana, application["id"], **wrong).status_code == 422
