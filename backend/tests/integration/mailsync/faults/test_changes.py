"""A mailbox that changes between syncs and while they run."""

from __future__ import annotations

import math
import time

import pytest

from app.mailsync.coverage import BEGINNING
from tests.factories.imports import feed
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.fakes.google_mailbox import Mailbox
from tests.integration.mailsync.faults.conftest import Case

HOUR = 3600.0


def arrive(box: Mailbox, name: str = "new", labels: tuple[str, ...] = ("INBOX",), ago: float = 60.0) -> str:
    said = name.replace(" ", "-")
    mail = make_mail(f"Thank you, {name}.", subject=f"About {name}", message_id=f"<{said}@mail.example>")
    return box.add(mail, labels, at=time.time() - ago)


def requests_of(case: Case) -> int:
    return sum(case.google.faults.calls.values())


def test_what_changed_is_applied(case: Case) -> None:
    """Arrivals, deletions, trash, spam and back, labels, drafts, chats: one net change for each message."""
    case.sync()
    case.check()
    ids, box = case.ids, case.box
    for number in range(4):
        arrive(box, f"arrival {number}")
    work = box.add_label("Work")
    box.relabel(ids[0], add=[work, "STARRED"], remove=["UNREAD"])
    box.relabel(ids[1], add=["TRASH"], remove=["INBOX"])
    box.relabel(ids[2], add=["SPAM"])
    box.delete(ids[3])
    box.relabel(ids[4], add=["TRASH"])
    box.relabel(ids[4], remove=["TRASH"])
    box.delete(arrive(box, "gone at once"))
    box.relabel(arrive(box, "thrown away at once"), add=["TRASH"])
    arrive(box, "draft", ("DRAFT",))
    arrive(box, "chat", ("CHAT",))
    arrive(box, "spam", ("SPAM",))
    run = case.sync()
    assert (run["state"], run["created"], run["deleted"], run["errors"]) == ("done", 4, 3, 0)
    case.check()
    lines = feed(case.person.http, f"/api/runs/{run['job_id']}/messages", outcome="deleted")
    assert {line["provider_message_id"] for line in lines} == set(ids[1:4])
    assert case.state.last_history_id == box.history_id

    box.relabel(ids[1], remove=["TRASH"])
    box.relabel(ids[2], remove=["SPAM"])
    run = case.sync()
    assert (run["created"], run["deleted"], run["result"]["restored"]) == (0, 0, 2)
    case.check()


def test_mail_that_leaves_spam_was_never_seen_before(case: Case) -> None:
    hidden = arrive(case.box, "hidden", ("SPAM",), ago=20 * HOUR)
    draft = arrive(case.box, "draft", ("DRAFT",), ago=20 * HOUR)
    case.sync()
    case.check()
    case.box.relabel(hidden, add=["INBOX"], remove=["SPAM"])
    case.box.relabel(draft, add=["SENT"], remove=["DRAFT"])
    assert case.sync()["created"] == 2
    case.check()


def test_nothing_new_is_one_request(case: Case) -> None:
    case.sync()
    before = requests_of(case)
    run = case.sync()
    assert (run["state"], run["processed"], run["result"]["units"]) == ("done", 0, 2)
    assert requests_of(case) - before == 1
    for number in range(10):
        arrive(case.box, f"arrival {number}")
    asked = len([entry for entry in case.google.faults.log if entry["kind"] == "request"])
    assert case.sync()["created"] == 10
    assert len([entry for entry in case.google.faults.log if entry["kind"] == "request"]) - asked <= 4
    case.check()


@pytest.mark.parametrize("plan", [{"empty_pages": 3}, {"repeated_rows": 2}])
def test_a_history_with_odd_pages(case: Case, app_settings: object, plan: dict[str, int]) -> None:
    app_settings.gmail_messages_max_results = 5  # type: ignore[attr-defined]
    case.sync()
    ids = case.ids
    case.google.faults.set(**plan)
    for number in range(12):
        arrive(case.box, f"arrival {number}")
        case.box.relabel(ids[number], add=["STARRED"])
    case.box.delete(ids[12])
    case.box.delete(arrive(case.box, "gone at once"))
    run = case.sync()
    assert (run["created"], run["deleted"], run["updated"]) == (12, 1, 12)
    case.check()


def test_an_expired_history(case: Case) -> None:
    """Everything since a day before the last sync is read; what was deleted meanwhile the deletion check finds."""
    case.sync()
    ids, box = case.ids, case.box
    box.delete(ids[-1])
    box.delete(ids[0])
    box.relabel(ids[1], add=["TRASH"])
    arrive(box, "after the last sync")
    box.forget_history()
    arrive(box, "later still")
    run = case.sync()
    assert (run["state"], run["created"], run["result"]["cursor_expired"]) == ("done", 2, True)
    assert "no longer known" in run["message"]
    with pytest.raises(AssertionError, match="gone at the source"):
        case.check()
    check = case.start("/api/gmail/sync/deleted")
    assert (check["state"], check["kind"], check["deleted"]) == ("done", "deletion_check", 3)
    case.check()
    before = requests_of(case)
    again = case.start("/api/gmail/sync/deleted")
    assert (again["state"], requests_of(case) - before) == ("done", 0), (
        "the history has covered the time since"
    )
    forced = case.start("/api/gmail/sync/deleted", force_full_sync=True)
    assert (forced["deleted"], forced["processed"]) == (0, len(case.ids))
    assert requests_of(case) - before == 2


