"""Syncs of a Gmail mailbox whose server is killed on the way."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import httpx

from app.core.settings import Settings
from tests.factories.accounts import PASSWORD
from tests.factories.server import Server, wait_until
from tests.fakes.google import FakeGoogle

SLOW_S = 0.06  # per request, so that there is a way to be killed on
ON_THEIR_WAY = 2 * 4 + 25  # messages that a kill may cost: two batches, and those of a write not yet done
_ENDED = {"done", "error", "canceled"}


def sync_with_kills(settings: Settings, google: FakeGoogle, seed: int, kills: int) -> int:
    """Sync as `ana` and read the rest of the mailbox; kill the server at seeded moments, the first while it lists,
    the others while mail comes in. Returns how many kills found it at work."""
    dice = random.Random(seed)
    pace = {
        "GMAIL_BATCH_SIZE": "4",
        "GMAIL_MAX_CONCURRENT_BATCHES": "2",
        "GMAIL_QUOTA_UNITS_PER_MINUTE": "0",
        "SYNC_INTERVAL_MINUTES": "0",
        "DELETION_CHECK_INTERVAL_MINUTES": "0",
    }
    server = Server(settings, largest_file=None, **google.environment(), **pace)
    hits = 0
    try:
        token = server.start().login("ana", PASSWORD)
        with server.client(token) as client:
            google.faults.set(latency_s=SLOW_S)
            answer = client.post("/api/sync-emails")
            assert answer.status_code == 202, answer.text
            for number in range(kills):
                calls, stored = google.faults.calls.total(), _stored(client)
                if (
                    number == 0
                ):  # while it lists; three times in a row without any mail stored would be an error
                    come = partial(_has_called, client, google, calls + dice.randrange(1, 12))
                else:
                    come = partial(_has_stored, client, stored + dice.randrange(1, 15))
                wait_until(come, 120, "The sync came no further")
                hits += not _is_over(client)
                server.kill()
                server.start()
            google.faults.set(latency_s=0.0)
            wait_until(partial(_is_over, client), 180, "The sync did not end")
            for run in _runs(client):
                assert run["state"] == "done", run
    finally:
        server.stop()
    return hits


def _has_called(client: httpx.Client, google: FakeGoogle, calls: int) -> bool:
    return google.faults.calls.total() >= calls or _is_over(client)


def _has_stored(client: httpx.Client, count: int) -> bool:
    return _stored(client) >= count or _is_over(client)


def _stored(client: httpx.Client) -> int:
    """Emails that all runs have stored so far."""
    return sum(run["created"] for run in _runs(client))


def _is_over(client: httpx.Client) -> bool:
    return all(run["state"] in _ENDED for run in _runs(client))


def _runs(client: httpx.Client) -> list[dict[str, Any]]:
    answer = client.get("/api/runs", params={"limit": 100})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found
