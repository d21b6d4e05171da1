"""Two servers on one PostgreSQL, without any Redis: who finds a turn due, who watches, and who is started anew."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.auth.models import User
from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings
from app.mail.gmail.credentials import StoredCredentials, seal
from app.mail.models import MailAccount, Provider
from app.mailsync.models import Schedule, ScheduleKind
from app.runs.models import Run, RunKind
from tests import servers
from tests.conftest import migrate
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.killed_syncs import ON_THEIR_WAY
from tests.factories.models import give_model
from tests.factories.server import Server, wait_until
from tests.factories.settings import make_settings
from tests.fakes.google import READ_SCOPE, FakeGoogle
from tests.fakes.google_mails import generate_mailbox
from tests.fakes.google_oauth import CLIENT_ID, CLIENT_SECRET
from tests.integration.mailsync.conftest import ADDRESS
from tests.integration.mailsync.faults.comparing import assert_same, wanted

SLOW_S = 0.3  # a request of four mails, so that there is a way to be started anew on


@pytest.fixture
def app_settings(servers_folder: Path, google: FakeGoogle, tmp_path: Path) -> Iterator[Settings]:
    url = servers.create_database(servers_folder, servers.postgres_template(servers_folder, migrate))
    fields: dict[str, Any] = {name.lower(): value for name, value in google.environment().items()}
    yield make_settings(
        url,
        tmp_path / "data",
        runner="inprocess",
        sync_runner="inprocess",
        sync_interval_minutes=5,
        gmail_sync_scope="all",
        **fields,
    )
    servers.drop_database(url)


def connected(user: User, google: FakeGoogle, settings: Settings) -> int:
    """The id of an account that opens the mailbox, and whose mail is to be read now."""
    tokens = google.credentials(ADDRESS)
    payload = StoredCredentials(
        token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        token_uri=f"{google.url}/token",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        scopes=(READ_SCOPE,),
        expires_at=now() + timedelta(hours=1),
    ).to_json()
    account = MailAccount(
        user_id=user.id,
        provider=Provider.GMAIL,
        address=ADDRESS,
        credentials=seal(payload, settings),
        scopes=[READ_SCOPE],
        created_at=now(),
    )
    with database.transaction() as session:
        session.add(account)
        session.flush()
        due = Schedule(user_id=user.id, mail_account_id=account.id, kind=ScheduleKind.SYNC, next_due_at=now())
        session.add(due)
    return account.id


def syncs() -> list[Run]:
    with database.read_session() as session:
        return list(session.scalars(select(Run).where(Run.kind == RunKind.SYNC)))


def processed() -> int:
    return syncs()[0].processed


def watch(server: Server, token: str, job_id: str, until: int) -> list[int]:
    """What the stream of that server tells of the run, until so much of it is done."""
    told: list[int] = []
    with (
        server.client(token) as client,
        client.stream("GET", f"/api/runs/{job_id}/events", timeout=60) as answer,
    ):
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if line.startswith("data:"):
                told.append(json.loads(line.removeprefix("data:"))["processed"])
                if told[-1] >= until:
                    break
    return told


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_one_sync_two_servers_and_each_started_anew(
    app_settings: Settings, db: None, models: Path, google: FakeGoogle
) -> None:
    box = google.adopt(generate_mailbox(130, 7, ADDRESS, until=time.time()))
    google.faults.set(latency_s=SLOW_S)
    give_model(models, app_settings.data_dir)
    account = connected(make_user("ana"), google, app_settings)
    pace = {
        "GMAIL_BATCH_SIZE": "4",
        "GMAIL_MAX_CONCURRENT_BATCHES": "1",
        "GMAIL_QUOTA_UNITS_PER_MINUTE": "0",
        "GMAIL_SYNC_SCOPE": "all",
        **google.environment(),
    }
    both = [Server(app_settings, largest_file=None, **pace) for _ in range(2)]
    try:
        with ThreadPoolExecutor() as pool:  # both look at the schedule as they start
            list(pool.map(Server.start, both))
        wait_until(lambda: bool(syncs()), 40, "No turn was started")
        wait_until(lambda: processed() >= 4, 90, "The sync did not begin")
        holder = str(syncs()[0].holder)
        doing, other = sorted(both, key=lambda server: not holder.endswith(f":{server.pid}"))
        assert holder.endswith(f":{doing.pid}")
        told = watch(other, other.login("ana", PASSWORD), syncs()[0].id, until=processed() + 8)
        assert told == sorted(told), "what a server tells of another's work goes forward"

        for server in (doing, other):  # a new version is rolled out, one server after the other
            before = processed()
            assert syncs()[0].state in ("running", "queued"), "it must be under way still"
            server.stop()
            wait_until(lambda before=before: processed() > before, 60, "Nobody went on")  # type: ignore[misc]
            server.start()
        google.faults.set(latency_s=0.0)
        wait_until(lambda: syncs()[0].state not in ("running", "queued"), 120, "The sync did not end")
    finally:
        for server in both:
            server.stop()
    (run,) = syncs()
    assert (run.state, run.errors, run.attempt) == ("done", 0, 0)
    assert_same(box, account)
    asked = google.faults.calls["messages.get"]
    assert asked <= len(wanted(box)) + 2 * ON_THEIR_WAY, "what was stored is not fetched again"
