"""A cookie alone changes nothing: the page must prove that it is ours."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.factories.accounts import bearer, csrf_header, make_user, sign_in_by_cookie, token_of


@pytest.fixture
def page(client: TestClient) -> TestClient:
    make_user("ada")
    sign_in_by_cookie(client, "ada")
    return client


def rename(page: TestClient, headers: dict[str, str]) -> tuple[int, str]:
    answer = page.patch("/api/me", json={"display_name": "Ada"}, headers=headers)
    return answer.status_code, answer.json().get("code", "")


def test_reading_needs_no_proof(page: TestClient) -> None:
    assert page.get("/api/me", headers={"Origin": "https://evil.example"}).status_code == 200


def test_changing_needs_the_token(page: TestClient) -> None:
    assert rename(page, {}) == (403, "auth.csrf")
    assert rename(page, {"X-CSRF-Token": ""}) == (403, "auth.csrf")
    assert rename(page, {"X-CSRF-Token": "0" * 64}) == (403, "auth.csrf")
    assert rename(page, csrf_header(page)) == (200, "")


def test_a_token_of_an_older_session_is_stale(page: TestClient) -> None:
    stale = page.cookies["csrf_token"]
    sign_in_by_cookie(page, "ada")
    assert rename(page, {"X-CSRF-Token": stale}) == (403, "auth.csrf")
    page.cookies.delete("csrf_token")
    page.cookies.set("csrf_token", stale)
    assert rename(page, {"X-CSRF-Token": stale}) == (403, "auth.csrf")


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("http://localhost:8000", 200),
        ("http://localhost:5173", 200),
        ("https://evil.example", 403),
        ("http://localhost:9999", 403),
        ("http://localhost:8000.evil.example", 403),
        ("null", 403),
        ("", 403),
        ("http://[", 403),
    ],
)
def test_only_our_own_pages_may_change_things(page: TestClient, origin: str, expected: int) -> None:
    status, code = rename(page, {"Origin": origin, **csrf_header(page)})
    assert status == expected
    assert code == ("" if expected == 200 else "auth.foreign_origin")


def test_a_bearer_needs_none(client: TestClient) -> None:
    make_user("ada")
    headers = {"Origin": "https://elsewhere.example", **bearer(token_of(client, "ada"))}
    assert rename(client, headers) == (200, "")
