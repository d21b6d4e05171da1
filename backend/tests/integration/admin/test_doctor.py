"""The doctor: what it says when all is well, and about everything that may be wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import time_machine
from pydantic import SecretStr

from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings
from app.mail import repository as mail
from tests.factories.accounts import bearer, token_of
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount
from tests.integration.conftest import Person
from tests.integration.imap.conftest import connect as connect_imap
from tests.integration.mailsync.conftest import ADDRESS, connect

ALL_WELL = {
    "database": "ok",
    "disk": "ok",
    "files": "ok",
    "google.client": "ok",
    "google.redirect": "ok",
    "clock": "ok",
    "gmail.access": "ok",
    "gmail.scopes": "ok",
    "gmail.age": "ok",
}

OF_THIS_MACHINE = {"page", "backup"}  # whether the page is built and pg_dump is there; see the last tests


def examine(person: Person) -> dict[str, dict[str, Any]]:
    """The doctor's findings by code."""
    answer = person.http.get("/api/doctor")
    assert answer.status_code == 200, answer.text
    found = {item["code"]: item for item in answer.json()["items"]}
    for item in found.values():
        assert item["sentence"].endswith(".")
        assert item["status"] == "ok" or item["action"].endswith(".")
    levels = {item["status"] for item in found.values()}
    assert answer.json()["status"] == next((s for s in ("fail", "warn") if s in levels), "ok")
    return {code: item for code, item in found.items() if code not in OF_THIS_MACHINE}


def levels(person: Person) -> dict[str, str]:
    return {code: item["status"] for code, item in examine(person).items()}


def set_client(settings: Settings, google: FakeGoogle, **changes: Any) -> None:
    client = google.client_json()
    client["web"] |= changes
    settings.gmail_credentials_json = SecretStr(json.dumps(client))


def test_all_is_well(ana: Person, box: Mailbox) -> None:
    account_id = connect(ana)
    found = examine(ana)
    assert {code: item["status"] for code, item in found.items()} == ALL_WELL
    assert found["gmail.access"]["mail_account_id"] == account_id
    assert found["database"]["mail_account_id"] is None
    assert "http://localhost:8000/api/gmail/callback" in found["google.redirect"]["sentence"]


def test_others_see_their_own_accounts_only(ana: Person, bob: Person, box: Mailbox) -> None:
    connect(ana)
    assert examine(bob) == {}
    connect(bob)
    assert set(examine(bob)) == {"gmail.access", "gmail.scopes", "gmail.age"}
    assert ana.http.get("/api/doctor", headers={"Authorization": ""}).status_code == 401


