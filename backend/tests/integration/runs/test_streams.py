"""Runs over the API and as server-sent events, from a server that really listens."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn

from app.auth.models import User
from app.core.clock import now
from app.core.settings import Settings
from app.main import create_app
from app.runs import executors
from app.runs.context import RunContext, Runner
from tests.factories.accounts import PASSWORD, bearer, make_user
from tests.factories.server import wait_until
from tests.integration.runs.conftest import Start, change, load, nothing

Work = Callable[[Runner], None]
FIELDS = {
    "job_id",
    "kind",
    "state",
    "phase",
    "processed",
    "total",
    "percent",
    "eta_seconds",
    "message",
    "error",
    "result",
}


@dataclass
class Event:
    name: str = ""
    id: str = ""
    data: Any = None


@pytest.fixture
def app_settings(app_settings: Settings) -> Settings:
    app_settings.runner = app_settings.sync_runner = "inprocess"
    return app_settings


@pytest.fixture
def server(app_settings: Settings, user: User) -> Iterator[str]:
    """The address of the application, served from a thread."""
    made = uvicorn.Server(
        uvicorn.Config(create_app(app_settings), port=0, log_config=None, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    wait_until(lambda: made.started, 20, "The server did not start")
    port = made.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    made.should_exit = True
    thread.join(timeout=15)
    assert not thread.is_alive()


@pytest.fixture
def ana(server: str, user: User) -> Iterator[httpx.Client]:
    with client_of(server, "ana") as client:
        yield client


@contextmanager
def client_of(server: str, username: str) -> Iterator[httpx.Client]:
    answer = httpx.post(f"{server}/api/login", json={"username": username, "password": PASSWORD})
    with httpx.Client(base_url=server, headers=bearer(answer.json()["access_token"]), timeout=20) as client:
        yield client


def read_events(response: httpx.Response) -> Iterator[Event]:
    event = Event()
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if not line:
            if event.data is not None:
                yield event
            event = Event()
        elif field == "event":
            event.name = value
        elif field == "id":
            event.id = value
        elif field == "data":
            event.data = json.loads(value)


def steps(gate: threading.Event) -> Runner:
    def work(ctx: RunContext) -> None:
        ctx.progress(phase="reading", total=4)
        gate.wait(10)
        for _ in range(4):
            with ctx.batch():
                ctx.counts["processed"] += 1
            ctx.checkpoint()

    return work


def test_a_run_from_its_state_to_its_end(ana: httpx.Client, start: Start, work: Work) -> None:
    gate = threading.Event()
    work(steps(gate))
    run_id = start()
    wait_until(lambda: load(run_id).phase == "reading", 10, "It did not begin")
    with ana.stream("GET", f"/api/runs/{run_id}/events") as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        events = read_events(response)
        first = next(events)
        assert (first.name, first.data["phase"], first.data["total"]) == ("progress", "reading", 4)
        assert set(first.data) >= FIELDS
        gate.set()
        rest = list(events)
    assert [e.name for e in rest][-1] == "done"
    assert {e.name for e in rest[:-1]} <= {"progress"}
    seen = [first.data["processed"], *(e.data["processed"] for e in rest)]
    assert seen == sorted(seen)
    assert (rest[-1].data["processed"], rest[-1].data["percent"]) == (4, 100.0)
    assert rest[-1].id == f"end-{run_id}"

    again = ana.get(f"/api/runs/{run_id}/events")
    assert again.text.count("event: done") == 1
    seen_it = ana.get(f"/api/runs/{run_id}/events", headers={"Last-Event-ID": rest[-1].id})
    assert (seen_it.status_code, seen_it.text) == (204, "")


def test_cancel_shows_and_ends(ana: httpx.Client, start: Start, work: Work) -> None:
    gate = threading.Event()

    def until_canceled(ctx: RunContext) -> None:
        ctx.progress(phase="reading")
        while True:
            gate.wait(0.05)
            ctx.checkpoint()

    work(until_canceled)
    run_id = start()
    with ana.stream("GET", f"/api/runs/{run_id}/events") as response:
        events = read_events(response)
        assert next(events).name == "progress"
        answer = ana.post(f"/api/runs/{run_id}/cancel")
        assert (answer.status_code, answer.json()["cancel_requested"]) == (202, True)
        assert list(events)[-1].name == "canceled"
    assert load(run_id).state == "canceled"


def test_an_error_is_an_event_too(ana: httpx.Client, start: Start) -> None:
    run_id = start(kind="no-such-work")
    with ana.stream("GET", f"/api/runs/{run_id}/events") as response:
        last = list(read_events(response))[-1]
    assert (last.name, last.data["error"]["code"]) == ("error", "run.unknown_kind")


def test_everything_begins_with_a_snapshot(ana: httpx.Client, start: Start, work: Work) -> None:
    work(nothing)
    before = start()
    wait_until(lambda: load(before).state == "done", 10, "It did not end")
    with ana.stream("GET", "/api/events") as response:
        events = read_events(response)
        first = next(events)
        assert first.name == "snapshot"
        assert [run["job_id"] for run in first.data["runs"]] == [before]
        later = start()
        names = []
        for event in events:
            names.append(event.name)
            if event.data["job_id"] == later and event.data["state"] == "done":
                break
    assert set(names) == {"run"}


def test_a_ticket_opens_a_stream(ana: httpx.Client, server: str, start: Start, work: Work) -> None:
    """Browsers can't send headers with an EventSource."""
    work(nothing)
    run_id = start()
    wait_until(lambda: load(run_id).state == "done", 10, "It did not end")
    ticket = ana.post("/api/auth/ticket").json()["ticket"]
    assert "event: done" in httpx.get(f"{server}/api/runs/{run_id}/events", params={"token": ticket}).text
    assert httpx.get(f"{server}/api/runs/{run_id}/events").status_code == 401


