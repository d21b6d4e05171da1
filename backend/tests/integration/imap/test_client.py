"""The source by itself against a server that misbehaves; no database."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.mail import mime
from app.mail.imap.access import Security
from app.mail.imap.client import ImapClient
from app.mail.imap.line import Patience
from app.mail.sources import (
    Change,
    ChangeKind,
    CursorExpired,
    FailureReason,
    FetchFailure,
    IdsExpired,
    MessageRef,
    Search,
    SourceRateLimited,
    SourceReauthRequired,
    SourceStopped,
    SourceUnavailable,
    Tier,
    Window,
)
from app.mail.values import RawMail
from tests.factories.mails import make_mail, make_numbered, write_big_mbox
from tests.factories.mailservers import access_of, contents, fill, id_at
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount, ImapMessage, gmail_account, show_box
from tests.integration.imap.conftest import Certificate

QUICK = Patience(base_s=0.01, connect_s=5, read_s=10)
DAY = timedelta(days=1)


@contextmanager
def opened(server: FakeImap, *, thorough: bool = True, patience: Patience = QUICK) -> Iterator[ImapClient]:
    client = ImapClient(access_of(server), thorough=thorough, patience=patience)
    try:
        yield client
    finally:
        client.close()


def ids_of(client: ImapClient, tier: Tier = Tier.REST, window: Window = Window(), *senders: str) -> list[str]:  # noqa: B008
    return [ref.id for page in client.list_ids(Search(tier, window, senders)) for ref in page]


def fetch(client: ImapClient, ids: list[str]) -> tuple[dict[str, RawMail], dict[str, FailureReason]]:
    found: dict[str, RawMail] = {}
    failed: dict[str, FailureReason] = {}
    for outcome in client.fetch([MessageRef(i) for i in ids]):
        assert outcome.provider_message_id not in found.keys() | failed.keys()
        if isinstance(outcome, FetchFailure):
            failed[outcome.provider_message_id] = outcome.reason
        else:
            found[outcome.provider_message_id] = outcome
    return found, failed


def changes(client: ImapClient, cursor: str) -> tuple[list[Change], str]:
    pages = list(client.history(cursor))
    assert [page.cursor is not None for page in pages] == [False] * (len(pages) - 1) + [True]
    return [change for page in pages for change in page.changes], str(pages[-1].cursor)


def test_a_cut_connection_goes_on_where_it_was(mailbox: ImapAccount, server: FakeImap) -> None:
    uids = mailbox.fill(make_numbered(240))
    server.faults.cut_after = [7, 120, 3, 0]
    with opened(server) as client:
        found, failed = fetch(client, ids_of(client))
    assert {i: mail.raw for i, mail in found.items()} == {
        id_at(server, "INBOX", uid): mailbox.folders["INBOX"].messages[uid].raw for uid in uids
    }
    assert failed == {}
    assert server.connections >= 4


def test_one_bad_message_takes_no_other_with_it(mailbox: ImapAccount, server: FakeImap) -> None:
    mailbox.fill(make_numbered(40))
    server.faults.poison, server.faults.refused = {11}, {30}
    with opened(server) as client:
        found, failed = fetch(client, [*ids_of(client), id_at(server, "INBOX", 99), "not/an/id"])
    assert len(found) == 38
    assert failed == {
        id_at(server, "INBOX", 11): FailureReason.UNAVAILABLE,
        id_at(server, "INBOX", 30): FailureReason.REFUSED,
        id_at(server, "INBOX", 99): FailureReason.GONE,
        "not/an/id": FailureReason.GONE,
    }


def test_a_message_that_is_not_described_is_listed_all_the_same(
    mailbox: ImapAccount, server: FakeImap
) -> None:
    mailbox.fill(make_numbered(20))
    server.faults.unspeakable = {4, 5}
    with opened(server) as client:
        assert set(ids_of(client)) == {id_at(server, "INBOX", uid) for uid in range(1, 21)}
        assert len(fetch(client, ids_of(client))[0]) == 20


def test_newest_come_first_and_tiers_divide_by_sender_and_subject(
    mailbox: ImapAccount, server: FakeImap
) -> None:
    start = datetime(2026, 2, 1, 12, tzinfo=UTC)
    for number, (sender, subject) in enumerate(
        [
            ("Larkspur <no-reply@greenhouse-mail.io>", "Hello"),
            ("Ana <ana@elsewhere.example>", "Ihre Bewerbung als Ingenieurin"),
            ("Kim <kim@quietfirm.example>", "Bewerbungsmappen kaufen"),
            ("Kim <kim@hr.knownfirm.example>", "Hi"),
        ]
    ):
        mail = make_mail(subject=subject, sender=sender, message_id=f"<{number}@x.example>")
        mailbox.add(mail, ("INBOX", "Archive")[number % 2], at=start + number * DAY)
    with opened(server) as client:
        everything = ids_of(client)
        senders = ids_of(client, Tier.SENDERS, Window(), "knownfirm.example")
        assert ids_of(client, Tier.TERMS) == [everything[2]]
    assert everything == [
        id_at(server, f, u) for f, u in (("Archive", 2), ("INBOX", 2), ("Archive", 1), ("INBOX", 1))
    ]
    assert senders == [everything[0], everything[3]]


def test_bodies_are_searched_where_nothing_else_would_find_the_mail(
    mailbox: ImapAccount, server: FakeImap
) -> None:
    mailbox.add(make_mail("We have received your application and will reply.", subject="Hello Ana"))
    mailbox.add(make_mail("Lunch tomorrow?", subject="Hello Ana"))
    with opened(server) as client:
        assert ids_of(client, Tier.TERMS) == []
    with opened(server, thorough=False) as client:
        assert ids_of(client, Tier.TERMS) == [id_at(server, "INBOX", 1)]
    server.abilities.searches_bodies = False
    with opened(server, thorough=False) as client:
        assert len(ids_of(client, Tier.TERMS)) == 2, "a server that won't search loses nothing"


def test_windows_hold_to_the_second(mailbox: ImapAccount, server: FakeImap) -> None:
    """Servers compare days in zones of their own; both listings agree on what lies inside."""
    start = datetime(2026, 2, 1, tzinfo=UTC)
    for hour in range(0, 24 * 12, 5):
        mailbox.add(
            make_mail(f"Mail {hour}", message_id=f"<{hour}@x.example>"), at=start + timedelta(hours=hour)
        )
    window = Window(start + timedelta(days=3, hours=7), start + timedelta(days=8, hours=2, minutes=30))
    messages = mailbox.folders["INBOX"].messages.values()
    inside = {
        id_at(server, "INBOX", m.uid)
        for m in messages
        if window.after and window.before and window.after <= m.at <= window.before
    }
    with opened(server) as client:
        assert set(ids_of(client, Tier.REST, window)) == inside
        present = [ref.id for page in client.list_present(window) for ref in page]
        assert set(present) == inside
        assert len(present) == len(inside)
        assert len(ids_of(client)) == len(messages)


def test_present_is_whatever_lies_in_any_folder(mailbox: ImapAccount, server: FakeImap) -> None:
    """An account that reads fewer folders than before deletes nothing by that."""
    fill(mailbox, 2)
    access = replace(access_of(server), folders=("INBOX", "Trash", "No such folder"))
    client = ImapClient(access, patience=QUICK)
    assert set(ids_of(client)) == contents(server, ("INBOX",)).keys()
    everywhere = tuple(mailbox.folders)
    assert {ref.id for page in client.list_present(Window()) for ref in page} == contents(
        server, everywhere
    ).keys()
    client.close()


def test_a_huge_mailbox_is_listed_whole(mailbox: ImapAccount, server: FakeImap) -> None:
    """All its UIDs would not fit on the one line that a server answers a search with."""
    count = 60_500
    raw = make_mail()
    at = datetime(2026, 2, 1, tzinfo=UTC)
    inbox = mailbox.folders["INBOX"]
    inbox.messages = {uid: ImapMessage(uid, raw, at, set(), 1) for uid in range(10**9, 10**9 + count)}
    inbox.uidnext = 10**9 + count
    with opened(server) as client:
        present = {ref.id for page in client.list_present(Window()) for ref in page}
        cursor = client.profile().cursor
    assert len(present) == count
    assert len(cursor) < 1_000


def test_changes_since_a_cursor(mailbox: ImapAccount, server: FakeImap) -> None:
    mailbox.fill(make_numbered(30))
    with opened(server) as client:
        cursor = client.profile().cursor
        assert changes(client, cursor) == ([], cursor)
        mailbox.expunge("INBOX", *range(4, 9))
        mailbox.flag("INBOX", 20, "\\Deleted")
        mailbox.add(make_mail("A new one"))
        found, cursor = changes(client, cursor)
        assert {(change.kind, change.id) for change in found} == {
            (ChangeKind.ADDED, id_at(server, "INBOX", 31)),
            *((ChangeKind.DELETED, id_at(server, "INBOX", uid)) for uid in (4, 5, 6, 7, 8, 20)),
        }
        assert changes(client, cursor)[0] == []
        mailbox.renumber("INBOX")
        with pytest.raises(IdsExpired):
            list(client.history(cursor))
        with pytest.raises(CursorExpired):
            list(client.history("12345"))


def test_another_server_is_another_numbering(mailbox: ImapAccount, server: FakeImap) -> None:
    mailbox.fill(make_numbered(3))
    with opened(server) as client:
        cursor = client.profile().cursor
        old = ids_of(client)
    twin = replace(access_of(server), host="localhost")
    client = ImapClient(twin, patience=QUICK)
    with pytest.raises(IdsExpired):
        list(client.history(cursor))
    found, failed = fetch(client, old)
    assert (found, set(failed.values())) == ({}, {FailureReason.GONE})
    client.close()


def test_wrong_password_busy_and_down_are_told_apart(mailbox: ImapAccount, server: FakeImap) -> None:
    mailbox.fill(make_numbered(3))
    with opened(server) as client:
        refs = [MessageRef(i) for i in ids_of(client)]
        server.faults.fetch_says = "[OVERQUOTA] Account exceeded command or bandwidth limits."
        with pytest.raises(SourceRateLimited) as limited:
            list(client.fetch(refs))
        assert limited.value.retry_after == 120
        server.faults.fetch_says = "Request is throttled. Suggested Backoff Time: 61000 milliseconds"
        with pytest.raises(SourceRateLimited) as limited:
            list(client.fetch(refs))
        assert limited.value.retry_after == 61
    for said, kind in (
        ("[AUTHENTICATIONFAILED] Invalid credentials (Failure)", SourceReauthRequired),
        ("[ALERT] Too many simultaneous connections. (Failure)", SourceRateLimited),
    ):
        server.faults.login_says = said
        with opened(server) as client, pytest.raises(kind):
            client.profile()
    server.faults.login_says, server.faults.wrongly_refused = "", 1
    with opened(server) as client:
        assert client.profile().messages == 3, "one refusal may be the server's mistake"
    server.stop()
    with opened(server) as client, pytest.raises(SourceUnavailable):
        client.profile()


def test_a_certificate_that_went_bad_is_no_reason_to_try_again(
    mailbox: ImapAccount, certificate: Certificate
) -> None:
    with FakeImap(mailbox, tls="starttls", context=certificate.context) as server:
        with opened(server) as client, pytest.raises(SourceUnavailable, match="certificate"):
            client.profile()
        assert server.connections == 1
        assert not server.commands.keys() & {"LOGIN", "AUTHENTICATE"}
    with FakeImap(mailbox) as server:
        access = replace(access_of(server), security=Security.STARTTLS)
        client = ImapClient(access, patience=QUICK)
        with pytest.raises(SourceUnavailable, match="no encrypted connection"):
            client.profile()
        client.close()
        assert server.connections == 1


def test_stopping_does_not_wait_for_the_server(mailbox: ImapAccount, server: FakeImap) -> None:
    mailbox.fill(make_numbered(3))
    stop = threading.Event()
    client = ImapClient(access_of(server), patience=QUICK, should_stop=stop.is_set)
    refs = [MessageRef(i) for i in ids_of(client)]
    server.faults.hang_s = 8
    threading.Timer(0.2, stop.set).start()
    began = time.monotonic()
    with pytest.raises(SourceStopped):
        list(client.fetch(refs))
    client.close()
    assert time.monotonic() - began < 6


def test_a_huge_message_is_read_in_pieces(mailbox: ImapAccount, server: FakeImap, tmp_path: Path) -> None:
    """Its texts arrive, its 30 MB of attachment pass by; memory holds a few pieces at most."""
    write_big_mbox(tmp_path / "big.mbox", megabytes=30)
    raw = (
        (tmp_path / "big.mbox").read_bytes().split(b"\nFrom ")[1].partition(b"\n")[2].replace(b"\n", b"\r\n")
    )
    mailbox.add(raw)
    mailbox.fill(make_numbered(2))
    with opened(server) as client:
        ids = ids_of(client)
        del raw
        tracemalloc.start()
        found, failed = fetch(client, ids)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert failed == {}
    parsed = mime.parse(found[id_at(server, "INBOX", 1)].raw)
    assert "We would like to invite you." in parsed.text
    assert "Kind regards" in parsed.text
    assert parsed.size > 30_000_000
    assert [(a.name, a.size > 20_000_000) for a in parsed.attachments] == [("plan.pdf", True)]
    assert sum("BODY.PEEK[]<" in line for line in server.lines) > 30
    assert peak < 60_000_000, "the server of this test is in the same process"


def test_gmail_tells_its_own_ids_threads_and_labels(certificate: Certificate) -> None:
    box = Mailbox("ana.testperson@example.com")
    own = box.add_label("Jobs/Später")
    start = datetime(2026, 2, 1, tzinfo=UTC).timestamp()
    first = box.add(
        make_mail("We have received your application.", subject="Hello"), ["INBOX", own, "UNREAD"], at=start
    )
    sent = box.add(
        make_mail("Thanks", message_id="<2@x>", subject="Re: Hello"), ["SENT"], first, at=start + 60
    )
    box.add(make_mail("Not yet", message_id="<3@x>"), ["DRAFT"], at=start + 70)
    spam = box.add(make_mail("Buy", message_id="<4@x>"), ["SPAM"], at=start + 80)
    account = gmail_account(box)
    with FakeImap(account, tls="none") as server, opened(server) as client:
        cursor = client.profile().cursor
        assert ids_of(client) == [f"gm:{sent}", f"gm:{first}"]
        assert ids_of(client, Tier.TERMS) == [f"gm:{first}"], "Gmail's index knows the text"
        window = Window(datetime.fromtimestamp(start, UTC) + timedelta(seconds=30))
        assert ids_of(client, Tier.REST, window) == [f"gm:{sent}"]
        assert ids_of(client, Tier.TERMS, window) == []
        found, failed = fetch(client, [f"gm:{first}", f"gm:{sent}", "gm:18c0ffffffffffff"])
        assert failed == {"gm:18c0ffffffffffff": FailureReason.GONE}
        assert set(found[f"gm:{first}"].labels) == {"INBOX", "UNREAD", "Jobs/Später"}
        assert found[f"gm:{sent}"].labels == ("SENT",)
        assert {mail.thread_id for mail in found.values()} == {box.messages[first].thread_id}
        assert {ref.id for page in client.list_present(Window()) for ref in page} >= {
            f"gm:{spam}",
            f"gm:{first}",
        }
        assert changes(client, cursor) == ([], cursor)

        new = box.add(make_mail("An offer", message_id="<5@x>"), ["INBOX"], at=start + 90)
        box.relabel(sent, add=["TRASH"])
        show_box(account)
        uid = next(
            u
            for u, m in account.folders["[Gmail]/All Mail"].messages.items()
            if f"{(m.gmail or (0,))[0]:016x}" == first
        )
        account.relabel("[Gmail]/All Mail", uid, ["\\Starred"])
        found_changes, cursor = changes(client, cursor)
        assert {(c.kind, c.id, c.changed) for c in found_changes} == {
            (ChangeKind.ADDED, f"gm:{new}", ()),
            (ChangeKind.LABELS_ADDED, f"gm:{first}", ("STARRED", "UNREAD")),
            (ChangeKind.LABELS_ADDED, f"gm:{sent}", ("TRASH",)),
        }
        box.relabel(sent, remove=["TRASH"])
        show_box(account)
        back, _ = changes(client, cursor)
        assert [(c.kind, c.id) for c in back] == [(ChangeKind.ADDED, f"gm:{sent}")]
    del account.folders["[Gmail]/All Mail"]
    with (
        FakeImap(account) as server,
        opened(server) as client,
        pytest.raises(SourceUnavailable, match="All Mail"),
    ):
        client.profile()
