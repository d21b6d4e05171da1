"""Is everything there: the source against what is stored, and the way to mend it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete

from app.core import db
from app.core.settings import Settings
from app.mail import repository as mail
from app.mail.models import Email
from app.mailsync.verify import describe
from tests.factories.imports import run_of
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect, sync
from tests.integration.mailsync.faults.comparing import DAY, assert_same, wanted


@pytest.fixture
def account(ana: Person, google: FakeGoogle, app_settings: Settings) -> int:
    app_settings.gmail_quota_units_per_minute = 0
    box = google.adopt(generate_mailbox(50, 3, ADDRESS, until=time.time() - 60))
    for label in ("SPAM", "TRASH", "DRAFT"):
        box.add(make_mail(message_id=f"<{label}@x.example>"), [label], at=time.time() - 2 * DAY)
    return connect(ana)


@pytest.fixture
def mailbox(account: int, google: FakeGoogle) -> Mailbox:
    return google.mailboxes[ADDRESS]


def verify(ana: Person, account: int, **params: bool) -> dict[str, Any]:
    answer = ana.http.post(f"/api/mail-accounts/{account}/verify", params=params)
    assert answer.status_code == 202, answer.text
    run = run_of(ana.http, answer.json()["job_id"])
    assert (run["state"], run["kind"], run["error"]) == ("done", "verify", None)
    found: dict[str, Any] = run["result"]
    return found


def lose(account: int, message_ids: list[str]) -> None:
    """As if these had been lost on the way."""
    with db.transaction() as session:
        emails = mail.known_ids(session, account, message_ids).values()
        session.execute(delete(Email).where(Email.id.in_(emails)))


def test_everything_is_there(ana: Person, account: int, mailbox: Mailbox) -> None:
    sync(ana)
    told = verify(ana, account)
    assert (told["complete"], told["missing_count"], told["gone_count"], told["fix"]) == (True, 0, 0, None)
    days = told["days"]
    assert sum(one["at_source"] for one in days) == sum(one["stored"] for one in days) == len(wanted(mailbox))
    assert [one["day"] for one in days] == sorted((one["day"] for one in days), reverse=True)
    assert str(told["sentence"]).startswith("All mail is here from ")
    assert describe(told) == [told["sentence"]]


def test_what_is_missing_is_named_and_fetched(ana: Person, account: int, mailbox: Mailbox) -> None:
    sync(ana)
    ids = sorted(wanted(mailbox))
    lost = [ids[2], ids[-2]]
    lose(account, lost)
    told = verify(ana, account)
    assert (told["complete"], told["missing_count"]) == (False, 2)
    days = {
        i: datetime.fromtimestamp(mailbox.messages[i].internal_ms / 1000, UTC).date().isoformat()
        for i in lost
    }
    assert {one["id"]: one["day"] for one in told["missing"]} == days
    assert {one["day"] for one in told["days"] if one["missing"]} == set(days.values())
    assert told["fix"]["kind"] == "fetch"
    assert told["fix"]["job_id"] is None
    assert len(describe(told)) == 4
    mended = verify(ana, account, fix=True)
    fetched = run_of(ana.http, mended["fix"]["job_id"])
    assert (fetched["state"], fetched["kind"], fetched["created"]) == ("done", "fetch", 2)
    assert verify(ana, account)["complete"] is True
    assert_same(mailbox, account)


def test_what_has_gone_at_the_source(ana: Person, account: int, mailbox: Mailbox) -> None:
    sync(ana)
    gone = sorted(wanted(mailbox))[1:4]
    for message_id in gone:
        mailbox.delete(message_id)
    told = verify(ana, account)
    assert (told["complete"], sorted(told["gone"]), told["fix"]["kind"]) == (True, gone, "deletions")
    sync(ana)
    assert verify(ana, account)["gone_count"] == 0


def test_mail_since_the_last_sync_is_not_missing(ana: Person, account: int, mailbox: Mailbox) -> None:
    """Not even mail that says it is older."""
    sync(ana)
    mailbox.add(make_mail(message_id="<late@x.example>"), at=time.time() - 5 * DAY)
    assert verify(ana, account)["complete"] is True


def test_mail_that_can_not_be_had_is_missing_with_the_reason(
    ana: Person, account: int, mailbox: Mailbox, google: FakeGoogle
) -> None:
    bad = sorted(wanted(mailbox))[5]
    google.faults.set(always={bad: "400"})
    sync(ana)
    told = verify(ana, account)
    assert (told["missing_count"], told["missing"][0]["id"]) == (1, bad)
    assert "400" in told["missing"][0]["reason"]


def test_mail_thought_deleted_by_mistake_is_restored(ana: Person, account: int, mailbox: Mailbox) -> None:
    sync(ana)
    one = min(wanted(mailbox))
    with db.transaction() as session:
        for source in mail.sources_by_provider_id(session, account, [one]):
            source.is_deleted = True
            session.get_one(Email, source.email_id).is_deleted = True
    assert verify(ana, account)["complete"] is True
    assert_same(mailbox, account)


def test_what_can_not_be_verified(ana: Person, bob: Person, account: int) -> None:
    never = ana.http.post(f"/api/mail-accounts/{account}/verify")
    assert (never.status_code, never.json()["code"]) == (409, "verify.never_synced")
    foreign = bob.http.post(f"/api/mail-accounts/{account}/verify")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "mail_account.not_found")


def test_only_job_mail(ana: Person, account: int, app_settings: Settings) -> None:
    app_settings.gmail_sync_scope = "job_search"
    sync(ana)
    told = verify(ana, account)
    assert told["complete"] is True
    assert str(told["sentence"]).startswith("All job mail that the search finds is here")


def test_figures_of_gmail(ana: Person, bob: Person, account: int, mailbox: Mailbox) -> None:
    sync(ana)
    mailbox.delete(min(wanted(mailbox)))
    sync(ana)
    for path in ("/api/gmail/stats", "/gmail/stats"):
        (one,) = ana.http.get(path).json()["items"]
        assert (one["mail_account_id"], one["address"], one["needs_reauth"]) == (account, ADDRESS, False)
        assert one["emails"] == len(wanted(mailbox)) + 1
        assert (one["deleted"], one["unclassified"]) == (1, 0)
        assert 0 < sum(one["by_class"].values()) <= one["emails"]
        assert one["last_history_id"] == mailbox.history_id
        assert one["last_synced_at"] > one["last_full_sync_at"] > one["complete_since"]
    assert ana.http.get("/api/gmail/stats", params={"user_email": ADDRESS.upper()}).status_code == 200
    assert bob.http.get("/api/gmail/stats").json() == {"items": []}
    for path in ("/gmail/stats", "/gmail/backfill/jobs"):
        assert bob.http.get(f"/api{path}", params={"user_email": ADDRESS}).status_code == 404
    assert bob.http.post("/api/gmail/sync", params={"user_email": ADDRESS}).status_code == 404
    assert bob.http.get("/api/gmail/backfill/status", params={"job_id": "0" * 32}).status_code == 404
    for wrong in ({"days": 0}, {"days": 3651}, {"not_before": "2026-03-02T09:00:00"}):
        assert ana.http.post("/api/gmail/backfill/start", params=wrong).status_code == 422
