"""One poller per process tells every listening stream what changed; rows are the bus.

Streams get a snapshot first and then changes of `rev`: nothing to replay, no gap. No session is held meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from starlette.concurrency import run_in_threadpool

from app.core import db
from app.core.clock import now
from app.runs import repository, wakeup
from app.runs.schemas import RunOut

log = structlog.get_logger(__name__)
POLL_S = 0.25
RECENT = timedelta(seconds=60)
_QUEUE_SIZE = 200


class Subscription:
    """One stream's view of one user's runs."""

    def __init__(self, user_id: int) -> None:
        self.user_id = user_id
        self.changes: asyncio.Queue[RunOut] = asyncio.Queue(_QUEUE_SIZE)
        self.seen: dict[str, int] = {}

    def offer(self, run: RunOut, rev: int) -> None:
        """Hand over a change; a client too slow to read gets the newest states later."""
        if self.seen.get(run.job_id) == rev:
            return
        try:
            self.changes.put_nowait(run)
            self.seen[run.job_id] = rev
        except asyncio.QueueFull:
            log.warning("stream_too_slow", user_id=self.user_id)


_subscriptions: set[Subscription] = set()
_poller: asyncio.Task[None] | None = None


@asynccontextmanager
async def subscribe(user_id: int) -> AsyncIterator[Subscription]:
    """Changes of the user's runs from now on, starting with all that are active or ended within a minute."""
    global _poller
    subscription = Subscription(user_id)
    _subscriptions.add(subscription)
    if _poller is None or _poller.done():
        _poller = asyncio.create_task(_poll(), name="run-watcher")
    try:
        yield subscription
    finally:
        _subscriptions.discard(subscription)


async def snapshot(user_id: int) -> list[RunOut]:
    """The user's active and just ended runs."""
    return await run_in_threadpool(_recent, user_id)


async def _poll() -> None:
    async with wakeup.listening() as bell:
        while _subscriptions:
            try:
                known = {(s.user_id, run_id): rev for s in _subscriptions for run_id, rev in s.seen.items()}
                users = {s.user_id for s in _subscriptions}
                for user_id, rev, run in await run_in_threadpool(_changed, users, known):
                    for subscription in list(_subscriptions):
                        if subscription.user_id == user_id:
                            subscription.offer(run, rev)
            except Exception:
                log.exception("run_watcher_failed")
            await bell.wait(POLL_S)


def _recent(user_id: int) -> list[RunOut]:
    with db.read_session() as session:
        return [RunOut.of(run) for run in repository.recent(session, user_id, now() - RECENT)]


def _changed(users: set[int], known: dict[tuple[int, str], int]) -> list[tuple[int, int, RunOut]]:
    changed = []
    with db.read_session() as session:
        for run_id, user_id, rev in repository.revisions(session, users, now() - RECENT):
            if known.get((user_id, run_id)) == rev:
                continue
            run = repository.load(session, run_id)
            if run is not None:
                changed.append((user_id, run.rev, RunOut.of(run)))
    return changed
