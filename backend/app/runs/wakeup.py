"""Telling the event streams of all processes that a row has changed, where there is a Redis.

A wake-up only: the streams look at the rows every 250 ms whatever becomes of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from app.core.clock import monotonic
from app.core.settings import get_settings

if TYPE_CHECKING:
    from redis import Redis

log = structlog.get_logger(__name__)
CHANNEL = "jobtrail:runs"
_AT_MOST_EVERY_S = 0.05
_TRY_AGAIN_AFTER_S = 5.0
_WITHIN_S = 1.0


class _Ringer:
    """A thread that publishes; whoever writes a row waits for nothing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked = threading.Event()
        threading.Thread(target=self._go_on, name="run-wakeup", daemon=True).start()

    def _go_on(self) -> None:
        from redis import Redis
        from redis.exceptions import RedisError

        client: Redis = Redis.from_url(
            self.url, socket_timeout=_WITHIN_S, socket_connect_timeout=_WITHIN_S, max_connections=1
        )
        pause = threading.Event()
        while True:
            self.asked.wait()
            self.asked.clear()
            try:
                client.publish(CHANNEL, "")
            except RedisError:
                pause.wait(_TRY_AGAIN_AFTER_S)
            pause.wait(_AT_MOST_EVERY_S)


_lock = threading.Lock()
_ringer: _Ringer | None = None


def ring(_event: object) -> None:
    """Wake the streams of all processes, soon and without waiting. Nothing happens without a Redis."""
    global _ringer
    url = get_settings().redis_url
    if not url:
        return
    with _lock:
        if _ringer is None or _ringer.url != url:
            _ringer = _Ringer(url)
    _ringer.asked.set()


class Bell:
    """What a stream's poller waits on between two looks."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Return when somebody rang, or after `seconds`; two returns are at least 50 ms apart."""
        began = monotonic()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.rung.wait(), seconds)
        self.rung.clear()
        await asyncio.sleep(max(0.0, _AT_MOST_EVERY_S - (monotonic() - began)))


@asynccontextmanager
async def listening() -> AsyncIterator[Bell]:
    """A bell that rings when any process has changed a run; one that never rings where there is no Redis."""
    bell, url = Bell(), get_settings().redis_url
    if not url:
        yield bell
        return
    listener = asyncio.create_task(_listen(url, bell), name="run-wakeup")
    try:
        yield bell
    finally:
        listener.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listener


async def _listen(url: str, bell: Bell) -> None:
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    while True:
        try:
            async with (
                Redis.from_url(url, socket_connect_timeout=_WITHIN_S) as client,
                client.pubsub(ignore_subscribe_messages=True) as channel,
            ):
                await channel.subscribe(CHANNEL)
                async for _message in channel.listen():
                    bell.rung.set()
        except (RedisError, OSError) as error:
            log.warning("wakeup_not_heard", error=type(error).__name__)
        await asyncio.sleep(_TRY_AGAIN_AFTER_S)
