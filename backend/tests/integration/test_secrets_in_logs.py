"""A real server, at its most talkative, is told secrets in every way there is: its log has none of them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from app.core.settings import Settings
from tests.factories.accounts import make_user
from tests.factories.server import serving
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount
from tests.fakes.llm import FakeLlm
from tests.integration.imap.conftest import access_to

PASSWORD = "planted-password-of-ana"
PLANTED = {
    "wrong password": "planted-wrong-password",
    "model key": "sk-planted-model-key-0123456789",
    "state": "planted-oauth-state",
    "code": "4/planted-oauth-code",
    "calendar": "planted-calendar-secret",
    "api key": "planted-api-key-by-header",
}


@pytest.mark.one_database
def test_the_log_of_a_server_holds_no_secret(app_settings: Settings, db: None, tmp_path: Path) -> None:
    make_user("ana", PASSWORD)
    with FakeImap(ImapAccount()) as mail, FakeLlm(key=PLANTED["model key"]) as model:
        with serving(app_settings, LOG_LEVEL="DEBUG", LOG_FORMAT="json") as server:
            told = say_secrets(server.url, mail, model)
        text = server.log.read_text(errors="replace")
    secrets = {**PLANTED, **told, "password": PASSWORD, "mail password": str(access_to(mail)["password"])}
    secrets["secret key"] = app_settings.secret_key.get_secret_value()
    secrets["encryption key"] = app_settings.encryption_key.get_secret_value()
    assert text.count('"path": "/api/') > 8, "the log tells of the requests"
    assert [name for name, secret in secrets.items() if secret in text] == []


def say_secrets(url: str, mail: FakeImap, model: FakeLlm) -> dict[str, str]:
    """Give the server every planted secret, and return those that it made itself."""
    account = {"username": "ana", "password": PASSWORD}
    httpx.post(f"{url}/api/login", json={**account, "password": PLANTED["wrong password"]})
    token = httpx.post(f"{url}/api/login", json=account, timeout=30).json()["access_token"]
    made = {"token": token}
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=30) as http:
        made["key"] = http.post("/api/api-keys", json={"name": "k", "scope": "write"}).json()["key"]
        made["ticket"] = http.post("/api/auth/ticket").json()["ticket"]
        answer = http.post("/api/mail-accounts/imap", json=access_to(mail))
        assert answer.status_code == 201, answer.text
        patch = {
            "openai_base_url": model.openai_url,
            "openai_api_key": PLANTED["model key"],
            "openai_model": "m",
        }
        assert http.patch("/api/settings/llm", json=patch).status_code == 200
        assert http.post("/api/settings/llm/test").status_code == 200
        http.get("/api/gmail/callback", params={"state": PLANTED["state"], "code": PLANTED["code"]})
        http.get(f"/api/calendar/{PLANTED['calendar']}.ics")
        http.get("/api/runs/none/events", params={"token": token})
        http.patch("/api/settings/llm", content=b'{"openai_api_key": "%s"' % PLANTED["model key"].encode())
    for params in ({"token": made["ticket"]}, {"token": token}, {"TOKEN": token}, {"access_token": token}):
        httpx.get(f"{url}/api/gmail/auth", params=params)
    httpx.get(f"{url}/api/me", headers={"X-API-Key": PLANTED["api key"]})
    httpx.get(f"{url}/api/me", headers={"X-API-Key": made["key"]})
    httpx.get(f"{url}/api/me", headers={"Cookie": f"session={token}"})
    return made
