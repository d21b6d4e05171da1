"""5,000 mails are synced by Celery workers on PostgreSQL and Redis while each part is killed in turn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.core import db as database
from app.core.settings import Settings
from app.mail.models import EmailSource
from app.runs.models import ACTIVE, Run
from tests.conftest import migrate
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.models import give_model
from tests.factories.own_postgres import OwnPostgres
from tests.factories.server import Server, wait_until
from tests.factories.settings import make_settings
from tests.factories.states import state_of
from tests.factories.worker import Broker, CeleryProcess
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mails import generate_mailbox
from tests.integration.mailsync.conftest import ADDRESS, google
from tests.integration.mailsync.faults.comparing import assert_same
from tests.integration.mailsync.test_several_servers import connected

__all__ = ["google"]
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]
MAILS = 5_000
DAYS = 3_600
LATENCY_S, SLOW_S = 0.03, 2.0
AWAY_S = 5.0  # Redis and PostgreSQL stay away for so long
UNITS = 120_000  # a minute, for both readers of the mailbox together


@pytest.fixture
def postgres() -> Iterator[OwnPostgres]:
    own = OwnPostgres()
    try:
        yield own.start()
    finally:
        own.remove()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    folder = tmp_path / "broker"
    folder.mkdir()
    own = Broker(folder).start()
    yield own
    own.stop()


@pytest.fixture
def app_settings(postgres: OwnPostgres, broker: Broker, tmp_path: Path) -> Settings:
    migrate(postgres.url)
    return make_settings(
        postgres.url, tmp_path / "data", redis_url=broker.url, runner="celery", sync_runner="celery"
    )


def stored() -> int:
    """Messages of all accounts; -1 while nobody can tell."""
    try:
        with database.read_session() as session:
            return len(session.scalars(select(EmailSource.id)).all())
    except (DBAPIError, psycopg.Error):
        return -1


def active() -> list[Run]:
    try:
        with database.read_session() as session:
            return list(session.scalars(select(Run).where(Run.state.in_(ACTIVE))))
    except (DBAPIError, psycopg.Error):
        return [Run()]


def start_sync(server: Server, username: str) -> None:
    with server.client(server.login(username, PASSWORD)) as client:
        assert client.post("/api/sync-emails").status_code == 202


def test_each_part_is_killed_in_turn(
    app_settings: Settings,
    postgres: OwnPostgres,
    broker: Broker,
    db: None,
    models: Path,
    google: FakeGoogle,
) -> None:
    """Afterwards the database holds the mailbox, message by message, for both who read it; they shared its quota."""
    box = google.adopt(generate_mailbox(MAILS, 7, ADDRESS, until=time.time()))
    google.faults.set(latency_s=LATENCY_S, units_per_minute=UNITS, window="bucket")
    give_model(models, app_settings.data_dir)
    people = [make_user(name) for name in ("ana", "bob")]
    accounts = [connected(person, google, app_settings) for person in people]
    variables = {
        "GMAIL_SYNC_SCOPE": "all",
        "GMAIL_FULL_SYNC_DAYS_BACK": str(DAYS + 10),
        "GMAIL_FULL_SYNC_MAX_PER_QUERY": "0",
        "GMAIL_QUOTA_UNITS_PER_MINUTE": str(UNITS),
        **google.environment(),
    }
    servers = [Server(app_settings, largest_file=None, **variables) for _ in range(2)]
    workers = [CeleryProcess(app_settings, tests=False, variables=variables) for _ in range(2)]
    beat = CeleryProcess(app_settings, "beat", variables=variables)
    parts: list[Server | CeleryProcess] = [*servers, *workers, beat]
    try:
        for part in parts:
            part.start()
        for server, person in zip(servers, people, strict=True):
            start_sync(server, person.username)
        for number, struck in enumerate([*parts, broker, postgres]):
            goal = (number + 1) * 2 * MAILS // 10
            wait_until(lambda goal=goal: stored() >= goal, 1800, f"It never stored {goal}")  # type: ignore[misc]
            assert active(), "it must be under way still"
            strike(struck, google)
        wait_until(lambda: not active(), 1800, "The syncs did not end")
        assert httpx.get(f"{servers[0].url}/api/v1/health/ready").json()["status"] == "ok"
    finally:
        for part in parts:
            part.stop()
    with database.read_session() as session:
        runs = session.scalars(select(Run)).all()
    assert {run.state for run in runs} == {"done"}
    for account in accounts:
        assert_same(box, account, days=DAYS)
    ours, theirs = (state_of(person.id) for person in people)
    assert set(ours.copies.values()) == {1}
    assert ours == theirs
    gets = google.faults.calls["messages.get"] + google.faults.calls["threads.get"]
    assert google.faults.refused <= gets * 0.02, "one quota for all processes"


def strike(part: Server | CeleryProcess | Broker | OwnPostgres, google: FakeGoogle) -> None:
    """SIGKILL in the middle of the work; Google is slow while the part comes back, so that some work is left for it.
    What the others only connect to is away for a while."""
    if isinstance(part, Broker):
        part.stop()
    else:
        part.kill()
    if isinstance(part, Broker | OwnPostgres):
        time.sleep(AWAY_S)
    google.faults.set(latency_s=SLOW_S)
    part.start()
    google.faults.set(latency_s=LATENCY_S)
