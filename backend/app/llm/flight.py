"""How requests leave: so many at once in the process, again after a while where that may help, and not at all
for some time once the other side has shown that it will not answer."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.core import db
from app.core.clock import monotonic
from app.llm.errors import AskedToStop, LlmProblem, RateLimited, ServerTrouble, TooSlow, Unreachable
from app.llm.values import LlmConfig, Reply

TRIES = 4
TRIES_WHEN_SLOW = 2
LONGEST_WAIT_S = 30.0
_PASSING = (RateLimited, ServerTrouble, Unreachable, TooSlow)
_LOOK_EVERY_S = 0.25

_free = threading.Condition()
_in_flight = 0
_lock = threading.Lock()
_quiet_until: dict[str, float] = {}
_down: dict[tuple[str, str], tuple[float, LlmProblem]] = {}


def forbid_wrong_place() -> None:
    """Requests take seconds: never inside a transaction, and never where an event loop would stand still."""
    db.forbid_open_transaction()
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("A language model must not be asked on an event loop.")


def trouble_of(config: LlmConfig) -> LlmProblem | None:
    """What is known to stand in the way just now, so that nobody needs to find out again."""
    with _lock:
        until, problem = _down.get((config.endpoint, config.key), (0.0, None))
    return problem if monotonic() < until else None


def forget_trouble(config: LlmConfig) -> None:
    """The endpoint answered, or a person wants to know whether it does."""
    with _lock:
        _down.pop((config.endpoint, config.key), None)
        _quiet_until.pop(config.endpoint, None)


def send(
    config: LlmConfig, request: Callable[[], Reply], stop: threading.Event, tries: int = TRIES
) -> tuple[Reply, int]:
    """The reply, and how many tries it took. Raises LlmProblem (with `params["tries"]`) and AskedToStop."""
    forbid_wrong_place()
    tried = 0
    while True:
        _keep_quiet(config, stop)
        with _slot(config.max_in_flight, stop):
            tried += 1
            try:
                reply = request()
            except LlmProblem as error:
                problem = error
            else:
                forget_trouble(config)
                return reply, tried
        wait = _wait_before_next(config, problem, tried)
        enough = min(tries, TRIES_WHEN_SLOW) if isinstance(problem, TooSlow) else tries
        if wait is None or tried >= enough:
            problem.params["tries"] = tried
            note_trouble(config, problem, max(problem.lasts_s, problem.retry_after or 0.0))
            raise problem
        if isinstance(problem, RateLimited):
            _ask_for_quiet(config, wait)  # the others would only be told the same
        elif stop.wait(wait):
            raise AskedToStop


def _wait_before_next(config: LlmConfig, problem: LlmProblem, tried: int) -> float | None:
    """Seconds to wait, or None when another try is pointless or too far away."""
    if not isinstance(problem, _PASSING):
        return None
    if problem.retry_after is not None:
        return problem.retry_after if problem.retry_after <= LONGEST_WAIT_S else None
    spread = random.uniform(0.75, 1.25)  # noqa: S311 (it parts threads that were refused together)
    wait: float = config.first_wait_s * 2 ** (tried - 1)
    return min(LONGEST_WAIT_S, wait) * spread


def note_trouble(config: LlmConfig, problem: LlmProblem, lasts: float) -> None:
    """Have nobody try this endpoint with this key for so many seconds."""
    if lasts:
        with _lock:
            _down[config.endpoint, config.key] = (monotonic() + lasts, problem)


def _ask_for_quiet(config: LlmConfig, seconds: float) -> None:
    with _lock:
        until = max(_quiet_until.get(config.endpoint, 0.0), monotonic() + seconds)
        _quiet_until[config.endpoint] = until


def _keep_quiet(config: LlmConfig, stop: threading.Event) -> None:
    while True:
        with _lock:
            left = _quiet_until.get(config.endpoint, 0.0) - monotonic()
        if left <= 0:
            return
        if stop.wait(min(left, _LOOK_EVERY_S)):
            raise AskedToStop


@contextmanager
def _slot(at_most: int, stop: threading.Event) -> Iterator[None]:
    """One of the process's places in flight."""
    global _in_flight
    with _free:
        while _in_flight >= at_most:
            _free.wait(_LOOK_EVERY_S)
            if stop.is_set():
                raise AskedToStop
        if stop.is_set():
            raise AskedToStop
        _in_flight += 1
    try:
        yield
    finally:
        with _free:
            _in_flight -= 1
            _free.notify()
