"""What happens every few seconds without anybody asking: rooms register it, one process at a time does it."""

from __future__ import annotations

import threading

import structlog

from app.runs import registry
from app.runs.executors.broker import TICK_EVERY_S

log = structlog.get_logger(__name__)


def tick() -> None:
    """Do what is due. Each function takes care that it does nothing twice; one that fails holds up no other."""
    for function in registry.periodic():
        try:
            function()
        except Exception:
            log.exception("periodic_work_failed", function=function.__name__)


class Ticker:
    """A thread that ticks."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="run-ticker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)

    def _go_on(self) -> None:
        while not self._stopping.is_set():
            tick()
            self._stopping.wait(TICK_EVERY_S)
