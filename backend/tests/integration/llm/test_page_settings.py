"""What an administrator sets about the model in the page: in force at once, below the environment, never told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.auth.models import User
from app.core import db as database
from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import bearer, client_from, make_user, token_of
from tests.factories.settings import make_settings
from tests.fakes.llm import FakeLlm

KEY = "sk-a-key-nobody-may-see"


@pytest.fixture
def http(app_settings: Settings, db: None) -> Iterator[TestClient]:
    """Ana, the owner of an installation whose environment says nothing about models."""
    make_user("ana")
    with signed_in(app_settings, "ana") as client:
        yield client


def signed_in(settings: Settings, name: str) -> TestClient:
    client = client_from(create_app(settings))
    client.headers.update(bearer(token_of(client, name)))
    return client


def change(http: TestClient, **values: Any) -> dict[str, Any]:
    answer = http.patch("/api/settings/llm", json=values)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_it_is_in_force_at_once_and_the_key_is_never_told(http: TestClient) -> None:
    assert http.get("/api/settings/llm").json()["provider"] is None
    told = change(
        http, llm_provider="openai", openai_api_key=KEY, openai_model="a-model", classification_mode="hybrid"
    )
    assert (told["provider"], told["model"], told["mode"]) == ("openai", "a-model", "hybrid")
    assert told["values"]["has_openai_api_key"]
    assert KEY not in http.get("/api/settings/llm").text
    with database.read_session() as session:
        stored = [tuple(row) for row in session.execute(text("SELECT name, value FROM instance_settings"))]
    assert KEY not in str(stored)
    back = change(http, openai_api_key=None, classification_mode=None, llm_provider=None)
    assert (back["provider"], back["mode"], back["values"]["has_openai_api_key"]) == (None, "local", False)


def test_a_key_does_not_follow_to_another_address(http: TestClient) -> None:
    change(http, openai_api_key=KEY, openai_base_url="https://models.larkspur.example/v1")
    kept = change(http, openai_base_url="https://models.larkspur.example/v1", openai_model="b")
    assert kept["values"]["has_openai_api_key"]
    moved = change(http, openai_base_url="https://elsewhere.example/v1")
    assert not moved["values"]["has_openai_api_key"]


def test_what_the_environment_says_stays(app_settings: Settings, db: None) -> None:
    make_user("ana")
    given = make_settings(app_settings.database_url, app_settings.data_dir, openai_api_key="from-outside")
    with signed_in(given, "ana") as http:
        assert http.get("/api/settings/llm").json()["from_environment"] == [
            "openai_api_key",
            "openai_base_url",
        ]
        for body in ({"openai_api_key": "x"}, {"openai_base_url": "https://elsewhere.example/v1"}):
            refused = http.patch("/api/settings/llm", json=body)
            assert (refused.status_code, refused.json()["code"]) == (409, "llm.set_by_environment")
        assert change(http, review_confidence_threshold=0.7)["values"]["review_confidence_threshold"] == 0.7


MISFITS: tuple[dict[str, Any], ...] = (
    {"classification_mode": "hybrid"},
    {"llm_provider": "anthropic"},
    {"llm_price_input": 1},
    {"openai_base_url": "ftp://models.example"},
    {"openai_base_url": "https://user:secret@models.example"},
    {"openai_model": " "},
    {"review_confidence_threshold": 2},
    {"unknown": True},
)


def test_what_does_not_go_together_is_refused(http: TestClient) -> None:
    before = http.get("/api/settings/llm").json()
    for body in MISFITS:
        assert http.patch("/api/settings/llm", json=body).status_code == 422, body
        assert http.post("/api/settings/llm/test", json=body).status_code == 422, body
    assert http.get("/api/settings/llm").json() == before


def test_a_model_is_tried_without_being_stored(http: TestClient, fake: FakeLlm) -> None:
    wrong = {"openai_api_key": "wrong", "openai_base_url": fake.openai_url}
    refused = http.post("/api/settings/llm/test", json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (502, "llm.key_refused")
    answered = http.post("/api/settings/llm/test", json={**wrong, "openai_api_key": fake.key})
    assert (answered.status_code, answered.json()["ok"]) == (200, True)
    assert http.get("/api/settings/llm").json()["provider"] is None


def test_only_administrators_change_it(http: TestClient, app_settings: Settings) -> None:
    change(http, openai_api_key=KEY)
    bob: User = make_user("bob")
    with signed_in(app_settings, bob.username) as other:
        seen = other.get("/api/settings/llm").json()
        assert (seen["may_change"], seen["provider"]) == (False, "openai")
        assert other.patch("/api/settings/llm", json={"openai_model": "x"}).status_code == 403
        body = {"openai_base_url": "http://127.0.0.1:9/v1"}
        assert other.post("/api/settings/llm/test", json=body).status_code == 403
