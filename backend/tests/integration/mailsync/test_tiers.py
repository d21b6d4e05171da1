"""Job mail first, the rest behind it, portions that go on, and how far back everything is complete."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.core import db
from app.core.clock import now
from app.core.settings import Settings
from app.mail import repository as mail
from app.mailsync.models import SyncState
from app.runs import service as runs
from app.runs.execution import execute
from app.runs.models import Run
from tests.factories.imports import feed, items, run_of
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect, sync
from tests.integration.mailsync.faults.comparing import DAY, assert_same, wanted


@pytest.fixture
def account(ana: Person, google: FakeGoogle, app_settings: Settings) -> int:
    app_settings.gmail_quota_units_per_minute = 0
    google.adopt(generate_mailbox(60, 2, ADDRESS, until=time.time()))
    return connect(ana)


@pytest.fixture
def mailbox(account: int, google: FakeGoogle) -> Mailbox:
    return google.mailboxes[ADDRESS]


def state_of_sync(account: int) -> SyncState:
    with db.read_session() as session:
        found = session.get(SyncState, account)
    assert found is not None
    return found


def test_the_rest_is_read_behind_the_sync(ana: Person, account: int, mailbox: Mailbox) -> None:
    began = now()
    run = sync(ana)
    (rest,) = items(ana.http, "/api/runs", kind="backfill")
    count = len(wanted(mailbox))
    assert 0 < run["created"] < count
    assert run["created"] + rest["created"] == count
    assert (rest["state"], rest["total"], rest["percent"]) == ("done", rest["created"], 100.0)
    assert_same(mailbox, account)
    state = state_of_sync(account)
    assert state.complete_since is not None
    assert abs(state.complete_since - (began - timedelta(days=90))) < timedelta(minutes=2)
    assert state.last_history_id == mailbox.history_id
    sync(ana)
    assert len(items(ana.http, "/api/runs", kind="backfill")) == 1, "there is nothing left to read"


def test_scope_job_search_reads_no_other_mail(ana: Person, account: int, app_settings: Settings) -> None:
    app_settings.gmail_sync_scope = "job_search"
    run = sync(ana)
    assert 0 < run["created"] < 60
    assert items(ana.http, "/api/runs", kind="backfill") == []
    assert state_of_sync(account).complete_since is None


def test_a_portion_is_told_and_goes_on(
    ana: Person, account: int, mailbox: Mailbox, app_settings: Settings
) -> None:
    app_settings.gmail_sync_scope = "all"
    answer = ana.http.post("/api/gmail/sync", json={"max_results": 20})
    first = run_of(ana.http, answer.json()["job_id"])
    count = len(wanted(mailbox))
    assert (first["state"], first["created"]) == ("done", 20)
    assert first["result"]["capped"] == {"found": count, "taken": 20}
    chain = items(ana.http, "/api/runs", kind="sync")
    assert [run["created"] for run in reversed(chain)] == [20] * (count // 20) + [count % 20]
    assert chain[0]["result"]["capped"] is None
    assert_same(mailbox, account)
    state = state_of_sync(account)
    assert state.last_history_id == mailbox.history_id
    assert state.complete_since is not None


def test_a_query_that_finds_too_much_goes_on(
    ana: Person, account: int, mailbox: Mailbox, app_settings: Settings
) -> None:
    app_settings.gmail_full_sync_max_per_query = 5
    sync(ana)
    assert len(items(ana.http, "/api/runs", kind="sync")) > 1
    assert_same(mailbox, account)


def test_a_backfill_reads_further_back(
    ana: Person, account: int, mailbox: Mailbox, app_settings: Settings
) -> None:
    old = [
        mailbox.add(make_mail(message_id=f"<old{n}@x.example>"), at=time.time() - days * DAY)
        for n, days in enumerate((95, 150, 190, 260))
    ]
    sync(ana)
    started = ana.http.post("/api/gmail/backfill/start", params={"days": 200, "user_email": ADDRESS})
    assert started.status_code == 202
    job_id = started.json()["job_id"]
    status = ana.http.get("/api/gmail/backfill/status", params={"job_id": job_id}).json()
    assert status == {
        "job_id": job_id,
        "state": "done",
        "processed": status["inserted"],
        "total": status["inserted"],
        "percent": 100.0,
        "eta_seconds": None,
        "inserted": status["inserted"],
        "error": None,
        "error_code": None,
    }
    assert_same(mailbox, account, days=200)
    with db.read_session() as session:
        assert set(mail.known_ids(session, account, old)) == set(old[:3])
    state = state_of_sync(account)
    assert state.complete_since is not None
    assert abs(state.complete_since - (now() - timedelta(days=200))) < timedelta(minutes=2)
    soon = ana.http.post("/api/gmail/backfill/start")
    assert (soon.status_code, soon.json()["code"]) == (429, "backfill.too_soon")
    assert 280 <= int(soon.headers["Retry-After"]) <= 300
    app_settings.backfill_cooldown_s = 0
    later = now() + timedelta(hours=2)
    waiting = ana.http.post("/gmail/backfill/start", params={"days": 7, "not_before": later.isoformat()})
    jobs = ana.http.get("/api/gmail/backfill/jobs").json()
    assert list(jobs)[:2] == [waiting.json()["job_id"], job_id]
    assert jobs[waiting.json()["job_id"]]["state"] == "queued"
    busy = ana.http.post("/api/gmail/backfill/start")
    assert (busy.status_code, busy.json()["params"]["job_id"]) == (409, waiting.json()["job_id"])
    ended = {"job_id": waiting.json()["job_id"]}
    assert ana.http.post("/api/gmail/backfill/cancel", params=ended).json() == {"ok": True, "error": None}
    assert ana.http.post("/api/gmail/backfill/cancel", params=ended).json()["ok"] is False


def test_a_backfill_lets_a_sync_go_first(ana: Person, account: int, mailbox: Mailbox) -> None:
    """As long as a sync holds the account, the backfill steps back; then it goes on where it was."""
    sync(ana)
    (rest,) = items(ana.http, "/api/runs", kind="backfill")
    job_id = ana.http.post(f"/api/runs/{rest['job_id']}/retry").json()["job_id"]
    assert run_of(ana.http, job_id)["state"] == "done"
    with db.transaction() as session:
        blocking = runs.create(session, user_id=ana.id, kind="nothing", params={}, account_ids=[account])
        blocking.not_before = now() + timedelta(hours=1)
    job_id = ana.http.post("/api/gmail/backfill/start", params={"days": 120}).json()["job_id"]
    waiting = run_of(ana.http, job_id)
    assert (waiting["state"], waiting["processed"], waiting["attempt"]) == ("queued", 0, 0)
    assert "goes first" in waiting["message"]
    with db.transaction() as session:
        runs.cancel(session, runs.get(session, ana.id, blocking.id))
    make_due(job_id)
    execute(job_id, lambda: False)
    assert run_of(ana.http, job_id)["state"] == "done"
    assert_same(mailbox, account, days=120)


def make_due(run_id: str) -> None:
    with db.transaction() as session:
        session.get_one(Run, run_id).not_before = None


def test_a_rest_that_was_canceled_stays_canceled(
    ana: Person, account: int, mailbox: Mailbox, google: FakeGoogle
) -> None:
    """Until the next full sync; what it stored counts."""

    def cancel_the_rest() -> None:
        if not unwanted:
            return
        with db.transaction() as session:
            for run in session.scalars(select(Run).where(Run.kind == "backfill", Run.state == "running")):
                runs.cancel(session, run)

    unwanted = True
    for calls in range(1, 200, 3):
        google.faults.after(calls, cancel_the_rest)
    assert sync(ana)["state"] == "done"
    (rest,) = items(ana.http, "/api/runs", kind="backfill")
    assert rest["state"] == "canceled"
    sync(ana)
    assert len(items(ana.http, "/api/runs", kind="backfill")) == 1
    unwanted = False
    sync(ana, mode="full")
    assert len(items(ana.http, "/api/runs", kind="backfill")) == 2
    assert_same(mailbox, account)


def test_a_sync_and_a_backfill_at_the_same_moment(
    ana: Person, account: int, mailbox: Mailbox, google: FakeGoogle
) -> None:
    """A message is deleted and a sync hears of it, between the moment when the backfill has fetched it and the
    moment when it stores it."""
    for message_id in mailbox.messages.keys() - wanted(mailbox, 88).keys():
        mailbox.delete(message_id)
    sync(ana)
    old = [
        mailbox.add(make_mail(message_id=f"<old{n}@x.example>"), at=time.time() - (153 - n) * DAY)
        for n in range(4)
    ]
    sync(ana, mode="full")
    gets, syncs = google.faults.calls["messages.get"], list[str]()

    def delete_what_is_on_its_way() -> None:
        if google.faults.calls["messages.get"] < gets + 3:
            google.faults.after(1, delete_what_is_on_its_way)
        elif not syncs:
            mailbox.delete(old[-1])
            mailbox.relabel(old[-2], add=["TRASH"])
            answer = ana.http.post("/api/sync-emails", params={"mode": "incremental"})
            syncs.append(run_of(ana.http, answer.json()["job_id"])["state"])

    google.faults.after(1, delete_what_is_on_its_way)
    job_id = ana.http.post("/api/gmail/backfill/start", params={"days": 200}).json()["job_id"]
    run = run_of(ana.http, job_id)
    assert (run["state"], syncs, run["created"], run["deleted"]) == ("done", ["done"], 4, 2)
    assert_same(mailbox, account, days=200)


def test_the_newest_come_first_whatever_query_found_them(
    ana: Person, account: int, mailbox: Mailbox, app_settings: Settings
) -> None:
    app_settings.gmail_sync_scope = "job_search"
    app_settings.gmail_batch_size, app_settings.gmail_max_concurrent_batches = 5, 1
    run = sync(ana)
    lines = feed(ana.http, f"/api/runs/{run['job_id']}/messages", outcome="stored")
    came = [mailbox.messages[line["provider_message_id"]].internal_ms for line in reversed(lines)]
    split = next((n for n, (one, other) in enumerate(pairwise(came)) if one < other), len(came) - 1)
    tiers = came[: split + 1], came[split + 1 :]
    assert all(tier == sorted(tier, reverse=True) for tier in tiers), (
        "one tier after the other, each newest first"
    )
