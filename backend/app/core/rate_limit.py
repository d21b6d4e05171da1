"""Counting how often something happened lately: in memory, or in Redis when there is one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app.core.clock import now
from app.core.settings import Settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `amount` hits of one key within `seconds`."""

    name: str
    amount: int
    seconds: int

    @property
    def item(self) -> RateLimitItemPerSecond:
        return RateLimitItemPerSecond(self.amount, self.seconds, namespace=f"jobtrail:{self.name}")


class _State:
    memory: MovingWindowRateLimiter | None = None
    shared: MovingWindowRateLimiter | None = None
    shared_errors: tuple[type[Exception], ...] = ()


_state = _State()


def configure(settings: Settings) -> None:
    """Choose where to count, and forget what was counted in memory."""
    _state.memory = MovingWindowRateLimiter(MemoryStorage())
    _state.shared = None
    if settings.redis_url:
        url = settings.redis_url
        storage: Any = storage_from_string(url, socket_timeout=2, socket_connect_timeout=2)
        _state.shared = MovingWindowRateLimiter(storage)
        errors = storage.base_exceptions
        _state.shared_errors = errors if isinstance(errors, tuple) else (errors,)


def hit(limit: Limit, *key: str) -> int:
    """Count one. 0 when it is within the limit, else the seconds until the next is (at least 1)."""
    if _ask("hit", limit, key):
        return 0
    return _seconds_left(limit, key)


def wait_of(limit: Limit, *key: str) -> int:
    """Without counting: 0 when another hit would pass, else the seconds to wait (at least 1)."""
    if _ask("test", limit, key):
        return 0
    return _seconds_left(limit, key)


def forget(limit: Limit, *key: str) -> None:
    """Start counting this key anew."""
    _ask("clear", limit, key)


def _seconds_left(limit: Limit, key: tuple[str, ...]) -> int:
    reset: float = _ask("get_window_stats", limit, key).reset_time
    return max(1, min(limit.seconds, math.ceil(reset - now().timestamp())))


def _ask(method: str, limit: Limit, key: tuple[str, ...]) -> Any:
    if _state.shared is not None:
        try:
            return getattr(_state.shared, method)(limit.item, *key)
        except _state.shared_errors as error:
            log.warning("rate_limit_store_unavailable", error=type(error).__name__)
    if _state.memory is None:
        _state.memory = MovingWindowRateLimiter(MemoryStorage())
    return getattr(_state.memory, method)(limit.item, *key)
