"""The archive of an account, from one database to the other: the same rows, the same answers, and a life after."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.analytics import estimates
from app.core.settings import Settings
from tests import servers
from tests.conftest import migrate
from tests.factories.archives import (
    another_installation,
    download,
    files_of,
    keys_hold,
    restore,
    rows_in,
    uploads_left,
    without_ids,
)
from tests.factories.imports import feed, import_mails, items, run_of
from tests.factories.mailboxes import candidacy
from tests.factories.models import give_model
from tests.factories.settings import make_settings
from tests.factories.states import state_of
from tests.integration.conftest import Person

FORMULA = '=HYPERLINK("https://evil.example")'


@pytest.fixture
def elsewhere(
    app_settings: Settings, servers_folder: Path, models: Path, tmp_path: Path
) -> Iterator[Settings]:
    """Settings of an installation at the other kind of database, migrated and empty."""
    data = tmp_path / "elsewhere"
    if app_settings.is_sqlite:
        url = servers.create_database(servers_folder, servers.postgres_template(servers_folder, migrate))
    else:
        url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
        (tmp_path / "elsewhere.db").write_bytes(servers.sqlite_template(servers_folder, migrate).read_bytes())
    give_model(models, data)
    yield make_settings(url, data)
    if app_settings.is_sqlite:
        servers.drop_database(url)


def say_everything(client: TestClient) -> None:
    """One decision of each kind, and one of everything that a person keeps."""
    some = items(client, "/api/applications", sort="-received_date")
    with_mail = [one for one in some if one["emails"] > 1]
    first, second, third, fourth, fifth, sixth = (one["id"] for one in with_mail[:6])
    mails = [one["id"] for one in items(client, "/api/emails", application_id=first)]
    other = items(client, "/api/emails", application_id=fourth)[0]["id"]
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("PATCH", f"/applications/{first}", {"stage": "offer"}),
        ("PATCH", f"/applications/{first}", {"stage": "accepted"}),
        ("PATCH", f"/applications/{second}", {"company_name": "Bluebell Ltd"}),
        ("PATCH", f"/emails/{mails[0]}", {"email_class": "OFFER"}),
        ("POST", "/applications/merge", {"ids": [second, third]}),
        ("POST", f"/emails/{other}/link", {"application_id": fifth}),
        ("POST", f"/applications/{sixth}/split", {"email_ids": [_newest_mail(client, sixth)]}),
        ("POST", "/applications/duplicates/dismiss", {"ids": [first, fifth]}),
        ("POST", f"/applications/{fourth}/archive", {}),
        ("POST", f"/applications/{first}/interviews", {"starts_at": "2026-09-03T08:00:00Z", "place": "Room 4"}),
        ("POST", f"/applications/{first}/notes", {"text": FORMULA}),
        ("POST", f"/applications/{first}/reminders", {"text": "Call", "due_at": "2026-09-09T09:00:00Z"}),
        ("POST", f"/applications/{second}/contacts", {"name": "Ada Testperson", "email": "ada@example.com"}),
        ("POST", f"/applications/{second}/tags", {"name": "remote"}),
        ("POST", "/applications", {"company_name": "Made By Hand", "stage": "applied"}),
        ("POST", "/saved-views", {"name": "Talks", "query": "q=stage%3Ainterview"}),
        ("PUT", "/templates", {"templates": {"follow_up": "Hello"}}),
        ("PATCH", "/settings", {"preferences": {"board": {"folded": ["saved"]}}, "time_zone": "Europe/Lisbon"}),
        ("POST", "/calendar", {}),
    ]  # fmt: skip
    for method, path, body in said:
        answer = client.request(method, f"/api{path}", json=body)
        assert answer.status_code < 300, (method, path, answer.text)


def _newest_mail(client: TestClient, application_id: int) -> int:
    found = items(client, "/api/emails", application_id=application_id)
    return int(max(found, key=lambda one: one["received_at"])["id"])


def answers(client: TestClient) -> dict[str, Any]:
    """What the API says of an account, without ids."""
    applications = items(client, "/api/applications")
    told: dict[str, Any] = {
        path: client.get(f"/api{path}").json()
        for path in (
            "/analytics/funnel",
            "/analytics/flow",
            "/stats",
            "/saved-views",
            "/templates",
            "/settings",
            "/review",
            "/applications/duplicates",
            "/search?q=bluebell",
            "/search?q=interview",
        )
    }
    told["applications"] = [
        {
            "detail": client.get(f"/api/applications/{one['id']}").json(),
            "timeline": feed(client, f"/api/v1/applications/{one['id']}/timeline"),
            "mail": items(client, "/api/emails", application_id=one["id"]),
        }
        for one in applications[::8]
    ]
    told["emails"] = [
        client.get(f"/api/emails/{one['id']}").json() for one in items(client, "/api/emails")[:40]
    ]
    told["list"] = applications
    told["decisions"] = items(client, "/api/decisions")
    told["runs"] = [run for run in items(client, "/api/runs") if run["kind"] != "restore"]
    bare: dict[str, Any] = _bare(told)
    return bare


def _bare(value: Any) -> Any:
    """Without what counts rows, and without who asks for which mailbox to be connected again."""
    if isinstance(value, dict):
        return {
            key: _bare(inner)
            for key, inner in value.items()
            if not (
                key in {"id", "ids", "key", "payload", "cause", "emails_ids", "days_in_stage"}
                or key.endswith(("_id", "_ids"))
            )
        }
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return value


def undo_everything(client: TestClient) -> None:
    for decision in items(client, "/api/decisions"):
        if decision["revoked_at"] is None:
            answer = client.post(f"/api/decisions/{decision['id']}/revoke")
            assert answer.status_code in {200, 409}, answer.text


@pytest.mark.prepared("demo")
def test_an_account_comes_home_to_the_other_database(ana: Person, elsewhere: Settings) -> None:
    say_everything(ana.http)
    estimates.refresh(ana.id)  # as it is after the restore, which is a run
    archive = download(ana.http)
    told = answers(ana.http)

    with another_installation(elsewhere) as (_, client):
        run = restore(client, archive)
        assert (run["state"], run["error"], run["phase"]) == ("done", None, "done")
        assert run["processed"] == run["total"] == sum(len(rows) for rows in rows_in(archive).values())
        assert uploads_left(elsewhere) == []
        assert answers(client) == told
        again = download(client)
        assert _but_this_run(without_ids(again)) == without_ids(archive)
        assert keys_hold(archive)
        assert keys_hold(again)
        assert {row["needs_reauth"] for row in rows_in(again)["mail_accounts"]} == {False}


SIX = (
    "Larkspur Systems",
    "Foxglove Labs",
    "Bluebell Works",
    "Marigold Bank",
    "Sorrel Energy",
    "Tansy Travel",
)


@pytest.mark.one_database
def test_it_lives_on_as_it_would_have(ana: Person, bob: Person) -> None:
    """Under other ids: what was said is taken back, mail is read again, more mail comes."""
    mails = [
        mail
        for day, name in enumerate(SIX)
        for mail in candidacy(name, "Data Engineer", "received", "interview", day=day)
    ]
    import_mails(ana.http, mails)
    say_everything(ana.http)
    archive = download(ana.http)
    run = restore(bob.http, archive)
    assert (run["state"], run["error"]) == ("done", None)
    assert _but_this_run(without_ids(download(bob.http))) == without_ids(archive)
    assert state_of(bob.id) == state_of(ana.id)
    live_on(ana.http)
    live_on(bob.http)
    assert state_of(bob.id) == state_of(ana.id)


def live_on(client: TestClient) -> None:
    """More mail, all of it read again, and everything taken back that was said."""
    assert import_mails(client, candidacy("Clover Care", "Gardener", "received"))["created"] == 1
    reread = client.post("/api/reprocess/start", json={"dry_run": False})
    assert reread.status_code == 202, reread.text
    assert run_of(client, reread.json()["job_id"])["state"] == "done"
    undo_everything(client)


def _but_this_run(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The restore itself is the one run that is new."""
    kept = [row for row in rows["runs"] if row["kind"] != "restore"]
    return {**rows, "runs": kept}


