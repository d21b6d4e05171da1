"""Tokens and their session rows: what is forged, expired or revoked opens nothing."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jose import jwt

from app.auth import tokens
from app.core.clock import now
from app.core.settings import Settings
from tests.factories.accounts import (
    bearer,
    client_from,
    csrf_header,
    make_user,
    sign_in_by_cookie,
    token_of,
)


def refused(client: TestClient, token: str) -> bool:
    answer = client.get("/api/me", headers=bearer(token))
    return answer.status_code == 401 and answer.json()["code"] == "auth.credentials_invalid"


def encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def test_forged_tokens_open_nothing(client: TestClient, app_settings: Settings) -> None:
    make_user("ada")
    good = token_of(client, "ada")
    assert client.get("/api/me", headers=bearer(good)).status_code == 200
    claims = jwt.get_unverified_claims(good)
    secret = app_settings.secret_key.get_secret_value()
    header, body, signature = good.split(".")
    unsigned = encoded({"alg": "none", "typ": "JWT"})

    for forged in (
        jwt.encode(claims, "another-secret-that-is-also-long-enough", algorithm="HS256"),
        jwt.encode(claims, secret, algorithm="HS512"),
        f"{unsigned}.{body}.",
        f"{unsigned}.{body}.{signature}",
        f"{header}.{encoded({**claims, 'sub': '999'})}.{signature}",
        f"{header}.{body}.{signature[:-4]}AAAA",
        "not.a.token",
        "",
        "x" * 5000,
        good[:-1],
    ):
        assert refused(client, forged), forged


@pytest.mark.parametrize("missing", ["exp", "iat", "sub", "jti"])
def test_tokens_need_all_their_claims(client: TestClient, app_settings: Settings, missing: str) -> None:
    make_user("ada")
    claims = jwt.get_unverified_claims(token_of(client, "ada"))
    del claims[missing]
    secret = app_settings.secret_key.get_secret_value()
    assert refused(client, jwt.encode(claims, secret, algorithm="HS256"))


def test_a_signed_token_without_a_session_row_opens_nothing(
    client: TestClient, app_settings: Settings
) -> None:
    user = make_user("ada")
    claims = tokens.Claims(user.id, "never-stored")
    assert refused(client, tokens.issue_token(app_settings, claims, now(), now() + timedelta(hours=1)))


def test_a_session_belongs_to_its_user(client: TestClient, app_settings: Settings) -> None:
    make_user("ada")
    bob = make_user("bob")
    ada_session = jwt.get_unverified_claims(token_of(client, "ada"))["jti"]
    claims = tokens.Claims(bob.id, ada_session)
    assert refused(client, tokens.issue_token(app_settings, claims, now(), now() + timedelta(hours=1)))


def test_tokens_expire(client: TestClient, clock: time_machine.Traveller) -> None:
    make_user("ada")
    token = token_of(client, "ada")
    clock.shift(timedelta(minutes=10080) - timedelta(seconds=1))
    assert client.get("/api/me", headers=bearer(token)).status_code == 200
    clock.shift(timedelta(seconds=2))
    assert refused(client, token)


def test_logout_revokes_the_token_itself(client: TestClient) -> None:
    make_user("ada")
    sign_in_by_cookie(client, "ada")
    token = client.cookies["session"]
    answer = client.post("/api/auth/logout", headers=csrf_header(client))
    assert answer.status_code == 204
    assert "session" not in client.cookies
    assert refused(client, token)


def test_sessions_are_listed_and_revoked(app: FastAPI) -> None:
    make_user("ada")
    phone, laptop = client_from(app), client_from(app)
    phone.headers["user-agent"] = "phone"
    phone_token, laptop_token = token_of(phone, "ada"), token_of(laptop, "ada")

    listed = laptop.get("/api/auth/sessions", headers=bearer(laptop_token)).json()
    assert listed["total"] == 2
    assert [item["current"] for item in listed["items"] if item["user_agent"] == "phone"] == [False]
    assert sum(item["current"] for item in listed["items"]) == 1
    other = next(item["id"] for item in listed["items"] if not item["current"])

    gone = laptop.delete(f"/api/auth/sessions/{other}", headers=bearer(laptop_token))
    assert gone.status_code == 204
    assert refused(phone, phone_token)
    again = laptop.delete(f"/api/auth/sessions/{other}", headers=bearer(laptop_token))
    assert (again.status_code, again.json()["code"]) == (404, "auth.session_not_found")


def test_signing_out_everywhere_else_keeps_this_client(client: TestClient) -> None:
    make_user("ada")
    other, mine = token_of(client, "ada"), token_of(client, "ada")
    assert client.delete("/api/auth/sessions", headers=bearer(mine)).status_code == 204
    assert refused(client, other)
    assert client.get("/api/me", headers=bearer(mine)).status_code == 200


def test_last_seen_is_written_at_most_once_a_minute(
    client: TestClient, clock: time_machine.Traveller
) -> None:
    make_user("ada")
    headers = bearer(token_of(client, "ada"))

    def last_seen() -> str:
        seen: str = client.get("/api/auth/sessions", headers=headers).json()["items"][0]["last_seen_at"]
        return seen

    first = last_seen()
    clock.shift(59)
    assert last_seen() == first
    clock.shift(1)
    assert last_seen() > first


def test_requests_of_a_user_are_bounded(app: FastAPI, app_settings: Settings) -> None:
    app_settings.rate_limit_per_minute = 5
    make_user("ada")
    client = client_from(app)
    token = token_of(client, "ada")
    codes = [client.get("/api/me", headers=bearer(token)).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]
    assert client.get("/api/v1/health/live").status_code == 200