def test_the_api_is_off(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    connect(ana)
    google.faults.set(request_shares={"off": 1.0})
    found = examine(ana)["gmail.access"]
    assert found["status"] == "fail"
    assert "Enable the Gmail API" in found["action"]


def test_a_connection_that_google_ended(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    connect(ana)
    google.oauth.revoke_address(ADDRESS)
    google.oauth.expire_access_tokens()
    found = examine(ana)
    assert (found["gmail.access"]["status"], "gmail.age" in found) == ("fail", False)
    assert "Connect the account again" in found["gmail.access"]["action"]
    ended = connect(ana)
    assert levels(ana) == ALL_WELL
    with database.transaction() as session:
        mail.mark_reauth(session, ended)
    assert levels(ana)["gmail.access"] == "fail"


def test_a_permission_that_is_missing(ana: Person, box: Mailbox) -> None:
    account_id = connect(ana)
    with database.transaction() as session:
        mail.get_account(session, ana.id, account_id).scopes = ["openid"]
    found = examine(ana)["gmail.scopes"]
    assert (found["status"], "box for Gmail ticked" in found["action"]) == ("fail", True)


def test_google_asks_to_wait_or_is_not_there(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    connect(ana)
    google.faults.set(request_shares={"403": 1.0}, retry_after_s=600.0)
    assert levels(ana)["gmail.access"] == "warn"
    google.stop()
    found = examine(ana)
    assert found["gmail.access"]["status"] == "warn"
    assert "network" in found["gmail.access"]["action"]
    assert "clock" not in found, "whose clock nobody told is not judged"
    google.__init__()  # type: ignore[misc]  # the fixture stops it once more
    google.start()


def test_the_date_on_which_a_connection_in_testing_dies(
    clock: time_machine.Traveller, ana: Person, google: FakeGoogle, box: Mailbox
) -> None:
    google.faults.set(token_life_s=30 * 86_400)
    connect(ana)
    first = examine(ana)["gmail.age"]
    assert first["status"] == "ok"
    assert "in testing, Google ends this on 9 March 2026 at 09:00 UTC" in first["sentence"]
    clock.shift(timedelta(days=5, hours=12))
    near = examine(ana)["gmail.age"]
    assert (near["status"], "Publish the app" in near["action"]) == ("warn", True)
    clock.shift(timedelta(days=2))
    ana.http.headers.update(bearer(token_of(ana.http, "ana")))
    assert "outlived" in examine(ana)["gmail.age"]["sentence"]
    clock.shift(timedelta(days=1))
    connect(ana)
    assert "ends this on 17 March 2026" in examine(ana)["gmail.age"]["sentence"], "consent counts anew"


def test_a_mailbox_over_imap(ana: Person) -> None:
    with FakeImap(ImapAccount()) as server:
        account_id = connect_imap(ana, server)
        found = examine(ana)["imap.access"]
        assert (found["status"], found["mail_account_id"]) == ("ok", account_id)
        server.faults.login_says = "[AUTHENTICATIONFAILED] Invalid credentials"
        found = examine(ana)["imap.access"]
        assert (found["status"], "app password" in found["action"]) == ("fail", True)
    found = examine(ana)["imap.access"]
    assert (found["status"], "name and port" in found["action"]) == ("fail", True)


def test_renewed_credentials_are_kept(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    account_id = connect(ana)

    def stored() -> bytes | None:
        with database.read_session() as session:
            return mail.get_account(session, ana.id, account_id).credentials

    before = stored()
    google.faults.set(rotate_refresh_tokens=True)
    google.oauth.expire_access_tokens()
    assert levels(ana) == ALL_WELL
    assert stored() != before
    google.oauth.expire_access_tokens()
    assert levels(ana) == ALL_WELL, "the first refresh token is dead by now"


def test_clients_that_will_not_do(
    ana: Person, app_settings: Settings, google: FakeGoogle, box: Mailbox
) -> None:
    for changes, code, level, said in (
        ({"redirect_uris": ["http://localhost:9000/x"]}, "google.redirect", "warn", "localhost:9000/x"),
        ({"redirect_uris": []}, "google.redirect", "warn", "names none"),
        ({"client_secret": ""}, "google.client", "fail", "lacks `client_secret`"),
    ):
        set_client(app_settings, google, **changes)
        found = examine(ana)[code]
        assert (found["status"], said in found["sentence"]) == (level, True), found
    app_settings.gmail_credentials_json = SecretStr("")
    assert levels(ana) == {"database": "ok", "disk": "ok", "files": "ok", "google.client": "ok"}
    set_client(app_settings, google)
    connect(ana)
    app_settings.gmail_credentials_json = SecretStr("")
    assert levels(ana)["google.client"] == "fail", "somebody needs it"


def test_addresses_that_google_returns_people_to(
    ana: Person, app_settings: Settings, google: FakeGoogle
) -> None:
    client = google.client_json("installed")
    client["installed"]["redirect_uris"] = ["http://localhost"]
    app_settings.gmail_credentials_json = SecretStr(json.dumps(client))
    assert levels(ana)["google.redirect"] == "ok", "a desktop client may return to any loopback address"
    app_settings.public_url = "http://jobs.example.com"
    found = examine(ana)["google.redirect"]
    assert (found["status"], "https" in found["sentence"]) == ("fail", True)


@contextmanager
def clock_that_says(seconds_ahead: int) -> Iterator[str]:
    """A token endpoint whose clock is wrong, or ours is."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(405)
            self.end_headers()

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(now().timestamp() + seconds_ahead)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the standard library's name)
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/token"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def test_clocks_that_disagree(ana: Person, app_settings: Settings, google: FakeGoogle) -> None:
    for ahead, level, said in (
        (0, "ok", "agrees with"),
        (-100, "warn", "seconds ahead of"),
        (3600, "fail", "60 minutes behind"),
    ):
        with clock_that_says(ahead) as address:
            set_client(app_settings, google, token_uri=address)
            found = examine(ana)["clock"]
        assert (found["status"], said in found["sentence"]) == (level, True), found


def test_a_disk_that_fills_up(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    for free, status in ((500_000_000, "warn"), (50_000_000, "fail")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: usage._replace(free=free))
        assert levels(ana)["disk"] == status


def test_redis_and_workers_where_they_are_configured(
    ana: Person, app_settings: Settings, redis_url: str
) -> None:
    app_settings.redis_url = redis_url
    assert levels(ana)["redis"] == "ok"
    app_settings.runner = ""
    found = examine(ana)
    assert (found["worker"]["status"], "make worker" in found["worker"]["action"]) == ("fail", True)
    app_settings.redis_url = "redis://127.0.0.1:1/0"
    found = examine(ana)
    assert (found["redis"]["status"], found["worker"]["status"]) == ("fail", "fail")
    assert "broker does not answer" in found["worker"]["sentence"]


def test_a_folder_that_others_may_look_into_is_told(ana: Person, app_settings: Settings) -> None:
    app_settings.data_dir.chmod(0o755)
    found = examine(ana)["files"]
    assert (found["status"], "chmod 700" in found["action"]) == ("warn", True)
    app_settings.data_dir.chmod(0o700)
    assert examine(ana)["files"]["status"] == "ok"


def test_a_postgres_without_its_programs_is_told(
    ana: Person, app_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[str]:
        items = ana.http.get("/api/doctor").json()["items"]
        return [item["status"] for item in items if item["code"] == "backup"]

    monkeypatch.setenv("PATH", str(tmp_path))
    assert told() == ([] if app_settings.is_sqlite else ["warn"])
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert told() == ([] if app_settings.is_sqlite else ["ok"])
