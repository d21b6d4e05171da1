"""The Gmail source against a Google that behaves."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core import db
from app.core.settings import Settings
from app.mail.gmail.client import open_mailbox
from app.mail.gmail.credentials import seal
from app.mail.sources import (
    Change,
    ChangeKind,
    CursorExpired,
    FailureReason,
    FetchFailure,
    MailSource,
    Search,
    Tier,
    Window,
)
from app.mail.values import RawMail
from tests.factories.settings import make_settings
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.integration.gmail.conftest import ADDRESS, QUICK, MakeClient, fill, refs

REST = Search(Tier.REST)


def ids_of(client: MailSource, search: Search = REST) -> list[str]:
    return [ref.id for page in client.list_ids(search) for ref in page]


def mails_of(client: MailSource, ids: list[str]) -> dict[str, RawMail]:
    found = {m.provider_message_id: m for m in client.fetch(refs(ids)) if isinstance(m, RawMail)}
    assert len(found) == len(set(ids))
    return found


def test_profile_names_the_mailbox_and_its_moment(client: MakeClient, box: Mailbox) -> None:
    fill(box, 3)
    profile = client().profile()
    assert (profile.address, profile.cursor, profile.messages) == (ADDRESS, str(box.history_id), 3)


def test_listing_walks_all_pages_newest_first(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 45)
    one = client(gmail_messages_max_results=20)
    pages = list(one.list_ids(REST))
    assert [len(page) for page in pages] == [20, 20, 5]
    assert [ref.id for page in pages for ref in page] == made[::-1]
    assert one.units == 15
    assert google.faults.calls == {"messages.list": 3}


def test_an_empty_mailbox_has_no_pages(client: MakeClient) -> None:
    assert list(client().list_ids(REST)) == []


def test_a_message_that_several_queries_find_comes_once(client: MakeClient, box: Mailbox) -> None:
    raw = (
        b"From: kim@otterbank.example\r\nSubject: Ihre Bewerbung, your application\r\n\r\nIhre Bewerbung\r\n"
    )
    made = box.add(raw)
    assert ids_of(client(), Search(Tier.TERMS)) == [made]


def test_the_window_and_spam_are_kept(client: MakeClient, box: Mailbox) -> None:
    made = fill(box, 10)
    box.relabel(made[7], add=["SPAM"])
    box.relabel(made[8], add=["TRASH"])
    box.add(b"Subject: draft\r\n\r\nx", {"DRAFT"}, at=1_770_000_000 + 500)
    since = datetime.fromtimestamp(1_770_000_000 + 60 * 5, UTC)
    assert ids_of(client(), Search(Tier.REST, Window(after=since))) == [made[9], made[6], made[5]]


def test_everything_that_exists_is_listed_spam_and_trash_too(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 25)
    for number, label in enumerate(("SPAM", "TRASH", "DRAFT", "CHAT")):
        box.relabel(made[20 + number], add=[label])
    box.delete(made[22])
    there = [*made[:22], *made[23:]]
    one = client(gmail_messages_max_results=10)
    pages = list(one.list_present(Window()))
    assert [len(page) for page in pages] == [10, 10, 4]
    assert sorted(ref.id for page in pages for ref in page) == there
    since, until = (datetime.fromtimestamp(1_770_000_000 + 60 * n, UTC) for n in (15, 23))
    found = [ref.id for page in one.list_present(Window(since, until)) for ref in page]
    assert found == [made[23], *made[21:14:-1]]


def test_long_queries_travel_as_post(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = box.add(b"From: no-reply@us.greenhouse-mail.io\r\nSubject: Hi\r\n\r\nx")
    senders = tuple(f"a-rather-long-name-of-a-company-{n}.example" for n in range(40))
    assert ids_of(client(), Search(Tier.SENDERS, senders=senders)) == [made]
    posted = [e for e in google.faults.log if e.get("override") == "GET"]
    assert posted
    assert all(e["method"] == "POST" and e["path"].endswith("/users/me/messages") for e in posted)


def test_a_page_token_that_is_forgotten_restarts_the_listing(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 30)
    google.faults.set(next_requests=["", "page_token"])
    assert ids_of(client(gmail_messages_max_results=10)) == made[::-1]


def test_bytes_arrive_as_they_were_sent(client: MakeClient, box: Mailbox) -> None:
    head = b"From: a@x.example\r\nSubject: b\xe4d\r\nX: \xff\xfe\r\n\r\n"
    raw = head + b"\x00\xe9 ???>>> \xf0\x9f\x98\x80\r\n.\r\nFrom here\r\n"
    label = box.add_label("Job hunt")
    first = box.add(raw, {"INBOX", label}, at=1_770_000_000.123)
    mail = mails_of(client(), [first])[first]
    assert mail.raw == raw
    assert set(mail.labels) == {"INBOX", "Job hunt"}
    assert mail.thread_id == first
    assert mail.history_id == box.messages[first].history_id
    assert mail.internal_date == datetime.fromtimestamp(1_770_000_000.123, UTC)


def test_everything_is_fetched_in_batches_once(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 60)
    one = client()
    mails_of(one, made + made[:5])
    posts = [e["path"] for e in google.faults.log if e["kind"] == "request"]
    assert posts == ["/batch"] * 3
    assert sorted(e["calls"] for e in google.faults.log if e["kind"] == "batch") == [10, 25, 25]
    assert one.units == 60 * 20


def test_a_server_that_knows_only_the_documented_batch_address(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    google.faults.set(batch_paths=("/batch/gmail/v1",))
    made = fill(box, 60)
    mails_of(client(gmail_max_concurrent_batches=1), made)
    assert [e["path"] for e in google.faults.log if e["kind"] == "request" and e["status"] == 200] == [
        "/batch/gmail/v1"
    ] * 3


def test_what_was_deleted_meanwhile_is_gone_and_no_error(client: MakeClient, box: Mailbox) -> None:
    made = fill(box, 3)
    box.delete(made[1])
    outcomes = list(client().fetch(refs(made)))
    failures = [o for o in outcomes if isinstance(o, FetchFailure)]
    assert len(outcomes) == 3
    assert [(f.provider_message_id, f.reason) for f in failures] == [(made[1], FailureReason.GONE)]


def test_nothing_to_fetch_needs_no_network(client: MakeClient, google: FakeGoogle) -> None:
    assert list(client().fetch([])) == []
    assert google.faults.log == []


def test_history_tells_all_four_kinds_over_pages(client: MakeClient, box: Mailbox) -> None:
    made = fill(box, 2)
    one = client(gmail_messages_max_results=2)
    since = one.profile().cursor
    added = box.add(b"Subject: new\r\n\r\nx")
    box.relabel(made[0], add=["STARRED"], remove=["INBOX"])
    box.delete(made[1])
    pages = list(one.history(since))
    changes = [change for page in pages for change in page.changes]
    assert [page.cursor for page in pages] == [None, str(box.history_id)]
    assert changes == [
        Change(ChangeKind.ADDED, added, added, ("INBOX",)),
        Change(ChangeKind.LABELS_ADDED, made[0], made[0], ("STARRED",), ("STARRED",)),
        Change(ChangeKind.LABELS_REMOVED, made[0], made[0], ("STARRED",), ("INBOX",)),
        Change(ChangeKind.DELETED, made[1], made[1], ("INBOX",)),
    ]


def test_no_change_is_one_request_and_a_cursor(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    fill(box, 1)
    (page,) = client().history(str(box.history_id))
    assert (page.changes, page.cursor) == ((), str(box.history_id))
    assert google.faults.calls == {"history.list": 1}


@pytest.mark.parametrize("since", ["0", "1003"])
def test_an_old_cursor_has_expired(client: MakeClient, box: Mailbox, since: str) -> None:
    fill(box, 5)
    box.forget_history()
    with pytest.raises(CursorExpired):
        list(client().history(since))


def test_the_network_is_not_used_inside_a_transaction(
    client: MakeClient, box: Mailbox, google: FakeGoogle, tmp_path: Path
) -> None:
    made = fill(box, 2)
    one = client()
    db.configure(make_settings("sqlite:///:memory:", tmp_path), strict=True)
    try:
        with db.transaction():
            for use in (lambda: list(one.fetch(refs(made))), lambda: ids_of(one), one.profile):
                with pytest.raises(db.OpenTransactionError):
                    use()
    finally:
        db.dispose()
    assert google.faults.log == []


def test_sealed_credentials_open_the_mailbox_and_come_back_sealed(
    settings: Settings, payload: bytes, box: Mailbox, google: FakeGoogle
) -> None:
    google.oauth.expire_access_tokens()
    saved: list[bytes] = []
    source: MailSource = open_mailbox(settings, seal(payload, settings), save=saved.append, policy=QUICK)
    with closing(source):
        assert source.profile().address == ADDRESS
    (sealed,) = saved
    assert b"token" not in sealed
    with closing(open_mailbox(settings, sealed, save=saved.append, policy=QUICK)) as again:
        assert again.profile().address == ADDRESS
    assert len(saved) == 1


def test_two_thousand_messages_take_seconds(client: MakeClient, google: FakeGoogle) -> None:
    google.adopt(generate_mailbox(2000, seed=3, address=ADDRESS))
    one = client()
    ids = ids_of(one)
    began = time.perf_counter()
    assert len(mails_of(one, ids)) == 2000
    assert time.perf_counter() - began < 20
    assert 2000 * 20 + 4 * 5 <= one.units <= 2000 * 20 + 8 * 5, "a busy machine may ask for a page twice"


def test_mails_with_large_attachments_are_fetched_few_at_a_time(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    head = b"From: a@x.example\r\nSubject: large\r\nContent-Type: application/pdf\r\n\r\n"
    made = [box.add(head + b"x" * 1_050_000, at=1_770_000_000 + n) for n in range(14)]
    mails_of(client(gmail_batch_size=8, gmail_max_concurrent_batches=1), made)
    assert [e["calls"] for e in google.faults.log if e["kind"] == "batch"] == [8, 5, 1]
