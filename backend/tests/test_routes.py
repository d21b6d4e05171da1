"""Every endpoint says what it answers with and who may ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from app.main import create_app
from tests.factories.settings import make_settings

USER_DEPENDENCIES = {"current_user", "current_identity", "stream_user", "admin_user", "sending_user"}
USER_DEPENDENCIES |= {"metrics_reader"}  # a token of its own, or a program of this machine
PUBLIC = {
    "/docs",
    "/openapi.json",
    "/api/v1/health/live",
    "/api/v1/health/ready",
    "/api/gmail/health",
    "/api/gmail/callback",
    "/gmail/auth/callback",
    "/gmail/callback",
    "/gmail/health",
    "/api/login",
    "/api/auth/register",
    "/api/auth/status",
    "/api/auth/google",
    "/api/auth/google/callback",
    "/api/auth/google/code",
    "/api/calendar/{secret}.ics",
}
# Streams, redirects and pages: what they answer with is no JSON of ours.
WITHOUT_MODEL = {
    "/docs",
    "/openapi.json",
    "/metrics",
    "/api/events",
    "/api/sync-events",
    "/api/runs/{run_id}/events",
    "/api/auth/google",
    "/api/auth/google/callback",
    "/api/gmail/auth",
    "/api/gmail/callback",
    "/api/calendar/{secret}.ics",
    "/api/applications/{application_id}/interviews/{interview_id}.ics",
    "/api/exports/archive",
    "/api/v1/exports/csv",
    "/api/reports/weekly.csv",
}


@pytest.fixture
def routes(tmp_path: Path) -> list[RouteContext]:
    app = create_app(make_settings(f"sqlite:///{tmp_path / 'jobtrail.db'}", tmp_path))
    return list(iter_route_contexts(app.routes))


def test_every_endpoint_has_a_response_model(routes: list[RouteContext]) -> None:
    """Without one, whatever a function returns goes out, and the typed client knows nothing of it."""
    without = {
        f"{route.path}"
        for route in routes
        if getattr(route, "response_model", None) is None and getattr(route, "status_code", None) != 204
    }
    assert without - _with_aliases(WITHOUT_MODEL) == set()


def test_every_endpoint_asks_who_is_there(routes: list[RouteContext]) -> None:
    """An endpoint that forgets to ask is open to anyone; the list of open ones is short and stands above."""
    open_to_all = {f"{route.path}" for route in routes if not USER_DEPENDENCIES & _dependencies(route)}
    assert open_to_all - PUBLIC == set()


def test_the_rules_can_tell_one_from_the_other(routes: list[RouteContext]) -> None:
    """The two rules above are worth nothing when they look at an empty list, or see the same everywhere."""
    asks = {f"{route.path}": bool(USER_DEPENDENCIES & _dependencies(route)) for route in routes}
    assert asks["/api/runs/{run_id}"]
    assert asks["/api/me"]
    assert not asks["/api/login"]
    assert not asks["/api/v1/health/live"]


def _with_aliases(paths: set[str]) -> set[str]:
    """The Gmail endpoints are answered at the root too."""
    return (
        paths
        | {path.removeprefix("/api") for path in paths if path.startswith("/api/gmail/")}
        | {"/gmail/auth/callback"}
    )


def _dependencies(route: RouteContext) -> set[str]:
    return set(_names(getattr(route, "dependant", Dependant())))


def _names(dependant: Dependant) -> Iterator[str]:
    if dependant.call is not None:
        yield getattr(dependant.call, "__name__", "")
    for each in dependant.dependencies:
        yield from _names(each)
