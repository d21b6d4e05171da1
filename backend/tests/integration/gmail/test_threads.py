"""Threads are taken whole where that is cheaper, and nothing of them is lost or added."""

from __future__ import annotations

from app.mail.gmail.pace import RetryPolicy
from app.mail.mime import parse
from app.mail.sources import FailureReason, FetchFailure, MessageRef, Search, Tier
from app.mail.values import RawMail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.fakes.google_varied import fill_with_varied, varied_mails
from tests.integration.gmail.conftest import ADDRESS, QUICK, MakeClient, fill, refs


def all_refs(box: Mailbox) -> list[MessageRef]:
    newest_first = sorted(box.messages.values(), key=lambda m: m.internal_ms, reverse=True)
    return [MessageRef(m.id, m.thread_id) for m in newest_first]


def make_thread(box: Mailbox, size: int, at: float = 1_770_000_000) -> list[str]:
    made: list[str] = []
    for n in range(size):
        head = f"From: kim@otterbank.example\r\nSubject: Re: talk\r\nMessage-ID: <{at}.{n}@x.example>"
        raw = f"{head}\r\n\r\nText {n}\r\n"
        made.append(box.add(raw.encode(), thread=made[0] if made else None, at=at + n))
    return made


def mails(outcomes: list[RawMail | FetchFailure]) -> dict[str, RawMail]:
    found = [o for o in outcomes if isinstance(o, RawMail)]
    assert len({m.provider_message_id for m in found}) == len(found)
    return {m.provider_message_id: m for m in found}


def test_a_whole_thread_is_one_call(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    thread, single = make_thread(box, 5), fill(box, 2)
    one = client()
    found = mails(list(one.fetch(all_refs(box))))
    assert sorted(found) == sorted([*thread, *single])
    assert google.faults.calls == {"threads.get": 1, "messages.get": 2}
    assert one.units == google.faults.units == 80
    for number, message in enumerate(thread):
        mail = found[message]
        assert parse(mail.raw).text == f"Text {number}"
        assert mail.thread_id == thread[0]
        assert mail.history_id == box.messages[message].history_id
        assert mail.labels == ("INBOX",)
        assert mail.internal_date is not None


def test_two_of_a_thread_are_read_alone(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    make_thread(box, 2)
    assert len(mails(list(client().fetch(all_refs(box))))) == 2
    assert google.faults.calls == {"messages.get": 2}


def test_messages_that_nobody_asked_for_are_left_out(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    thread = make_thread(box, 8)
    wanted = [MessageRef(i, thread[0]) for i in thread[2:6]]
    assert sorted(mails(list(client().fetch(wanted)))) == thread[2:6]
    assert google.faults.calls == {"threads.get": 1}


def test_what_the_thread_does_not_tell_is_read_raw_alone(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill_with_varied(box, 2)
    kinds = varied_mails()
    raw_ones = 2 * sum(kind.needs_raw for kind in kinds)
    found = mails(list(client().fetch(all_refs(box))))
    assert sorted(found) == sorted(made)
    assert google.faults.calls == {"threads.get": 2, "messages.get": raw_ones}
    for message, mail in found.items():
        ours, theirs = parse(mail.raw), parse(box.messages[message].raw)
        assert (ours.content_hash, ours.rfc822_message_id) == (theirs.content_hash, theirs.rfc822_message_id)
        assert (ours.sender_email, ours.date, ours.subject) == (
            theirs.sender_email,
            theirs.date,
            theirs.subject,
        )
        assert ours.calendar == theirs.calendar


def test_units_are_those_of_the_best_mix(client: MakeClient, google: FakeGoogle) -> None:
    box = google.adopt(generate_mailbox(600, seed=7, address=ADDRESS))
    for n in range(40):
        make_thread(box, 2 + n % 6, 1_770_000_000 + 100 * n)
    one = client()
    wanted = [ref for page in one.list_ids(Search(Tier.REST)) for ref in page]
    listed = one.units
    found = mails(list(one.fetch(wanted)))
    assert sorted(found) == sorted(box.messages)
    sizes: dict[str, int] = {}
    for message in box.messages.values():
        sizes[message.thread_id] = sizes.get(message.thread_id, 0) + 1
    best = sum(min(20 * size, 40) for size in sizes.values())
    assert one.units - listed <= best * 1.01


def test_a_thread_that_is_gone_is_asked_for_message_by_message(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    thread = make_thread(box, 4)
    wanted = all_refs(box)
    for message in thread[:3]:
        box.delete(message)
    outcomes = list(client().fetch(wanted))
    gone = [o for o in outcomes if isinstance(o, FetchFailure)]
    assert sorted(mails(outcomes)) == thread[3:]
    assert sorted(o.provider_message_id for o in gone) == thread[:3]
    assert {o.reason for o in gone} == {FailureReason.GONE}
    box.delete(thread[3])
    outcomes = list(client().fetch(wanted))
    assert sorted(o.provider_message_id for o in outcomes if isinstance(o, FetchFailure)) == thread


def test_faults_of_threads_lose_nothing(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    for n in range(20):
        make_thread(box, 3 + n % 5, 1_770_000_000 + 100 * n)
    google.faults.set(
        part_shares={"429": 0.2, "500": 0.1, "missing": 0.1, "not_json": 0.1, "truncated": 0.05, "400": 0.05},
        request_shares={"500": 0.1, "truncated": 0.05},
    )
    patient = RetryPolicy(attempts=30, rate_attempts=40, base_s=0.001, cap_s=0.01, call_timeout_s=2.0)
    outcomes = list(client(policy=patient).fetch(all_refs(box)))
    refused = {o.provider_message_id for o in outcomes if isinstance(o, FetchFailure)}
    assert refused | set(mails(outcomes)) == set(box.messages)
    assert not refused & set(mails(outcomes))
    assert {o.reason for o in outcomes if isinstance(o, FetchFailure)} <= {FailureReason.REFUSED}


def test_a_thread_that_never_can_be_read_gives_its_messages(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    thread, singles = make_thread(box, 6), fill(box, 2)
    for fault in ("500", "not_json", "400", "429"):
        # The thread has the id of its first message, so that one can't be read either.
        google.faults.set(always={thread[0]: fault})
        outcomes = list(client(policy=QUICK).fetch([*all_refs(box), *refs(["18cffffffffffff0"])]))
        assert sorted(mails(outcomes)) == sorted([*thread[1:], *singles]), fault
        failed = [o.provider_message_id for o in outcomes if isinstance(o, FetchFailure)]
        assert sorted(failed) == sorted([thread[0], "18cffffffffffff0"]), fault


def test_a_bad_connection_does_not_make_threads_dearer(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = [i for n in range(4) for i in make_thread(box, 5, 1_770_000_000 + 100 * n)]
    google.faults.set(next_requests=["500", "dropped", "503", "truncated"])
    assert sorted(mails(list(client().fetch(all_refs(box))))) == sorted(made)
    assert google.faults.calls["messages.get"] == 0


def test_a_thread_that_spoils_every_batch_is_given_by_its_messages(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    thread, singles = make_thread(box, 4), fill(box, 60)
    google.faults.spoilers.add(f"/threads/{thread[0]}")
    outcomes = list(client(gmail_max_concurrent_batches=1, gmail_batch_size=20).fetch(all_refs(box)))
    assert sorted(mails(outcomes)) == sorted([*thread, *singles])
    assert len(outcomes) == 64
