"""Mail whose text was dropped is fetched once more when it is to be read again."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select, update

from app.core import db
from app.core.settings import Settings
from app.intake.models import VerdictRow
from app.mail.models import Email, EmailBody
from tests.factories.imports import items, run_of
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect, sync


@pytest.fixture(autouse=True)
def all_in_one_run(app_settings: Settings) -> None:
    """Where the rest of a mailbox is read is no matter of these tests."""
    app_settings.gmail_sync_scope = "all"


def taken_for_something_else(person: Person) -> None:
    """An older Jobtrail saw no job mail here, and let go of the text."""
    with db.transaction() as session:
        session.execute(
            update(VerdictRow).values(
                pipeline_version="0", email_class="NOT_JOB_RELATED", application_stage=None, unsure=False
            )
        )
        session.execute(update(EmailBody).values(text="", html=None, links=[], is_cut=True))


def test_text_that_was_dropped_comes_back_where_it_is_wanted(
    ana: Person, google: FakeGoogle, box: Mailbox
) -> None:
    mails = [*candidacy("Larkspur Systems", "Data Engineer", "received", "interview")]
    mails.append(
        make_mail("Your parcel was delivered.", subject="Your parcel", message_id="<p@shop.example>")
    )
    mails.append(make_mail("Gone in the meantime.", subject="Gone", message_id="<gone@shop.example>"))
    for number, mail in enumerate(mails):
        box.add(mail, ["INBOX"], at=time.time() - 86_400 * (9 - number))
    connect(ana)
    sync(ana)
    taken_for_something_else(ana)
    (gone,) = [i for i, m in box.messages.items() if b"Gone in the meantime" in m.raw]
    box.delete(gone)
    counted = ana.http.post("/api/reprocess/start", json={"dry_run": True}).json()
    assert (counted["count"], counted["dropped"]) == (4, 4)
    started = ana.http.post("/api/reprocess/start", json={}).json()
    run = run_of(ana.http, started["job_id"])
    assert run["state"] == "done", run
    assert run["result"]["fetched_again"] == 3
    assert run["result"]["not_at_source"] == 1
    assert run["result"]["changed"] == 2
    with db.read_session() as session:
        rows = session.execute(select(Email.subject, EmailBody.text).join(EmailBody)).all()
    kept = {subject: body for subject, body in rows if subject}
    assert {
        subject: bool(text) for subject, text in kept.items() if "parcel" in subject or "Gone" in subject
    } == {
        "Your parcel": False,
        "Gone": False,
    }
    assert "received your application" in str(list(kept.values()))
    ana.http.post("/api/reprocess/accept", json={"accept": "all"})
    (application,) = items(ana.http, "/api/applications")
    assert application["stage"] == "interview"


def test_an_account_that_can_not_be_read_leaves_the_verdicts(
    ana: Person, google: FakeGoogle, box: Mailbox
) -> None:
    for mail in candidacy("Larkspur Systems", "Data Engineer", "received", "interview"):
        box.add(mail, ["INBOX"], at=time.time() - 86_400)
    connect(ana)
    sync(ana)
    taken_for_something_else(ana)
    google.oauth.revoke_address(ADDRESS)
    run = run_of(ana.http, ana.http.post("/api/reprocess/start", json={}).json()["job_id"])
    assert (run["state"], run["result"]["not_at_source"]) == ("done", 2)
