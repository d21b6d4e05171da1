"""The one place that asks what time it is, so that tests can freeze it."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The current moment, aware UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that only go forward, for durations."""
    return time.monotonic()


def sleep(seconds: float) -> None:
    """Wait; never negative."""
    time.sleep(max(0.0, seconds))
