"""Runs of a kind whose work the test writes itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.auth.models import User
from app.core import db as database
from app.runs import registry, repository, service
from app.runs.context import RunContext, Runner
from app.runs.models import Run
from tests.factories.accounts import make_user

KIND = "test-work"
Start = Callable[..., str]


@pytest.fixture
def user(db: None) -> User:
    return make_user("ana")


@pytest.fixture
def work() -> Iterator[Callable[[Runner], None]]:
    """`work(function)`: what runs of kind `test-work` do."""

    def put(function: Runner) -> None:
        registry._runners[KIND] = function

    yield put
    registry._runners.pop(KIND, None)


@pytest.fixture
def start(user: User) -> Start:
    """`start(**fields)`: the id of a new run of the user."""
    numbers = itertools.count()

    def create(**fields: Any) -> str:
        values: dict[str, Any] = {"kind": KIND, "params": {}, "dedupe_key": f"work-{next(numbers)}"}
        with database.transaction() as session:
            return service.create(session, user_id=user.id, **(values | fields)).id

    return create


def load(run_id: str) -> Run:
    with database.read_session() as session:
        run = repository.load(session, run_id)
    assert run is not None
    return run


def change(run_id: str, **fields: Any) -> None:
    """Set columns of a run, as time or another process would."""
    with database.transaction() as session:
        run = repository.load(session, run_id)
        assert run is not None
        for name, value in fields.items():
            setattr(run, name, value)


def nothing(_ctx: RunContext) -> None:
    """Work that is done at once."""
