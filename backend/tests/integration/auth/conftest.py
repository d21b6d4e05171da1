"""The real application on the test's database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import client_from
from tests.factories.google_sign_ins import ADDRESS
from tests.fakes.google import FakeGoogle


@pytest.fixture
def app(app_settings: Settings, db: None) -> FastAPI:
    return create_app(app_settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody at this machine; the application is started."""
    with client_from(app) as started:
        yield started


@pytest.fixture(scope="session")
def running_google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as google:
        yield google


@pytest.fixture
def google(running_google: FakeGoogle) -> FakeGoogle:
    running_google.mailbox(ADDRESS)
    running_google.people.verified = True
    running_google.people.bend()
    return running_google
