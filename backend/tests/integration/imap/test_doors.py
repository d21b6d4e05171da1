"""The same mail through Gmail's API, Gmail's IMAP, another IMAP server and an archive is one email."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.core import db
from app.core.settings import Settings
from app.mail.models import EmailSource
from tests.factories.imports import import_mails
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount, gmail_account
from tests.integration.conftest import Person
from tests.integration.imap.conftest import connect, emails_of, sync_well
from tests.integration.mailsync.conftest import ADDRESS
from tests.integration.mailsync.conftest import connect as connect_gmail

pytestmark = pytest.mark.one_database


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        yield running


@pytest.fixture
def app_settings(app_settings: Settings, google: FakeGoogle) -> Settings:
    fields = {name.lower(): value for name, value in google.environment().items()}
    return Settings(_env_file=None, **(app_settings.model_dump() | fields))


def dated(number: int, text: str, at: float, **more: str | None) -> bytes:
    date = datetime.fromtimestamp(at, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    given = {"message_id": f"<{number}@larkspur.example>", "date": date, **more}
    return make_mail(text, **given)  # type: ignore[arg-type]


def test_four_doors_one_email(ana: Person, google: FakeGoogle, mailbox: ImapAccount) -> None:
    start = time.time() // 1 - 5 * 86_400
    mails = [
        *candidacy("Larkspur Systems", "Data Engineer", "received"),
        dated(1, "Thank you for applying at Quietfirm. " * 20, start),
        dated(2, "A mail without a Message-ID says that it was received.", start + 100, message_id=None),
        dated(3, "Ihre Bewerbung ist da. Grüße aus Köln.", start + 200, subject="Ihre Bewerbung"),
    ]
    box = google.mailbox(ADDRESS)
    ids = [box.add(mail, ["INBOX"], at=start + number) for number, mail in enumerate(mails)]
    mailbox.user = "ana@elsewhere.example"
    for number, mail in enumerate(mails):
        mailbox.add(mail, ("INBOX", "Archive")[number % 2], at=datetime.fromtimestamp(start, UTC))
    mailbox.add(mails[1], "Archive", at=datetime.fromtimestamp(start, UTC))  # a copy in another folder

    with FakeImap(gmail_account(box)) as gmail_imap, FakeImap(mailbox) as elsewhere:
        connect_gmail(ana)
        sync_well(ana)
        assert len(emails_of(ana)) == len(mails)
        before = [email.id for email in emails_of(ana)]
        connect(ana, gmail_imap)
        connect(ana, elsewhere)
        assert sync_well(ana)["created"] == 0
        footer = b"\r\n-- \r\nA list's footer\r\n"
        import_mails(ana.http, [mails[0], mails[1] + footer, mails[2], mails[3]])
    assert [email.id for email in emails_of(ana)] == before
    with db.read_session() as session:
        sources = session.scalars(select(EmailSource).where(EmailSource.user_id == ana.id)).all()
    accounts = {a["id"]: a["address"] for a in ana.http.get("/api/mail-accounts").json()["items"]}
    assert len(accounts) == 4
    doors = Counter(source.email_id for source in sources)
    assert sorted(doors.values()) == [4, 4, 4, 5]
    named = {s.provider_message_id for s in sources}
    assert {*ids, *(f"gm:{i}" for i in ids)} <= named
    shown = {a["address"]: a["emails"] for a in ana.http.get("/api/mail-accounts").json()["items"]}
    assert set(shown.values()) == {len(mails)}, "two copies in one account are one email"


def test_near_misses_stay_apart_and_are_counted(ana: Person, mailbox: ImapAccount) -> None:
    start = time.time() // 1 - 5 * 86_400
    text = "Thank you for your application. We will be in touch with you next week."
    near = [
        dated(1, text, start),
        dated(1, text, start + 25 * 3600),
        dated(1, text, start, sender="other@larkspur.example"),
        dated(1, "Unfortunately we went with somebody else for this one, and wish you luck.", start),
        dated(2, text, start, message_id=None),
        dated(2, text, start + 60, message_id=None),
        dated(2, text, start, message_id=None, subject="Another subject"),
    ]
    for number, mail in enumerate(near):
        at = datetime.fromtimestamp(start, UTC)
        mailbox.add(mail, ("INBOX", "Archive")[number % 2], at=at)
    with FakeImap(mailbox) as server:
        connect(ana, server)
        sync_well(ana)
    assert len(emails_of(ana)) == len(near)
    again = import_mails(ana.http, near)
    assert len(emails_of(ana)) == len(near)
    assert again["result"]["near_misses"] > 0
