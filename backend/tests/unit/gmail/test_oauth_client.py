"""The OAuth client's JSON, and the beginning of a connection: no network."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.settings import Settings
from app.mail.gmail.errors import (
    ConsentDenied,
    ExchangeFailed,
    GmailClientInvalid,
    GmailNotConfigured,
    RedirectInsecure,
)
from app.mail.gmail.oauth import READ_SCOPE, authorization, client_config, refused
from tests.factories.settings import make_settings

LOOPBACK = "http://localhost:8000/api/gmail/callback"
CLIENT = {
    "client_id": "one.example",
    "client_secret": "quiet",
    "auth_uri": "https://accounts.example/auth",
    "token_uri": "https://accounts.example/token",
}


def settings(tmp_path: Path, value: object = None, **more: Any) -> Settings:
    text = value if isinstance(value, str) else json.dumps(value) if value is not None else ""
    missing = tmp_path / "credentials.json"
    return make_settings(
        "sqlite:///:memory:", tmp_path, gmail_credentials_json=text, **{"credentials_path": missing} | more
    )


def test_no_client_at_all_is_none_and_not_configured(tmp_path: Path) -> None:
    assert client_config(settings(tmp_path)) is None
    with pytest.raises(GmailNotConfigured) as caught:
        authorization(settings(tmp_path), LOOPBACK)
    assert (caught.value.status, caught.value.code) == (400, "gmail.not_configured")


def test_a_file_is_read_also_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "client.json"
    path.write_text(json.dumps({"installed": CLIENT}), encoding="utf-8-sig")
    assert client_config(settings(tmp_path, credentials_path=path)) == {"installed": CLIENT}


def test_the_variable_goes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "client.json"
    path.write_text("not even JSON")
    assert client_config(settings(tmp_path, {"web": CLIENT}, credentials_path=path)) == {"web": CLIENT}


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("{", "not JSON"),
        ([], "not an OAuth client"),
        ({"something": {}}, "neither"),
        ({"type": "service_account", "client_email": "x"}, "service account"),
        ({"web": CLIENT | {"client_secret": ""}}, "`client_secret`"),
        ({"web": {k: v for k, v in CLIENT.items() if k != "token_uri"}}, "`token_uri`"),
        ({"web": CLIENT | {"token_uri": "http://accounts.example/token"}}, "https"),
    ],
)
def test_a_broken_client_says_what_is_wrong_and_where(tmp_path: Path, value: object, word: str) -> None:
    with pytest.raises(GmailClientInvalid) as caught:
        client_config(settings(tmp_path, value))
    assert word in caught.value.detail
    assert "GMAIL_CREDENTIALS_JSON" in caught.value.detail
    assert "quiet" not in caught.value.detail


def test_a_folder_instead_of_a_file_is_an_error_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(GmailClientInvalid, match="can't be read"):
        client_config(settings(tmp_path, credentials_path=tmp_path))


@pytest.mark.parametrize("kind", ["web", "installed"])
@pytest.mark.parametrize(
    "redirect", [LOOPBACK, "http://127.0.0.1:8000/x", "http://[::1]:1/x", "https://home.example/x"]
)
def test_the_address_asks_for_a_lasting_permission_with_pkce(
    tmp_path: Path, kind: str, redirect: str
) -> None:
    request = authorization(settings(tmp_path, {kind: CLIENT}), redirect)
    query = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
    assert request.url.startswith("https://accounts.example/auth?")
    assert query["redirect_uri"] == redirect
    assert query["state"] == request.state
    assert query["scope"] == READ_SCOPE
    assert (query["access_type"], query["prompt"], query["response_type"]) == ("offline", "consent", "code")
    assert query["code_challenge_method"] == "S256"
    assert len(request.code_verifier) >= 43
    assert request.code_verifier not in request.url


def test_states_and_verifiers_are_never_the_same(tmp_path: Path) -> None:
    made = [authorization(settings(tmp_path, {"web": CLIENT}), LOOPBACK) for _ in range(5)]
    assert len({m.state for m in made}) == len({m.code_verifier for m in made}) == 5


@pytest.mark.parametrize(
    "redirect", ["http://192.0.2.7:8000/x", "http://home.example/x", "http://localhost.evil.example/x"]
)
def test_plain_http_is_for_this_machine_only(tmp_path: Path, redirect: str) -> None:
    with pytest.raises(RedirectInsecure):
        authorization(settings(tmp_path, {"web": CLIENT}), redirect)


def test_a_client_of_google_changes_nothing_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OAUTHLIB_INSECURE_TRANSPORT", raising=False)
    authorization(settings(tmp_path, {"web": CLIENT}), LOOPBACK)
    assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ


def test_a_callback_with_an_error_is_told_apart() -> None:
    assert isinstance(refused("access_denied"), ConsentDenied)
    assert isinstance(refused("server_error"), ExchangeFailed)
