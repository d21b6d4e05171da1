"""Exports to Google Sheets against a fake Google over HTTP: what is written, what is left alone, what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from app.core import db as database
from app.core.settings import Settings, use_settings
from app.portability.sheets import service
from app.runs import repository as runs
from app.runs.execution import execute
from tests.fakes.google_sheets import ACCOUNT, Book, FakeSheets, error
from tests.integration.conftest import Person
from tests.integration.portability.test_tables_out import FORMULA, create

ID = "1" + "Ab_-" * 10
URL = f"https://docs.google.com/spreadsheets/d/{ID}/edit?gid=0#gid=0"
COLUMNS = ["company_name", "job_title", "stage"]
pytestmark = pytest.mark.one_database


@pytest.fixture
def google() -> Iterator[FakeSheets]:
    with FakeSheets() as running:
        yield running


@pytest.fixture
def book(google: FakeSheets) -> Book:
    return google.spreadsheet(ID)


@pytest.fixture
def app_settings(app_settings: Settings, google: FakeSheets) -> Settings:
    fields = {name.lower(): value for name, value in google.environment().items()}
    return Settings(_env_file=None, **(app_settings.model_dump() | fields))


def export(person: Person, spreadsheet: str = URL, **more: Any) -> dict[str, Any]:
    """The run of an export, ended or waiting."""
    wish = {"spreadsheet": spreadsheet, "columns": COLUMNS, **more}
    answer = person.http.post("/api/v1/exports/sheets", json=wish)
    assert answer.status_code == 202, answer.text
    run: dict[str, Any] = person.http.get(answer.json()["status_url"]).json()
    return run


def test_a_new_sheet_holds_every_application(ana: Person, bob: Person, book: Book) -> None:
    larkspur = create(ana, "Larkspur", job_title="Gardener", stage="applied")
    formula = create(ana, FORMULA, job_title="+1")
    create(bob, "Bob's Own")
    run = export(ana)
    assert (run["state"], run["created"], run["updated"]) == ("done", 2, 0), run
    assert run["result"]["url"].startswith(f"https://docs.google.com/spreadsheets/d/{ID}/")
    assert book.grid("Jobtrail").table() == [
        ["Application ID", "Company", "Job title", "Stage"],
        [larkspur, "Larkspur", "Gardener", "applied"],
        [formula, FORMULA, "+1", "saved"],
    ]
    assert book.grid("Sheet1").table() == []
    standing = ana.http.get("/api/v1/exports/sheets").json()
    assert (standing["configured"], standing["share_with"], standing["spreadsheet"]) == (True, ACCOUNT, ID)
    assert bob.http.get("/api/v1/exports/sheets").json()["newest"] is None
    history = ana.http.get(f"/api/v1/applications/{larkspur}/timeline").json()["items"]
    assert [line["sentence"] for line in history if line["type"] == "exported"] == [
        "Put into the spreadsheet \u2018Jobtrail\u2019"
    ]


def test_the_persons_own_columns_rows_and_order_stay(ana: Person, book: Book) -> None:
    first, second = create(ana, "Larkspur"), create(ana, "Wagtail")
    export(ana)
    grid = book.grid("Jobtrail")
    mine: dict[int, list[Any]] = {  # another order of columns and rows, a column and a row of one's own
        1: ["My mark", "Company", "Application ID", "Job title", "Colour", "Stage"],
        2: ["good", "Wagtail", second, "", "green", "saved"],
        3: ["=SUM(1)", "called them", "", "", "red", ""],
        4: ["so so", "Larkspur", first, "", "blue", "saved"],
    }
    grid.cells = {(r, c): v for r, line in mine.items() for c, v in enumerate(line, start=1) if v != ""}
    ana.http.patch(f"/api/applications/{first}", json={"job_title": "Gardener"})
    third = create(ana, "Otter")
    run = export(ana)
    assert (run["state"], run["created"], run["updated"]) == ("done", 1, 2), run
    assert grid.table() == [
        mine[1],
        mine[2],
        ["=SUM(1)", "called them", "", "", "red"],
        ["so so", "Larkspur", first, "Gardener", "blue", "saved"],
        ["", "Otter", third, "", "", "saved"],
    ]


def test_rows_that_are_sorted_meanwhile_are_found_again(
    ana: Person, book: Book, google: FakeSheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 1)
    ids = [create(ana, name) for name in ("Larkspur", "Wagtail", "Otter")]
    export(ana)
    grid = book.grid("Jobtrail")

    def turn_round() -> None:
        rows = grid.table()
        turned = [rows[0], *reversed(rows[1:])]
        grid.cells = {
            (r, c): v for r, line in enumerate(turned, start=1) for c, v in enumerate(line, start=1)
        }

    ana.http.patch(f"/api/applications/{ids[0]}", json={"job_title": "Gardener"})
    google.before += [lambda: None, turn_round]  # after the first portion was written
    assert export(ana)["state"] == "done"
    assert sorted((row[0], row[1]) for row in grid.table()[1:]) == list(
        zip(ids, ("Larkspur", "Wagtail", "Otter"), strict=True)
    )


def test_columns_that_are_added_find_room_and_a_second_click_adds_nothing(ana: Person, book: Book) -> None:
    create(ana, "Larkspur")
    export(ana)
    grid = book.grid("Jobtrail")
    grid.columns = 5
    run = export(ana, columns=[*COLUMNS, "location", "salary_text", "tags"])
    assert (run["created"], run["updated"]) == (0, 1)
    assert grid.table()[0][4:] == ["Location", "Salary", "Tags"]
    assert len(grid.table()) == 2


def test_only_what_is_narrowed_to_is_written(ana: Person, book: Book) -> None:
    create(ana, "Larkspur", stage="interview")
    create(ana, "Wagtail")
    wish = {"spreadsheet": ID, "sheet": "Talks' list"}
    answer = ana.http.post("/api/v1/exports/sheets", json=wish, params={"stage": "interview"})
    assert answer.status_code == 202
    assert [row[1] for row in book.grid("Talks' list").table()] == ["Company", "Larkspur"]


def test_what_google_refuses_is_said(ana: Person, book: Book, google: FakeSheets) -> None:
    create(ana, "Larkspur")
    faults = [
        (error(404, "NOT_FOUND", "notFound"), "sheets.not_found", "address"),
        (error(403, "PERMISSION_DENIED", "forbidden"), "sheets.not_shared", ACCOUNT),
        (error(403, "PERMISSION_DENIED", "SERVICE_DISABLED"), "sheets.api_disabled", "Enable"),
        (error(400, "INVALID_ARGUMENT", "badRequest"), "sheets.refused", "400"),
    ]
    for fault, code, says in faults:
        google.faults.append(fault)
        run = export(ana)
        assert (run["state"], run["error"]["code"]) == ("error", code)
        assert says in run["error"]["detail"]
    book.shared = False
    assert export(ana)["error"]["code"] == "sheets.not_shared"
    google.token_fault = (400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}, {})
    assert export(ana)["error"]["code"] == "sheets.key_refused"
    assert book.grid("Sheet1").table() == []


def test_when_google_asks_to_wait_the_run_waits_and_goes_on(
    ana: Person, book: Book, google: FakeSheets
) -> None:
    create(ana, "Larkspur")
    google.faults += [
        error(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"),
        error(503, "UNAVAILABLE", "backendError"),
        (200, "<html>not what was asked for</html>", {"Content-Type": "text/html"}),
    ]
    run = export(ana)
    for _ in range(3):
        assert (run["state"], run["error"]) == ("queued", None)
        assert run["waiting_until"] is not None
        second = ana.http.post("/api/v1/exports/sheets", json={"spreadsheet": URL})
        assert (second.status_code, second.json()["params"]["job_id"]) == (409, run["job_id"])
        with database.transaction() as session:
            waiting = runs.load(session, run["job_id"])
            assert waiting is not None
            waiting.not_before = None
        execute(run["job_id"], lambda: False)
        run = ana.http.get(f"/api/runs/{run['job_id']}").json()
    assert (run["state"], run["created"]) == ("done", 1)
    assert len(book.grid("Jobtrail").table()) == 2


def test_an_address_of_something_else_is_refused(ana: Person) -> None:
    for address in ("https://example.com/", "my sheet", "https://docs.google.com/document/d/x"):
        answer = ana.http.post("/api/v1/exports/sheets", json={"spreadsheet": address})
        assert (answer.status_code, answer.json()["code"]) == (422, "sheets.bad_address")


def test_without_a_key_nothing_can_be_exported(app_settings: Settings, ana: Person) -> None:
    for key in ("", "{", '{"type": "authorized_user"}'):
        use_settings(app_settings.model_copy(update={"google_service_account_json": SecretStr(key)}))
        assert ana.http.get("/api/v1/exports/sheets").json()["configured"] is False
        answer = ana.http.post("/api/v1/exports/sheets", json={"spreadsheet": URL})
        assert (answer.status_code, answer.json()["code"]) == (409, "sheets.not_configured")
