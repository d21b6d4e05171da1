"""Runs in threads of this process. The rows are the queue: what a message, a start or a crash left is found there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from app.core import db
from app.runs import pool, repository, service
from app.runs.execution import execute

log = structlog.get_logger(__name__)
THREADS = 4
ASKED_FOR = 10  # priority of what a person waits for; one thread is always left to that
_LOOK_EVERY_S = 2.0


def _anything(_kind: str) -> bool:
    return True


class InProcessExecutor:
    """Threads for the network and the database, and one that looks for runs which wait or were lost.

    `serves` tells by the kind which runs are this process's to do; all others it leaves alone.
    """

    def __init__(self, serves: Callable[[str], bool] = _anything, *, threads: int = THREADS) -> None:
        self._serves = serves
        self._at_most = threads
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="run")
        self._stopping = threading.Event()
        self._look = threading.Event()
        self._more_waits = False
        self._under_way: set[str] = set()
        self._lock = threading.Lock()
        self._take_up_lost(just_started=True)
        self._reaper = threading.Thread(target=self._reap, name="run-reaper", daemon=True)
        self._reaper.start()

    def enqueue(self, run_id: str) -> None:  # noqa: ARG002 (the rows say which comes first)
        """A run is waiting: look now. The one with the highest priority begins, as soon as a thread is free."""
        self._look.set()

    def perform(self, run_id: str) -> None:
        """Do the run in the calling thread, unless it is under way here, or others come first."""
        with db.read_session() as session:
            run = repository.load(session, run_id)
        if run is not None and self._take(run_id, run.priority):
            self._do(run_id)

    def begin_to_stop(self) -> None:
        """Ask the runners to stop at their next checkpoint, and start nothing more."""
        self._stopping.set()
        self._look.set()

    def stop(self) -> None:
        """Wait until the runners have stopped; their runs go back into the queue."""
        self.begin_to_stop()
        self._reaper.join(timeout=5)
        self._threads.shutdown(wait=True, cancel_futures=True)
        pool.stop()

    def _take(self, run_id: str, priority: int) -> bool:
        """False when there is no room for the run now; it is found again when there is."""
        room = self._at_most if priority >= ASKED_FOR else max(1, self._at_most - 1)
        with self._lock:
            if run_id in self._under_way or self._stopping.is_set():
                return False
            if len(self._under_way) >= room:
                self._more_waits = True
                return False
            self._under_way.add(run_id)
            return True

    def _do(self, run_id: str) -> None:
        try:
            execute(run_id, self._stopping.is_set)
        except Exception:
            log.exception("run_execution_failed", run_id=run_id)
        finally:
            with self._lock:
                self._under_way.discard(run_id)
            if self._more_waits:
                self._look.set()

    def _reap(self) -> None:
        while not self._stopping.is_set():
            self._look.clear()
            try:
                self._take_up_lost()
                self._start_waiting()
            except Exception:
                log.exception("reaper_failed")
            self._look.wait(_LOOK_EVERY_S)

    def _start_waiting(self) -> None:
        with db.read_session() as session:
            waiting = repository.claimable(session, repository.moment(session))
        self._more_waits = False
        for run_id, kind, priority in waiting:
            if self._serves(kind) and self._take(run_id, priority):
                self._threads.submit(self._do, run_id)

    def _take_up_lost(self, *, just_started: bool = False) -> None:
        """Runs whose process of this machine has died need not wait for the end of their lease."""
        with db.read_session() as session:
            lost = [
                run
                for run in service.orphans_of_this_machine(session, just_started=just_started)
                if self._serves(run.kind)
            ]
        if lost:
            with db.transaction() as session:
                service.give_up_leases(session, lost)
            log.info("runs_taken_up_again", run_ids=[run.id for run in lost])
