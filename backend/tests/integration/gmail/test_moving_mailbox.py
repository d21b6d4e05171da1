"""A mailbox that changes while it is read, tokens that end on the way, and many faults at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.mail.sources import (
    Change,
    ChangeKind,
    CursorExpired,
    FailureReason,
    FetchFailure,
    MessageRef,
    Search,
    SourceReauthRequired,
    Tier,
    Window,
)
from app.mail.values import RawMail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import add_conversations
from tests.integration.gmail.conftest import QUICK, MakeClient, fill, refs

REST = Search(Tier.REST)
PATIENT = replace(QUICK, attempts=40, rate_attempts=60)


def arrived(outcomes: list[RawMail | FetchFailure]) -> list[str]:
    return sorted(o.provider_message_id for o in outcomes if isinstance(o, RawMail))


def all_refs(box: Mailbox) -> list[MessageRef]:
    return [MessageRef(m.id, m.thread_id) for m in box.messages.values()]


def delete(box: Mailbox, ids: list[str]) -> None:
    for message in ids:
        box.delete(message)


@pytest.mark.parametrize("share", [0.1, 0.5])
@pytest.mark.parametrize("fault", ["429", "403", "concurrent", "500"])
def test_a_share_of_all_parts_fails(
    client: MakeClient, box: Mailbox, google: FakeGoogle, fault: str, share: float
) -> None:
    fill(box, 150)
    add_conversations(box, 20)
    google.faults.set(part_shares={fault: share})
    outcomes = list(client(policy=PATIENT).fetch(all_refs(box)))
    assert arrived(outcomes) == sorted(box.messages)
    assert len(outcomes) == len(box.messages)


def test_everything_at_once(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    fill(box, 200)
    add_conversations(box, 30)
    google.faults.set(
        part_shares={
            "429": 0.2,
            "500": 0.1,
            "missing": 0.05,
            "not_json": 0.05,
            "truncated": 0.05,
            "odd": 0.05,
        },
        request_shares={"503": 0.1, "truncated": 0.05, "not_json": 0.05, "dropped": 0.05, "hang": 0.02},
        hang_s=0.6,
        token_uses=20,
    )
    patient = replace(PATIENT, call_timeout_s=0.4)
    outcomes = list(client(policy=patient).fetch(all_refs(box)))
    assert arrived(outcomes) == sorted(box.messages)


def test_a_token_that_ends_every_twenty_requests(
    client: MakeClient, box: Mailbox, google: FakeGoogle, saved: list[bytes]
) -> None:
    made = fill(box, 130)
    google.faults.set(token_uses=20)
    one = client(gmail_messages_max_results=5)
    listed = [ref.id for page in one.list_ids(REST) for ref in page]
    assert sorted(listed) == made
    assert arrived(list(one.fetch(refs(made)))) == made
    assert len(saved) >= 5


def test_a_grant_revoked_on_the_way_keeps_what_came(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 150)
    google.faults.after(60, lambda: google.oauth.revoke_address(box.address))
    came: list[RawMail | FetchFailure] = []
    with pytest.raises(SourceReauthRequired):
        for outcome in client(gmail_max_concurrent_batches=1).fetch(refs(made)):
            came.append(outcome)  # noqa: PERF402 (what came before the error counts)
    assert 50 <= len(arrived(came)) < 150
    assert len(came) == len(arrived(came))


def test_mail_that_comes_and_goes_while_listing_hides_nothing_that_stays(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 60)
    gone = made[-3:]
    google.faults.after(2, lambda: fill(box, 4))
    google.faults.after(3, lambda: delete(box, gone[:1]))
    google.faults.after(4, lambda: box.relabel(gone[1], add=["TRASH"]))
    one = client(gmail_messages_max_results=10)
    listed = [ref.id for page in one.list_ids(REST) for ref in page]
    assert len(listed) == len(set(listed))
    # Three messages left in front of the page being read: as many may be missed, and history tells of arrivals.
    assert len(set(made) - set(listed) - set(gone)) <= 2
    present = {ref.id for page in one.list_present(Window()) for ref in page}
    assert present == set(box.messages)


def test_rows_that_come_twice_are_listed_once(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 35)
    google.faults.set(repeated_rows=3)
    one = client(gmail_messages_max_results=10)
    pages = list(one.list_ids(REST))
    assert [ref.id for page in pages for ref in page] == made[::-1]
    assert sorted(ref.id for page in one.list_present(Window()) for ref in page) == made


def test_what_is_deleted_on_the_way_is_gone_and_the_rest_arrives(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 100)
    threads = add_conversations(box, 12)
    wanted = all_refs(box)
    google.faults.after(30, lambda: delete(box, made[90:]))
    google.faults.after(105, lambda: delete(box, threads[-5:]))
    outcomes = list(client(gmail_max_concurrent_batches=1).fetch(wanted))
    assert sorted(o.provider_message_id for o in outcomes if isinstance(o, FetchFailure)) == sorted(
        [*made[90:], *threads[-5:]]
    )
    assert {o.reason for o in outcomes if isinstance(o, FetchFailure)} == {FailureReason.GONE}
    assert arrived(outcomes) == sorted(box.messages)


def test_empty_and_repeated_pages_of_history(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    since = str(box.history_id)
    made = fill(box, 12)
    google.faults.set(empty_pages=3, repeated_rows=2)
    pages = list(client(gmail_messages_max_results=5).history(since))
    assert [len(page.changes) for page in pages[:3]] == [0, 0, 0]
    assert [page.cursor for page in pages[:-1]] == [None] * (len(pages) - 1)
    assert pages[-1].cursor == str(box.history_id)
    changes: list[Change] = [change for page in pages for change in page.changes]
    assert list(dict.fromkeys(c.id for c in changes if c.kind is ChangeKind.ADDED)) == made


def test_a_history_that_expires_on_the_way(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    since = str(box.history_id)
    fill(box, 12)
    google.faults.after(2, box.forget_history)
    pages = client(gmail_messages_max_results=5).history(since)
    assert len(next(pages).changes) == 5
    with pytest.raises(CursorExpired):
        list(pages)
