"""The command line, in this process: users, backup, the description of the API."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main
from app.core import db as database
from app.core.settings import Settings, use_settings
from app.main import create_app
from tests.factories.accounts import PASSWORD, bearer, client_from, make_user, token_of


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


@pytest.mark.parametrize(
    ("action", "username", "password", "sentence"),
    [
        ("create", "ada", PASSWORD, "This username is taken"),
        ("create", "ada lovelace", PASSWORD, "no spaces"),
        ("create", "carol", "short", "10 to 256 characters"),
        ("password", "nobody", PASSWORD, "no such user"),
        ("promote", "nobody", "", "no such user"),
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
