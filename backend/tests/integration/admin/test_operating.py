"""Admins see and steer everybody's runs, and see how the installation has been doing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.core import db as database
from app.core.clock import now
from app.llm.models import LlmDay
from app.runs import repository, service
from app.runs.models import Run, RunDay, RunState
from tests.factories.imports import import_mails
from tests.factories.mailboxes import generated_mails
from tests.integration.conftest import Person


def start(user_id: int, kind: str = "verify", **columns: Any) -> str:
    """A run that nobody does: created now, as the columns say."""
    with database.transaction() as session:
        run = Run(
            id=f"{user_id}{kind}{columns.get('state', 'queued')}{len(session.query(Run).all())}",
            user_id=user_id,
            kind=kind,
            dedupe_key=f"{kind}-{session.query(Run).count()}",
            params={},
            created_at=now(),
        )
        for name, value in columns.items():
            setattr(run, name, value)
        session.add(run)
        return run.id


def finish(run_id: str, state: RunState, *, after_s: float, **columns: Any) -> None:
    """End a run that took so long."""
    with database.transaction() as session:
        run = repository.load(session, run_id)
        assert run is not None
        run.started_at = now() - timedelta(seconds=after_s)
        run.created_at = run.started_at - timedelta(seconds=2)
        for name, value in columns.items():
            setattr(run, name, value)
        service.end(session, run, state)


def test_an_admin_sees_the_runs_of_all(ana: Person, bob: Person) -> None:
    mine, his = start(ana.id), start(bob.id, "prediction", result={"subject": "private"}, holder="host:7")
    found = ana.http.get("/api/admin/runs").json()
    assert {(run["job_id"], run["username"], run["holder"]) for run in found["items"]} == {
        (mine, "ana", None),
        (his, "bob", "host:7"),
    }
    assert "private" not in str(found), "what mail says is nobody else's"

    def ids(**query: Any) -> list[str]:
        return [run["job_id"] for run in ana.http.get("/api/admin/runs", params=query).json()["items"]]

    assert ids(username="BOB") == [his]
    assert ids(kind="verify") == [mine]
    assert ids(state="done") == []
    assert ids(limit=1, offset=1) == [mine] or ids(limit=1, offset=1) == [his]
    assert ana.http.get(f"/api/admin/runs/{his}").json()["username"] == "bob"
    for path in ("/api/admin/runs", f"/api/admin/runs/{his}", "/api/admin/metrics"):
        answer = bob.http.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.admin_only")


def test_an_admin_cancels_and_retries_for_others(ana: Person, bob: Person) -> None:
    waiting = start(bob.id, not_before=now() + timedelta(hours=1))
    answer = ana.http.post(f"/api/admin/runs/{waiting}/cancel")
    assert (answer.status_code, answer.json()["state"], answer.json()["username"]) == (202, "canceled", "bob")
    assert ana.http.post(f"/api/admin/runs/{waiting}/cancel").json()["state"] == "canceled", "a second click"

    done = start(bob.id, "prediction", state=RunState.ERROR, finished_at=now())
    fresh = ana.http.post(f"/api/admin/runs/{done}/retry")
    assert fresh.status_code == 202, fresh.text
    again = ana.http.get(fresh.json()["status_url"]).json()
    assert (again["username"], again["kind"]) == ("bob", "prediction")
    assert bob.http.get(f"/api/runs/{again['job_id']}").status_code == 200, "it is his, not the admin's"

    running = start(bob.id, state=RunState.RUNNING, lease_until=now() + timedelta(minutes=1))
    assert ana.http.post(f"/api/admin/runs/{running}/retry").json()["code"] == "run.not_finished"
    assert ana.http.post("/api/admin/runs/nothing/cancel").json()["code"] == "run.not_found"
    refused = bob.http.post(f"/api/admin/runs/{running}/cancel")
    assert refused.json()["code"] == "auth.admin_only"
    with database.read_session() as session:
        left = repository.load(session, running)
        assert left is not None
        assert not left.cancel_requested


@pytest.mark.usefixtures("clock")
def test_figures_of_runs_outlive_their_rows(ana: Person, clock: time_machine.Traveller) -> None:
    for seconds, state in (
        (4, RunState.DONE),
        (8, RunState.DONE),
        (2, RunState.ERROR),
        (1, RunState.CANCELED),
    ):
        counts = {"processed": 10, "created": 6, "skipped": 3, "errors": 1, "result": {"judged": 5}}
        finish(start(ana.id), state, after_s=seconds, **counts)
    with database.transaction() as session:
        session.add(LlmDay(day=now().date(), spent_usd=0.25, calls=3, input_tokens=900, output_tokens=100))
        session.add(LlmDay(day=now().date() - timedelta(days=9), spent_usd=9.0, calls=1))
    start(ana.id, created_at=now() - timedelta(seconds=30))
    start(ana.id, not_before=now() + timedelta(minutes=5))
    with database.transaction() as session:
        session.query(Run).filter(Run.state.in_(["error", "canceled"])).delete()

    def measured(**query: Any) -> dict[str, Any]:
        answer = ana.http.get("/api/admin/metrics", params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    found = measured()
    [verify] = found["runs"]
    assert (verify["done"], verify["error"], verify["canceled"]) == (2, 1, 1)
    assert verify["success_rate"] == pytest.approx(2 / 3, abs=1e-4)
    assert (verify["median_s"], verify["p95_s"], verify["measured"]) == (6.0, 8.0, 2)
    assert found["mails"] == {"looked_at": 40, "stored": 24, "judged": 20, "skipped": 12, "failed": 4}
    queue = found["queue"]
    assert (queue["ready"], queue["waiting"], queue["running"], queue["oldest_s"]) == (1, 1, 0, 30.0)
    assert (found["llm"]["calls"], found["llm"]["cost_usd"], len(found["llm"]["by_day"])) == (3, 0.25, 1)
    assert measured(days=10)["llm"]["cost_usd"] == 9.25
    assert found["people"] == {"users": 1, "admins": 1, "active_in_a_week": 1}
    assert ana.http.get("/api/admin/metrics?days=0").status_code == 422
    clock.shift(timedelta(days=3))
    assert measured(days=3)["runs"] == [], "that was before"
    assert measured(days=4)["runs"] == [verify]


def test_storage_is_told(ana: Person) -> None:
    import_mails(ana.http, generated_mails(12, seed=3))
    storage = ana.http.get("/api/admin/metrics").json()["storage"]
    rows = {table["name"]: table["rows"] for table in storage["tables"]}
    assert rows["emails"] == 12
    assert storage["database_bytes"] > 10_000
    assert storage["free_bytes"] > 0
    assert {folder["name"] for folder in storage["folders"]} >= {"."}


@pytest.mark.usefixtures("db")
def test_two_runs_that_end_at_once_both_count() -> None:
    with database.transaction() as session:
        repository.count(session, "sync", "done", {"runs": 1, "seconds": 2.5})
    with database.transaction() as session:
        repository.count(session, "sync", "done", {"runs": 1, "seconds": 0.5})
    with database.read_session() as session:
        [day] = session.query(RunDay).all()
        assert (day.runs, day.seconds, day.processed) == (2, 3.0, 0)
