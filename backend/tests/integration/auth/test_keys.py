"""API keys and tickets: shown once, hashed, scoped, revocable, single use."""

from __future__ import annotations

import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.core import db as database
from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import bearer, client_from, make_user, token_of


def make_key(client: TestClient, token: str, scope: str) -> dict[str, str]:
    answer = client.post("/api/api-keys", json={"name": "script", "scope": scope}, headers=bearer(token))
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


def use(client: TestClient, key: str, method: str = "GET") -> tuple[int, str]:
    body = None if method == "GET" else {"display_name": "Ada"}
    answer = client.request(method, "/api/me", json=body, headers={"X-API-Key": key})
    return answer.status_code, answer.json().get("code", "")


def test_keys_read_or_write_until_they_are_revoked(client: TestClient) -> None:
    make_user("ada")
    token = token_of(client, "ada")
    reading, writing = make_key(client, token, "read"), make_key(client, token, "write")

    assert use(client, reading["key"])[0] == 200
    assert use(client, reading["key"], "PATCH") == (403, "auth.read_only_key")
    assert use(client, writing["key"], "PATCH") == (200, "")
    assert use(client, "jt_wrong") == (401, "auth.credentials_invalid")

    gone = client.delete(f"/api/api-keys/{writing['id']}", headers=bearer(token))
    assert gone.status_code == 204
    assert use(client, writing["key"]) == (401, "auth.credentials_invalid")


def test_a_key_is_shown_once_and_stored_hashed(client: TestClient) -> None:
    make_user("ada")
    token = token_of(client, "ada")
    key = make_key(client, token, "read")["key"]
    listed = client.get("/api/api-keys", headers=bearer(token))
    assert listed.json()["items"][0]["name"] == "script"
    assert key not in listed.text
    with database.read_session() as session:
        stored = session.execute(text("SELECT * FROM api_keys")).all()
    assert key not in str(stored)


def test_the_static_key_is_its_user(app_settings: Settings, db: None) -> None:
    ada, _bob = make_user("ada"), make_user("bob")
    key = "a-key-from-the-environment-of-this-test"
    settings = Settings.model_validate(
        {**app_settings.model_dump(), "api_key": key, "api_key_user_id": ada.id, "api_key_header": "X-Custom"}
    )
    client = client_from(create_app(settings))
    me = client.get("/api/me", headers={"X-Custom": key})
    assert me.json()["username"] == "ada"
    assert client.get("/api/me", headers={"X-Custom": key + "x"}).status_code == 401
    assert client.get("/api/me", headers={"X-API-Key": key}).status_code == 401


def ticket_of(client: TestClient, token: str) -> str:
    answer = client.post("/api/auth/ticket", headers=bearer(token))
    assert answer.json()["expires_in"] == 60
    ticket: str = answer.json()["ticket"]
    return ticket


def stream(client: TestClient, token: str) -> int:
    """Ask for the events of a run that isn't there: 404 for a user, 401 for nobody."""
    return client.get("/api/runs/none/events", params={"token": token}).status_code


def test_a_ticket_counts_once(client: TestClient) -> None:
    make_user("ada")
    ticket = ticket_of(client, token_of(client, "ada"))
    assert stream(client, ticket) == 404
    assert stream(client, ticket) == 401


def test_a_ticket_expires_after_a_minute(client: TestClient, clock: time_machine.Traveller) -> None:
    make_user("ada")
    token = token_of(client, "ada")
    early, late = ticket_of(client, token), ticket_of(client, token)
    clock.shift(59)
    assert stream(client, early) == 404
    clock.shift(2)
    assert stream(client, late) == 401


def test_a_ticket_dies_with_its_session(client: TestClient) -> None:
    make_user("ada")
    token = token_of(client, "ada")
    ticket = ticket_of(client, token)
    client.post("/api/auth/logout", headers=bearer(token))
    assert stream(client, ticket) == 401


def test_the_address_carries_tokens_on_streams_only(client: TestClient) -> None:
    make_user("ada")
    token = token_of(client, "ada")
    assert stream(client, token) == 404
    for path in ("/api/me", "/api/auth/sessions", "/api/runs"):
        assert client.get(path, params={"token": token}).status_code == 401
        assert client.get(path, params={"token": ticket_of(client, token)}).status_code == 401
