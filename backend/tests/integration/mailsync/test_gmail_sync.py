"""A full sync of a Gmail mailbox, from consent to applications."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core import db
from app.core.clock import now
from app.core.settings import Settings
from app.mail.models import Email, EmailSource, MailAccount
from app.mailsync.models import EmailLog, SyncState
from tests.factories.imports import feed, import_bytes, items
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail, make_mbox
from tests.factories.server import look_at, wait_until
from tests.factories.states import outcomes_of, rows_of, state_of
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect, sync

DAY = 86_400.0


@pytest.fixture(autouse=True)
def all_in_one_run(app_settings: Settings) -> None:
    """Where the rest of a mailbox is read is no matter of these tests."""
    app_settings.gmail_sync_scope = "all"


def fill(google: FakeGoogle, count: int, seed: int = 1) -> Mailbox:
    """The mailbox with that many mails of four months, and some that must stay outside."""
    box = google.adopt(generate_mailbox(count, seed, ADDRESS))
    at = time.time() - 3 * DAY
    for label in ("SPAM", "TRASH", "DRAFT", "CHAT"):
        mail = make_mail(
            "Thank you for applying.", subject="Your application", message_id=f"<{label}@x.example>"
        )
        box.add(mail, ["INBOX", label] if label == "DRAFT" else [label], at=at)
    return box


def wanted_ids(box: Mailbox, days: int = 90) -> set[str]:
    after = (time.time() - days * DAY) * 1000
    hidden = {"SPAM", "TRASH", "DRAFT", "CHAT"}
    return {i for i, m in box.messages.items() if m.internal_ms >= after and not m.labels & hidden}


def stored_ids(account_id: int) -> set[str]:
    with db.read_session() as session:
        return set(
            session.scalars(
                select(EmailSource.provider_message_id).where(EmailSource.mail_account_id == account_id)
            )
        )


def state(account_id: int) -> SyncState | None:
    with db.read_session() as session:
        return session.get(SyncState, account_id)


def gets(google: FakeGoogle) -> int:
    return google.faults.calls["messages.get"] + google.faults.calls["threads.get"]


def test_everything_of_the_window_arrives(ana: Person, google: FakeGoogle) -> None:
    box = fill(google, 180)
    history_before = box.history_id
    account = connect(ana)
    began = now()
    run = sync(ana)
    assert (run["state"], run["errors"], run["error"]) == ("done", 0, None)
    ids = wanted_ids(box)
    assert 90 < len(ids) < 180
    assert stored_ids(account) == ids
    assert run["created"] == run["processed"] == len(ids)
    assert gets(google) <= len(ids), "no message twice, threads whole"
    assert outcomes_of(run["job_id"]) == {"stored": len(ids)}
    at = state(account)
    assert at is not None
    assert at.last_history_id == history_before
    assert at.last_synced_at is not None
    assert began <= at.last_synced_at <= now()
    assert at.complete_since is not None
    assert abs(at.complete_since - (began - timedelta(days=90))) < timedelta(minutes=1)
    found = state_of(ana.id)
    assert found.application_count >= 15
    assert set(found.copies.values()) == {1}
    status = ana.http.get("/api/sync-status").json()
    assert (status["status"], status["created"], status["job_id"]) == ("idle", len(ids), run["job_id"])
    assert 10 * len(ids) < run["result"]["units"] <= google.faults.units
    (shown,) = ana.http.get("/api/mail-accounts").json()["items"]
    assert shown["emails"] == len(ids)


def test_the_next_sync_fetches_only_what_is_new(ana: Person, google: FakeGoogle) -> None:
    box = fill(google, 60)
    account = connect(ana)
    sync(ana)
    before, fetched = state_of(ana.id), gets(google)
    again = sync(ana)
    assert (again["state"], again["created"], again["processed"]) == ("done", 0, 0)
    assert gets(google) == fetched
    assert state_of(ana.id) == before
    new = box.add(candidacy("Larkspur Systems", "Data Engineer", "received")[0], at=time.time() - 60)
    third = sync(ana, mode="full")
    assert (third["created"], gets(google)) == (1, fetched + 1)
    assert new in stored_ids(account)
    at = state(account)
    assert at is not None
    assert at.last_history_id == box.history_id


def test_history_ids_of_old_mailboxes_fit(ana: Person, google: FakeGoogle) -> None:
    """Google counts history in 64 bits."""
    box = google.mailbox(ADDRESS)
    box.history_id = 2**45
    box.add(make_mail(), at=time.time() - DAY)
    account = connect(ana)
    assert sync(ana)["state"] == "done"
    at = state(account)
    assert at is not None
    assert at.last_history_id == box.history_id > 2**45


def test_what_fails_is_told_and_fetched_by_the_next_sync(ana: Person, google: FakeGoogle) -> None:
    box = fill(google, 60)
    ids = sorted(wanted_ids(box))
    refused, vanished = ids[3], ids[4]
    google.faults.set(always={refused: "400", vanished: "404"}, part_shares={"429": 0.05, "500": 0.03})
    account = connect(ana)
    run = sync(ana)
    assert (run["state"], run["errors"], run["skipped"]) == ("done", 1, 1)
    assert stored_ids(account) == set(ids) - {refused, vanished}
    (line,) = feed(ana.http, f"/api/runs/{run['job_id']}/messages", outcome="failed")
    assert (line["provider_message_id"], line["reason"]) == (refused, "fetch_failed")
    assert line["error"]
    google.faults.set(always={}, part_shares={})
    again = sync(ana)
    assert (again["created"], again["errors"]) == (1, 0)
    assert stored_ids(account) == set(ids) - {vanished}


def test_a_message_that_never_comes_is_tried_five_times(
    ana: Person, google: FakeGoogle, box: Mailbox
) -> None:
    bad = box.add(make_mail(), at=time.time() - 30 * DAY)
    box.add(make_mail(message_id="<two@x.example>"), at=time.time() - 29 * DAY)
    google.faults.set(always={bad: "400"})
    connect(ana)
    tried = [sync(ana)["errors"] for _ in range(7)]
    assert tried == [1, 1, 1, 1, 1, 0, 0]


def test_a_revoked_grant(ana: Person, google: FakeGoogle) -> None:
    fill(google, 40)
    account = connect(ana)
    sync(ana)
    google.oauth.revoke_address(ADDRESS)
    google.oauth.expire_access_tokens()
    run = sync(ana)
    assert (run["state"], run["error"]["code"]) == ("error", "gmail.reauth_required")
    assert ana.http.get("/api/sync-status").json()["error_code"] == "gmail.reauth_required"
    assert ana.http.get("/api/mail-accounts").json()["items"][0]["needs_reauth"] is True
    refused = ana.http.post("/api/sync-emails")
    assert (refused.status_code, refused.json()["code"]) == (400, "gmail.auth_required")
    assert refused.json()["title"] == "Gmail authorization required"
    assert refused.json()["params"]["auth_url"] == "/api/gmail/auth"
    assert connect(ana) == account
    assert sync(ana)["state"] == "done"


def test_a_grant_revoked_in_the_middle_keeps_what_came(ana: Person, google: FakeGoogle) -> None:
    box = fill(google, 120)
    connect(ana)
    google.faults.set(next_parts=[""] * 50 + ["401"] * 2000)
    google.faults.set(latency_s=0.01)
    run = sync(ana)
    assert (run["state"], run["error"]["code"]) == ("error", "gmail.reauth_required")
    kept = state_of(ana.id).copies.total()
    assert kept == run["created"]
    google.faults.set(next_parts=[])
    account = connect(ana)
    assert sync(ana)["state"] == "done"
    assert stored_ids(account) == wanted_ids(box)


def test_nothing_to_sync(ana: Person) -> None:
    refused = ana.http.post("/api/sync-emails")
    assert (refused.status_code, refused.json()["code"]) == (400, "gmail.auth_required")
    assert ana.http.post("/api/sync-emails", params={"mail_account_id": 99}).status_code == 404


def in_background(person: Person) -> tuple[threading.Thread, list[Any]]:
    """A sync whose request is under way in another thread."""
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(person.http.post("/api/sync-emails")))
    thread.start()
    return thread, answers


def active(person: Person) -> dict[str, Any] | None:
    found = items(person.http, "/api/runs", state="running")
    return found[0] if found else None


def test_cancel_keeps_what_was_stored(ana: Person, google: FakeGoogle, app_settings: Settings) -> None:
    app_settings.gmail_batch_size, app_settings.gmail_max_concurrent_batches = 5, 1
    box = fill(google, 200)
    account = connect(ana)
    google.faults.set(latency_s=0.1)
    thread, answers = in_background(ana)
    wait_until(lambda: bool((r := active(ana)) and r["processed"] >= 25), 30, "Nothing came")
    run = active(ana)
    assert run is not None
    busy = ana.http.post("/api/sync-emails")
    assert (busy.status_code, busy.json()["code"]) == (409, "run.already_active")
    assert busy.json()["params"]["job_id"] == run["job_id"]
    gone = ana.http.delete(f"/api/mail-accounts/{account}")
    assert (gone.status_code, gone.json()["code"]) == (409, "run.already_active")

    began = time.monotonic()
    assert ana.http.post(f"/api/runs/{run['job_id']}/cancel").json()["cancel_requested"] is True
    thread.join(timeout=20)
    assert time.monotonic() - began < 5
    assert answers[0].status_code == 202
    ended = look_at(ana.http, run["job_id"])  # type: ignore[arg-type]
    assert ended["state"] == "canceled"
    kept = stored_ids(account)
    assert 25 <= len(kept) < len(wanted_ids(box))
    assert ended["created"] == len(kept)
    assert state(account) is None, "the cursor must not pass mail that is not stored"

    google.faults.set(latency_s=0.0)
    fetched = gets(google)
    rest = sync(ana)
    assert stored_ids(account) == wanted_ids(box)
    assert rest["created"] == len(wanted_ids(box)) - len(kept)
    assert gets(google) - fetched <= rest["created"], "nothing is fetched again; a thread is one request"


def test_one_mail_through_two_doors(ana: Person, google: FakeGoogle) -> None:
    """A Takeout archive and the mailbox itself hold the same mail; some of it has no Message-ID."""
    box = google.mailbox(ADDRESS)
    at = time.time() - 5 * DAY
    with_id = candidacy("Larkspur Systems", "Data Engineer", "received", "interview")
    ids = [box.add(raw, at=at + n) for n, raw in enumerate(with_id)]
    bare = make_mail("Your order has shipped.", subject="Order", message_id=None)
    ids.append(box.add(bare, at=datetime(2026, 3, 2, 8, tzinfo=now().tzinfo).timestamp()))
    envelopes = [b"", b"From %d@xxx Mon Mar  2 08:00:00 2026\n" % int(ids[1], 16)]
    envelopes[0] = b"From someone@example.com Mon Mar  2 08:00:00 2026\n"
    archive = make_mbox([*with_id, bare], envelopes=envelopes)
    first = import_bytes(ana.http, archive)
    assert first["created"] == 3
    before = state_of(ana.id)
    account = connect(ana)
    run = sync(ana)
    assert run["state"] == "done"
    assert run["created"] == 0
    assert outcomes_of(run["job_id"])["stored"] == 0
    assert state_of(ana.id) == before
    with db.read_session() as session:
        doors = Counter(session.scalars(select(EmailSource.email_id)))
    assert set(doors.values()) <= {1, 2}
    assert sorted(doors.values())[-2:] == [2, 2]
    mail = ana.http.get(f"/api/emails/{next(i for i, n in doors.items() if n == 2)}").json()
    assert {s["mail_account_id"] for s in mail["sources"]} >= {account}

    answer = ana.http.delete(f"/api/mail-accounts/{account}", params={"emails": "delete"})
    assert answer.status_code == 204
    assert state_of(ana.id) == before, "what the archive holds too stays"


def test_own_mail_is_outgoing_and_gets_no_class(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    at = time.time() - 9 * DAY
    received, interview = candidacy("Larkspur Systems", "Data Engineer", "received", "interview")
    box.add(received, at=at)
    box.add(interview, at=at + DAY)
    answer = make_mail(
        "Tuesday suits me well.",
        subject="Re: Interview",
        sender=f"Ana <{ADDRESS}>",
        to="careers@larkspursystems.example",
        message_id="<own@example.com>",
        headers={"In-Reply-To": "<interview.1.dataengineer@larkspursystems.example>"},
    )
    box.add(answer, ["SENT"], at=at + 2 * DAY)
    connect(ana)
    assert sync(ana)["state"] == "done"
    (own,) = items(ana.http, "/api/emails", direction="out")
    assert (own["email_class"], own["link_method"]) == (None, "thread")
    (application,) = items(ana.http, "/api/applications")
    assert application["emails"] == 3


def test_deleting_the_account(ana: Person, google: FakeGoogle) -> None:
    fill(google, 40)
    account = connect(ana)
    sync(ana)
    before = state_of(ana.id)
    assert before.application_count > 0
    kept = ana.http.delete(f"/api/mail-accounts/{account}")
    assert kept.status_code == 204
    assert state_of(ana.id) == before
    with db.read_session() as session:
        row = session.get(MailAccount, account)
    assert row is not None
    assert row.credentials is None
    assert ana.http.post("/api/sync-emails").json()["code"] == "gmail.auth_required"
    again = connect(ana)
    assert again == account
    assert ana.http.delete(f"/api/mail-accounts/{account}", params={"emails": "delete"}).status_code == 204
    left = rows_of(ana.id)
    assert set(left) <= {"users", "sessions", "runs", "run_turns"}
    with db.read_session() as session:
        assert session.scalars(select(Email)).all() == []
        assert session.scalars(select(EmailLog)).all() == []


def test_two_accounts_are_read_by_one_sync(ana: Person, google: FakeGoogle) -> None:
    fill(google, 20)
    other = google.mailbox("second@example.com")
    other.add(candidacy("Larkspur Systems", "Data Engineer", "received")[0], at=time.time() - DAY)
    first, second = connect(ana), connect(ana, "second@example.com")
    google.oauth.revoke_address(ADDRESS)
    google.oauth.expire_access_tokens()
    run = sync(ana)
    assert (run["state"], run["error"]["code"]) == ("error", "gmail.reauth_required")
    assert stored_ids(first) == set()
    assert len(stored_ids(second)) == 1, "one account's trouble is not the other's"
    assert state_of(ana.id).application_count == 1
    assert sync(ana, mail_account_id=second)["state"] == "done"
