"""A Google for the application, with a mailbox in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.core.settings import Settings
from tests.factories.imports import run_of
from tests.fakes.google import FakeGoogle
from tests.fakes.google_consent import give_consent
from tests.fakes.google_mailbox import Mailbox
from tests.integration.conftest import Person

ADDRESS = "ana.testperson@example.com"


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        yield running


@pytest.fixture
def box(google: FakeGoogle) -> Mailbox:
    return google.mailbox(ADDRESS)


@pytest.fixture
def app_settings(request: pytest.FixtureRequest, app_settings: Settings) -> Settings:
    """Where a test has a Google, the application knows it."""
    if "google" not in request.fixturenames:
        return app_settings
    google: FakeGoogle = request.getfixturevalue("google")
    fields = {name.lower(): value for name, value in google.environment().items()}
    return Settings(_env_file=None, **(app_settings.model_dump() | fields))


def begin_consent(person: Person, **params: str) -> str:
    """Google's address that our own sends the browser to."""
    answer = person.http.get("/api/gmail/auth", params=params, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def come_back(person: Person, answer: dict[str, str]) -> Any:
    """What the browser gets when Google sends it back."""
    query = {name: value for name, value in answer.items() if name != "redirect_uri"}
    assert urlsplit(answer["redirect_uri"]).path == "/api/gmail/callback"
    return person.http.get("/api/gmail/callback", params=query, follow_redirects=False)


def connect(person: Person, address: str = ADDRESS) -> int:
    """The id of the Gmail account that this person has connected, through the whole consent."""
    answer = come_back(person, give_consent(begin_consent(person), address=address))
    assert answer.status_code == 302, answer.text
    accounts = person.http.get("/api/mail-accounts").json()["items"]
    (found,) = [a["id"] for a in accounts if a["address"] == address]
    return int(found)


def sync(person: Person, **params: Any) -> dict[str, Any]:
    """The run of a sync, once it has ended."""
    answer = person.http.post("/api/sync-emails", params=params)
    assert answer.status_code == 202, answer.text
    return run_of(person.http, answer.json()["job_id"])
