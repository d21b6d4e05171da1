"""A disk without room, while a mailbox is uploaded, while it is read, and while a connected one is synced."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.core import db
from app.core.settings import Settings
from app.mailsync.models import SyncState
from tests.factories.accounts import PASSWORD
from tests.factories.mailboxes import generated_mails, write_mbox
from tests.factories.mails import make_mail, make_mbox
from tests.factories.server import finish, look_at, serving, start_import, wait_until
from tests.factories.states import outcomes_of, rows_of, state_of
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect
from tests.integration.mailsync.faults.comparing import assert_same

ROOM = 6_000_000  # no file of the server may grow beyond; an empty SQLite database has 0.4 MB


def big_mbox() -> bytes:
    return make_mbox([make_mail("Words. " * 30_000, message_id=f"<{n}@x.example>") for n in range(45)])


@pytest.mark.timeout(180)
def test_an_upload_that_does_not_fit(ana: Person, app_settings: Settings, tmp_path: Path) -> None:
    before = rows_of(ana.id)
    with (
        serving(app_settings, largest_file=ROOM) as server,
        server.client(server.login("ana", PASSWORD)) as client,
    ):
        answer = client.post("/api/imports/mail", files={"file": ("big.mbox", big_mbox())})
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        assert (answer.status_code, answer.json()["code"]) == (507, "storage.full")
        assert list((app_settings.data_dir / "uploads").glob("*")) == []
        job_id = start_import(client, write_mbox(tmp_path / "small.mbox", generated_mails(10)))
        assert finish(client, job_id)["state"] == "done", "what fits is taken"
    after = rows_of(ana.id)
    assert after.pop("emails") == 10
    assert after["runs"] == 1
    assert "runs" not in before


@pytest.mark.timeout(180)
def test_a_database_that_can_not_grow(ana: Person, app_settings: Settings, tmp_path: Path) -> None:
    """What was read is kept, and the run goes on when there is room again."""
    if not app_settings.is_sqlite:
        assert app_settings.database_url.startswith("postgresql"), "its files are not the server's"
        return
    path = write_mbox(tmp_path / "mail.mbox", generated_mails(300, seed=8))
    size = Path(app_settings.database_url.removeprefix("sqlite:///")).stat().st_size
    with (
        serving(app_settings, largest_file=size + 600_000) as server,
        server.client(server.login("ana", PASSWORD)) as client,
    ):
        job_id = start_import(client, path)
        wait_until(lambda: "The disk is full" in server.log.read_text(), 60, "It never filled the disk")
        assert look_at(client, job_id)["state"] in {"running", "error"}
    kept = outcomes_of(job_id)["stored"]
    assert 0 < kept < 300
    with serving(app_settings) as server, server.client(server.login("ana", PASSWORD)) as client:
        run = finish(client, job_id)
        if run["state"] == "error":  # there was just room enough to say so
            assert run["error"]["code"] == "storage.full"
            again = client.post(f"/api/runs/{job_id}/retry").json()["job_id"]
            run = finish(client, again)
    assert run["state"] == "done", run
    assert rows_of(ana.id)["emails"] == 300
    assert set(state_of(ana.id).copies.values()) == {1}


@pytest.mark.timeout(180)
def test_a_sync_that_fills_the_disk(ana: Person, google: FakeGoogle, app_settings: Settings) -> None:
    """The cursor stays behind, and once there is room the mailbox is read to its end."""
    if not app_settings.is_sqlite:
        assert app_settings.database_url.startswith("postgresql"), "its files are not the server's"
        return
    box = google.adopt(generate_mailbox(250, 4, ADDRESS, until=time.time()))
    account = connect(ana)
    everything = {"GMAIL_SYNC_SCOPE": "all", "GMAIL_QUOTA_UNITS_PER_MINUTE": "0"} | google.environment()
    size = Path(app_settings.database_url.removeprefix("sqlite:///")).stat().st_size
    with (
        serving(app_settings, largest_file=size + 600_000, **everything) as server,
        server.client(server.login("ana", PASSWORD)) as client,
    ):
        job_id = client.post("/api/sync-emails").json()["job_id"]
        wait_until(lambda: "The disk is full" in server.log.read_text(), 60, "It never filled the disk")
        assert look_at(client, job_id)["state"] in {"running", "error"}
    with db.read_session() as session:
        state = session.get(SyncState, account)
    assert state is None or state.last_synced_at is None
    assert 0 < rows_of(ana.id)["emails"] < len(box.messages)
    with (
        serving(app_settings, largest_file=None, **everything) as server,
        server.client(server.login("ana", PASSWORD)) as client,
    ):
        run = finish(client, job_id)
        if run["state"] == "error":  # there was just room enough to say so
            assert run["error"]["code"] == "storage.full"
            run = finish(client, client.post("/api/sync-emails").json()["job_id"])
    assert run["state"] == "done", run
    assert_same(box, account)
    assert set(state_of(ana.id).copies.values()) == {1}
