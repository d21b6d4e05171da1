"""Administrators make accounts, shut people out and in, and give new passwords."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core import db as database
from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import (
    PASSWORD,
    bearer,
    client_from,
    make_user,
    sign_in_by_cookie,
    signed_in,
    token_of,
)
from tests.factories.codes import switch_on


@pytest.fixture
def app(app_settings: Settings, db: None) -> FastAPI:
    return create_app(app_settings)


@pytest.fixture
def admin(app: FastAPI) -> Iterator[TestClient]:
    make_user("root")
    with signed_in(app, "root") as client:
        yield client


def id_of(admin: TestClient, username: str) -> int:
    found: list[int] = [
        each["id"] for each in admin.get("/api/admin/users").json()["items"] if each["username"] == username
    ]
    return found[0]


def login(app: FastAPI, username: str, password: str = PASSWORD) -> tuple[int, str]:
    answer = client_from(app).post("/api/login", json={"username": username, "password": password})
    return answer.status_code, answer.json().get("code", "")


def test_only_admins_see_and_change_accounts(app: FastAPI, admin: TestClient) -> None:
    bob = make_user("bob")
    with signed_in(app, "bob") as client:
        for answer in (
            client.get("/api/admin/users"),
            client.post("/api/admin/users", json={"username": "eve", "password": PASSWORD}),
            client.patch(f"/api/admin/users/{bob.id}", json={"is_admin": True}),
            client.post(f"/api/admin/users/{bob.id}/password", json={"password": PASSWORD}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "auth.admin_only")
    assert [each["username"] for each in admin.get("/api/admin/users").json()["items"]] == ["root", "bob"]


def test_an_account_made_by_an_admin(app: FastAPI, admin: TestClient) -> None:
    made = admin.post("/api/admin/users", json={"username": "bob", "password": PASSWORD})
    assert (made.status_code, made.json()["is_admin"], made.json()["is_active"]) == (201, False, True)
    assert "password" not in made.text.replace("has_password", "")
    assert login(app, "bob")[0] == 200
    taken = admin.post("/api/admin/users", json={"username": "BOB", "password": PASSWORD})
    assert (taken.status_code, taken.json()["code"]) == (409, "auth.username_taken")
    nobodys = admin.post("/api/admin/users", json={"username": "eve"})
    assert (nobodys.status_code, nobodys.json()["code"]) == (422, "admin.no_way_in")
    by_google = admin.post("/api/admin/users", json={"username": "eve", "google_email": "Eve@Example.com"})
    assert by_google.json()["google_email"] == "eve@example.com"
    assert login(app, "eve", "") == (401, "auth.login_failed")


def test_a_deactivated_user_is_out_at_once_and_by_every_way(app: FastAPI, admin: TestClient) -> None:
    bob = make_user("bob")
    client = client_from(app)
    sign_in_by_cookie(client, "bob")
    token = token_of(client_from(app), "bob")
    key = client_from(app).post(
        "/api/api-keys", json={"name": "script", "scope": "write"}, headers=bearer(token)
    )
    by_key = {"X-API-Key": key.json()["key"]}
    ticket = client_from(app).post("/api/auth/ticket", headers=by_key).json()["ticket"]

    out = admin.patch(f"/api/admin/users/{bob.id}", json={"is_active": False})
    assert out.json()["is_active"] is False
    assert client.get("/api/me").status_code == 401
    assert client_from(app).get("/api/me", headers=bearer(token)).status_code == 401
    assert client_from(app).get("/api/me", headers=by_key).status_code == 401
    assert client_from(app).get("/api/runs/none/events", params={"token": ticket}).status_code == 401
    assert login(app, "bob") == (403, "auth.deactivated")
    assert login(app, "bob", "wrong password") == (401, "auth.login_failed"), "strangers learn nothing"

    admin.patch(f"/api/admin/users/{bob.id}", json={"is_active": True})
    assert login(app, "bob")[0] == 200
    assert client_from(app).get("/api/me", headers=by_key).status_code == 200
    assert client.get("/api/me").status_code == 401, "old sessions stay ended"


def test_the_static_key_of_a_deactivated_user_opens_nothing(app_settings: Settings, db: None) -> None:
    make_user("root")
    bob = make_user("bob")
    key = "a-key-from-the-environment-of-this-test"
    settings = app_settings.model_validate(
        app_settings.model_dump() | {"api_key": key, "api_key_user_id": bob.id}
    )
    app = create_app(settings)
    by_key = {"X-API-Key": key}
    assert client_from(app).get("/api/me", headers=by_key).status_code == 200
    with signed_in(app, "root") as admin:
        admin.patch(f"/api/admin/users/{bob.id}", json={"is_active": False})
    assert client_from(app).get("/api/me", headers=by_key).status_code == 401


def test_nothing_is_read_on_behalf_of_a_deactivated_user(app: FastAPI, admin: TestClient) -> None:
    """Their calendar is closed to whoever has its address; that no sync begins is told beside the schedules."""
    bob = make_user("bob")
    with signed_in(app, "bob") as client:
        url = client.post("/api/calendar").json()["url"]
    path = "/api/calendar/" + url.rpartition("/")[2]
    assert client_from(app).get(path).status_code == 200
    admin.patch(f"/api/admin/users/{bob.id}", json={"is_active": False})
    assert client_from(app).get(path).status_code == 404


def test_a_new_password_ends_all_sessions(app: FastAPI, admin: TestClient) -> None:
    bob = make_user("bob")
    token = token_of(client_from(app), "bob")
    switch_on(app, "bob")
    reset = {"password": "another long one"}
    assert admin.post(f"/api/admin/users/{bob.id}/password", json=reset).status_code == 200
    assert client_from(app).get("/api/me", headers=bearer(token)).status_code == 401
    assert login(app, "bob")[1] == "auth.login_failed"
    assert login(app, "bob", "another long one") == (401, "auth.code_required")
    admin.post(f"/api/admin/users/{bob.id}/password", json=reset | {"totp_off": True})
    assert login(app, "bob", "another long one")[0] == 200


def test_somebody_can_always_administer(app: FastAPI, admin: TestClient) -> None:
    mine = id_of(admin, "root")
    for path, method, body in (
        (f"/api/admin/users/{mine}", "PATCH", {"is_active": False}),
        (f"/api/admin/users/{mine}", "PATCH", {"is_admin": False}),
        (f"/api/admin/users/{mine}/password", "POST", {"password": PASSWORD}),
    ):
        answer = admin.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "auth.own_account")
    unknown = admin.patch("/api/admin/users/999999", json={"is_admin": True})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "auth.user_unknown")


def test_two_admins_cannot_demote_each_other(app: FastAPI, admin: TestClient) -> None:
    from app.auth import service
    from app.auth.errors import LastAdmin
    from tests.factories.accounts import find_user

    bob = make_user("bob")
    admin.patch(f"/api/admin/users/{bob.id}", json={"is_admin": True})
    root = find_user("root")
    assert root is not None
    with database.transaction() as session:
        service.change_user(session, root, bob.id, is_admin=False)
    with pytest.raises(LastAdmin), database.transaction() as session:
        service.change_user(session, bob, root.id, is_admin=False)
    assert admin.get("/api/admin/users").status_code == 200
