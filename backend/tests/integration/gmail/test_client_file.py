"""Google's client handed over in the page: who may, what is kept, and what goes before it."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app.core.settings import Settings
from app.mail.gmail.oauth import client_config
from tests.integration.conftest import Person

CLIENT = {
    "client_id": "1-a.apps.googleusercontent.com",
    "client_secret": "not-a-secret",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
}


@pytest.fixture
def settings(app_settings: Settings, tmp_path: Path) -> Settings:
    """The application's, without a client."""
    app_settings.gmail_credentials_json = SecretStr("")
    app_settings.gmail_api_base_url = ""
    app_settings.credentials_path = tmp_path / "credentials.json"
    return app_settings


def hand_over(person: Person, client: dict[str, Any]) -> tuple[int, Any]:
    answer = person.http.put("/api/v1/gmail/client", json=client)
    return answer.status_code, answer.json()


def test_it_is_kept_for_the_server_alone(settings: Settings, ana: Person) -> None:
    assert ana.http.get("/api/gmail/health").json()["gmail_configured"] is False
    for kind in ("installed", "web"):  # the second one in place of the first
        assert hand_over(ana, {kind: CLIENT}) == (200, {"kind": kind})
        assert client_config(settings) == {kind: CLIENT}
    (kept,) = settings.data_dir.glob("google-client*")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert ana.http.get("/api/gmail/health").json()["gmail_configured"] is True
    assert ana.http.get("/api/gmail/auth/url").status_code == 200


def test_only_an_admin_may(settings: Settings, ana: Person, bob: Person) -> None:
    status, told = hand_over(bob, {"web": CLIENT})
    assert (status, told["code"]) == (403, "auth.admin_only")
    assert client_config(settings) is None


@pytest.mark.parametrize(
    "client",
    [
        {},
        {"type": "service_account"},
        {"web": {**CLIENT, "client_secret": ""}},
        {"web": {**CLIENT, "token_uri": "https://oauth2.googleapis.com.example.com/token"}},
        {"web": {**CLIENT, "auth_uri": "http://127.0.0.1:9/auth"}},
        {"installed": {**CLIENT, "token_uri": "https://notgoogle.com/token"}},
    ],
)
def test_what_is_no_client_of_google_is_not_kept(
    settings: Settings, ana: Person, client: dict[str, Any]
) -> None:
    status, told = hand_over(ana, client)
    assert (status, told["code"]) == (400, "gmail.client_invalid")
    assert list(settings.data_dir.glob("google-client*")) == []


def test_what_the_operator_set_goes_first(settings: Settings, ana: Person) -> None:
    assert hand_over(ana, {"web": CLIENT})[0] == 200
    theirs = {"installed": {**CLIENT, "client_id": "2-b.apps.googleusercontent.com"}}
    settings.credentials_path.write_text(json.dumps(theirs))
    assert client_config(settings) == theirs
    status, told = hand_over(ana, {"web": CLIENT})
    assert (status, told["code"]) == (409, "gmail.client_given")
    settings.credentials_path.unlink()
    settings.gmail_credentials_json = SecretStr(json.dumps(theirs))
    assert client_config(settings) == theirs
    assert hand_over(ana, {"web": CLIENT})[0] == 409
