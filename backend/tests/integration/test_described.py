"""Requests made up from openapi.json, fit and unfit, as a user and as nobody: no crash, and only answers that the
description knows."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import hypothesis
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.auth import service
from app.auth.models import User
from app.core import db as database
from app.core.settings import Settings, get_settings, use_settings
from app.main import create_app
from tests.factories.accounts import bearer, client_from, make_user
from tests.factories.settings import make_settings

ENDLESS = {"stream_everything", "stream_run"}  # a test client waits for the end
EXAMPLES = 1
MORE_EXAMPLES = 60
SEED = 20261122
# What a browser or a server in between would never let through, and a test client can't send.
_NOT_SENT = (UnicodeError, ValueError)


@pytest.fixture
def app(app_settings: Settings, db: None) -> FastAPI:
    """An application that starts no work by itself, and counts no requests."""
    settings = make_settings(
        app_settings.database_url,
        app_settings.data_dir,
        runner="inprocess",
        sync_runner="inprocess",
        rate_limit_per_minute=0,
    )
    use_settings(settings)
    made = create_app(settings)
    made.router.lifespan_context = _nothing
    return made


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    """No executors, no schedules."""
    yield


class Asker:
    """Sends cases to the application, as somebody or as nobody, and keeps what was wrong with the answers."""

    def __init__(self, client: TestClient, user: User | None) -> None:
        self._client = client
        self._user = user
        self._headers: dict[str, str] = {}
        self.problems: dict[str, str] = {}
        self.sent = 0

    def send(self, case: Any, checks: list[Any]) -> None:
        request = case.as_transport_kwargs(base_url="http://localhost:8000", headers=self._key())
        request.pop("cookies", None)
        self._client.cookies.clear()
        try:
            answer = self._client.request(follow_redirects=False, **request)
        except _NOT_SENT:
            return
        self.sent += 1
        if answer.status_code == 401:
            self._headers = {}  # it signed itself out
        try:
            case.validate_response(answer, checks=checks)
        except BaseExceptionGroup as error:
            self._note(case, [*map(str, error.exceptions)], answer)
        except AssertionError as error:
            self._note(case, [str(error)], answer)

    def _note(self, case: Any, said: list[str], answer: Any) -> None:
        place = f"{case.method} {case.path} -> {answer.status_code}"
        self.problems.setdefault(place, f"{said[0][:600]}\n{answer.text[:300]}")

    def _key(self) -> dict[str, str]:
        """What shows who asks; a new one when the requests took the last one away."""
        if self._user is not None and not self._headers:
            with database.transaction() as session:
                here = service.Client("127.0.0.1", "")
                opened = service.open_session(session, get_settings(), self._user.id, here)
            self._headers = bearer(opened.access_token)
        return dict(self._headers)


def operations(app: FastAPI) -> Iterator[Any]:
    import schemathesis

    schema = schemathesis.openapi.from_dict(app.openapi())
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        if operation.definition.raw["operationId"] not in ENDLESS:
            yield operation


def ask_everything(app: FastAPI, asker: Asker, examples: int) -> None:
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks as known

    checks = [
        not_a_server_error,
        known.status_code_conformance,
        known.content_type_conformance,
        known.response_headers_conformance,
        known.response_schema_conformance,
    ]
    for operation in operations(app):
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                cases = operation.as_strategy(generation_mode=mode)
            except TypeError:  # nothing about it can be unfit
                continue

            @hypothesis.seed(SEED)
            @hypothesis.settings(
                max_examples=examples,
                database=None,
                deadline=None,
                phases=[hypothesis.Phase.generate],
                suppress_health_check=list(hypothesis.HealthCheck),
            )
            @hypothesis.given(case=cases)
            def ask(case: Any) -> None:
                asker.send(case, checks)

            try:
                ask()
            except hypothesis.errors.Unsatisfiable:
                continue


def check(app: FastAPI, user: User | None, examples: int) -> int:
    with client_from(app) as client, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about regular expressions of the description
        asker = Asker(client, user)
        ask_everything(app, asker, examples)
    assert not asker.problems, "\n\n".join(
        f"{place}: {said}" for place, said in sorted(asker.problems.items())
    )
    return asker.sent


@pytest.mark.one_database
def test_a_user_gets_only_described_answers(app: FastAPI) -> None:
    make_user("owner")
    assert check(app, make_user("ada"), EXAMPLES) > 300


@pytest.mark.one_database
def test_nobody_gets_only_described_answers(app: FastAPI) -> None:
    make_user("owner")
    assert check(app, None, EXAMPLES) > 300


@pytest.mark.soak
@pytest.mark.one_database
@pytest.mark.parametrize("who", ["owner", "ada", None])
def test_the_same_for_long(app: FastAPI, who: str | None) -> None:
    people = {"owner": make_user("owner"), "ada": make_user("ada"), None: None}
    assert check(app, people[who], MORE_EXAMPLES) > 5_000
