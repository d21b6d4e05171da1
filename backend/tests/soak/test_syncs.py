"""Long syncs, before a release: fifty kills."""

from __future__ import annotations

import time

import pytest

from app.core.settings import Settings
from tests.factories.killed_syncs import sync_with_kills
from tests.factories.states import state_of
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mails import generate_mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, app_settings, connect, google, sync
from tests.integration.mailsync.faults.comparing import assert_same

__all__ = ["app_settings", "google"]
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("seed", range(10))
def test_five_kills_at_seeded_moments(
    ana: Person, bob: Person, google: FakeGoogle, app_settings: Settings, seed: int
) -> None:
    box = google.adopt(generate_mailbox(250, seed, ADDRESS, until=time.time()))
    connect(bob)
    sync(bob)
    account = connect(ana)
    assert sync_with_kills(app_settings, google, seed, kills=5) >= 4
    assert_same(box, account)
    found = state_of(ana.id)
    assert set(found.copies.values()) == {1}
    assert found == state_of(bob.id)
