"""Connecting by IMAP over the API: what is tried, what is stored, and what a person is told when it fails."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from app.core import db
from app.core.settings import Settings
from app.mail import repository
from app.mail.imap import probing
from app.mail.imap.access import ImapAccess, Security
from app.mail.imap.errors import ImapTimeout
from tests.factories.mails import make_mail
from tests.factories.mailservers import fill
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount, gmail_account
from tests.integration.conftest import Person
from tests.integration.imap.conftest import Certificate, access_to, connect


def refused(person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """The problem that an attempt ended in; nothing was stored."""
    answer = person.http.post("/api/mail-accounts/imap", json=body)
    assert answer.status_code >= 400, answer.text
    assert person.http.get("/api/mail-accounts").json()["items"] == []
    assert body["password"] not in answer.text
    problem: dict[str, Any] = answer.json()
    return problem


@pytest.fixture
def stranger() -> Iterator[int]:
    """The port of something that is no mail server."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.sendall(b"SSH-2.0-OpenSSH_9.9 a secret banner\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    over.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(timeout=5)


def test_a_mailbox_is_connected_shown_changed_and_disconnected(
    ana: Person, bob: Person, mailbox: ImapAccount, server: FakeImap, app_settings: Settings
) -> None:
    fill(mailbox, 1)
    answer = ana.http.post("/api/mail-accounts/imap", json=access_to(server, name="Private"))
    assert answer.status_code == 201
    told = answer.json()
    account_id = told["account"]["id"]
    assert mailbox.password not in answer.text
    assert {f["name"]: (f["role"], f["is_read"]) for f in told["folders"]} == {
        "INBOX": ("inbox", True),
        "Archive": ("mail", True),
        "Sent": ("sent", True),
        "Bewerbungen/Für später": ("mail", True),
        "Drafts": ("drafts", False),
        "Junk": ("spam", False),
        "Trash": ("trash", False),
    }
    (shown,) = ana.http.get("/api/mail-accounts").json()["items"]
    assert (shown["provider"], shown["name"], shown["connected"], shown["needs_reauth"]) == (
        "imap",
        "Private",
        True,
        False,
    )
    assert shown["imap"] == {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "username": mailbox.user,
        "folders": None,
    }
    with db.read_session() as session:
        sealed = repository.get_account(session, ana.id, account_id).credentials
    assert sealed is not None
    assert mailbox.password.encode() not in sealed
    assert b"127.0.0.1" not in sealed

    path = f"/api/mail-accounts/{account_id}"
    assert ana.http.post(f"{path}/test").json()["address"] == mailbox.user
    server.forget()
    assert ana.http.patch(path, json={"name": "Work"}).json()["account"]["name"] == "Work"
    assert server.connections == 0, "a name needs no connection"
    changed = ana.http.patch(path, json={"folders": ["INBOX"]})
    assert changed.json()["account"]["imap"]["folders"] == ["INBOX"]
    assert [f["name"] for f in changed.json()["folders"] if f["is_read"]] == ["INBOX"]
    assert connect(ana, server) == account_id
    (kept,) = ana.http.get("/api/mail-accounts").json()["items"]
    assert kept["imap"]["folders"] == ["INBOX"], "connected anew it keeps its folders"
    assert ana.http.patch(path, json={"folders": None}).json()["account"]["imap"]["folders"] is None
    assert ana.http.patch(path, json={"folders": ["Nowhere"]}).json()["code"] == "imap.no_folder"
    assert ana.http.patch(path, json={"host": "localhost"}).json()["code"] == "imap.password_needed"
    assert ana.http.patch(path, json={"username": "bob"}).json()["code"] == "imap.password_needed"
    moved = ana.http.patch(path, json={"host": "localhost", "password": mailbox.password})
    assert moved.json()["account"]["imap"]["host"] == "localhost"
    assert ana.http.patch(path, json={"password": "not-it"}).json()["code"] == "imap.login_failed"
    assert ana.http.post(f"{path}/test").status_code == 200, "the right password is still the stored one"

    for method in ("PATCH", "DELETE"):
        assert bob.http.request(method, path, json={"name": "Mine"}).status_code == 404
    assert bob.http.post(f"{path}/test").status_code == 404
    assert ana.http.delete(path).status_code == 204
    (left,) = ana.http.get("/api/mail-accounts").json()["items"]
    assert (left["connected"], left["imap"], left["name"]) == (False, None, "")
    assert ana.http.post(f"{path}/test").json()["code"] == "mail.reauth_required"
    assert connect(ana, server) == account_id, "connected anew, it is the same account"


