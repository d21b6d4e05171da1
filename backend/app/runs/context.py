"""What a runner is given: its parameters, its cursor, and the doors to write under its lease."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from app.core import db, events
from app.core.clock import monotonic, sleep
from app.core.db import WriteSession
from app.core.settings import Settings, get_settings
from app.runs import repository
from app.runs.errors import LeaseLost, RunCanceled, RunInterrupted
from app.runs.events import RunChanged
from app.runs.models import Run
from app.runs.service import LEASE

Runner = Callable[["RunContext"], None]
_SHORTEST_REST_S = 0.005
_COUNTS = ("processed", "created", "updated", "deleted", "skipped", "errors")


class RunContext:
    """One attempt at a run. Every write renews the lease first and gives up when it was lost."""

    def __init__(self, run: Run, token: str, stopping: Callable[[], bool]) -> None:
        self.run_id, self.user_id, self.kind = run.id, run.user_id, run.kind
        self.params: dict[str, Any] = dict(run.params)
        self.cursor: dict[str, Any] = dict(run.cursor)
        self.result: dict[str, Any] = dict(run.result)
        self.counts: dict[str, int] = {name: getattr(run, name) for name in _COUNTS}
        self.settings: Settings = get_settings()
        self._token = token
        self._stopping = stopping
        self._next_progress = 0.0
        self._next_look = 0.0
        self._rest_until = 0.0
        self._canceled = False  # once asked for, it stays asked for
        self._interval = 1.0 if self.settings.is_sqlite else 0.25

    @contextmanager
    def batch(self) -> Iterator[WriteSession]:
        """One short transaction under the lease: data, cursor and counts commit together. Raises LeaseLost."""
        if (pause := self._rest_until - monotonic()) > 0:
            sleep(pause)
        with db.transaction() as session:
            self._write(session, {})
            began = monotonic()  # the lock is ours
            yield session
            self._write(session, self._state() | {"attempt": 0})
        ended = monotonic()
        self._next_progress = ended + self._interval
        if self.settings.is_sqlite and self.settings.runner != "inline":
            # People's writes wait for the one lock: leave it to them. What needs no lock goes on meanwhile.
            self._rest_until = ended + max(_SHORTEST_REST_S, ended - began)

    def progress(
        self, *, phase: str | None = None, total: int | None = None, message: str | None = None
    ) -> None:
        """Show where the run is. Written at once when the phase changes, else at most every interval."""
        values = {
            k: v for k, v in (("phase", phase), ("total", total), ("message", message)) if v is not None
        }
        if phase is None and monotonic() < self._next_progress:
            return
        with db.transaction() as session:
            self._write(session, self._state() | values)
        self._next_progress = monotonic() + self._interval

    def should_stop(self) -> bool:
        """True when a person asked to cancel or the process is stopping; looks at most four times a second."""
        return self._stopping() or self._is_canceled()

    def _is_canceled(self) -> bool:
        if self._canceled:
            return True
        if monotonic() < self._next_look:
            return False
        self._next_look = monotonic() + 0.25
        with db.read_session() as session:
            self._canceled = repository.cancel_requested(session, self.run_id)
        return self._canceled

    def checkpoint(self) -> None:
        """Raises RunCanceled or RunInterrupted when the run should stop here."""
        if self._stopping():
            raise RunInterrupted
        if self._is_canceled():  # a process that stops just now cancels nothing
            raise RunCanceled

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Do what only one run of the user may do at a time, in whatever process; a run that died holds up nobody.
        Raises RunCanceled or RunInterrupted while it waits."""
        while not self._take_turn(name):
            self.checkpoint()
            sleep(0.25)
        try:
            yield
        finally:
            with db.transaction() as session:
                repository.end_turn(session, self.user_id, name, self.run_id)

    def _take_turn(self, name: str) -> bool:
        with db.read_session() as session:
            free = repository.turn_is_free(session, self.user_id, name, self.run_id)
        if not free:
            return False
        with self.batch() as session:
            return repository.take_turn(session, self.user_id, name, self.run_id)

    def keep_lease(self) -> None:
        """Renew the lease. Raises LeaseLost."""
        with db.transaction() as session:
            self._write(session, {})

    def _state(self) -> dict[str, Any]:
        return {**self.counts, "cursor": dict(self.cursor), "result": dict(self.result), "rev": Run.rev + 1}

    def _write(self, session: WriteSession, values: dict[str, Any]) -> None:
        until = repository.moment(session) + LEASE
        held = repository.write_as_holder(session, self.run_id, self._token, {"lease_until": until, **values})
        if not held:
            raise LeaseLost
        if "rev" in values:
            events.emit(session, RunChanged(self.user_id))


def new_token() -> str:
    return uuid.uuid4().hex
