"""The Gmail source against a Google that fails: nothing is lost, nothing is asked twice without need."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.core.settings import Settings
from app.mail.gmail.errors import ApiDisabled, CallRefused, ReauthRequired
from app.mail.sources import (
    FailureReason,
    FetchFailure,
    Search,
    SourceRateLimited,
    SourceReauthRequired,
    SourceStopped,
    SourceUnavailable,
    Tier,
)
from app.mail.values import RawMail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.integration.gmail.conftest import QUICK, MakeClient, fill, make_payload, refs

REST = Search(Tier.REST)


def fetched(outcomes: list[RawMail | FetchFailure]) -> list[str]:
    return sorted(o.provider_message_id for o in outcomes if isinstance(o, RawMail))


def failures(outcomes: list[RawMail | FetchFailure]) -> list[FetchFailure]:
    return [o for o in outcomes if isinstance(o, FetchFailure)]


def drain(outcomes: Iterator[RawMail | FetchFailure], into: list[RawMail | FetchFailure]) -> None:
    """Keep what arrives before an error."""
    for outcome in outcomes:
        into.append(outcome)  # noqa: PERF402 (a list made at once would be lost with the error)


def requests(google: FakeGoogle, path: str) -> int:
    return sum(1 for e in google.faults.log if e["kind"] == "request" and e["path"].startswith(path))


@pytest.mark.parametrize(
    "fault", ["429", "403", "concurrent", "500", "503", "precondition", "not_json", "truncated", "missing"]
)
def test_only_the_parts_that_failed_are_asked_again(
    client: MakeClient, box: Mailbox, google: FakeGoogle, fault: str
) -> None:
    made = fill(box, 25)
    google.faults.set(next_parts=[fault] * 10)
    one = client()
    assert fetched(list(one.fetch(refs(made)))) == made
    assert google.faults.calls["messages.get"] == 35
    limited = fault in ("429", "403", "concurrent")
    assert one.units == (25 if limited else 35) * 20


@pytest.mark.parametrize("fault", ["500", "503", "429", "403", "concurrent", "not_json", "truncated", "hang"])
def test_a_batch_that_fails_as_a_whole_is_sent_again(
    client: MakeClient, box: Mailbox, google: FakeGoogle, fault: str
) -> None:
    made = fill(box, 60)
    google.faults.set(next_requests=[fault, fault], hang_s=1.0)
    assert fetched(list(client(policy=replace(QUICK, call_timeout_s=0.5)).fetch(refs(made)))) == made


@pytest.mark.parametrize("fault", ["500", "429", "403", "not_json", "truncated", "hang"])
def test_single_calls_are_tried_again(
    client: MakeClient, box: Mailbox, google: FakeGoogle, fault: str
) -> None:
    made = fill(box, 3)
    google.faults.set(next_requests=[fault, fault], hang_s=1.0)
    one = client(policy=replace(QUICK, call_timeout_s=0.5))
    assert sorted(ref.id for page in one.list_ids(REST) for ref in page) == made


def test_a_storm_of_faults_loses_nothing(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 300)
    google.faults.set(
        part_shares={"429": 0.1, "403": 0.05, "500": 0.05, "missing": 0.02, "not_json": 0.02},
        request_shares={"500": 0.1, "truncated": 0.05},
    )
    assert fetched(list(client(policy=replace(QUICK, attempts=30)).fetch(refs(made)))) == made


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("500", FailureReason.UNAVAILABLE),
        ("missing", FailureReason.UNREADABLE),
        ("not_json", FailureReason.UNREADABLE),
        ("429", FailureReason.RATE_LIMITED),
    ],
)
def test_one_message_that_always_fails_is_given_up_and_the_rest_arrives(
    client: MakeClient, box: Mailbox, google: FakeGoogle, fault: str, reason: FailureReason
) -> None:
    made = fill(box, 200)
    google.faults.set(always={made[3]: fault}, latency_s=0.01)
    outcomes = list(
        client(policy=replace(QUICK, rate_attempts=3), gmail_max_concurrent_batches=1).fetch(refs(made))
    )
    assert fetched(outcomes) == [m for m in made if m != made[3]]
    (failure,) = failures(outcomes)
    assert (failure.provider_message_id, failure.reason) == (made[3], reason)
    assert failure.attempts == (3 if fault == "429" else QUICK.attempts)


def test_a_request_that_google_refuses_is_not_repeated(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 2)
    google.faults.set(always={made[0]: "400"})
    outcomes = list(client().fetch(refs(made)))
    assert [f.reason for f in failures(outcomes)] == [FailureReason.REFUSED]
    assert google.faults.calls["messages.get"] == 2


def test_all_parts_failing_for_ever_are_all_reported(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 30)
    google.faults.set(part_shares={"500": 1.0})
    outcomes = list(client().fetch(refs(made)))
    assert sorted(f.provider_message_id for f in failures(outcomes)) == made
    assert {f.reason for f in failures(outcomes)} == {FailureReason.UNAVAILABLE}


def test_a_limit_that_does_not_end_puts_the_run_off(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 30)
    google.faults.set(part_shares={"403": 1.0})
    with pytest.raises(SourceRateLimited) as caught:
        list(client(gmail_max_concurrent_batches=1).fetch(refs(made)))
    assert caught.value.status == 429
    assert caught.value.retry_after > 0


def test_a_minute_of_quota_is_waited_for(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 60)
    google.faults.set(units_per_minute=25 * 20, minute_s=0.3)
    patient = replace(QUICK, base_s=0.05, cap_s=0.2)
    assert fetched(list(client(policy=patient).fetch(refs(made)))) == made


@pytest.mark.parametrize("header", [False, True])
def test_a_far_moment_to_retry_ends_the_call_at_once(
    client: MakeClient, box: Mailbox, google: FakeGoogle, header: bool
) -> None:
    made = fill(box, 30)
    google.faults.set(next_parts=["", "", "429"], retry_after_s=900.0, retry_after_header=header)
    arrived: list[RawMail | FetchFailure] = []
    with pytest.raises(SourceRateLimited) as caught:
        drain(client(gmail_max_concurrent_batches=1).fetch(refs(made)), arrived)
    assert 890 < caught.value.retry_after <= 900
    assert len(arrived) == 24
    google.faults.set(next_requests=["429"])
    with pytest.raises(SourceRateLimited) as caught:
        client().profile()
    assert 890 < caught.value.retry_after <= 900


def test_a_near_moment_to_retry_is_waited_for(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 25)
    google.faults.set(next_parts=["429"] * 3, retry_after_s=0.6)
    began = time.monotonic()
    assert fetched(list(client().fetch(refs(made)))) == made
    assert 0.5 < time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("scope", ReauthRequired),
        ("off", ApiDisabled),
        ("no_mailbox", ApiDisabled),
        ("daily", SourceRateLimited),
    ],
)
def test_what_no_retry_mends_ends_the_run_after_what_came(
    client: MakeClient, box: Mailbox, google: FakeGoogle, fault: str, error: type[Exception]
) -> None:
    made = fill(box, 25)
    google.faults.set(always={made[20]: fault})
    arrived: list[RawMail | FetchFailure] = []
    with pytest.raises(error):
        drain(client().fetch(refs(made)), arrived)
    assert fetched(arrived) == [m for m in made if m != made[20]]
    assert google.faults.calls["messages.get"] == 25
    google.faults.set(next_requests=[fault])
    with pytest.raises(error):
        client().profile()


def test_without_the_permission_to_read_the_user_has_to_reconnect(
    client: MakeClient, google: FakeGoogle
) -> None:
    narrow = make_payload(google, scopes=("https://www.googleapis.com/auth/userinfo.email",))
    with pytest.raises(ReauthRequired):
        client(payload=narrow).profile()


def test_google_out_of_reach(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 3)
    one = client(gmail_api_base_url="http://127.0.0.1:9")
    with pytest.raises(SourceUnavailable):
        one.profile()
    with pytest.raises(SourceUnavailable):
        list(one.fetch(refs(made)))


def test_no_batch_endpoint_at_all_is_not_taken_for_deleted_mail(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    google.faults.set(batch_paths=())
    with pytest.raises(CallRefused):
        list(client().fetch(refs(fill(box, 3))))


def test_an_expired_token_is_renewed_once_for_all_threads(
    client: MakeClient, box: Mailbox, google: FakeGoogle, saved: list[bytes]
) -> None:
    made = fill(box, 200)
    google.oauth.expire_access_tokens()
    assert fetched(list(client().fetch(refs(made)))) == made
    assert requests(google, "/token") == 1
    assert len(saved) == 1
    assert client(payload=saved[0]).profile().messages == 200
    assert requests(google, "/token") == 1


def test_a_token_that_ends_soon_is_renewed_before(
    client: MakeClient, google: FakeGoogle, saved: list[bytes]
) -> None:
    client(payload=make_payload(google, life_s=60)).profile()
    statuses = [e["status"] for e in google.faults.log if e["kind"] == "request"]
    assert statuses == [200, 200]
    assert len(saved) == 1


def test_parts_refused_in_the_middle_are_sent_again_with_a_new_token(
    client: MakeClient, box: Mailbox, google: FakeGoogle, saved: list[bytes]
) -> None:
    made = fill(box, 25)
    google.faults.set(next_parts=["", "401", "401", "", "401"])
    assert fetched(list(client().fetch(refs(made)))) == made
    assert google.faults.calls["messages.get"] == 28
    assert len(saved) == 1


def test_a_token_that_is_refused_even_when_new_needs_the_user(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    google.faults.set(part_shares={"401": 1.0})
    with pytest.raises(ReauthRequired):
        list(client().fetch(refs(fill(box, 3))))


def test_a_new_refresh_token_is_kept(client: MakeClient, google: FakeGoogle, saved: list[bytes]) -> None:
    google.faults.set(rotate_refresh_tokens=True)
    one = client()
    for _ in range(2):
        google.oauth.expire_access_tokens()
        one.profile()
    assert len(saved) == 2
    google.oauth.expire_access_tokens()
    client(payload=saved[1]).profile()


def test_tokens_that_live_for_seconds_do(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    google.faults.set(token_life_s=1)
    one = client()
    google.oauth.expire_access_tokens()
    made = fill(box, 30)
    assert fetched(list(one.fetch(refs(made)))) == made
    time.sleep(1.1)
    assert fetched(list(one.fetch(refs(made)))) == made


def test_a_revoked_grant_ends_in_reconnect(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 60)
    one = client(gmail_max_concurrent_batches=1)
    outcomes = one.fetch(refs(made))
    arrived = [next(outcomes) for _ in range(25)]
    google.oauth.revoke_address(box.address)
    with pytest.raises(SourceReauthRequired) as caught:
        arrived.extend(outcomes)
    assert caught.value.code == "gmail.reauth_required"
    assert 25 <= len(fetched(arrived)) < 60


def test_stop_is_heard_while_messages_come(client: MakeClient, box: Mailbox, google: FakeGoogle) -> None:
    made = fill(box, 500)
    google.faults.set(latency_s=0.05)
    arrived: list[RawMail | FetchFailure] = []
    with pytest.raises(SourceStopped):
        drain(client(should_stop=lambda: len(arrived) >= 50).fetch(refs(made)), arrived)
    assert 50 <= len(arrived) <= 200


@pytest.mark.parametrize("fault", ["429", "hang"])
def test_stop_is_heard_while_waiting(
    client: MakeClient, box: Mailbox, google: FakeGoogle, fault: str
) -> None:
    made = fill(box, 5)
    google.faults.set(request_shares={fault: 1.0}, retry_after_s=60.0, hang_s=1.5)
    asked = threading.Event()
    threading.Timer(0.3, asked.set).start()
    one = client(policy=replace(QUICK, longest_wait_s=120.0), should_stop=asked.is_set)
    began = time.monotonic()
    with pytest.raises(SourceStopped):
        list(one.fetch(refs(made)))
    assert time.monotonic() - began < 1.2
    with pytest.raises(SourceStopped):
        one.profile()


def test_a_fetch_that_nobody_reads_on_ends_quietly(
    client: MakeClient, box: Mailbox, settings: Settings
) -> None:
    outcomes = client().fetch(refs(fill(box, 200)))
    assert isinstance(next(outcomes), RawMail)
    outcomes.close()  # type: ignore[attr-defined]


def test_what_was_on_its_way_when_google_said_stop_is_kept(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 100)
    google.faults.set(latency_s=0.2, next_parts=[""] * 30 + ["429"], retry_after_s=900.0)
    arrived: list[RawMail | FetchFailure] = []
    with pytest.raises(SourceRateLimited):
        drain(client().fetch(refs(made)), arrived)
    assert len(fetched(arrived)) == google.faults.calls["messages.get"] - 1 >= 50


@pytest.mark.parametrize(
    "answer",
    [{"messages": [{}]}, {"messages": [None]}, {"messages": 3}, {"messages": [3], "historyId": None}],
)
def test_answers_of_another_shape_are_asked_for_again(
    client: MakeClient, box: Mailbox, google: FakeGoogle, answer: dict[str, object]
) -> None:
    since = str(box.history_id)
    made = fill(box, 3)
    google.faults.odd_answers.extend([answer, answer])
    assert sorted(ref.id for page in client().list_ids(REST) for ref in page) == made
    google.faults.odd_answers.extend([answer, answer])
    assert len([change for page in client().history(since) for change in page.changes]) == 3
    google.faults.odd_answers.extend([{"no": "address"}] * 2)
    assert client().profile().messages == 3


def test_a_listing_that_goes_round_in_circles_ends(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    fill(box, 3)
    google.faults.odd_answers.extend([{"nextPageToken": "0", "historyId": "1"}] * 5)
    with pytest.raises(SourceUnavailable):
        list(client().list_ids(REST))
    with pytest.raises(SourceUnavailable):
        list(client().history(str(box.history_id)))
