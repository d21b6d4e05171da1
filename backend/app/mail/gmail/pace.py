"""How hard to push: retries with full jitter, and a width that shrinks when Google says "too many at
once"."""

from __future__ import annotations

import random
from dataclasses import dataclass

from app.mail.gmail.faults import Fault, FaultKind

_MIN_BATCH = 5
_CLEAN_BATCHES_TO_GROW = 4


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`attempts` counts tries that failed by Google's trouble, `rate_attempts` those that hit a limit (a
    minute's allowance needs a minute to refill). Seconds throughout."""

    attempts: int = 6
    rate_attempts: int = 12
    base_s: float = 1.0
    cap_s: float = 64.0
    longest_wait_s: float = 120.0
    call_timeout_s: float = 15.0


def backoff(policy: RetryPolicy, attempt: int) -> float:
    """Seconds before try number `attempt` + 1: anything up to the doubling limit, so that threads spread
    out."""
    return random.uniform(0, min(policy.cap_s, policy.base_s * 2 ** (attempt - 1)))  # noqa: S311 (no secret)


def is_limit(fault: Fault) -> bool:
    """Whether the message itself is fine and only the rate was not."""
    return fault.kind in (FaultKind.RATE, FaultKind.CONCURRENT)


class Width:
    """How many batches at once, and how many messages in each. Used by one thread."""

    def __init__(self, batches: int, size: int) -> None:
        self._most_batches, self._most_size = batches, size
        self.batches, self.size = batches, size
        self._clean = 0

    def shrink(self) -> None:
        """Fewer batches first; when only one is left, smaller ones."""
        self._clean = 0
        if self.batches > 1:
            self.batches = max(1, self.batches // 2)
        else:
            self.size = max(min(_MIN_BATCH, self._most_size), self.size // 2)

    def note_clean(self) -> None:
        """A whole batch came through; after some of them, grow again by one step."""
        self._clean += 1
        if self._clean < _CLEAN_BATCHES_TO_GROW:
            return
        self._clean = 0
        if self.size < self._most_size:
            self.size = min(self._most_size, self.size * 2)
        else:
            self.batches = min(self._most_batches, self.batches + 1)
