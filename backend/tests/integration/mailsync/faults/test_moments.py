"""What happens to a sync at an awkward moment: canceled, told to wait, signed out, asleep, started twice."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, text

from app.core import db
from app.core.clock import now
from app.core.settings import Settings
from app.mailsync.models import SyncState
from app.runs import service as runs
from app.runs.execution import execute
from app.runs.models import ACTIVE, Run
from tests.factories.imports import items
from tests.fakes.google_mails import generate_mailbox
from tests.integration.mailsync.conftest import ADDRESS, connect
from tests.integration.mailsync.faults.comparing import assert_same
from tests.integration.mailsync.faults.conftest import Case
from tests.integration.mailsync.faults.test_changes import arrive


def cancel_all(user_id: int, ids: list[str]) -> None:
    """Cancel, as the API does it."""
    with db.transaction() as session:
        for run_id in ids:
            runs.cancel(session, runs.get(session, user_id, run_id))


def cancel_what_runs(case: Case) -> None:
    active = [run["job_id"] for run in items(case.person.http, "/api/runs") if run["state"] in ACTIVE]
    cancel_all(case.person.id, active)


@pytest.mark.parametrize("at", [1, 10, 40])
def test_canceled_at_each_phase(case: Case, app_settings: Settings, at: int) -> None:
    """From the first call to the last batch: what was stored stays, the cursor stays behind, the next sync ends it."""
    app_settings.gmail_batch_size, app_settings.gmail_max_concurrent_batches = 3, 1
    case.google.faults.after(at, lambda: cancel_what_runs(case))
    run = case.sync()
    assert run["state"] == "canceled"
    with db.read_session() as session:
        state = session.get(SyncState, case.account)
    assert state is None or state.last_synced_at is None
    units = case.google.faults.calls["messages.get"]
    assert case.sync()["state"] == "done"
    case.check()
    assert case.google.faults.calls["messages.get"] - units <= len(case.ids) - run["created"]


def test_canceled_while_mail_is_judged(case: Case) -> None:
    """Only some of what is stored has a verdict. The rest gets its own from the next sync, and is not fetched again."""
    asked = threading.Event()

    def cancel_once_judging() -> None:
        while not asked.is_set():
            with db.read_session() as session:
                found = session.scalars(select(Run).where(Run.user_id == case.person.id)).all()
            if any(run.result.get("judged") for run in found):
                cancel_all(case.person.id, [run.id for run in found if run.state in ACTIVE])
                return
            time.sleep(0.2)

    watcher = threading.Thread(target=cancel_once_judging)
    watcher.start()
    run = case.sync()
    asked.set()
    watcher.join(timeout=20)
    assert run["state"] == "canceled"
    assert 0 < run["result"]["judged"] < len(case.ids)
    fetched = case.google.faults.calls["messages.get"]
    assert case.sync()["state"] == "done"
    case.check()
    assert case.google.faults.calls["messages.get"] - fetched <= len(case.ids) - run["created"]


def test_canceled_while_changes_are_read(case: Case) -> None:
    case.sync()
    synced_at, history_id = case.state.last_synced_at, case.state.last_history_id
    for number in range(3):
        arrive(case.box, f"arrival {number}")
    case.google.faults.after(1, lambda: cancel_what_runs(case))
    assert case.sync()["state"] == "canceled"
    assert (case.state.last_synced_at, case.state.last_history_id) == (synced_at, history_id)
    assert case.sync()["created"] == 3
    case.check()


def test_google_asks_to_wait_for_long(case: Case) -> None:
    """The run is put back, not failed, and ends when the time has come."""
    case.google.faults.set(part_shares={"429": 1.0}, retry_after_s=1500.0)
    run = case.sync()
    assert (run["state"], run["error"], run["attempt"]) == ("queued", None, 0)
    until = datetime.fromisoformat(run["waiting_until"])
    assert timedelta(minutes=20) < until - now() < timedelta(minutes=30)
    status = case.person.http.get("/api/sync-status").json()
    assert (status["status"], status["waiting_until"]) == ("syncing", run["waiting_until"])
    assert "wait" in status["message"]
    case.google.faults.set(part_shares={}, retry_after_s=None)
    with time_machine.travel(until + timedelta(seconds=5), tick=True):
        with db.transaction() as session:  # its clock does not travel
            session.get_one(Run, run["job_id"]).not_before = None
        execute(run["job_id"], lambda: False)
        assert case.run(run["job_id"])["state"] == "done"
    case.check()


def test_a_grant_that_is_revoked_on_the_way(case: Case) -> None:
    def revoke() -> None:
        case.google.oauth.revoke_address(ADDRESS)
        case.google.oauth.expire_access_tokens()

    case.google.faults.after(20, revoke)
    run = case.sync()
    assert (run["state"], run["error"]["code"]) == ("error", "gmail.reauth_required")
    assert connect(case.person) == case.account
    assert case.sync()["state"] == "done"
    case.check()


def test_an_account_that_fails_on_the_way_leaves_the_next_alone(case: Case) -> None:
    other = case.google.mailbox("bea.testperson@example.com")
    for _ in range(60):  # ids of two mailboxes never agree
        arrive(other, "spam", ("SPAM",))
    for message in generate_mailbox(12, 8, until=time.time()).messages.values():
        other.add(message.raw, message.labels, at=message.internal_ms / 1000)
    second = connect(case.person, other.address)

    def revoke() -> None:
        case.google.oauth.revoke_address(ADDRESS)
        case.google.oauth.expire_access_tokens()

    case.google.faults.after(15, revoke)
    run = case.sync()
    assert (run["state"], run["error"]["code"]) == ("error", "gmail.reauth_required")
    assert_same(other, second)
    with db.read_session() as session:
        state = session.get_one(SyncState, second)
        assert (state.last_history_id, state.error) == (other.history_id, None)
    connect(case.person)
    assert case.sync()["state"] == "done"
    case.check()


def test_tokens_that_last_for_twenty_requests(case: Case, app_settings: Settings) -> None:
    app_settings.gmail_batch_size = 3
    case.google.faults.set(token_uses=20)
    assert case.sync()["state"] == "done"
    case.check()


def test_a_laptop_that_sleeps(case: Case) -> None:
    """The clock jumps by a night while a sync is under way."""
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
        case.google.faults.after(15, lambda: traveller.shift(timedelta(hours=9)))
        run = case.sync()
        assert (run["state"], run["errors"]) == ("done", 0)
        arrive(case.box, "in the morning")
        assert case.sync()["created"] == 1
        case.check()


def cut_connections() -> None:
    """Every connection to the database ends, as when its server starts anew."""
    if db.engine().dialect.name == "sqlite":
        db.engine().dispose()
        return
    with db.engine().connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))


def test_a_database_that_starts_anew(case: Case) -> None:
    for calls in (3, 16, 30):
        case.google.faults.after(calls, cut_connections)
    run = case.sync()
    while run["state"] == "queued":  # the attempt ended with its connection; another goes on
        with db.transaction() as session:
            session.get_one(Run, run["job_id"]).not_before = None
        execute(run["job_id"], lambda: False)
        run = case.run(run["job_id"])
    assert (run["state"], run["errors"]) == ("done", 0)
    case.check()


def test_two_starts_at_once(case: Case) -> None:
    case.google.faults.set(latency_s=2.0)
    answers: list[Any] = []
    gate = threading.Barrier(2)

    def start() -> None:
        gate.wait(timeout=20)
        answers.append(case.person.http.post("/api/sync-emails"))

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    refused, taken = sorted(answers, key=lambda answer: -int(answer.status_code))
    assert (refused.status_code, taken.status_code) == (409, 202)
    assert refused.json()["code"] == "run.already_active"
    assert refused.json()["params"]["job_id"] == taken.json()["job_id"]
    case.check()
    assert case.google.faults.calls["messages.get"] <= len(case.ids)
