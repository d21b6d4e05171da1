"""Where runs happen: in this process's threads (`inprocess`) or in the caller's own (`inline`).

Both read the same rows. Nothing is held in memory that the rows don't say: the reaper finds what a crash left.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import structlog

from app.core import db
from app.core.clock import now
from app.core.settings import Settings
from app.runs import pool, repository, service
from app.runs.execution import execute

log = structlog.get_logger(__name__)
_THREADS = 4
_REAP_EVERY_S = 2.0


class Executor(Protocol):
    """Takes the ids of queued runs. Duplicate delivery is harmless: the claim decides."""

    def enqueue(self, run_id: str) -> None: ...

    def stop(self) -> None: ...


class InlineExecutor:
    """Runs at once, in the thread that committed the row; for tests and the command line."""

    def enqueue(self, run_id: str) -> None:
        execute(run_id, lambda: False)

    def stop(self) -> None:
        pool.stop()


class InProcessExecutor:
    """Threads for the network and the database, with a reaper that takes up lost and waiting runs."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="run")
        self._stopping = threading.Event()
        self._under_way: set[str] = set()
        self._lock = threading.Lock()
        self._reaper = threading.Thread(target=self._reap, name="run-reaper", daemon=True)
        with db.transaction() as session:
            lost = service.orphans_of_this_machine(session)
        if lost:
            log.info("runs_taken_up_again", run_ids=lost)
        self._reaper.start()

    def enqueue(self, run_id: str) -> None:
        with self._lock:
            if run_id in self._under_way or self._stopping.is_set():
                return
            self._under_way.add(run_id)
        self._threads.submit(self._do, run_id)

    def stop(self) -> None:
        """Ask the runners to stop at their next checkpoint; their runs go back into the queue."""
        self._stopping.set()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._reaper.join(timeout=5)
        pool.stop()

    def _do(self, run_id: str) -> None:
        try:
            execute(run_id, self._stopping.is_set)
        except Exception:
            log.exception("run_execution_failed", run_id=run_id)
        finally:
            with self._lock:
                self._under_way.discard(run_id)

    def _reap(self) -> None:
        rounds = 0
        while not self._stopping.is_set():
            try:
                with db.read_session() as session:
                    waiting = list(repository.claimable(session, now()))
                for run_id in waiting:
                    self.enqueue(run_id)
                if rounds % 1800 == 0:
                    with db.transaction() as session:
                        repository.forget_before(session, now() - service.KEPT)
            except Exception:
                log.exception("reaper_failed")
            rounds += 1
            self._stopping.wait(_REAP_EVERY_S)


_executor: Executor | None = None


def start(settings: Settings) -> None:
    """Start this process's executor."""
    global _executor
    if _executor is None:
        _executor = InlineExecutor() if settings.runner == "inline" else InProcessExecutor()


def stop() -> None:
    global _executor
    if _executor is not None:
        _executor.stop()
        _executor = None


def enqueue(run_id: str) -> None:
    """Tell this process's executor about a queued run; a process without one leaves it to the others."""
    if _executor is not None:
        _executor.enqueue(run_id)
