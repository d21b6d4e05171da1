"""Streams are woken where there is a Redis, and look by themselves where there is none."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from app.core.settings import use_settings
from app.runs import wakeup
from tests import servers
from tests.factories.settings import make_settings


async def wait_for_the_bell(seconds: float, *, ring: bool) -> float:
    """Seconds that a poller waited between two looks, when somebody rings a moment after it began to listen."""
    async with wakeup.listening() as bell:
        deadline = time.monotonic() + 20
        while True:
            if ring:
                wakeup.ring(None)
            began = time.monotonic()
            await bell.wait(seconds)
            waited = time.monotonic() - began
            if not ring or waited < seconds or time.monotonic() > deadline:
                return waited


def test_a_change_anywhere_wakes_the_streams(redis_url: str, tmp_path: Path) -> None:
    use_settings(make_settings("sqlite:///x.db", tmp_path, redis_url=redis_url))
    assert 0.04 < asyncio.run(wait_for_the_bell(0.6, ring=True)) < 0.6


def test_without_a_redis_they_look_as_often_as_always(tmp_path: Path) -> None:
    use_settings(make_settings("sqlite:///x.db", tmp_path))
    assert asyncio.run(wait_for_the_bell(0.25, ring=False)) >= 0.25


def test_a_redis_that_is_away_holds_nobody_up(tmp_path: Path) -> None:
    url = f"redis://127.0.0.1:{servers.free_port()}/0"
    use_settings(make_settings("sqlite:///x.db", tmp_path, redis_url=url))
    began = time.monotonic()
    for _ in range(1000):
        wakeup.ring(None)
    assert time.monotonic() - began < 1
    assert asyncio.run(wait_for_the_bell(0.25, ring=False)) >= 0.25
