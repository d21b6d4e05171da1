"""What is looked at every few seconds without anybody asking; rooms register it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import structlog

from app.runs import registry
from app.runs.executors.broker import TICK_EVERY_S

log = structlog.get_logger(__name__)


def tick() -> None:
    """Look what is due. One that fails holds up no other."""
    _call(registry.periodic())


def _call(functions: Sequence[Callable[[], None]]) -> None:
    for function in functions:
        try:
            function()
        except Exception:
            log.exception("periodic_work_failed", function=function.__name__)


class Ticker:
    """A server's thread that ticks. Without `schedules` somebody else does that: Celery's beat."""

    def __init__(self, *, schedules: bool) -> None:
        self._schedules = schedules
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="run-ticker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)

    def _go_on(self) -> None:
        while not self._stopping.is_set():
            _call(registry.periodic_in_servers())
            if self._schedules:
                tick()
            self._stopping.wait(TICK_EVERY_S)
