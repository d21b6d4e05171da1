"""Users, and clients that are signed in as them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.auth import passwords, repository, service
from app.auth.dependencies import CSRF_COOKIE, CSRF_HEADER
from app.auth.models import User
from app.core import db

PASSWORD = "correct horse battery"
HERE = ("127.0.0.1", 51234)
ELSEWHERE = ("198.51.100.7", 51234)


def make_user(username: str, password: str = PASSWORD) -> User:
    """A stored user, detached."""
    hashed = passwords.hash_password(password)
    with db.transaction() as session:
        return service.create_user(session, username, hashed)


def find_user(username: str) -> User | None:
    """A user that is stored already, as in a prepared database."""
    with db.read_session() as session:
        return repository.user_by_key(session, username)


def client_from(
    app: FastAPI, address: tuple[str, int] = HERE, base_url: str = "http://localhost:8000"
) -> TestClient:
    """A client at `address`. Use it as a context manager where the application must be started."""
    return TestClient(app, base_url=base_url, client=address, raise_server_exceptions=False)


def token_of(client: TestClient, username: str, password: str = PASSWORD) -> str:
    """A fresh access token."""
    answer = client.post("/api/login", json={"username": username, "password": password})
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["access_token"]
    return token


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def sign_in_by_cookie(client: TestClient, username: str, password: str = PASSWORD) -> None:
    """From now on the client sends the session cookie, like a page does; unsafe calls need `csrf_header`."""
    answer = client.post("/api/login", json={"username": username, "password": password, "cookie": True})
    assert answer.status_code == 200, answer.text


def csrf_header(client: TestClient) -> dict[str, str]:
    return {CSRF_HEADER: client.cookies[CSRF_COOKIE]}


def send_json(client: TestClient, method: str, path: str, body: Any) -> Response:
    """Send `body` in plain ASCII, so that it may hold what no text can: halves of characters."""
    headers = {"Content-Type": "application/json"}
    return client.request(method, path, content=json.dumps(body), headers=headers)


@contextmanager
def signed_in(app: FastAPI, username: str) -> Iterator[TestClient]:
    """A client that sends a Bearer token with everything."""
    client = client_from(app)
    client.headers.update(bearer(token_of(client, username)))
    yield client
    client.close()
