"""A restore that is cut short: it goes on where it stopped, or nothing of it stays."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.auth.models import User
from app.core import db
from app.core.settings import Settings
from app.portability import tasks
from app.portability.archive import restoring
from app.runs import repository, service
from app.runs.execution import execute
from app.runs.models import Run
from tests.factories.accounts import bearer, client_from, make_user, token_of
from tests.factories.archives import download, keys_hold, uploads_left, without_ids
from tests.factories.imports import import_mails
from tests.factories.mailboxes import generated_mails
from tests.factories.models import give_model
from tests.factories.states import rows_of

assert tasks  # registers how the run is done: no server is started here
A_FEW = 3  # looks at whether to stop: one before each portion of rows


@dataclass(frozen=True)
class Home:
    """Bob's empty account, an archive, and the run that is to restore it."""

    user: User
    archive: bytes
    run_id: str
    rows: dict[str, int]

    def run(self) -> Run:
        with db.read_session() as session:
            found = repository.load(session, self.run_id)
        assert found is not None
        return found

    def rows_besides_the_run(self) -> dict[str, int]:
        """What is computed when any run ends is left out."""
        besides = {"runs", "response_estimates"}
        return {name: amount for name, amount in rows_of(self.user.id).items() if name not in besides}


@pytest.fixture
def home(app: FastAPI, app_settings: Settings, models: Path) -> Home:
    give_model(models, app_settings.data_dir)
    make_user("ana")
    with client_from(app) as client:
        client.headers.update(bearer(token_of(client, "ana")))
        import_mails(client, generated_mails(12, seed=4))
        archive = download(client)
    bob = make_user("bob")
    rows = rows_of(bob.id)
    path = app_settings.data_dir / "uploads" / "here.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(archive)
    with db.transaction() as session:
        run_id = restoring.start(session, bob, path).id
    return Home(bob, archive, run_id, rows)


def after(looks: int, then: Callable[[], bool] = lambda: True) -> Callable[[], bool]:
    """What a run asks before each step: `then` from the so many-th time on."""
    asked = count(1)
    return lambda: next(asked) >= looks and then()


def test_it_goes_on_where_it_stopped(home: Home, app: FastAPI, app_settings: Settings) -> None:
    seen = []
    while home.run().state == "queued":
        execute(home.run_id, after(A_FEW))
        seen.append(home.run().processed)
        assert len(seen) < 50
    assert (home.run().state, home.run().error_detail) == ("done", None)
    assert len(set(seen)) > 4, "it was interrupted in several places"
    assert seen == sorted(seen)
    with client_from(app) as client:
        client.headers.update(bearer(token_of(client, "bob")))
        again = download(client)
    rows = without_ids(again)
    rows["runs"] = [row for row in rows["runs"] if row["kind"] != "restore"]
    assert rows == without_ids(home.archive)
    assert keys_hold(again)
    assert uploads_left(app_settings) == []


@pytest.mark.one_database
def test_canceled_in_the_middle_nothing_of_it_stays(home: Home, app_settings: Settings) -> None:
    def cancel() -> bool:
        with db.transaction() as session:
            service.cancel(session, repository.get(session, home.user.id, home.run_id))
        time.sleep(0.3)  # the run looks four times a second
        return False

    execute(home.run_id, after(A_FEW))
    assert home.rows_besides_the_run() != home.rows, "some of it is there"
    execute(home.run_id, after(A_FEW, cancel))
    assert home.run().state == "canceled"
    assert home.rows_besides_the_run() == home.rows
    assert uploads_left(app_settings) == []


@pytest.mark.one_database
def test_canceled_while_it_waits_nothing_of_it_stays(home: Home, app_settings: Settings) -> None:
    execute(home.run_id, after(A_FEW))
    assert home.rows_besides_the_run() != home.rows
    with db.transaction() as session:
        service.cancel(session, repository.get(session, home.user.id, home.run_id))
    assert home.run().state == "canceled"
    restoring.take_back_left_over()
    assert home.rows_besides_the_run() == home.rows
    assert uploads_left(app_settings) == []
    restoring.take_back_left_over()
