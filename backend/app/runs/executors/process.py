"""The executor of this process: which of the others it consists of depends on the settings and on its role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.core.settings import Settings
from app.runs.executors.broker import MessageExecutor
from app.runs.executors.inline import InlineExecutor
from app.runs.executors.inprocess import THREADS, InProcessExecutor
from app.runs.executors.ticking import Ticker
from app.runs.placement import Place, place_of, uses_celery


class Executor(Protocol):
    """Takes the ids of queued runs. Duplicate delivery is harmless: the claim decides."""

    def enqueue(self, run_id: str) -> None: ...

    def stop(self) -> None: ...


class _Process:
    """What this process has: an executor per place, and the settings that choose between them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.places: dict[Place, Executor] = {}
        self.ticker: Ticker | None = None


_process: _Process | None = None


def start(settings: Settings, *, ticking: bool = False) -> None:
    """Start the executor of a server or a command. With `ticking` it also does what happens without anybody
    asking; schedules only where Celery's beat doesn't."""
    global _process
    if _process is not None:
        return
    made = _Process(settings)
    if "inline" in (settings.runner, settings.sync_runner):
        made.places["inline"] = InlineExecutor()
    if settings.runner != "inline":
        made.places["inprocess"] = InProcessExecutor(_served_at(settings, "inprocess"))
        if uses_celery(settings):
            made.places["celery"] = MessageExecutor(settings)
        if ticking:
            made.ticker = Ticker(schedules=settings.sync_runner == "inprocess")
    _process = made


def start_worker(settings: Settings, threads: int = THREADS) -> InProcessExecutor:
    """Start the executor of a Celery worker: it does the kinds that settings send there, and no others."""
    global _process
    made = _Process(settings)
    executor = InProcessExecutor(_served_at(settings, "celery"), threads=threads)
    made.places["celery"] = executor
    _process = made
    return executor


def stop() -> None:
    """Stop what was started, if anything was."""
    global _process
    stopping, _process = _process, None
    if stopping is None:
        return
    if stopping.ticker is not None:
        stopping.ticker.stop()
    for executor in stopping.places.values():
        executor.stop()


def enqueue(run_id: str, kind: str) -> None:
    """Tell whoever does runs of `kind`; a process without an executor for them leaves it to the others."""
    if _process is None:
        return
    executor = _process.places.get(place_of(_process.settings, kind))
    if executor is not None:
        executor.enqueue(run_id)


def _served_at(settings: Settings, place: Place) -> Callable[[str], bool]:
    def serves(kind: str) -> bool:
        return place_of(settings, kind) == place

    return serves
