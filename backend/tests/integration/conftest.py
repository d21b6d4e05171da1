"""A started application whose work runs inline, with the model ready, and people who are signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.auth.models import User
from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import bearer, client_from, find_user, make_user, token_of
from tests.factories.models import give_model, trained_model


@dataclass(frozen=True)
class Person:
    """A user and a client that acts for them."""

    user: User
    http: TestClient

    @property
    def id(self) -> int:
        return self.user.id


@pytest.fixture(scope="session")
def models(servers_folder: Path) -> Path:
    """The folder of a trained model."""
    return trained_model(servers_folder)


@pytest.fixture
def app(app_settings: Settings, db: None) -> FastAPI:
    return create_app(app_settings)


@pytest.fixture
def ana(app: FastAPI, app_settings: Settings, models: Path) -> Iterator[Person]:
    """Somebody who is signed in to the started application."""
    give_model(models, app_settings.data_dir)
    user = find_user("ana") or make_user("ana")
    with client_from(app) as started:
        started.headers.update(bearer(token_of(started, "ana")))
        yield Person(user, started)


@pytest.fixture
def bob(app: FastAPI, ana: Person) -> Iterator[Person]:
    """Somebody else, signed in to the same application."""
    user = make_user("bob")
    client = client_from(app)
    client.headers.update(bearer(token_of(client, "bob")))
    yield Person(user, client)
    client.close()
