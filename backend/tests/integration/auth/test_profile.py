"""What users keep about themselves."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI

from tests.factories.accounts import make_user, send_json, signed_in


def test_me_changes_only_what_was_sent(app: FastAPI) -> None:
    make_user("ada")
    with signed_in(app, "ada") as client:
        changed = client.patch(
            "/api/me", json={"time_zone": "Europe/Berlin", "own_addresses": ["Ada@Example.com"]}
        ).json()
        assert (changed["time_zone"], changed["own_addresses"]) == ("Europe/Berlin", ["ada@example.com"])
        assert (
            client.patch("/api/me", json={"email": "ada@example.com"}).json()["time_zone"] == "Europe/Berlin"
        )
        assert client.patch("/api/me", json={"email": None}).json()["email"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../etc/passwd"},
        {"time_zone": None},
        {"email": "no address"},
        {"display_name": "a\x00b"},
        {"display_name": "\ud800"},
        {"username": "root"},
        {"is_admin": True},
        {"own_addresses": ["a@example.com"] * 51},
    ],
)
def test_me_refuses_what_it_cannot_keep(app: FastAPI, body: dict[str, Any]) -> None:
    make_user("ada")
    with signed_in(app, "ada") as client:
        answer = send_json(client, "PATCH", "/api/me", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_settings_merge_and_remove(app: FastAPI) -> None:
    make_user("ada")
    make_user("bob")
    with signed_in(app, "ada") as client, signed_in(app, "bob") as other:
        client.patch("/api/settings", json={"preferences": {"theme": "dark", "columns": ["stage", "title"]}})
        kept = client.patch("/api/settings", json={"locale": "de", "preferences": {"theme": None}}).json()
        assert kept["preferences"] == {"columns": ["stage", "title"]}
        assert kept["locale"] == "de"
        assert client.get("/api/settings").json() == kept
        assert other.get("/api/settings").json()["preferences"] == {}


@pytest.mark.parametrize(
    "preferences",
    [
        {"Bad Name": 1},
        {"theme": "x" * 5000},
        {f"name{n}": n for n in range(101)},
        {"theme": ["\ud800"]},
        None,
    ],
)
def test_settings_are_bounded(app: FastAPI, preferences: Any) -> None:
    make_user("ada")
    with signed_in(app, "ada") as client:
        answer = send_json(client, "PATCH", "/api/settings", {"preferences": preferences})
        assert answer.status_code == 422
        assert client.get("/api/settings").json()["preferences"] == {}


def test_settings_cannot_pile_up(app: FastAPI) -> None:
    make_user("ada")
    with signed_in(app, "ada") as client:
        client.patch("/api/settings", json={"preferences": {f"a{n}": n for n in range(100)}})
        more = client.patch("/api/settings", json={"preferences": {"one_more": 1}})
        assert (more.status_code, more.json()["code"]) == (400, "settings.too_many")
        assert len(client.get("/api/settings").json()["preferences"]) == 100
