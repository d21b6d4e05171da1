"""Linking a Google account, and what else holds for those who come by Google."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.core.clock import now
from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import (
    PASSWORD,
    client_from,
    csrf_header,
    make_user,
    sign_in_by_cookie,
)
from tests.factories.codes import code_of, switch_on
from tests.factories.google_sign_ins import (
    ADDRESS,
    come_back,
    linked_to,
    refused,
    settings_with,
    sign_in,
    who,
)
from tests.fakes.google import FakeGoogle


@pytest.fixture
def app(app_settings: Settings, db: None, google: FakeGoogle) -> FastAPI:
    return create_app(settings_with(google, app_settings))


@pytest.fixture
def open_app(app_settings: Settings, db: None, google: FakeGoogle) -> FastAPI:
    """One that takes strangers."""
    return create_app(settings_with(google, app_settings, registration="open"))


def begin_link(client: TestClient, password: str | None = PASSWORD) -> Response:
    return client.post("/api/auth/google/link", json={"password": password}, headers=csrf_header(client))


def test_linking_from_settings(app: FastAPI) -> None:
    make_user("ana")
    client = client_from(app)
    sign_in_by_cookie(client, "ana")
    wrong = begin_link(client, "wrong password")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "auth.wrong_password")

    answer = come_back(client, begin_link(client).json()["url"])
    assert answer.headers["location"] == "/settings/security?linked=google"
    assert client.get("/api/me").json()["google_email"] == ADDRESS
    later = client_from(app)
    sign_in(later)
    assert who(later) == "ana"

    gone = client.post("/api/auth/google/unlink", json={"password": PASSWORD}, headers=csrf_header(client))
    assert gone.json()["has_google"] is False
    after = client_from(app)
    refused(sign_in(after), "auth.google_unknown", after)


def test_a_consent_link_that_is_sent_to_somebody_else_binds_nothing(app: FastAPI) -> None:
    """Mallory begins to link, and lets Ana, who is signed in, follow the link to Google."""
    make_user("mallory")
    make_user("ana")
    mallory, ana = client_from(app), client_from(app)
    sign_in_by_cookie(mallory, "mallory")
    sign_in_by_cookie(ana, "ana")
    url = begin_link(mallory).json()["url"]

    answer = come_back(ana, url)
    assert (answer.status_code, answer.json()["code"]) == (400, "auth.google_state")
    # Nor when Mallory plants the cookie too: another person is signed in there.
    ana.cookies.set("google_sign_in", mallory.cookies["google_sign_in"], path="/api/auth/google")
    answer = come_back(ana, url)
    assert (answer.status_code, answer.json()["code"]) == (400, "auth.google_state")
    for client in (mallory, ana):
        assert client.get("/api/me").json()["has_google"] is False


def test_one_google_account_is_linked_once(app: FastAPI) -> None:
    linked_to("ana")
    make_user("bob")
    bob = client_from(app)
    sign_in_by_cookie(bob, "bob")
    answer = come_back(bob, begin_link(bob).json()["url"])
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.google_taken")


def test_the_only_way_in_stays(open_app: FastAPI, clock: time_machine.Traveller) -> None:
    """Somebody without a password confirms by having signed in just now, and can't throw the key away."""
    make_user("owner")
    client = client_from(open_app)
    sign_in(client)
    unlink = client.post("/api/auth/google/unlink", json={}, headers=csrf_header(client))
    assert (unlink.status_code, unlink.json()["code"]) == (409, "auth.only_way_in")
    clock.shift(601)
    new = {"new_password": "another long one"}
    late = client.post("/api/auth/password", json=new, headers=csrf_header(client))
    assert (late.status_code, late.json()["code"]) == (403, "auth.sign_in_again")
    sign_in(client)
    assert client.post("/api/auth/password", json=new, headers=csrf_header(client)).status_code == 200
    assert client.get("/api/me").json()["has_password"] is True


def test_two_step_login_holds_for_google_too(app: FastAPI, clock: time_machine.Traveller) -> None:
    linked_to("ana")
    secret = switch_on(app, "ana")
    clock.shift(60)
    client = client_from(app)
    answer = sign_in(client, "/review")
    assert answer.headers["location"] == f"/sign-in?{urlencode({'step': 'code', 'next': '/review'})}"
    assert who(client) is None
    wrong = client.post("/api/auth/google/code", json={"code": "000000"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "auth.code_wrong")
    stranger = client_from(app).post("/api/auth/google/code", json={"code": code_of(secret)})
    assert (stranger.status_code, stranger.json()["code"]) == (400, "auth.google_state")
    assert client.post("/api/auth/google/code", json={"code": code_of(secret)}).status_code == 200
    assert who(client) == "ana"


def test_a_deactivated_account_stays_out(app: FastAPI) -> None:
    linked_to("ana", deactivated_at=now())
    client = client_from(app)
    refused(sign_in(client), "auth.deactivated", client)


def test_browsers_are_told_on_a_page(app: FastAPI) -> None:
    client = client_from(app)
    answer = client.get("/api/auth/google/callback", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "was not begun in this browser" in answer.text


def test_without_a_client_there_is_no_google(app_settings: Settings, db: None) -> None:
    client = client_from(create_app(app_settings))
    assert client.get("/api/auth/status").json()["google"] is False
    answer = client.get("/api/auth/google")
    assert (answer.status_code, answer.json()["code"]) == (404, "auth.google_not_configured")


def test_a_google_that_is_gone_or_forbidden_is_said(
    app_settings: Settings, db: None, google: FakeGoogle
) -> None:
    gone = settings_with(google, app_settings, google_issuer="http://127.0.0.1:1")
    answer = client_from(create_app(gone)).get("/api/auth/google")
    assert (answer.status_code, answer.json()["code"]) == (503, "auth.google_unavailable")
    offline = settings_with(google, app_settings, offline=True)
    linked_to("ana")
    client = client_from(create_app(offline))
    answer = client.get("/api/auth/google", follow_redirects=False)
    assert answer.status_code in {302, 403}  # what was asked before is still known
