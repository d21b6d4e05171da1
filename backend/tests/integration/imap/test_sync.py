"""A mailbox read by IMAP, from the first sync to the last change; compared with the mailbox, mail by mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.clock import now
from app.mail import mime
from app.mail.imap.ids import read_place
from tests.factories.imports import feed
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.factories.mailservers import READ, contents, fill, id_at, make_dated
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount
from tests.integration.conftest import Person
from tests.integration.imap.conftest import (
    StoredMail,
    check_deletions,
    connect,
    emails_of,
    stored,
    sync,
    sync_well,
)

pytestmark = pytest.mark.one_database


def assert_same(server: FakeImap, account_id: int, folders: tuple[str, ...] = READ) -> None:
    """What is stored and not deleted is what the mailbox holds: each mail, its text, sender, date and direction."""
    here = {mail.id: mail for mail in stored(account_id) if not mail.is_deleted}
    there = contents(server, folders)
    assert here.keys() == there.keys()
    for message_id, (name, message) in there.items():
        _assert_mail(here[message_id], name, message.raw)


def _assert_mail(mail: StoredMail, folder: str, raw: bytes) -> None:
    parsed = mime.parse(raw)
    told = (mail.email.rfc822_message_id, mail.email.subject, mail.email.sender_email, mail.text)
    assert told == (parsed.rfc822_message_id, parsed.subject, parsed.sender_email, parsed.text)
    assert mail.email.received_at == parsed.date
    assert mail.email.direction == ("out" if folder == "Sent" else "in")
    assert {"INBOX": "INBOX", "Sent": "SENT"}.get(folder, folder) in mail.labels
    assert not mail.email.is_deleted


def test_from_the_first_sync_to_the_last_change(ana: Person, mailbox: ImapAccount, server: FakeImap) -> None:
    fill(mailbox)
    flags = {name: [set(m.flags) for m in f.messages.values()] for name, f in mailbox.folders.items()}
    account_id = connect(ana, server)
    run = sync_well(ana)
    assert run["errors"] == 0
    assert_same(server, account_id)
    assert len(emails_of(ana)) == 5 * len(READ)
    assert flags == {n: [set(m.flags) for m in f.messages.values()] for n, f in mailbox.folders.items()}
    assert server.commands["EXAMINE"] > 0
    assert not server.commands.keys() & {"SELECT", "STORE", "UID STORE", "EXPUNGE"}

    server.forget()
    assert sync_well(ana)["processed"] == 0
    assert server.commands["STATUS"] == len(READ)
    assert not server.commands.keys() & {"EXAMINE", "UID SEARCH", "UID FETCH"}

    before = {email.id for email in emails_of(ana)}
    mailbox.add(candidacy("Larkspur Systems", "Data Engineer", "received")[0])
    mailbox.expunge("INBOX", 2, 5)
    mailbox.flag("Archive", 3, "\\Deleted")
    mailbox.move(1, "Archive", "INBOX")
    mailbox.rename("Bewerbungen/Für später", "Ältere Post")
    run = sync_well(ana)
    assert run["created"] == 1
    now_there = ("INBOX", "Archive", "Sent", "Ältere Post")
    assert_same(server, account_id, now_there)
    assert len(emails_of(ana)) == len(before) + 1, "what was moved or renamed stays the same email"
    assert sum(email.is_deleted for email in emails_of(ana)) == 3

    assert check_deletions(ana)["deleted"] == 0
    assert_same(server, account_id, now_there)


def test_without_condstore_and_special_use_it_is_the_same(
    ana: Person, mailbox: ImapAccount, server: FakeImap
) -> None:
    """Names of folders tell what they are for, and lists of UIDs what has changed. Old mail stays outside."""
    server.abilities.condstore = server.abilities.special_use = server.abilities.auth_plain = False
    fill(mailbox, 3)
    edge = now() - timedelta(days=90)
    for number, at in enumerate([edge - timedelta(hours=1), datetime(2019, 5, 1, tzinfo=UTC)]):
        mailbox.add(make_dated(9000 + number, at), "Archive", at=at)
    account_id = connect(ana, server)
    sync_well(ana)
    mailbox.expunge("Archive", 4, 5)
    assert_same(server, account_id)
    mailbox.expunge("Sent", 1)
    mailbox.add(candidacy("Larkspur Systems", "Data Engineer", "received")[0], "Archive")
    sync_well(ana)
    assert_same(server, account_id)


def test_a_new_numbering_gives_the_same_emails_new_ids(
    ana: Person, mailbox: ImapAccount, server: FakeImap
) -> None:
    fill(mailbox)
    for mail in candidacy("Larkspur Systems", "Data Engineer", "received", "interview"):
        mailbox.add(mail, at=now())
    account_id = connect(ana, server)
    sync_well(ana)
    before = {email.rfc822_message_id: email.id for email in emails_of(ana)}
    applications = applications_of(ana)
    assert applications
    gone = mailbox.folders["INBOX"].messages[2].raw
    mailbox.expunge("INBOX", 2)
    mailbox.renumber("INBOX")
    run = sync_well(ana)
    assert run["result"]["cursor_expired"]
    assert (run["created"], run["deleted"]) == (0, 0)
    assert {email.rfc822_message_id: email.id for email in emails_of(ana)} == before
    assert check_deletions(ana)["deleted"] == 1
    assert_same(server, account_id)
    (deleted,) = [email for email in emails_of(ana) if email.is_deleted]
    assert deleted.rfc822_message_id == mime.parse(gone).rfc822_message_id
    places = [place for mail in stored(account_id) if (place := read_place(mail.id))]
    old = [p for p in places if p.folder == "INBOX" and p.uidvalidity != mailbox.folders["INBOX"].uidvalidity]
    assert len(old) == 1, "the ids of all others were replaced"
    assert applications_of(ana) == applications


def applications_of(person: Person) -> list[tuple[object, ...]]:
    items = person.http.get("/api/applications").json()["items"]
    return [tuple(item[name] for name in ("id", "company_name", "job_title", "stage")) for item in items]


def test_what_breaks_on_the_way_is_made_up_for(ana: Person, mailbox: ImapAccount, server: FakeImap) -> None:
    """The connection is cut three times, one message always cuts it, one is refused: all others arrive, once."""
    fill(mailbox, 8)
    inbox = id_at(server, "INBOX", 3)
    server.faults.cut_after = [3, 5, 0]
    server.faults.refused = {3}
    account_id = connect(ana, server)
    run = sync_well(ana)
    lost = {id_at(server, folder, 3) for folder in READ}
    assert {mail.id for mail in stored(account_id)} == contents(server).keys() - lost
    assert run["errors"] == len(lost)
    lines = feed(ana.http, f"/api/runs/{run['job_id']}/messages", outcome="failed")
    assert {line["provider_message_id"] for line in lines} == lost
    assert inbox in lost

    server.faults.refused = set()
    assert sync_well(ana)["created"] == len(lost)
    assert_same(server, account_id)

    server.faults.login_says = "[UNAVAILABLE] Maintenance"
    run = sync(ana)
    assert (run["state"], run["waiting_until"] is not None) == ("queued", True), run
    server.faults.login_says = "[AUTHENTICATIONFAILED] No"


def test_a_password_that_is_no_longer_accepted(ana: Person, mailbox: ImapAccount, server: FakeImap) -> None:
    mailbox.add(make_mail(), at=now())
    account_id = connect(ana, server)
    sync_well(ana)
    mailbox.password = "another one"
    run = sync(ana)
    assert (run["state"], run["error"]["code"]) == ("error", "mail.reauth_required")
    (shown,) = ana.http.get("/api/mail-accounts").json()["items"]
    assert (shown["needs_reauth"], shown["connected"]) == (True, True)
    assert ana.http.post("/api/sync-emails").json()["code"] == "gmail.auth_required"
    mailbox.add(candidacy("Larkspur Systems", "Data Engineer", "received")[0], at=now())
    assert connect(ana, server) == account_id
    assert sync_well(ana)["created"] == 1
    assert_same(server, account_id, ("INBOX",))
    server.stop()
    run = sync(ana)
    assert (run["state"], run["error"]["code"]) == ("error", "mail.unavailable")
    assert len(stored(account_id)) == 2
