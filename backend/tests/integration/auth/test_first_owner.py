"""The first account: who may make it, and that there is exactly one."""

from __future__ import annotations

import threading

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.auth import tokens
from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import ELSEWHERE, HERE, PASSWORD, client_from, make_user, send_json

ADA = {"username": "ada", "password": PASSWORD}


def test_owner_signs_up_at_this_machine_without_a_code(client: TestClient) -> None:
    before = client.get("/api/auth/status").json()
    assert before == {
        "owner_exists": False,
        "registration": "closed",
        "setup_code_required": False,
        "google": False,
        "authenticated": False,
        "user": None,
    }

    made = client.post("/api/auth/register", json=ADA)

    assert made.status_code == 201
    assert made.json()["is_admin"] is True
    assert "password_hash" not in made.text
    assert PASSWORD not in made.text
    assert client.get("/api/auth/status").json()["owner_exists"] is True


@pytest.mark.parametrize(
    ("address", "base_url", "headers"),
    [
        (ELSEWHERE, "http://localhost:8000", {}),
        (HERE, "http://jobs.example.com", {}),
        (HERE, "http://localhost:8000", {"X-Forwarded-For": "198.51.100.7"}),
    ],
    ids=["other machine", "public name", "through a proxy"],
)
def test_from_elsewhere_the_setup_code_is_needed(
    app_settings: Settings,
    db: None,
    address: tuple[str, int],
    base_url: str,
    headers: dict[str, str],
) -> None:
    settings = app_settings.model_copy(update={"public_url": "http://jobs.example.com"})
    client = client_from(create_app(settings), address, base_url)
    assert client.get("/api/auth/status", headers=headers).json()["setup_code_required"] is True

    without = client.post("/api/auth/register", json=ADA, headers=headers)
    wrong = client.post("/api/auth/register", json={**ADA, "setup_code": "AAAA-BBBB-CCCC"}, headers=headers)
    typed = tokens.setup_code(settings).lower().replace("-", " ")
    right = client.post("/api/auth/register", json={**ADA, "setup_code": typed}, headers=headers)

    assert (without.status_code, without.json()["code"]) == (403, "auth.setup_code_required")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "auth.setup_code_wrong")
    assert right.status_code == 201


@pytest.mark.parametrize("reach", [{"host": "0.0.0.0"}, {"public_url": "https://jobs.example.com"}])
def test_start_that_others_can_reach_prints_the_code_until_somebody_owns_it(
    app_settings: Settings, db: None, capsys: pytest.CaptureFixture[str], reach: dict[str, str]
) -> None:
    settings = app_settings.model_copy(update=reach)
    with client_from(create_app(settings)):
        assert tokens.setup_code(settings) in capsys.readouterr().out
    make_user("ada")
    with client_from(create_app(settings)):
        assert tokens.setup_code(settings) not in capsys.readouterr().out


def test_registration_is_closed_afterwards(client: TestClient) -> None:
    make_user("ada")
    answer = client.post("/api/auth/register", json={"username": "bob", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.registration_closed")


def test_open_registration_makes_plain_users(app_settings: Settings, db: None) -> None:
    make_user("ada")
    client = client_from(create_app(app_settings.model_copy(update={"registration": "open"})), ELSEWHERE)
    made = client.post("/api/auth/register", json={"username": "bob", "password": PASSWORD})
    taken = client.post("/api/auth/register", json={"username": "ADA", "password": PASSWORD})
    assert (made.status_code, made.json()["is_admin"]) == (201, False)
    assert (taken.status_code, taken.json()["code"]) == (409, "auth.username_taken")


def test_of_simultaneous_first_registrations_exactly_one_wins(app: FastAPI) -> None:
    at_once = threading.Barrier(4)
    answers: list[int] = []

    def register(name: str) -> None:
        client = client_from(app)
        at_once.wait()
        answer = client.post("/api/auth/register", json={"username": name, "password": PASSWORD})
        answers.append(answer.status_code)

    threads = [threading.Thread(target=register, args=(f"user{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [201, 403, 403, 403]


@pytest.mark.parametrize(
    "body",
    [
        {"username": "ada", "password": "too short"},
        {"username": "ada lovelace", "password": PASSWORD},
        {"username": "", "password": PASSWORD},
        {"username": "ada", "password": PASSWORD, "time_zone": "Mars/Olympus"},
        {"username": "ada", "password": PASSWORD, "is_admin": True},
        {"username": "\ud800", "password": PASSWORD},
    ],
)
def test_unfit_input_is_refused(client: TestClient, body: dict[str, str]) -> None:
    answer = send_json(client, "POST", "/api/auth/register", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert PASSWORD not in answer.text


def test_registrations_from_one_address_are_bounded(client: TestClient) -> None:
    make_user("ada")
    body = {"username": "bob", "password": PASSWORD}
    codes = [client.post("/api/auth/register", json=body).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]
