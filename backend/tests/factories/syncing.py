"""A Jobtrail in a folder with one connected Gmail account, and a fake Google in a process of its own."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count, repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from app import wiring
from app.auth import service as users
from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.migrate import upgrade
from app.core.settings import Settings, use_settings
from app.mail.connections import open_source
from app.mail.gmail import quota
from app.mail.gmail.credentials import StoredCredentials, seal
from app.mail.models import MailAccount, Provider
from app.mail.sources import MessageRef, Search, Tier
from app.mailsync import service
from app.runs import executors, pool
from app.runs import repository as runs
from app.runs.models import ACTIVE, Run
from tests import servers
from tests.factories.accounts import make_user
from tests.factories.models import give_model
from tests.factories.settings import make_settings
from tests.fakes.google import READ_SCOPE
from tests.fakes.google_oauth import CLIENT_ID, CLIENT_SECRET
from tests.house import BACKEND

ADDRESS = "ana.testperson@example.com"
NO_QUOTA = {"gmail_quota_units_per_minute": 0}
EVERYTHING = Search(Tier.REST)


class Google:
    """The fake in another process, so that its work does not count as ours."""

    def __init__(self, messages: int, *, latency_s: float = 0.0, threads: int = 0, seed: int = 1) -> None:
        given = {
            "--port": 0,
            "--messages": messages,
            "--seed": seed,
            "--latency": latency_s,
            "--threads": threads,
        }
        command = [
            sys.executable,
            "-m",
            "tests.fakes.google",
            *(str(x) for pair in given.items() for x in pair),
        ]
        self._process = subprocess.Popen(command, cwd=BACKEND, stdout=subprocess.PIPE, text=True)
        self.variables: dict[str, str] = {}
        assert self._process.stdout is not None
        for line in self._process.stdout:
            name, _, value = line.strip().partition("=" if "=" in line else " ")
            if name == "ready":
                self.url = value
                break
            self.variables[name] = value.strip("'")

    def control(self, name: str, content: bytes = b"", **query: str) -> Any:
        """POST to the control endpoint of that name; its JSON answer."""
        answer = httpx.post(f"{self.url}/__fake/{name}", params=query, content=content, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def plan(self, **fields: Any) -> None:
        """Set fields of its FaultPlan."""
        httpx.post(f"{self.url}/__fake/plan", json=fields, timeout=30).raise_for_status()

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.url}/__fake/state", timeout=30).json()
        return found

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        if self._process.stdout is not None:
            self._process.stdout.close()


@dataclass(frozen=True)
class Stage:
    """Everything a measured sync needs."""

    google: Google
    settings: Settings
    user: User
    account_id: int

    @property
    def account(self) -> MailAccount:
        with db.read_session() as session:
            return session.get_one(MailAccount, self.account_id)

    def start(self, **params: Any) -> str:
        """Queue a sync; its run's id."""
        with db.transaction() as session:
            user = users.find_user(session, self.user.username)
            return service.start_sync(session, user, **params).id

    def sync(self, seconds: float = 3600, **params: Any) -> Run:
        """The run of a sync in this process, once it has ended."""
        return finished(self.start(**params), seconds)


def finished(run_id: str, seconds: float) -> Run:
    """The run once it has ended. AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        with db.read_session() as session:
            run = runs.load(session, run_id)
        assert run is not None
        if run.state not in ACTIVE:
            return run
        assert time.monotonic() < deadline, run.message
        time.sleep(0.02)


@contextmanager
def staged(folder: Path, google: Google, models: Path, *, url: str = "", **fields: object) -> Iterator[Stage]:
    """A new Jobtrail below `folder` with Ana's mailbox connected; `fields` are settings."""
    given: Mapping[str, object] = {
        **{name.lower(): value for name, value in google.variables.items()},
        "runner": "inprocess",
        "sync_runner": "inprocess",
        **fields,
    }
    settings = make_settings(url or f"sqlite:///{folder / 'jobtrail.db'}", folder / "data", **given)
    use_settings(settings)
    settings.ensure_secrets()
    give_model(models, settings.data_dir)
    upgrade(settings)
    db.configure(settings)
    try:
        user = make_user("ana")
        account = MailAccount(
            user_id=user.id,
            provider=Provider.GMAIL,
            address=ADDRESS,
            credentials=seal(_payload(google), settings),
            scopes=[READ_SCOPE],
            created_at=now(),
        )
        with db.transaction() as session:
            session.add(account)
        yield Stage(google, settings, user, account.id)
    finally:
        db.dispose()


@contextmanager
def databases(*, postgres: bool) -> Iterator[Iterator[str]]:
    """Addresses of empty databases, one after the other: of a PostgreSQL that ends with the block, or nothing,
    which means a SQLite file."""
    if not postgres:
        yield repeat("")
        return
    folder = servers.new_session_folder()
    try:
        yield (servers.create_database(folder, "template0") for _ in count())
    finally:
        servers.stop_servers(folder)


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    """Runs are done in this process, with its pool, until the block ends."""
    wiring.connect()
    executors.start(settings)
    try:
        yield
    finally:
        executors.stop()
        with contextlib.suppress(Exception):
            pool.stop()


def _payload(google: Google) -> bytes:
    tokens = google.control("tokens", address=ADDRESS)
    return StoredCredentials(
        token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        token_uri=f"{google.url}/token",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        scopes=(READ_SCOPE,),
        expires_at=now() + timedelta(hours=1),
    ).to_json()


@contextmanager
def running(google: Google) -> Iterator[Google]:
    try:
        yield google
    finally:
        google.stop()


@contextmanager
def minutes(seconds: float) -> Iterator[None]:
    """Google's minute takes so long on our side of the scaled clock."""
    before = quota.TARIFFS
    scaled = {name: replace(tariff, minute_s=seconds) for name, tariff in before.items()}
    quota.TARIFFS = MappingProxyType(scaled)
    try:
        yield
    finally:
        quota.TARIFFS = before


def listed(stage: Stage) -> list[MessageRef]:
    """Everything in the mailbox, newest first."""
    free = stage.settings.model_copy(update=NO_QUOTA)
    with closing(open_source(free, stage.account, lambda: False)) as source:
        return [ref for page in source.list_ids(EVERYTHING) for ref in page]


def best_mix(refs: Iterable[MessageRef], tariff: quota.Tariff) -> int:
    """Units of the cheapest gets and thread gets that bring all of these."""
    sizes = Counter(ref.thread_id for ref in refs)
    message, thread = tariff.prices["messages.get"], tariff.prices["threads.get"]
    return sum(min(size * message, thread) for size in sizes.values())
