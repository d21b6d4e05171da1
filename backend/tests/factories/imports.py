"""Imports over the API, as a client does them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from tests.factories.mails import make_mbox


def upload(client: TestClient, content: bytes, name: str = "mail.mbox") -> Response:
    """The answer to an upload, whatever it is."""
    return client.post("/api/imports/mail", files={"file": (name, content, "application/octet-stream")})


def run_of(client: TestClient, job_id: str) -> dict[str, Any]:
    answer = client.get(f"/api/runs/{job_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def import_bytes(client: TestClient, content: bytes, name: str = "mail.mbox") -> dict[str, Any]:
    """The run after an upload that was taken."""
    answer = upload(client, content, name)
    assert answer.status_code == 202, answer.text
    return run_of(client, answer.json()["job_id"])


def import_mails(client: TestClient, mails: Sequence[bytes]) -> dict[str, Any]:
    """The run after these mails were imported as an mbox; it has ended well."""
    run = import_bytes(client, make_mbox(mails))
    assert run["state"] == "done", run
    return run


def items(client: TestClient, path: str, **params: Any) -> list[dict[str, Any]]:
    """All items of a list."""
    found: list[dict[str, Any]] = []
    while True:
        answer = client.get(path, params={"limit": 100, "offset": len(found), **params})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body["items"]
        if len(found) >= body["total"] or not body["items"]:
            assert len(found) == body["total"]
            return found


def feed(client: TestClient, path: str, limit: int = 100, **params: Any) -> list[dict[str, Any]]:
    """All items of a feed, page after page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = client.get(path, params={"limit": limit, **params, **more})
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return found
