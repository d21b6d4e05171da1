"""Server-sent events of runs: a heartbeat every 15 s, ten minutes of life, an end when the run ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from app.core.clock import monotonic
from app.runs import watch
from app.runs.models import ACTIVE
from app.runs.schemas import RunOut, RunSnapshot

LIFETIME_S = 600.0
HEARTBEAT_S = 15
RETRY_MS = 2000
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def respond(events: AsyncIterator[ServerSentEvent]) -> EventSourceResponse:
    """The streaming answer."""
    return EventSourceResponse(events, ping=HEARTBEAT_S, headers=_HEADERS)


def is_over(run: RunOut) -> bool:
    return run.state not in ACTIVE


async def changes(subscription: watch.Subscription, seconds: float = LIFETIME_S) -> AsyncIterator[RunOut]:
    """Runs as they change, until the stream's life is over."""
    ends_at = monotonic() + seconds
    while (left := ends_at - monotonic()) > 0:
        try:
            yield await asyncio.wait_for(subscription.changes.get(), timeout=left)
        except TimeoutError:
            return


async def everything(user_id: int) -> AsyncIterator[ServerSentEvent]:
    """All runs of a user: event `snapshot` first, then `run` with every change."""
    async with watch.subscribe(user_id) as subscription:
        runs = await watch.snapshot(user_id)
        yield ServerSentEvent(RunSnapshot(runs=runs).model_dump_json(), event="snapshot", retry=RETRY_MS)
        async for run in changes(subscription):
            yield ServerSentEvent(run.model_dump_json(), event="run")


async def one(user_id: int, first: RunOut) -> AsyncIterator[ServerSentEvent]:
    """One run: event `progress` now and with every change, then `done`, `error` or `canceled`, and the end."""
    async with watch.subscribe(user_id) as subscription:
        if is_over(first):
            yield terminal(first)
            return
        yield ServerSentEvent(first.model_dump_json(), event="progress", retry=RETRY_MS)
        async for run in changes(subscription):
            if run.job_id != first.job_id:
                continue
            if is_over(run):
                yield terminal(run)
                return
            yield ServerSentEvent(run.model_dump_json(), event="progress")


def terminal(run: RunOut) -> ServerSentEvent:
    """The last event of a run's stream; its id lets a reconnecting client be told that nothing follows."""
    return ServerSentEvent(run.model_dump_json(), event=run.state, id=f"end-{run.job_id}")