@pytest.mark.prepared("demo")
@pytest.mark.one_database
def test_people_can_read_it(ana: Person) -> None:
    say_everything(ana.http)
    files = files_of(download(ana.http))
    told = json.loads(files["manifest.json"])
    assert (told["format"], told["version"], told["username"]) == ("jobtrail-archive", 1, "ana")
    assert set(told["files"]) == set(files) - {"manifest.json"}

    tables = {
        name: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        for name, content in files.items()
        if name.endswith(".csv")
    }
    assert len(tables["tables/applications.csv"]) == told["files"]["data/applications.jsonl"]["rows"]
    assert tables["tables/notes.csv"][0]["text"] == f"'{FORMULA}", "no spreadsheet computes it"
    assert {row["company_name"] for row in tables["tables/applications.csv"]} >= {
        "Bluebell Ltd",
        "Made By Hand",
    }
    calendar = files["calendar.ics"].decode()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "Room 4" in calendar
    everything = b"".join(files.values())
    assert b"$argon2" not in everything
    assert b"password_hash" not in everything


def test_an_account_that_is_in_use_is_left_alone(ana: Person, bob: Person) -> None:
    archive = download(bob.http)
    import_mails(ana.http, candidacy("Larkspur Systems", "Data Engineer", "received", "interview"))
    answer = ana.http.post("/api/imports/archive", files={"file": ("a.zip", archive)})
    assert (answer.status_code, answer.json()["code"]) == (409, "restore.account_in_use")
    assert "1 application, 2 emails and 1 mail account already" in answer.json()["detail"]
    assert answer.json()["params"]["rows"]["emails"] == 2


@pytest.mark.one_database
def test_runs_that_came_with_it_are_history(ana: Person, bob: Person) -> None:
    import_mails(ana.http, candidacy("Larkspur Systems", "Data Engineer", "received"))
    assert restore(bob.http, download(ana.http))["state"] == "done"
    (brought,) = items(bob.http, "/api/runs", kind="import")
    assert len(feed(bob.http, f"/api/runs/{brought['job_id']}/messages")) == 1
    again = bob.http.post(f"/api/runs/{brought['job_id']}/retry")
    assert (again.status_code, again.json()["code"]) == (409, "run.from_elsewhere")
    (restored,) = items(bob.http, "/api/runs", kind="restore")
    retried = bob.http.post(f"/api/runs/{restored['job_id']}/retry")
    assert run_of(bob.http, retried.json()["job_id"])["error"]["code"] == "restore.file_gone"
    assert len(items(bob.http, "/api/applications")) == 1
