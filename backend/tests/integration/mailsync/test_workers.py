"""Mail sync by Celery: a worker that is killed on the way, schedules by beat, and several servers."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings
from app.mail.models import EmailSource
from app.mailsync.models import Schedule, ScheduleKind
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.mailboxes import generated_mails, write_mbox
from tests.factories.models import give_model
from tests.factories.server import Server, look_at, start_import, wait_until
from tests.factories.settings import make_settings
from tests.factories.worker import CeleryProcess, working
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect

pytestmark = pytest.mark.timeout(300)  # three processes start in each of them


@pytest.fixture
def app_settings(
    request: pytest.FixtureRequest, database_url: str, redis_url: str, tmp_path: Path
) -> Settings:
    fields: dict[str, Any] = {"redis_url": redis_url, "runner": "celery", "sync_runner": "celery"}
    if "google" in request.fixturenames:
        google: FakeGoogle = request.getfixturevalue("google")
        fields |= {name.lower(): value for name, value in google.environment().items()}
    return make_settings(database_url, tmp_path / "data", **fields)


def in_one_run(google: FakeGoogle) -> dict[str, str]:
    return {**google.environment(), "GMAIL_SYNC_SCOPE": "all"}


def wanted_ids(box: Mailbox) -> list[str]:
    """What a first sync has to find: the generated mails of its 90 days."""
    after = (time.time() - 90 * 86_400) * 1000
    return sorted(i for i, message in box.messages.items() if message.internal_ms >= after)


def sources_of(account_id: int) -> list[str]:
    with database.read_session() as session:
        chosen = select(EmailSource.provider_message_id).where(EmailSource.mail_account_id == account_id)
        return sorted(session.scalars(chosen))


def ended(person: Person, job_id: str, seconds: float = 150) -> dict[str, Any]:
    def run() -> dict[str, Any]:
        found: dict[str, Any] = person.http.get(f"/api/runs/{job_id}").json()
        return found

    wait_until(lambda: run()["state"] not in {"queued", "running"}, seconds, f"The sync did not end: {run()}")
    return run()


def test_a_killed_workers_sync_goes_on_with_the_next(
    ana: Person, google: FakeGoogle, app_settings: Settings
) -> None:
    """Afterwards every message of the mailbox is stored, and once."""
    box = google.adopt(generate_mailbox(130, 7, ADDRESS))
    wanted = wanted_ids(box)
    account_id = connect(ana)
    workers = [CeleryProcess(app_settings, tests=False, variables=in_one_run(google)) for _ in range(2)]
    try:
        answer = ana.http.post("/api/sync-emails", params={"mail_account_id": account_id})
        assert answer.status_code == 202, answer.text
        job_id = answer.json()["job_id"]
        workers[0].start()
        wait_until(lambda: len(sources_of(account_id)) >= 15, 60, "The sync did not begin")
        workers[0].kill()
        assert ana.http.get(f"/api/runs/{job_id}").json()["state"] == "running"
        assert len(sources_of(account_id)) < len(wanted)
        workers[1].start()
        run = ended(ana, job_id)
    finally:
        for worker in workers:
            worker.stop()
    assert (run["state"], run["errors"]) == ("done", 0), run
    assert sources_of(account_id) == wanted


@pytest.mark.one_database
def test_beat_and_workers_look_after_schedules(
    ana: Person, google: FakeGoogle, app_settings: Settings
) -> None:
    """A turn that is due starts one run, however often the clock ticks. The server starts none by itself."""
    box = google.adopt(generate_mailbox(5, 7, ADDRESS))
    account_id = connect(ana)
    settings = app_settings.model_copy(update={"sync_interval_minutes": 5})
    plan_for_now(ana, account_id)
    time.sleep(1)
    assert ana.http.get("/api/runs").json()["total"] == 0
    beat = CeleryProcess(settings, "beat")
    with working(settings, in_one_run(google) | {"LOG_LEVEL": "DEBUG"}) as worker:
        try:
            beat.start()
            wait_until(lambda: ana.http.get("/api/runs").json()["total"] > 0, 30, "No turn was started")
            wait_until(lambda: worker.says().count("jobtrail.tick") > 6, 30, "The clock does not go on")
        finally:
            beat.stop()
        runs = ana.http.get("/api/runs", params={"kind": "sync"}).json()
        assert runs["total"] == 1
        assert ended(ana, runs["items"][0]["job_id"])["state"] == "done"
    assert sources_of(account_id) == wanted_ids(box)


def plan_for_now(person: Person, account_id: int) -> None:
    """The account's mail is to be read now."""
    with database.transaction() as session:
        session.add(
            Schedule(
                user_id=person.id,
                mail_account_id=account_id,
                kind=ScheduleKind.SYNC,
                next_due_at=now(),
            )
        )


@contextmanager
def streamed(server: Server, token: str, job_id: str) -> Iterator[httpx.Response]:
    with (
        server.client(token) as client,
        client.stream("GET", f"/api/runs/{job_id}/events", timeout=60) as answer,
    ):
        assert answer.status_code == 200
        yield answer


@pytest.mark.one_database
def test_a_server_streams_what_another_does(
    app_settings: Settings, db: None, models: Path, tmp_path: Path
) -> None:
    give_model(models, app_settings.data_dir)
    make_user("ana")
    one, other = Server(app_settings), Server(app_settings)
    path = write_mbox(tmp_path / "mail.mbox", generated_mails(40, seed=5))
    try:
        token = one.start().login("ana", PASSWORD)
        with one.client(token) as client:
            job_id = start_import(client, path)
            wait_until(lambda: look_at(client, job_id)["state"] != "queued", 20, "The import did not begin")
            other.start()
            seen = []
            with streamed(other, token, job_id) as answer:
                for line in answer.iter_lines():
                    if line.startswith("data:"):
                        seen.append(json.loads(line.removeprefix("data:")))
            final = look_at(client, job_id)
    finally:
        one.stop()
        other.stop()
    assert seen[-1]["state"] == final["state"] == "done"
    assert seen[-1]["processed"] == final["processed"] == 40
