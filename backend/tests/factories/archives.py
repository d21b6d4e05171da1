"""Archives of accounts: taken, given back, compared without ids, and tampered with."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi.testclient import TestClient
from httpx2 import Response

from app.core import db
from app.core.settings import Settings, get_settings, use_settings
from app.main import create_app
from app.portability.archive.contents import parts
from app.portability.archive.inner_ids import INNER_IDS
from tests.factories.accounts import make_user, signed_in
from tests.factories.imports import run_of

Rows = dict[str, list[dict[str, Any]]]
Files = dict[str, bytes]


def download(client: TestClient) -> bytes:
    """The archive of whoever the client acts for."""
    answer = client.get("/api/exports/archive")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


def hand_over(client: TestClient, archive: bytes) -> Response:
    return client.post("/api/imports/archive", files={"file": ("jobtrail.zip", archive, "application/zip")})


def restore(client: TestClient, archive: bytes) -> dict[str, Any]:
    """The run that brought an archive home."""
    answer = hand_over(client, archive)
    assert answer.status_code == 202, answer.text
    return run_of(client, answer.json()["job_id"])


@contextmanager
def another_installation(settings: Settings, username: str = "ana") -> Iterator[tuple[int, TestClient]]:
    """Jobtrail at another database of this process, with somebody else in it and a user whose account is empty:
    (id, a client that acts for them). The first one is open again afterwards."""
    before = get_settings()
    use_settings(settings)
    db.configure(settings, strict=True)
    try:
        app = create_app(settings)
        make_user("somebody-else")
        user = make_user(username)
        with TestClient(app, base_url="http://localhost:8000"), signed_in(app, username) as client:
            yield user.id, client
    finally:
        use_settings(before)
        db.configure(before, strict=True)


def rows_in(archive: bytes) -> Rows:
    """Every row of an archive, by table."""
    with ZipFile(io.BytesIO(archive)) as file:
        return {
            part.name: [json.loads(line) for line in file.read(part.file).splitlines()] for part in parts()
        }


def without_ids(archive: bytes) -> Rows:
    """The same with each id replaced by the how many-th row it is of its table, wherever it stands."""
    found = rows_in(archive)
    place: dict[str, dict[Any, int]] = {
        name: {row["id"]: number for number, row in enumerate(rows, 1)}
        for name, rows in found.items()
        if rows and "id" in rows[0]
    }

    def number(table: str, old: Any) -> int | None:
        return place.get(table, {}).get(old)

    for part in parts():
        for row in found[part.name]:
            before = dict(row)
            for column, other in part.refers.items():
                row[column] = None if row[column] is None else number(other, row[column])
            for (table, column), (_, rewrite) in INNER_IDS.items():
                if table == part.name:
                    row[column] = rewrite(before[column], before, number)
            for column in _OF_ITS_INSTALLATION.get(part.name, ()):
                del row[column]
            if "id" in row:
                row["id"] = number(part.name, row["id"])
    for rows in found.values():
        rows.sort(key=lambda row: json.dumps(row, sort_keys=True))
    return found


# Made of ids (`keys_hold` looks at it), changed on purpose, or rows that have no order of their own.
_OF_ITS_INSTALLATION = {
    "emails": ("dedupe_key",),
    "runs": ("dedupe_key",),
    "mail_accounts": ("needs_reauth",),
    "link_keys": ("id",),
}


def keys_hold(archive: bytes) -> bool:
    """Whether each email is known by an account and a name that it came in with."""
    found = rows_in(archive)
    keys: dict[int, set[str]] = {}
    for source in found["email_sources"]:
        text = f"{source['mail_account_id']}\x1f{source['provider_message_id']}"
        keys.setdefault(source["email_id"], set()).add(hashlib.sha256(text.encode()).hexdigest())
    return all(email["dedupe_key"] in keys[email["id"]] for email in found["emails"])


def files_of(archive: bytes) -> Files:
    with ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(files: Files, *, honest: bool = True) -> bytes:
    """A zip of these files; `honest` writes what they are now into its manifest."""
    if honest:
        told = json.loads(files["manifest.json"])
        told["files"] = {
            name: {
                "rows": content.count(b"\n") if name.startswith("data/") else 0,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in files.items()
            if name != "manifest.json"
        }
        files = {**files, "manifest.json": json.dumps(told).encode()}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def changed(archive: bytes, table: str, change: Callable[[list[dict[str, Any]]], None]) -> bytes:
    """The archive with other rows of a table, and a manifest that fits them."""
    files = files_of(archive)
    rows = [json.loads(line) for line in files[f"data/{table}.jsonl"].splitlines()]
    change(rows)
    files[f"data/{table}.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    return packed(files)


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def uploads_left(settings: Settings) -> list[Path]:
    folder = settings.data_dir / "uploads"
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
