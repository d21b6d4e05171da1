"""A server that is killed again and again while it syncs, and started again."""

from __future__ import annotations

import time

import pytest

from app.core.settings import Settings
from tests.factories.killed_syncs import ON_THEIR_WAY, sync_with_kills
from tests.factories.states import state_of
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect, sync
from tests.integration.mailsync.faults.comparing import assert_same, wanted


@pytest.fixture(autouse=True)
def fast_time() -> None:
    """Time passes as it does: the server is another process."""


@pytest.mark.timeout(400)
def test_nothing_is_lost_and_nothing_doubled(
    ana: Person, bob: Person, google: FakeGoogle, app_settings: Settings
) -> None:
    """Bob syncs the same mailbox in one go. Five kills on both databases together."""
    box = google.adopt(generate_mailbox(90, 9, ADDRESS, until=time.time()))
    connect(bob)
    sync(bob)
    account = connect(ana)
    kills = 3 if app_settings.is_sqlite else 2
    before = google.faults.calls["messages.get"]
    hits = sync_with_kills(app_settings, google, seed=3 + kills, kills=kills)
    assert hits == kills, "the kills must hit the sync at work"
    assert_same(box, account)
    fetched = google.faults.calls["messages.get"] - before
    assert fetched <= len(wanted(box)) + kills * ON_THEIR_WAY, "what was stored is not fetched again"
    found = state_of(ana.id)
    assert set(found.copies.values()) == {1}
    assert found == state_of(bob.id)
