"""Archives that somebody tampered with: refused in words, and the account is as empty as before."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from app.core import db
from app.core.settings import Settings
from app.portability.archive.reading import _MAX_DIRECTORY
from tests.factories.accounts import make_user
from tests.factories.archives import (
    changed,
    download,
    files_of,
    hand_over,
    in_base64,
    packed,
    restore,
    rows_in,
    uploads_left,
)
from tests.factories.imports import import_mails
from tests.factories.mailboxes import candidacy
from tests.factories.states import rows_of
from tests.integration.conftest import Person

pytestmark = pytest.mark.one_database
Change = Callable[[bytes], bytes]
BOMB = 160_000_000
DEEP = json.loads('{"a":' * 60 + "1" + "}" * 60)


def told(**values: Any) -> Change:
    """The archive with other words in its manifest."""

    def change(archive: bytes) -> bytes:
        files = files_of(archive)
        manifest = {**json.loads(files["manifest.json"]), **values}
        return packed({**files, "manifest.json": json.dumps(manifest).encode()}, honest=False)

    return change


def with_file(name: str, content: bytes = b"") -> Change:
    return lambda archive: packed({**files_of(archive), name: content})


def with_row(table: str, **values: Any) -> Change:
    """The archive with other values in the first row of a table."""
    return lambda archive: changed(archive, table, lambda rows: rows[0].update(values))


def twice(table: str) -> Change:
    return lambda archive: changed(archive, table, lambda rows: rows.append(dict(rows[-1])))


def swapped(archive: bytes) -> bytes:
    """Another text under the old checksum."""
    files = files_of(archive)
    email = files["data/emails.jsonl"]
    return packed({**files, "data/emails.jsonl": email.replace(b"Larkspur", b"Larkspor")}, honest=False)


def with_large_directory(archive: bytes) -> bytes:
    at = archive.rindex(b"PK\x05\x06")
    size = (_MAX_DIRECTORY + 1).to_bytes(4, "little")
    return archive[: at + 12] + size + archive[at + 16 :]


def encrypted(archive: bytes) -> bytes:
    at = archive.rindex(b"PK\x01\x02")
    return archive[: at + 8] + b"\x01\x00" + archive[at + 10 :]


AT_ONCE: dict[str, tuple[Change, str]] = {
    "no zip": (lambda _: b"From ada@example.com\n\nHello", "restore.not_an_archive"),
    "half of it": (lambda archive: archive[: len(archive) // 2], "restore.not_an_archive"),
    "another zip": (lambda _: packed({"hello.txt": b"hello"}, honest=False), "restore.not_an_archive"),
    "a newer format": (told(version=2), "restore.too_new"),
    "an unknown table": (with_file("data/love_letters.jsonl"), "restore.too_new"),
    "a way out": (with_file("../../etc/cron.d/evil"), "restore.not_an_archive"),
    "an absolute name": (with_file("/etc/passwd"), "restore.not_an_archive"),
    "a drive": (with_file("C:\\windows\\evil"), "restore.not_an_archive"),
    "a bomb": (with_file("tables/bomb.csv", b"\0" * BOMB), "restore.not_an_archive"),
    "a file more than told": (
        lambda archive: packed({**files_of(archive), "extra.txt": b"x"}, honest=False),
        "restore.damaged",
    ),
    "a table of contents without end": (with_large_directory, "restore.not_an_archive"),
    "a secret file": (encrypted, "restore.not_an_archive"),
    "a manifest of lists": (told(files=[]), "restore.not_an_archive"),
    "rows that are no number": (
        told(files={"data/emails.jsonl": {"rows": "many", "bytes": 1, "sha256": ""}}),
        "restore.damaged",
    ),
}
IN_THE_RUN: dict[str, tuple[Change, str, str]] = {
    "another text": (swapped, "restore.damaged", "data/emails.jsonl"),
    "an unknown column": (with_row("emails", mood="good"), "restore.too_new", "mood"),
    "a text for a number": (with_row("emails", size="large"), "restore.unfit", "line 1: size"),
    "a number without end": (with_row("emails", size=2**40), "restore.unfit", "too large"),
    "too long a text": (with_row("emails", snippet="x" * 241), "restore.unfit", "240"),
    "a NUL": (with_row("emails", subject="a\x00b"), "restore.unfit", "NUL"),
    "a NUL in a tree": (with_row("emails", headers={"a": ["b\x00"]}), "restore.unfit", "NUL"),
    "half a character": (with_row("emails", subject="\ud800"), "restore.unfit", "half a character"),
    "a list for a map": (with_row("emails", headers=[]), "restore.unfit", "no map"),
    "a time without a zone": (with_row("emails", received_at="2026-01-01T00:00:00"), "restore.unfit", "zone"),
    "nothing where something must be": (with_row("emails", subject=None), "restore.unfit", "empty"),
    "another's mail": (with_row("verdicts", email_id=999_999), "restore.unfit", "not in the archive"),
    "another's application": (with_row("links", application_id=999_999), "restore.unfit", "not in the archive"),
    "the same id twice": (twice("emails"), "restore.unfit", "twice"),
    "the same verdict twice": (twice("verdicts"), "restore.unfit", "does not fit"),
    "an unknown stage": (with_row("applications", stage="hired"), "restore.unfit", "not known"),
    "an address that is a script": (
        with_row("applications", job_url="javascript:alert(1)"),
        "restore.unfit",
        "web address",
    ),
    "bytes that are none": (with_row("email_bodies", html="%%%"), "restore.unfit", "base64"),
    "a mail that unpacks without end": (
        with_row("email_bodies", html=in_base64(zlib.compress(b"\0" * 70_000_000))),
        "restore.unfit",
        "64 MB",
    ),
    "a run that still runs": (with_row("runs", state="queued"), "restore.unfit", "not known"),
    "a tree too deep": (with_row("verdicts", entities=DEEP), "restore.unfit", "deep"),
}  # fmt: skip


@pytest.fixture
def archive(ana: Person) -> bytes:
    """The archive of an account with a little mail."""
    import_mails(ana.http, candidacy("Larkspur Systems", "Data Engineer", "received", "interview"))
    return download(ana.http)


def test_tampered_archives_are_refused(
    ana: Person, bob: Person, archive: bytes, app_settings: Settings
) -> None:
    before = rows_of(bob.id)
    for name, (change, code) in AT_ONCE.items():
        answer = hand_over(bob.http, change(archive))
        assert (answer.status_code, answer.json()["code"]) == (422, code), (name, answer.text)
    assert rows_of(bob.id) == before
    for name, (change, code, said) in IN_THE_RUN.items():
        run = restore(bob.http, change(archive))
        assert (run["state"], run["error"]["code"]) == ("error", code), (name, run)
        assert said in run["error"]["detail"], (name, run)
        left = rows_of(bob.id)
        assert {k: v for k, v in left.items() if k not in {"runs", "response_estimates"}} == before, name
    assert uploads_left(app_settings) == []
    assert restore(bob.http, archive)["state"] == "done", "and the true one comes home all the same"


def test_whose_rows_they_are_is_not_read(ana: Person, bob: Person, archive: bytes) -> None:
    """Ids in the file name nothing here: neither an owner, nor rows of others that happen to have them."""
    before = rows_of(ana.id)
    stolen = archive

    def claim(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["user_id"] = ana.id

    for table in ("emails", "applications", "decisions", "mail_accounts"):
        stolen = changed(stolen, table, claim)
    assert restore(bob.http, stolen)["state"] == "done"
    assert rows_of(ana.id) == before
    mine, theirs = rows_in(download(bob.http)), rows_in(download(ana.http))
    assert len(mine["emails"]) == len(theirs["emails"]) == 2
    for table in ("emails", "applications", "mail_accounts", "email_sources"):
        assert not {row["id"] for row in mine[table]} & {row["id"] for row in theirs[table]}
    assert {row["email_id"] for row in mine["verdicts"]} == {row["id"] for row in mine["emails"]}


def test_what_is_missing_in_an_older_archive_gets_its_default(
    ana: Person, bob: Person, archive: bytes
) -> None:
    def forget(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            del row["model_missed"]

    assert restore(bob.http, changed(archive, "verdicts", forget))["state"] == "done"
    assert {row["model_missed"] for row in rows_in(download(bob.http))["verdicts"]} == {False}


def test_a_stranger_in_the_same_installation_sees_none_of_it(ana: Person, archive: bytes) -> None:
    stranger = make_user("cleo")
    assert set(rows_of(stranger.id)) == {"users"}
    with db.read_session():
        assert rows_in(archive)["users"][0].keys().isdisjoint({"username", "password_hash", "is_admin"})
