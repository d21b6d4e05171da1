"""A small mailbox of the last weeks, and an account that reads all of it in one run."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import pytest

from app.core import db
from app.core.settings import Settings
from app.mailsync.models import SyncState
from tests.factories.imports import feed, items, run_of
from tests.factories.states import state_of
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect, sync
from tests.integration.mailsync.faults.comparing import assert_same, wanted

SPEED = 20


@dataclass(frozen=True)
class Case:
    """A person, their Gmail account, and the mailbox behind it."""

    person: Person
    account: int
    google: FakeGoogle
    box: Mailbox

    def sync(self, **params: Any) -> dict[str, Any]:
        return sync(self.person, **params)

    def start(self, path: str, json: dict[str, Any] | None = None, **params: Any) -> dict[str, Any]:
        """The run that this endpoint started, once it has ended."""
        answer = self.person.http.post(path, params=params, json=json)
        assert answer.status_code == 202, answer.text
        return self.run(answer.json()["job_id"])

    def run(self, job_id: str) -> dict[str, Any]:
        return run_of(self.person.http, job_id)

    def runs(self, kind: str) -> list[dict[str, Any]]:
        """All runs of this kind, newest first."""
        return items(self.person.http, "/api/runs", kind=kind)

    def lines(self, run: dict[str, Any], **params: Any) -> list[dict[str, Any]]:
        """The ledger of a run."""
        return feed(self.person.http, f"/api/runs/{run['job_id']}/messages", **params)

    def check(self, without: frozenset[str] = frozenset()) -> None:
        """Everything is here, and no application twice."""
        assert_same(self.box, self.account, without=without)
        assert set(state_of(self.person.id).copies.values()) <= {1}

    @property
    def ids(self) -> list[str]:
        return sorted(wanted(self.box))

    @property
    def state(self) -> SyncState:
        with db.read_session() as session:
            found = session.get(SyncState, self.account)
        assert found is not None
        return found


@pytest.fixture(autouse=True)
def fast_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting passes twenty times as fast, for Jobtrail and its Google alike."""
    sleep, monotonic, began = time.sleep, time.monotonic, time.monotonic()
    monkeypatch.setattr(time, "sleep", lambda seconds: sleep(seconds / SPEED))
    monkeypatch.setattr(time, "monotonic", lambda: began + (monotonic() - began) * SPEED)


@pytest.fixture
def case(ana: Person, google: FakeGoogle, app_settings: Settings) -> Case:
    app_settings.gmail_sync_scope = "all"
    app_settings.gmail_quota_units_per_minute = 0
    box = google.adopt(generate_mailbox(40, 4, ADDRESS, until=time.time()))
    return Case(ana, connect(ana), google, box)
