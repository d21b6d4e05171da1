"""Importing other trackers' tables: preview, import, the second click, undo as one, and nobody else's rows."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from app.applications.decided import repository as decided
from app.core import db as database
from app.intake import importing as intake
from app.portability import tasks
from app.portability.tables import importing
from app.runs import repository as runs
from app.runs.execution import execute
from tests.factories.accounts import bearer, make_user, token_of
from tests.integration.conftest import Person
from tests.integration.portability.test_tables_out import create

__all__ = ["tasks"]  # registers the runner
CSV = (
    "Company,Title,Status,Applied,Notes,Tags,Contact\n"
    "Larkspur,Gardener,Interview,2026-02-01,Call Mara,remote; garden,Mara Sample <mara@larkspur.example>\n"
    "Wagtail Bank,Controller,Rejected,2026-01-10,,,\n"
    "Otter GmbH,Cook,Wishlist,,,,\n"
    "Bramble,,Hovering,2026-01-10,,,\n"
    ",Nobody,Applied,2026-01-10,,,\n"
)


@pytest.fixture
def ana(clock: time_machine.Traveller, ana: Person) -> Person:
    ana.http.headers.update(bearer(token_of(ana.http, "ana")))
    return ana


def send(person: Person, path: str, text: str = CSV, **options: Any) -> Any:
    files = {"file": ("huntr export.csv", text.encode(), "text/csv")}
    return person.http.post(f"/api/imports/csv{path}", files=files, data={"options": json.dumps(options)})


def preview(person: Person, text: str = CSV, **options: Any) -> dict[str, Any]:
    answer = send(person, "/preview", text, **options)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def load(person: Person, text: str = CSV, **options: Any) -> dict[str, Any]:
    answer = send(person, "", text, **options)
    assert answer.status_code == 202, answer.text
    run: dict[str, Any] = person.http.get(answer.json()["status_url"]).json()
    assert run["state"] == "done", run
    return run


def listed(person: Person) -> dict[str, dict[str, Any]]:
    items = person.http.get("/api/applications", params={"limit": 100}).json()["items"]
    return {item["company_name"]: item for item in items}


def test_a_table_becomes_applications_and_goes_as_one(ana: Person, bob: Person) -> None:
    seen = preview(ana)
    assert seen["counts"] == {"new": 3, "duplicate": 0, "known": 0, "bad": 2, "left_out": 0}
    assert [column["target"] for column in seen["columns"]][:4] == [
        "company_name",
        "job_title",
        "stage",
        "applied_at",
    ]
    assert {word["word"]: word["stage"] for word in seen["words"]}["Hovering"] is None
    assert listed(ana) == {}
    run = load(ana, stages={"Hovering": "applied"})
    assert (run["created"], run["skipped"], run["result"]["left_out"]) == (4, 0, 1)
    found = listed(ana)
    assert {name: item["stage"] for name, item in found.items()} == {
        "Larkspur": "interview",
        "Wagtail Bank": "rejected",
        "Otter GmbH": "saved",
        "Bramble": "applied",
    }
    assert found["Larkspur"]["applied_at"] == "2026-02-01T12:00:00Z"
    assert found["Larkspur"]["tags"] == ["garden", "remote"]
    one = ana.http.get(f"/api/applications/{found['Larkspur']['id']}").json()
    assert ([n["text"] for n in one["notes"]], one["contacts"][0]["email"]) == (
        ["Call Mara"],
        "mara@larkspur.example",
    )
    assert listed(bob) == {}
    decision = run["result"]["decision_id"]
    said = ana.http.get("/api/decisions", params={"kind": "import"}).json()["items"]
    assert [(d["id"], d["sentence"]) for d in said] == [
        (decision, "You imported applications from huntr export.csv")
    ]
    assert bob.http.post(f"/api/decisions/{decision}/revoke").status_code == 404
    answer = ana.http.post(f"/api/decisions/{decision}/revoke")
    assert (answer.status_code, answer.json()) == (200, None)
    assert listed(ana) == {}
    again = ana.http.post(f"/api/decisions/{decision}/revoke")
    assert (again.status_code, again.json()["code"]) == (409, "decision.already_revoked")
    assert load(ana, stages={"Hovering": "applied"})["created"] == 4


def test_the_second_click_makes_nothing_twice(ana: Person) -> None:
    first = load(ana)
    second = load(ana)
    assert (second["created"], second["skipped"]) == (0, 3)
    assert second["result"]["decision_id"] is None
    assert preview(ana)["counts"]["known"] == 3
    assert len(listed(ana)) == 3
    longer = load(ana, CSV + "Thistle,Baker,Applied,2026-02-02,,,\n")
    assert (longer["created"], longer["skipped"]) == (1, 3)
    ana.http.post(f"/api/decisions/{first['result']['decision_id']}/revoke")
    assert set(listed(ana)) == {"Thistle"}


def test_what_is_there_already_is_shown_and_skipped(ana: Person) -> None:
    known = create(ana, "Larkspur Ltd", job_title="Gardener", stage="applied", at="2026-02-01T09:00:00Z")
    ana.http.post(f"/api/applications/{known}/archive")
    rows = {row["company_name"]: row for row in preview(ana)["rows"]}
    assert rows["Larkspur"]["fate"] == "duplicate"
    assert rows["Larkspur"]["twin"] == {
        "application_id": known,
        "company_name": "Larkspur Ltd",
        "job_title": "Gardener",
    }
    assert load(ana)["created"] == 2
    assert load(ana, duplicates="add", leave_out=[3])["created"] == 1


def test_an_import_that_was_stopped_goes_on_and_one_that_was_taken_back_does_not(db: None) -> None:
    user = make_user("ana")
    text = "Company\n" + "".join(f"Larkspur {n}\n" for n in range(25))
    job_id = _queue(user.id, text)
    stops = iter([False, True])
    execute(job_id, lambda: next(stops))
    assert _standing(job_id) == ("queued", 10)
    execute(job_id, lambda: False)
    assert _standing(job_id) == ("done", 25)
    with database.read_session() as session:
        assert len(decided.active(session, user.id, ("create",))) == 25
        (whole,) = decided.active(session, user.id, ("import",))
    assert intake.take_back(user.id, whole.id) == 25
    job_id = _queue(user.id, text)
    stops = iter([False, True])
    execute(job_id, lambda: next(stops))
    with database.read_session() as session:
        (whole,) = decided.active(session, user.id, ("import",))
    assert intake.take_back(user.id, whole.id) == 10
    execute(job_id, lambda: False)
    with database.read_session() as session:
        active = decided.active(session, user.id, ("create", "import"))
    assert _standing(job_id)[0] == "canceled", active


def _queue(user_id: int, text: str) -> str:
    with database.read_session() as session:
        found = importing.preview(session, user_id, text.encode(), importing.Choices(), ZoneInfo("UTC"))
    with database.transaction() as session:
        return importing.start(session, user_id, found, "jobs.csv").id


def _standing(job_id: str) -> tuple[str, int]:
    with database.read_session() as session:
        run = runs.load(session, job_id)
        assert run is not None
        return run.state, run.created


def test_what_can_not_be_imported_is_said(ana: Person) -> None:
    cases: list[tuple[str, dict[str, Any], int, str]] = [
        ("Job\nCook\n", {}, 422, "table.no_company"),
        ("Company,Applied\nLarkspur,01/02/2026\n", {}, 422, "table.date_order_needed"),
        ("Company,Status\nLarkspur,Hovering\n", {}, 409, "table.nothing_to_import"),
        ("Company\nLarkspur\n", {"columns": []}, 422, "table.columns_unfit"),
        ("A,B\nx,y\n", {"columns": ["job_title", "job_title"]}, 422, "table.columns_unfit"),
        ("Company\nLarkspur\n", {"columns": ["machine"]}, 422, "table.bad_options"),
        ("PK\x03\x04", {}, 422, "table.unreadable"),
        ("Company\n" + "Larkspur\n" * 2001, {}, 422, "table.too_long"),
    ]
    for text, options, status, code in cases:
        answer = send(ana, "", text, **options)
        assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    run = load(ana, "Company,Applied\nLarkspur,01/02/2026\n", date_order="dmy")
    assert run["created"] == 1
    assert listed(ana)["Larkspur"]["applied_at"] == "2026-02-01T12:00:00Z"


def test_what_was_exported_is_known_again(ana: Person, bob: Person) -> None:
    create(ana, "=Larkspur", job_title="Gardener", stage="interview", applied_at="2026-02-01T09:00:00Z")
    text = ana.http.post("/api/v1/exports/csv").content.decode("utf-8")
    assert load(bob, text)["created"] == 1
    (item,) = listed(bob).values()
    assert (item["company_name"], item["stage"], item["applied_at"]) == (
        "=Larkspur",
        "interview",
        "2026-02-01T09:00:00Z",
    )
