"""What wraps every request, on a small application of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.middleware import Middleware
from structlog.testing import capture_logs

from app.core import middleware, problems
from app.core.middleware import BodyLimit, HostAllowList, RequestContext, redacted
from tests.factories.settings import make_settings


def small_app(tmp_path: Path, **more: str) -> TestClient:
    settings = make_settings("sqlite://", tmp_path, **more)
    app = FastAPI(
        middleware=[
            Middleware(RequestContext, settings=settings),
            Middleware(HostAllowList, allowed=settings.host_allow_list),
            Middleware(BodyLimit, limits={"/api/imports/mail": None, "/api/bigger": 4_000_000}),
        ]
    )
    problems.install(app)

    async def size(request: Request) -> int:
        return len(await request.body())

    async def crash() -> None:
        raise ZeroDivisionError

    for path in ("/api/echo", "/api/bigger", "/api/imports/mail"):
        app.post(path)(size)
    app.get("/api/crash")(crash)
    app.get("/api/v1/health/live")(lambda: "ok")
    app.get("/api/hello")(lambda: "hello")
    return TestClient(app, base_url="http://localhost:8000")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return small_app(tmp_path)


def pieces(total: int) -> Iterator[bytes]:
    for _ in range(total // 100_000):
        yield b"x" * 100_000


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/api/hello", "/api/missing", "/api/crash"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers


def test_hsts_only_behind_tls(tmp_path: Path) -> None:
    client = small_app(tmp_path, public_url="https://jobs.example.com")
    assert "max-age" in client.get("/api/hello").headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("abc-123", True), ("x" * 65, False), ("a b", False), ('a"b', False), ("", False)],
)
def test_request_ids_are_kept_when_sane(client: TestClient, given: str, is_kept: bool) -> None:
    answer = client.get("/api/missing", headers={"X-Request-ID": given})
    assert (answer.headers["x-request-id"] == given) is is_kept
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_a_crash_is_a_problem_without_details(client: TestClient) -> None:
    with capture_logs() as logs:
        answer = client.get("/api/crash")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "ZeroDivision" not in answer.text
    assert [line["event"] for line in logs] == ["request_crashed", "request"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8000", "[", "127.0.0.2"]
)
def test_foreign_hosts_are_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/hello", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (400, "host.not_allowed")
    assert client.get("/api/v1/health/live", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000"])
def test_names_of_this_machine_are_allowed(client: TestClient, host: str) -> None:
    assert client.get("/api/hello", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("allowed", "host", "expected"),
    [
        ("jobs.example.com", "jobs.example.com", 200),
        ("jobs.example.com", "localhost", 400),
        ("*.example.com", "a.example.com", 200),
        ("*.example.com", "example.com", 400),
        ("*.example.com", "evilexample.com", 400),
        ("*", "anything.example", 200),
    ],
)
def test_allowed_hosts_setting(tmp_path: Path, allowed: str, host: str, expected: int) -> None:
    client = small_app(tmp_path, allowed_hosts=allowed)
    assert client.get("/api/hello", headers={"Host": host}).status_code == expected


@pytest.mark.parametrize(
    ("path", "size", "expected"),
    [
        ("/api/echo", 2_000_000, 200),
        ("/api/echo", 2_200_000, 413),
        ("/api/bigger", 2_200_000, 200),
        ("/api/bigger", 4_100_000, 413),
        ("/api/imports/mail", 5_000_000, 200),
    ],
)
@pytest.mark.parametrize("announced", [True, False])
def test_bodies_are_limited(client: TestClient, path: str, size: int, expected: int, announced: bool) -> None:
    answer = client.post(path, content=b"x" * size if announced else pieces(size))
    assert answer.status_code == expected
    if expected == 413:
        assert answer.json()["code"] == "request.too_large"
    else:
        assert answer.json() == size


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("token=abc&days=3", "token=[redacted]&days=3"),
        ("a=1&code=x%20y&state=z", "a=1&code=[redacted]&state=[redacted]"),
        ("access_token=abc", "access_token=[redacted]"),
        ("q=engineer", "q=engineer"),
    ],
)
def test_secrets_in_addresses_are_not_logged(client: TestClient, query: str, expected: str) -> None:
    assert redacted(query) == expected
    with capture_logs() as logs:
        client.get(f"/api/hello?{query}")
    assert [line["query"] for line in logs] == [expected]


def test_no_limit_is_forgotten_for_unknown_paths() -> None:
    assert middleware.JSON_BODY_BYTES == 2 * 1024 * 1024
    assert middleware.BODY_LIMITS["/api/imports/mail"] is None