def test_whatever_is_wrong_is_told_in_our_words(
    ana: Person, mailbox: ImapAccount, server: FakeImap, stranger: int
) -> None:
    good = access_to(server)
    free = socket.create_server(("127.0.0.1", 0))
    closed = free.getsockname()[1]
    free.close()
    cases = [
        (good | {"host": "imap.nowhere.invalid", "security": "tls"}, "imap.host_unknown"),
        (good | {"port": closed}, "imap.refused"),
        (good | {"port": stranger}, "imap.refused"),
        (good | {"security": "tls"}, "imap.tls_failed"),
        (good | {"security": "starttls"}, "imap.tls_failed"),
        (good | {"password": "not-it"}, "imap.login_failed"),
        (good | {"folders": ["Nowhere"]}, "imap.no_folder"),
        (good | {"host": "mail.example.com"}, "imap.not_allowed"),
        (good | {"port": 22}, "imap.not_allowed"),
        (good | {"host": None, "port": None}, "imap.host_needed"),
        (good | {"host": None, "address": "ana@outlook.com"}, "imap.not_allowed"),
        (good | {"host": "a b"}, "request.invalid"),
        (good | {"username": "ana\r\nA1 LOGOUT"}, "request.invalid"),
        (good | {"password": "x\r\nA1 LOGOUT"}, "request.invalid"),
    ]
    for body, code in cases:
        problem = refused(ana, body)
        assert problem["code"] == code, (body, problem)
        assert "banner" not in json.dumps(problem)
    mailbox.user, server.accounts = "ana@gmail.com", {"ana@gmail.com": mailbox}
    mailbox.password = "abcdefghijklmnop"
    pasted = access_to(server, password="abcd efgh\u00a0ijkl mnop ")
    assert ana.http.post("/api/mail-accounts/imap", json=pasted).status_code == 201
    (account,) = ana.http.get("/api/mail-accounts").json()["items"]
    assert ana.http.delete(f"/api/mail-accounts/{account['id']}?emails=delete").status_code == 204
    problem = refused(ana, access_to(server, password="everyday"))
    assert "app password" in problem["detail"]
    assert problem["params"]["help_url"].startswith("https://myaccount.google.com/")


def test_trying_is_limited(ana: Person, bob: Person, server: FakeImap) -> None:
    body = access_to(server, password="not-it")
    codes = [refused(ana, body)["code"] for _ in range(21)]
    assert codes == ["imap.login_failed"] * 20 + ["imap.too_many_tests"]
    answer = ana.http.post("/api/mail-accounts/imap", json=body)
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert refused(bob, body)["code"] == "imap.login_failed"


def test_a_server_that_never_answers_is_given_up() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    access = ImapAccess("a@x.example", "127.0.0.1", listener.getsockname()[1], Security.NONE, "a", "b")
    with pytest.raises(ImapTimeout):
        probing.probe(access, within_s=0.3)
    listener.close()


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_a_self_signed_certificate_is_refused_unless_it_is_made_known(
    ana: Person, mailbox: ImapAccount, certificate: Certificate, tls: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.add(make_mail())
    with FakeImap(mailbox, tls=tls, context=certificate.context) as server:
        problem = refused(ana, access_to(server))
        assert problem["code"] == "imap.tls_failed"
        assert "certificate" in problem["detail"]
        assert not server.commands.keys() & {"LOGIN", "AUTHENTICATE"}, "no password was sent"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.pem))
        assert connect(ana, server)


def test_gmail_by_app_password(ana: Person) -> None:
    account = gmail_account(Mailbox("ana.testperson@example.com"))
    with FakeImap(account) as server:
        answer = ana.http.post("/api/mail-accounts/imap", json=access_to(server))
        assert [f["name"] for f in answer.json()["folders"] if f["is_read"]] == ["[Gmail]/All Mail"]
        del account.folders["[Gmail]/All Mail"]
        problem = ana.http.post("/api/mail-accounts/imap", json=access_to(server)).json()
        assert (problem["code"], "All Mail" in problem["detail"]) == ("imap.no_folder", True)


def test_presets(ana: Person) -> None:
    def preset(address: str) -> Any:
        return ana.http.get("/api/mail-accounts/imap/presets", params={"address": address}).json()["preset"]

    assert preset("Ana@GoogleMail.com") | {"steps": ""} == {
        "name": "Gmail",
        "host": "imap.gmail.com",
        "port": 993,
        "security": "tls",
        "password": "app",
        "steps": "",
        "help_url": "https://myaccount.google.com/apppasswords",
    }
    assert preset("ana@outlook.com")["password"] == "none"
    assert preset("ana@posteo.de")["password"] == "own"
    assert preset("ana@a-domain-of-my-own.example") is None
    assert preset("nonsense") is None
