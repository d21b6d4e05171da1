"""A mail server that is not ours: pymap, a packaged one, in a process of its own."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from app.core.clock import now
from app.mail import mime
from tests.factories.mailservers import make_dated
from tests.factories.server import wait_until
from tests.integration.conftest import Person
from tests.integration.imap.conftest import check_deletions, stored, sync_well

pytestmark = pytest.mark.one_database

USER, PASSWORD = "demouser", "demopass"  # those that its in-memory mailboxes come with


@pytest.fixture
def port() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        number = int(free.getsockname()[1])
    arguments = ["pymap", "--host", "127.0.0.1", "--port", str(number), "--no-tls", "dict", "--demo-data"]
    code = f"import sys; sys.argv = {arguments!r}; from pymap.main import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(number), 60, "pymap did not start")
        yield number
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        return connection.recv(4) == b"* OK"
    return False


def put(client: imaplib.IMAP4, folder: str, mails: list[bytes]) -> None:
    for mail in mails:
        assert client.append(folder, "", imaplib.Time2Internaldate(time.time()), mail)[0] == "OK"


def ids_in(account_id: int) -> dict[str | None, str]:
    """Message-IDs of what is stored and not deleted, with their texts."""
    return {m.email.rfc822_message_id: m.text for m in stored(account_id) if not m.is_deleted}


def test_a_mailbox_of_a_foreign_server(ana: Person, port: int) -> None:
    at = now() - timedelta(days=1)
    first = [make_dated(number, at) for number in range(25)]
    later = [make_dated(number, at, "Vielen Dank für Ihre Bewerbung.") for number in range(25, 28)]
    with imaplib.IMAP4("127.0.0.1", port) as client:
        client.login(USER, PASSWORD)
        for folder in ("Jobs", "Later"):
            client.create(folder)
        put(client, "Jobs", first)
        body: dict[str, object] = {"address": "ana@elsewhere.example", "username": USER, "password": PASSWORD}
        body |= {"host": "127.0.0.1", "security": "none", "folders": ["Jobs", "Later"]}
        answer = ana.http.post("/api/mail-accounts/imap", json=body | {"port": port})
        assert answer.status_code == 201, answer.text
        account_id = answer.json()["account"]["id"]
        sync_well(ana)

        there = {mime.parse(mail).rfc822_message_id: mime.parse(mail).text for mail in first}
        assert ids_in(account_id) == there
        assert len(there) == 25

        assert sync_well(ana)["processed"] == 0
        client.select("Jobs")
        first_three = client.uid("SEARCH", "ALL")[1][0].split()[:3]
        client.uid("STORE", b",".join(first_three).decode(), "+FLAGS", "(\\Deleted)")
        client.expunge()
        put(client, "Later", later)
        sync_well(ana)
        there = {mime.parse(mail).rfc822_message_id: mime.parse(mail).text for mail in [*first[3:], *later]}
        assert ids_in(account_id) == there

        # The folder is made anew: another UIDVALIDITY, the same mails.
        client.close()
        client.delete("Jobs")
        client.create("Jobs")
        put(client, "Jobs", first[3:])
        run = sync_well(ana)
        assert (run["result"]["cursor_expired"], run["created"]) == (True, 0)
        assert check_deletions(ana)["deleted"] == 0
        assert ids_in(account_id) == there
        assert len(stored(account_id)) == 28