def test_a_deletion_check_in_portions(case: Case) -> None:
    case.sync()
    first_ids = case.ids
    for message_id in first_ids[::3]:
        case.box.delete(message_id)
    case.box.forget_history()
    case.sync()
    first = case.start("/api/gmail/sync/deleted", max_results=10)
    assert first["result"]["capped"] == {"found": len(first_ids), "taken": 10}
    runs = case.runs("deletion_check")
    assert len(runs) == math.ceil(len(first_ids) / 10)
    assert {run["state"] for run in runs} == {"done"}
    assert sum(run["deleted"] for run in runs) == len(first_ids[::3])
    case.check()


def test_a_listing_that_fails_deletes_nothing(case: Case) -> None:
    case.sync()
    case.box.delete(case.ids[0])
    case.box.forget_history()
    case.sync()
    case.google.faults.set(request_shares={"503": 1.0})
    failed = case.start("/api/gmail/sync/deleted")
    assert (failed["state"], failed["deleted"], failed["error"]["code"]) == ("error", 0, "mail.unavailable")
    case.google.faults.set(request_shares={})
    assert case.start("/api/gmail/sync/deleted")["deleted"] == 1
    case.check()


def change(box: Mailbox, ids: list[str]) -> None:
    """Something of everything, among the newest mail and the oldest."""
    arrive(box, f"meanwhile {len(box.messages)}")
    for number in (0, -1):
        box.delete(ids[number])
    for number in (1, -2):
        box.relabel(ids[number], add=["TRASH"])
    for number in (2, -3):
        box.relabel(ids[number], add=["STARRED"])


@pytest.mark.parametrize("at", [2, 14, 40])
def test_mail_that_changes_during_a_full_sync(case: Case, at: int) -> None:
    """The cursor was read before: the next sync sees it."""
    ids = case.ids
    case.google.faults.after(at, lambda: change(case.box, ids))
    assert case.sync()["state"] == "done"
    assert case.sync()["state"] == "done"
    case.check()


def test_mail_that_goes_between_its_listing_and_its_fetching(case: Case) -> None:
    """That is no error: the ledger says that it is gone, and nobody asks for it again."""
    case.sync()
    doomed = [arrive(case.box, f"short-lived {number}") for number in range(3)]

    def delete_all() -> None:
        for message_id in doomed:
            case.box.delete(message_id)

    case.google.faults.after(2, delete_all)  # the history was told, the first of them is asked for
    run = case.sync()
    assert (run["state"], run["created"], run["errors"]) == ("done", 0, 0)
    gone = case.lines(run, outcome="skipped")
    assert {(line["provider_message_id"], line["reason"]) for line in gone} == {(i, "gone") for i in doomed}
    asked = case.google.faults.calls["messages.get"]
    assert case.sync()["errors"] == 0
    assert case.google.faults.calls["messages.get"] == asked
    case.check()


@pytest.mark.parametrize("at", [1, 4])
def test_mail_that_changes_during_an_incremental_sync(case: Case, at: int) -> None:
    case.sync()
    for number in range(5):
        arrive(case.box, f"arrival {number}")
    ids = case.ids
    case.google.faults.after(at, lambda: change(case.box, ids))
    assert case.sync()["state"] == "done"
    assert case.sync()["state"] == "done"
    case.check()


def test_a_message_that_never_can_be_read(case: Case) -> None:
    bad = arrive(case.box, "never", ago=HOUR)
    case.google.faults.set(always={bad: "500"})
    runs = [case.sync() for _ in range(6)]
    assert [run["state"] for run in runs] == ["done"] * 6
    assert [run["errors"] for run in runs] == [1, 1, 1, 1, 1, 0]
    case.check(without=frozenset({bad}))
    assert case.state.last_history_id == case.box.history_id


def test_scope_job_search_notes_what_it_leaves_out(case: Case, app_settings: object) -> None:
    app_settings.gmail_sync_scope = "job_search"  # type: ignore[attr-defined]
    case.sync()
    (job,) = candidacy("Larkspur Systems", "Data Engineer", "received")
    job_id = case.box.add(job, at=time.time() - 60)
    others = [arrive(case.box, f"parcel {number}") for number in range(2)]
    run = case.sync()
    assert (run["created"], run["skipped"]) == (1, 2)
    stored = {line["provider_message_id"] for line in case.lines(run, outcome="stored")}
    assert stored == {job_id}
    skipped = case.lines(run, outcome="skipped")
    assert {(line["provider_message_id"], line["reason"]) for line in skipped} == {
        (i, "not_in_query") for i in others
    }
    wanted = skipped[0]
    answer = case.person.http.post(f"/api/emails/ledger/{wanted['id']}/was-job-mail")
    assert answer.status_code == 202
    assert answer.json()["others_from_sender"] == 0, "its sender is not known before it is fetched"
    fetched = case.run(answer.json()["job_id"])
    assert (fetched["state"], fetched["kind"], fetched["created"]) == ("done", "fetch", 1)
    assert fetched["result"]["others_from_sender"] == 1
    again = case.person.http.post(f"/api/emails/ledger/{wanted['id']}/was-job-mail")
    assert (again.status_code, again.json()["code"]) == (409, "ledger.nothing_to_fetch")
    path = f"/api/emails/ledger/{wanted['id']}/was-job-mail"
    more = case.run(case.person.http.post(path, params={"others": True}).json()["job_id"])
    assert (more["state"], more["created"]) == ("done", 1), "the sender is known by now"
    assert (
        case.person.http.post("/api/emails/ledger/999999/was-job-mail").json()["code"] == "ledger.not_found"
    )


def test_a_forced_full_sync_reads_everything(case: Case) -> None:
    old = arrive(case.box, "years ago", ago=4000 * 24 * HOUR)
    case.sync()
    run = case.start("/api/gmail/sync", json={"force_full_sync": True})
    assert run["state"] == "done"
    stored = {line["provider_message_id"] for line in case.lines(run, outcome="stored")}
    assert old in stored
    assert case.state.complete_since == BEGINNING
    case.check()
