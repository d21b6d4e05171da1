"""Applications as CSV, and the weekly report: whole, narrowed, harmless, and nobody else's."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import time_machine

from app.core import db
from app.portability.tables import exporting
from tests.conftest import NOW
from tests.factories.accounts import bearer, token_of
from tests.factories.figures import random_stories, tell
from tests.integration.conftest import Person

FORMULA = '=HYPERLINK("https://evil.example";"Click")'


@pytest.fixture
def ana_in_vienna(clock: time_machine.Traveller, ana: Person) -> Person:
    ana.http.headers.update(bearer(token_of(ana.http, "ana")))
    assert ana.http.patch("/api/me", json={"time_zone": "Europe/Vienna"}).status_code == 200
    return ana


def create(person: Person, company: str, **more: Any) -> int:
    answer = person.http.post("/api/applications", json={"company_name": company, **more})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def export(person: Person, wish: dict[str, Any] | None = None, **params: Any) -> list[dict[str, str]]:
    answer = person.http.post("/api/v1/exports/csv", params=params, json=wish)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=(wish or {}).get("separator", ",")))


def test_the_file_holds_what_the_list_shows(ana_in_vienna: Person, bob: Person) -> None:
    ana = ana_in_vienna
    garden = create(
        ana,
        "Gärtnerei Löwenzahn",
        job_title="Gardener",
        stage="interview",
        applied_at="2026-02-20T08:00:00Z",
        at="2026-02-27T23:30:00Z",
    )
    create(ana, "Wagtail Bank", job_title="Controller", stage="applied")
    create(bob, "Bob's Own")
    ana.http.post(f"/api/applications/{garden}/tags", json={"name": "remote"})
    ana.http.post(f"/api/applications/{garden}/notes", json={"text": "Ask about\nthe greenhouse"})
    rows = export(ana, sort="company")
    assert [row["Company"] for row in rows] == ["Gärtnerei Löwenzahn", "Wagtail Bank"]
    assert rows[0]["Application ID"] == str(garden)
    assert (rows[0]["Applied"], rows[0]["Interview"]) == ("2026-02-20 09:00", "2026-02-28 00:30")
    assert rows[0]["Tags"] == "remote"
    chosen = export(ana, {"columns": ["notes", "company_name"], "separator": ";"}, stage="interview")
    assert chosen == [{"Notes": "Ask about\nthe greenhouse", "Company": "Gärtnerei Löwenzahn"}]
    assert export(bob, {"columns": ["company_name"]}) == [{"Company": "Bob's Own"}]


def test_a_company_named_like_a_formula_runs_nowhere(ana_in_vienna: Person) -> None:
    create(ana_in_vienna, FORMULA, job_title="-1+1", location="@here", salary_text="+43 000")
    (row,) = export(ana_in_vienna)
    assert (row["Company"], row["Job title"]) == (f"'{FORMULA}", "'-1+1")
    assert (row["Location"], row["Salary"]) == ("'@here", "'+43 000")


def test_what_was_kept_with_merged_applications_comes_along(ana_in_vienna: Person) -> None:
    kept, merged = create(ana_in_vienna, "Larkspur"), create(ana_in_vienna, "Larkspur")
    ana_in_vienna.http.post(f"/api/applications/{merged}/notes", json={"text": "They called"})
    answer = ana_in_vienna.http.post("/api/applications/merge", json={"ids": [kept, merged]})
    assert answer.status_code == 200, answer.text
    assert export(ana_in_vienna, {"columns": ["id", "notes"]}) == [
        {"Application ID": str(kept), "Notes": "They called"}
    ]


def test_more_than_one_portion_comes_whole_and_in_order(ana_in_vienna: Person) -> None:
    with db.transaction() as session:
        tell(
            session, ana_in_vienna.id, random_stories(2 * exporting.AT_ONCE + 50, seed=4, until=NOW, mails=1)
        )
    rows = export(ana_in_vienna, {"columns": ["id", "received_date"]}, sort="received_date")
    total = ana_in_vienna.http.get("/api/applications", params={"limit": 1}).json()["total"]
    assert len({row["Application ID"] for row in rows}) == len(rows) == total
    assert [row["First seen"] for row in rows] == sorted(row["First seen"] for row in rows)


def test_unknown_columns_and_too_many_exports_are_refused(ana_in_vienna: Person) -> None:
    post = ana_in_vienna.http.post
    assert post("/api/v1/exports/csv", json={"columns": ["machine"]}).status_code == 422
    assert post("/api/v1/exports/csv", json={"columns": []}).status_code == 422
    answers = [post("/api/v1/exports/csv") for _ in range(31)]
    assert [a.status_code for a in answers] == [200] * 30 + [429]
    assert answers[-1].json()["code"] == "export.rate_limited"
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_the_weekly_report_lists_what_was_sent(ana_in_vienna: Person, bob: Person) -> None:
    ana = ana_in_vienna
    late = create(
        ana,
        "Larkspur",
        job_title="Gardener",
        source="company_site",
        stage="rejected",
        applied_at="2026-02-22T23:30:00Z",
        at="2026-02-25T09:00:00Z",
    )
    ana.http.post(
        f"/api/applications/{late}/contacts", json={"name": "Mara Sample", "email": "mara@larkspur.example"}
    )
    early = create(ana, FORMULA, stage="applied", at="2026-02-22T09:00:00Z")
    ana.http.post(f"/api/applications/{early}/archive")
    create(ana, "Only saved")
    create(bob, "Bob's Own", stage="applied", at="2026-02-23T09:00:00Z")
    params = {"from": "2026-02-10", "to": "2026-02-28"}
    report = ana.http.get("/api/reports/weekly", params=params).json()
    assert [(week["name"], len(week["lines"])) for week in report["weeks"]] == [
        ("2026-W07", 0),
        ("2026-W08", 1),
        ("2026-W09", 1),
    ]
    assert (report["person"], report["total"], report["time_zone"]) == ("ana", 2, "Europe/Vienna")
    (line,) = report["weeks"][2]["lines"]
    assert (line["on"], line["since"], line["result"]) == ("2026-02-23", "2026-02-25", "Rejected")
    assert (line["how"], line["contact"]) == ("Company's website", "Mara Sample <mara@larkspur.example>")
    text = ana.http.get("/api/reports/weekly.csv", params=params).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Company"] for row in rows] == [f"'{FORMULA}", "Larkspur"]
    assert [row["Week"] for row in rows] == ["2026-W08", "2026-W09"]
    assert ana.http.get("/api/reports/weekly").json()["last"] == "2026-03-02"


def test_a_report_about_no_time_is_refused(ana_in_vienna: Person) -> None:
    for first, last, code in (
        ("2026-02-10", "2026-02-01", "report.backwards"),
        ("2020-02-10", "2026-02-01", "report.too_long"),
        ("0001-01-01", "9999-12-31", "request.invalid"),
    ):
        answer = ana_in_vienna.http.get("/api/reports/weekly", params={"from": first, "to": last})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
