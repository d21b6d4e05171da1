"""Google's quota: never overdrawn for long, shared by everybody who reads the mailbox, kept over restarts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

import pytest

from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings
from app.mail.buckets import Bucket, units_at_hand
from app.mail.connections import Pace, open_source, reading_pace
from app.mail.gmail.credentials import seal
from app.mail.gmail.quota import TARIFFS
from app.mail.models import MailAccount, Provider, QuotaBucket
from app.mail.sources import SourceRateLimited
from app.mail.values import RawMail
from tests.factories.accounts import make_user
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.integration.gmail.conftest import ADDRESS, QUICK, MakeClient, fill, refs

pytestmark = pytest.mark.usefixtures("db")
SLOW = TARIFFS["2026"]


def bucket(minute_s: float = 60.0, *, background: bool = False) -> Bucket:
    return Bucket(ADDRESS, replace(TARIFFS["2026"], minute_s=minute_s), background)


@pytest.fixture
def account(app_settings: Settings, settings: Settings, payload: bytes) -> MailAccount:
    """A connected account of somebody; `settings` know the fake."""
    user = make_user("ana")
    made = MailAccount(
        user_id=user.id,
        provider=Provider.GMAIL,
        address="Ana.TestPerson@example.com",
        credentials=seal(payload, settings),
        scopes=[],
        created_at=now(),
    )
    with database.transaction() as session:
        session.add(made)
    return made


def reload(account: MailAccount) -> MailAccount:
    with database.read_session() as session:
        return session.get_one(MailAccount, account.id)


def test_processes_share_one_bucket() -> None:
    granted: list[int] = []

    def take_all(each: int) -> None:
        mine = bucket()
        for _ in range(each):
            got, _ = mine.take(20, 120)
            granted.append(got)

    threads = [threading.Thread(target=take_all, args=(30,)) for _ in range(4)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.monotonic() - began
    assert SLOW.burst - 20 <= sum(granted) <= SLOW.burst + (passed + 1) * SLOW.rate


def test_a_new_process_finds_the_bucket_as_it_was_left() -> None:
    assert bucket().take(20, 5_000) == (5_000, 0)
    assert 900 <= units_at_hand(ADDRESS, SLOW) < 3_000
    bucket().give_back(5_000)
    assert units_at_hand(ADDRESS, SLOW) == pytest.approx(SLOW.burst)
    bucket().drain()
    granted, wait_s = bucket().take(5_000, 5_000)
    assert granted == 0
    assert 40 < wait_s <= 50


def test_the_quota_is_spent_as_fast_as_it_refills(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    made = fill(box, 400)
    google.faults.limit("2026", minute_s=6)
    one = client(purse=bucket(6))
    began = time.monotonic()
    found = [o for o in one.fetch(refs(made)) if isinstance(o, RawMail)]
    took = time.monotonic() - began
    assert len(found) == 400
    assert took >= 1.9, "2,000 units more than a minute's worth, 1,000 a second"
    assert google.faults.calls["messages.get"] < 480, "next to nothing is refused"
    one.close()
    assert one.units == 400 * 20


def test_a_sync_goes_before_a_backfill_of_the_same_mailbox(client: MakeClient, box: Mailbox) -> None:
    made = fill(box, 500)
    patient = replace(QUICK, longest_wait_s=60)
    slow = client(policy=patient, purse=bucket(5, background=True))
    fast = client(policy=patient, purse=bucket(5))
    arrived: dict[str, list[float]] = {"slow": [], "fast": []}

    def read(name: str, outcomes: Iterable[object]) -> None:
        for _ in outcomes:
            arrived[name].append(time.monotonic())

    behind = threading.Thread(target=read, args=("slow", slow.fetch(refs(made[:200]))))
    behind.start()
    while len(arrived["slow"]) < 25:
        time.sleep(0.01)
    read("fast", fast.fetch(refs(made[200:])))
    during = [at for at in arrived["slow"] if arrived["fast"][0] < at < arrived["fast"][-1]]
    behind.join(timeout=60)
    assert (len(arrived["fast"]), len(arrived["slow"])) == (300, 200), "and then the backfill goes on"
    # What was on its way when the sync began still arrives, no more.
    assert len(during) <= 4 * 25


def test_a_backfill_that_gets_nothing_is_put_off(client: MakeClient, box: Mailbox) -> None:
    made = fill(box, 5)
    bucket().drain()
    one = client(policy=replace(QUICK, longest_wait_s=0.2), purse=bucket(background=True))
    with pytest.raises(SourceRateLimited) as caught:
        list(one.fetch(refs(made)))
    assert caught.value.retry_after >= 5


def test_quota_that_google_counts_otherwise_is_waited_for(
    client: MakeClient, box: Mailbox, google: FakeGoogle
) -> None:
    """Somebody else reads the same mailbox with the same project: our bucket is fuller than Google's."""
    made = fill(box, 200)
    google.faults.set(units_per_minute=2_000, minute_s=1.0, window="fixed")
    one = client(policy=replace(QUICK, base_s=0.05, cap_s=0.5), purse=bucket(6))
    assert len([o for o in one.fetch(refs(made)) if isinstance(o, RawMail)]) == 200


@pytest.mark.parametrize("call", ["fetch", "list"])
def test_a_far_moment_to_retry_outlives_the_process(
    account: MailAccount, settings: Settings, box: Mailbox, google: FakeGoogle, call: str
) -> None:
    made = fill(box, 5)
    google.faults.set(request_shares={"429": 1.0}, retry_after_s=900.0)
    with closing(open_source(settings, account, lambda: False)) as source, pytest.raises(SourceRateLimited):
        list(source.fetch(refs(made))) if call == "fetch" else source.profile()
    asked = len(google.faults.log)
    with pytest.raises(SourceRateLimited) as caught:
        open_source(settings, reload(account), lambda: False)
    assert 880 < caught.value.retry_after <= 900
    assert len(google.faults.log) == asked, "nothing was asked again"


def test_a_limit_until_tomorrow_outlives_the_process(
    account: MailAccount, settings: Settings, box: Mailbox, google: FakeGoogle
) -> None:
    google.faults.set(always={fill(box, 1)[0]: "daily"})
    with closing(open_source(settings, account, lambda: False)) as source, pytest.raises(SourceRateLimited):
        list(source.fetch(refs(box.messages)))
    with pytest.raises(SourceRateLimited):
        open_source(settings, reload(account), lambda: False)


def test_reading_an_account_uses_its_bucket(account: MailAccount, settings: Settings, box: Mailbox) -> None:
    made = fill(box, 20)
    before = reading_pace(settings, account)
    assert before == Pace(at_once=295, messages_per_second=5)
    assert before.seconds_for(2_000) == 341
    with closing(open_source(settings, account, lambda: False)) as source:
        assert len(list(source.fetch(refs(made)))) == 20
    after = reading_pace(settings, account)
    assert after is not None
    assert 275 <= after.at_once < 295
    with database.read_session() as session:
        assert session.get(QuotaBucket, ADDRESS) is not None


def test_no_limit_of_our_own(account: MailAccount, settings: Settings, box: Mailbox) -> None:
    free = settings.model_copy(update={"gmail_quota_units_per_minute": 0})
    assert reading_pace(free, account) is None
    with closing(open_source(free, account, lambda: False)) as source:
        assert len(list(source.fetch(refs(fill(box, 20))))) == 20
    with database.read_session() as session:
        assert session.get(QuotaBucket, ADDRESS) is None