def test_other_peoples_runs_are_not_there(ana: httpx.Client, server: str, start: Start, work: Work) -> None:
    work(nothing)
    run_id = start()
    wait_until(lambda: load(run_id).state == "done", 10, "It did not end")
    make_user("bob")
    with client_of(server, "bob") as bob:
        for method, path in (
            ("GET", ""),
            ("GET", "/events"),
            ("GET", "/messages"),
            ("POST", "/cancel"),
            ("POST", "/retry"),
        ):
            answer = bob.request(method, f"/api/runs/{run_id}{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, "run.not_found"), path
        assert bob.get("/api/runs").json()["items"] == []
        with bob.stream("GET", "/api/events") as response:
            assert next(read_events(response)).data == {"runs": []}


def test_nothing_synced_yet(ana: httpx.Client) -> None:
    with ana.stream("GET", "/api/sync-events") as response:
        (only,) = read_events(response)
    assert (only.name, only.data["status"]) == ("done", "idle")
    assert ana.get("/api/sync-status").json()["status"] == "idle"


def test_retry_goes_on_where_it_stopped(ana: httpx.Client, start: Start, work: Work) -> None:
    cursors: list[dict[str, Any]] = []

    def note(ctx: RunContext) -> None:
        cursors.append(dict(ctx.cursor))

    work(note)
    executors.stop()  # what is started now waits
    run_id = start(params={"path": "x"})
    early = ana.post(f"/api/runs/{run_id}/retry")
    assert (early.status_code, early.json()["code"]) == (409, "run.not_finished")
    change(run_id, state="error", cursor={"position": 5}, finished_at=now())
    answer = ana.post(f"/api/runs/{run_id}/retry")
    assert answer.status_code == 202
    fresh = load(answer.json()["job_id"])
    assert fresh.id != run_id
    assert (fresh.params, fresh.cursor, fresh.dedupe_key) == (
        {"path": "x"},
        {"position": 5},
        load(run_id).dedupe_key,
    )
    twice = ana.post(f"/api/runs/{run_id}/retry")
    assert (twice.status_code, twice.json()["params"]["job_id"]) == (409, fresh.id)


def test_lists_of_runs(ana: httpx.Client, start: Start) -> None:
    executors.stop()
    ids = [start() for _ in range(5)]
    change(ids[0], state="done", finished_at=now())
    change(ids[1], state="running", processed=3, total=10, started_at=now())
    whole = ana.get("/api/runs").json()
    assert (whole["total"], [r["job_id"] for r in whole["items"]]) == (5, ids[::-1])
    page = ana.get("/api/runs", params={"offset": 1, "limit": 2}).json()
    assert [r["job_id"] for r in page["items"]] == [ids[3], ids[2]]
    assert [r["job_id"] for r in ana.get("/api/runs", params={"state": "done"}).json()["items"]] == [ids[0]]
    assert ana.get("/api/runs", params={"state": "lost"}).status_code == 422
    assert ana.get(f"/api/runs/{ids[1]}").json()["percent"] == 30.0


def test_statuses_of_unknown_runs(ana: httpx.Client) -> None:
    for run_id in ("nothing", "0" * 32, "%00", "x" * 500):
        answer = ana.get(f"/api/runs/{run_id}")
        assert answer.status_code in {404, 422}, run_id
        assert answer.headers["content-type"] == "application/problem+json"
