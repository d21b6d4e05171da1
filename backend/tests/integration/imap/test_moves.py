"""Filing a mail away is no deletion: its application stays as it is, with all that its owner did to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import now
from tests.factories.imports import feed
from tests.factories.mailboxes import candidacy
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount
from tests.integration.conftest import Person
from tests.integration.imap.conftest import connect, emails_of, stored, sync_well

pytestmark = pytest.mark.one_database


def application_of(person: Person) -> dict[str, Any]:
    (found,) = person.http.get("/api/applications").json()["items"]
    answer = person.http.get(f"/api/applications/{found['id']}")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_a_mail_that_is_filed_away_keeps_its_application(
    ana: Person, mailbox: ImapAccount, server: FakeImap
) -> None:
    at = now() - timedelta(days=3)
    mails = candidacy("Larkspur Systems", "Data Engineer", "received", "interview")
    uids = [mailbox.add(mail, at=at + timedelta(hours=number)) for number, mail in enumerate(mails)]
    account_id = connect(ana, server)
    sync_well(ana)
    before = application_of(ana)
    answer = ana.http.patch(f"/api/applications/{before['id']}", json={"location": "Riverbend"})
    assert answer.status_code == 200, answer.text
    for uid in uids:
        mailbox.move(uid, "INBOX", "Archive")
    run = sync_well(ana)
    after = application_of(ana)
    same = ("id", "company_name", "job_title", "stage", "interview_at", "applied_at")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["location"] == "Riverbend"
    assert len(emails_of(ana)) == len(mails)
    assert [email.is_deleted for email in emails_of(ana)] == [False] * len(mails)
    assert sorted(mail.is_deleted for mail in stored(account_id)) == [False, False, True, True]
    assert run["created"] == 0
    assert feed(ana.http, f"/api/runs/{run['job_id']}/messages", outcome="failed") == []
