"""Signing in: cookies, failures, and that guessing gets slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import (
    ELSEWHERE,
    PASSWORD,
    bearer,
    client_from,
    csrf_header,
    make_user,
    sign_in_by_cookie,
    token_of,
)


def login(client: TestClient, username: str, password: str) -> tuple[int, str]:
    answer = client.post("/api/login", json={"username": username, "password": password})
    return answer.status_code, answer.json().get("code", "")


def test_token_opens_the_door(client: TestClient) -> None:
    make_user("Ada")
    answer = client.post("/api/login", json={"username": "ADA", "password": PASSWORD})
    assert answer.json()["token_type"] == "bearer"
    assert answer.json()["expires_in"] == 10080 * 60
    assert answer.cookies.get("session") is None
    me = client.get("/api/me", headers=bearer(answer.json()["access_token"]))
    assert me.json()["username"] == "Ada"


def test_status_knows_who_asks(client: TestClient) -> None:
    make_user("ada")
    sign_in_by_cookie(client, "ada")
    known = client.get("/api/auth/status").json()
    stranger = client.get("/api/auth/status", headers=bearer("nonsense")).json()
    assert (known["authenticated"], known["user"]["username"]) == (True, "ada")
    assert (stranger["authenticated"], stranger["user"]) == (False, None)


@pytest.mark.parametrize(
    ("base_url", "is_secure"),
    [
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("https://localhost:8000", True),
        ("http://jobs.example.com", True),
    ],
)
def test_cookie_flags(app_settings: Settings, db: None, base_url: str, is_secure: bool) -> None:
    settings = app_settings.model_copy(update={"public_url": "http://jobs.example.com"})
    make_user("ada")
    client = client_from(create_app(settings), base_url=base_url)
    answer = client.post("/api/login", json={"username": "ada", "password": PASSWORD, "cookie": True})
    session, csrf = sorted(answer.headers.get_list("set-cookie"), reverse=True)
    assert session.startswith("session=")
    assert csrf.startswith("csrf_token=")
    for cookie in (session, csrf):
        assert "samesite=lax" in cookie.lower()
        assert "path=/" in cookie.lower()
        assert "domain=" not in cookie.lower()
        assert ("secure" in cookie.lower().split("; ")) is is_secure
    assert "httponly" in session.lower()
    assert "httponly" not in csrf.lower()


def test_wrong_user_and_wrong_password_read_the_same(client: TestClient) -> None:
    make_user("ada")
    unknown = client.post("/api/login", json={"username": "nobody", "password": PASSWORD})
    wrong = client.post("/api/login", json={"username": "ada", "password": "wrong password"})
    first, second = unknown.json(), wrong.json()
    del first["request_id"], second["request_id"]
    assert unknown.status_code == wrong.status_code == 401
    assert first == second


@pytest.mark.parametrize("username", ["ada", "nobody"])
def test_five_failures_slow_an_account_down(
    app: FastAPI, clock: time_machine.Traveller, username: str
) -> None:
    make_user("ada")
    for n in range(5):
        assert login(client_from(app, (f"198.51.100.{n}", 1)), username, "wrong password")[0] == 401

    client = client_from(app, ("198.51.100.99", 1))
    answer = client.post("/api/login", json={"username": username.upper(), "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (429, "auth.slow_down")
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60

    clock.shift(15 * 60 + 1)
    assert login(client, "ada", PASSWORD)[0] == 200


def test_many_right_ones_at_once_are_let_in(app: FastAPI) -> None:
    make_user("ada")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: login(client_from(app), "ada", PASSWORD)[0], range(8)))
    assert answers == [200] * 8


def test_many_guesses_at_once_get_hardly_further_than_in_a_row(app: FastAPI) -> None:
    make_user("ada")
    clients = [client_from(app, (f"198.51.100.{n}", 1)) for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda client: login(client, "ada", "wrong password")[0], clients))
    assert 5 <= codes.count(401) <= 5 + 8
    assert codes.count(401) + codes.count(429) == 24
    assert login(client_from(app, ELSEWHERE), "ada", PASSWORD) == (429, "auth.slow_down")


def test_names_that_nothing_can_store_are_no_crash(client: TestClient) -> None:
    for username in ("a\x00b", "\ufdfa" * 64, "' OR 1=1 --"):
        assert login(client, username, "wrong password")[0] in {401, 422}


def test_five_failures_slow_an_address_down(app: FastAPI, clock: time_machine.Traveller) -> None:
    make_user("ada")
    make_user("bob")
    here, elsewhere = client_from(app), client_from(app, ELSEWHERE)
    for n in range(5):
        assert login(here, f"guess{n}", "wrong password")[0] == 401
    assert login(here, "ada", PASSWORD) == (429, "auth.slow_down")
    assert login(elsewhere, "bob", PASSWORD)[0] == 200


def test_success_forgets_the_failures_of_the_account(app: FastAPI) -> None:
    make_user("ada")
    for n in range(4):
        login(client_from(app, (f"198.51.100.{n}", 1)), "ada", "wrong password")
    client = client_from(app)
    assert login(client, "ada", PASSWORD)[0] == 200
    assert login(client, "ada", "wrong password")[0] == 401
    assert login(client, "ada", PASSWORD)[0] == 200


def test_failures_are_counted_in_redis_where_there_is_one(
    app_settings: Settings, db: None, redis_url: str
) -> None:
    settings = app_settings.model_copy(update={"redis_url": redis_url})
    make_user("ada")
    for _ in range(5):
        fresh_process = client_from(create_app(settings))
        assert login(fresh_process, "ada", "wrong password")[0] == 401
    assert login(client_from(create_app(settings)), "ada", PASSWORD)[0] == 429


def test_a_redis_that_is_gone_locks_nobody_out(app_settings: Settings, db: None) -> None:
    settings = app_settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    make_user("ada")
    client = client_from(create_app(settings))
    assert login(client, "ada", "wrong password")[0] == 401
    assert login(client, "ada", PASSWORD)[0] == 200


def test_password_change_ends_every_session(client: TestClient) -> None:
    make_user("ada")
    elsewhere = token_of(client, "ada")
    sign_in_by_cookie(client, "ada")
    old_cookie = client.cookies["session"]

    wrong = client.post(
        "/api/auth/password",
        json={"current_password": "wrong password", "new_password": "another long one"},
        headers=csrf_header(client),
    )
    assert (wrong.status_code, wrong.json()["code"]) == (403, "auth.wrong_password")
    changed = client.post(
        "/api/auth/password",
        json={"current_password": PASSWORD, "new_password": "another long one"},
        headers=csrf_header(client),
    )

    assert changed.status_code == 200
    assert client.get("/api/me").status_code == 200, "the page that asked stays signed in"
    for old in (elsewhere, old_cookie):
        assert client.get("/api/me", headers=bearer(old)).status_code == 401
    assert login(client, "ada", PASSWORD)[0] == 401
    assert login(client, "ada", "another long one")[0] == 200


def test_a_page_elsewhere_cannot_sign_anybody_in(client: TestClient) -> None:
    make_user("ada")
    body = {"username": "ada", "password": PASSWORD, "cookie": True}
    answer = client.post("/api/login", json=body, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.foreign_origin")
    assert "set-cookie" not in answer.headers
