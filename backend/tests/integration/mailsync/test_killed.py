"""A server that is killed in the middle of an import, and started again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import httpx
import psutil
import pytest

from app.core.settings import Settings
from tests.factories.accounts import PASSWORD
from tests.factories.imports import import_mails
from tests.factories.mailboxes import generated_mails, write_mbox
from tests.factories.server import Server, finish, look_at, start_import, wait_until
from tests.factories.states import outcomes_of, rows_of, state_of
from tests.integration.conftest import Person


def gone(processes: list[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes)


def has_come_to(client: httpx.Client, job_id: str, what: str, count: int) -> bool:
    run = look_at(client, job_id)
    done = int(run["processed"] if what == "processed" else run["result"].get(what, 0))
    return done >= count or run["state"] == "done"


def killed_at(settings: Settings, path: Path, *moments: tuple[str, int]) -> tuple[str, int]:
    """Import the mailbox, killing the server whenever the run has `processed` or `judged` so many messages.

    Returns the run's id and how many kills found it unfinished.
    """
    server = Server(settings)
    hits = 0
    try:
        token = server.start().login("ana", PASSWORD)
        with server.client(token) as client:
            job_id = start_import(client, path)
            for what, count in moments:
                wait_until(
                    partial(has_come_to, client, job_id, what, count),
                    90,
                    f"The import did not come to {count}",
                )
                hits += look_at(client, job_id)["state"] == "running"
                left = server.kill()
                assert left, "the pool was at work"
                wait_until(partial(gone, left), 10, "The pool outlived its server")
                server.start()
            run = finish(client, job_id)
        assert run["state"] == "done", run
        assert run["error"] is None
        return job_id, hits
    finally:
        server.stop()


@pytest.fixture
def undisturbed(ana: Person, bob: Person) -> list[bytes]:
    """Mails that Bob has imported in one go."""
    mails = generated_mails(400, seed=5)
    import_mails(bob.http, mails)
    return mails


def test_nothing_is_lost_and_nothing_doubled(
    ana: Person, bob: Person, undisturbed: list[bytes], app_settings: Settings, tmp_path: Path
) -> None:
    path = write_mbox(tmp_path / "mail.mbox", undisturbed)
    job_id, hits = killed_at(app_settings, path, ("processed", 30), ("judged", 210))
    assert hits == 2, "both kills must hit the import at work"
    assert outcomes_of(job_id) == {"stored": 400}
    found = state_of(ana.id)
    assert set(found.copies.values()) == {1}
    assert found == state_of(bob.id)
    ours, theirs = rows_of(ana.id), rows_of(bob.id)
    assert ours.pop("sessions") >= 1
    theirs.pop("sessions")
    assert ours == theirs
    assert not list((app_settings.data_dir / "uploads").iterdir())
