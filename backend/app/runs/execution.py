"""One attempt at one run, from claim to end state; the same for every executor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog

from app.core import db
from app.core.errors import AppError
from app.runs import registry, repository, service
from app.runs.context import RunContext, new_token
from app.runs.errors import LeaseLost, RetryAfter, RunCanceled, RunInterrupted
from app.runs.models import Run, RunState

log = structlog.get_logger(__name__)
_RENEW_EVERY_S = 15.0


def execute(run_id: str, stopping: Callable[[], bool]) -> None:
    """Claim the run and do it. A run that another process holds, or that is over, is left alone."""
    token = new_token()
    with db.transaction() as session:
        at = repository.moment(session)
        mine = repository.claim(
            session, run_id, token=token, holder=service.holder_name(), at=at, until=at + service.LEASE
        )
    if not mine:
        return
    with db.read_session() as session:
        run = repository.load(session, run_id)
    if run is None:
        return
    structlog.contextvars.bind_contextvars(run_id=run_id, user_id=run.user_id, run_kind=run.kind)
    try:
        _attempt(run, token, stopping)
    finally:
        structlog.contextvars.clear_contextvars()


def _attempt(run: Run, token: str, stopping: Callable[[], bool]) -> None:
    function = registry.find(run.kind)
    if run.cancel_requested:
        _finish(run.id, token, RunState.CANCELED)
        return
    if function is None:
        _finish(
            run.id, token, RunState.ERROR, "run.unknown_kind", f"Nothing here knows how to do {run.kind!r}."
        )
        return
    if run.attempt > service.MAX_ATTEMPTS:
        _finish(
            run.id,
            token,
            RunState.ERROR,
            "run.gave_up",
            "Three attempts made no progress. See the log, then retry.",
        )
        return
    context = RunContext(run, token, stopping)
    try:
        with _lease_kept(context):
            function(context)
    except LeaseLost:
        log.warning("run_lease_lost")
    except RunCanceled:
        _finish(run.id, token, RunState.CANCELED)
    except RunInterrupted:
        _put_back(run.id, token, 0, count_attempt=False)
    except RetryAfter as wait:
        _put_back(run.id, token, wait.seconds, count_attempt=False, message=wait.message)
    except AppError as error:
        log.warning("run_failed", code=error.code, detail=error.detail)
        _finish(run.id, token, RunState.ERROR, error.code, error.detail)
    except Exception as error:
        log.exception("run_crashed")
        if run.attempt >= service.MAX_ATTEMPTS:
            _finish(run.id, token, RunState.ERROR, "run.crashed", f"{type(error).__name__}: see the log.")
        else:
            _put_back(run.id, token, 2.0 * run.attempt, count_attempt=True)
    else:
        _finish(run.id, token, RunState.DONE)


def _finish(
    run_id: str, token: str, state: RunState, code: str | None = None, detail: str | None = None
) -> None:
    with db.transaction() as session:
        run = repository.load(session, run_id)
        if run is not None and run.lease_token == token:
            service.end(session, run, state, code=code, detail=detail)


def _put_back(run_id: str, token: str, seconds: float, *, count_attempt: bool, message: str = "") -> None:
    with db.transaction() as session:
        until = repository.moment(session) + timedelta(seconds=seconds) if seconds > 0 else None
        run = repository.load(session, run_id)
        if run is not None and run.lease_token == token:
            service.put_back(run, until=until, count_attempt=count_attempt, message=message)
            if until is not None and not count_attempt:
                repository.count(session, run.kind, RunState.QUEUED, {"runs": 1, "seconds": seconds})


@contextmanager
def _lease_kept(context: RunContext) -> Iterator[None]:
    """Renew the lease beside the runner, which may wait on a slow network between its batches."""
    done = threading.Event()

    def keep() -> None:
        while not done.wait(_RENEW_EVERY_S):
            try:
                context.keep_lease()
            except LeaseLost:
                return
            except Exception:
                log.exception("lease_renewal_failed")

    keeper = threading.Thread(target=keep, name=f"lease-{context.run_id[:8]}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join(timeout=5)
