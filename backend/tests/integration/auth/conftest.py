"""The real application on the test's database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import client_from


@pytest.fixture
def app(app_settings: Settings, db: None) -> FastAPI:
    return create_app(app_settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody at this machine; the application is started."""
    with client_from(app) as started:
        yield started
