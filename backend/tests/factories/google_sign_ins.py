"""A browser that signs in with the fake Google, and the accounts that it may find."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from app.auth.models import User
from app.core import db as database
from app.core.settings import Settings
from tests.factories.accounts import find_user, make_user
from tests.fakes.google import FakeGoogle
from tests.fakes.google_consent import give_consent
from tests.fakes.google_people import sub_of

ADDRESS = "ana.testperson@example.com"


def settings_with(google: FakeGoogle, settings: Settings, **more: Any) -> Settings:
    environment = {name.lower(): value for name, value in google.sign_in_environment().items()}
    return Settings.model_validate(settings.model_dump() | environment | more)


def begin(client: TestClient, target: str = "/") -> str:
    """Where the browser is sent."""
    answer = client.get("/api/auth/google", params={"next": target}, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def come_back(client: TestClient, url: str, **change: str | None) -> Response:
    """Consent at Google, and return with what it says; None leaves something out."""
    query: dict[str, str | None] = {**give_consent(url, address=ADDRESS), **change}
    query.pop("redirect_uri")
    sent = {name: value for name, value in query.items() if value is not None}
    return client.get("/api/auth/google/callback", params=sent, follow_redirects=False)


def sign_in(client: TestClient, target: str = "/") -> Response:
    return come_back(client, begin(client, target))


def who(client: TestClient) -> str | None:
    user = client.get("/api/auth/status").json()["user"]
    return None if user is None else str(user["username"])


def linked_to(username: str, **columns: Any) -> User:
    user = find_user(username) or make_user(username)
    with database.transaction() as session:
        row = session.get(User, user.id)
        assert row is not None
        for name, value in ({"google_sub": sub_of(ADDRESS), "google_email": ADDRESS} | columns).items():
            setattr(row, name, value)
    return row


def refused(answer: Response, code: str, client: TestClient) -> None:
    """It was refused for this reason, and nobody is signed in nor bound."""
    assert answer.status_code >= 400
    assert answer.json()["code"] == code
    assert "session" not in client.cookies
    assert who(client) is None
