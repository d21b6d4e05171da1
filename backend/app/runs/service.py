"""Creating, claiming, ending and canceling runs."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.core import events
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.core.settings import Settings
from app.runs import repository
from app.runs.errors import RunAlreadyActive, RunFromElsewhere, RunNotFinished
from app.runs.events import RunChanged, RunFinished, RunQueued
from app.runs.models import ACTIVE, Run, RunAccount, RunState
from app.runs.placement import place_of

_CELERY_STATES = {
    RunState.QUEUED: "PENDING",
    RunState.RUNNING: "STARTED",
    RunState.DONE: "SUCCESS",
    RunState.ERROR: "FAILURE",
    RunState.CANCELED: "REVOKED",
}
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 3
RESTORED = "restored:"  # begins the dedupe key of a run that came with an archive
KEPT = timedelta(days=30)


def create(
    session: WriteSession,
    *,
    user_id: int,
    kind: str,
    params: dict[str, Any],
    dedupe_key: str | None = None,
    account_ids: Sequence[int] = (),
    lane: str = "sync",
    priority: int = 0,
) -> Run:
    """Write the row of a new run; it starts after the commit. Raises RunAlreadyActive."""
    key = dedupe_key or kind
    active = repository.find_active(session, user_id, key)
    held_by = active.id if active else repository.holding(session, account_ids, lane)
    if held_by:
        raise RunAlreadyActive("This is already running; it goes on by itself.", job_id=held_by)
    run = Run(
        id=uuid.uuid4().hex,
        user_id=user_id,
        kind=kind,
        dedupe_key=key,
        params=params,
        priority=priority,
        created_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(run)
            session.flush()
            for account_id in account_ids:
                session.add(RunAccount(user_id=user_id, run_id=run.id, mail_account_id=account_id, lane=lane))
            session.flush()
    except IntegrityError as error:
        other = repository.find_active(session, user_id, key)
        job_id = other.id if other else repository.holding(session, account_ids, lane)
        raise RunAlreadyActive("This is already running; it goes on by itself.", job_id=job_id) from error
    events.emit(session, RunQueued(run.id, run.kind))
    return run


def get(session: ReadSession, user_id: int, run_id: str) -> Run:
    """The user's run. Raises RunNotFound."""
    return repository.get(session, user_id, run_id)


def newest_of(session: ReadSession, user_id: int, kind: str) -> Run | None:
    """The user's newest run of a kind, an active one before ended ones."""
    return repository.newest(session, user_id, (kind,))


def busy_users(session: ReadSession) -> set[int]:
    """Users for whom something runs or waits to."""
    return {run.user_id for run in repository.active(session)}


def refuse_while_active(session: ReadSession, user_id: int, dedupe_key: str) -> None:
    """Raises RunAlreadyActive."""
    if (active := repository.find_active(session, user_id, dedupe_key)) is not None:
        raise RunAlreadyActive("This is already running; it goes on by itself.", job_id=active.id)


def worker_state(settings: Settings, run: Run) -> str | None:
    """What Celery would call the run's state; None where no worker does runs of its kind."""
    if place_of(settings, run.kind) != "celery":
        return None
    return _CELERY_STATES[RunState(run.state)]


def cancel(session: WriteSession, run: Run) -> Run:
    """Ask the run to stop; one that nobody holds ends at once. Canceling an ended run changes nothing."""
    if run.state not in ACTIVE:
        return run
    run.cancel_requested = True
    run.rev += 1
    events.emit(session, RunChanged(run.user_id))
    if run.state == RunState.QUEUED:
        end(session, run, RunState.CANCELED)
    return run


def retry(session: WriteSession, run: Run) -> Run:
    """Start an ended run's work again, from where it stopped, as a new run. Raises RunNotFinished,
    RunFromElsewhere."""
    if run.state in ACTIVE:
        raise RunNotFinished(job_id=run.id)
    if run.dedupe_key.startswith(RESTORED):
        raise RunFromElsewhere
    accounts = run.params.get("account_ids", [])
    fresh = create(
        session,
        user_id=run.user_id,
        kind=run.kind,
        params=run.params,
        dedupe_key=run.dedupe_key,
        account_ids=accounts,
        lane=run.params.get("lane", "sync"),
    )
    fresh.cursor = dict(run.cursor)
    return fresh


def end(
    session: WriteSession, run: Run, state: RunState, *, code: str | None = None, detail: str | None = None
) -> None:
    """Put the run into an end state and let go of its accounts."""
    run.state = state
    run.finished_at = now()
    run.lease_token = run.lease_until = run.holder = None
    run.error_code, run.error_detail = code, detail
    run.not_before = None
    run.rev += 1
    repository.release_accounts(session, run.id)
    repository.count(session, run.kind, state, _figures(run, run.finished_at))
    events.emit(session, RunFinished(run.id, run.user_id, run.kind, state))


def _figures(run: Run, ended: datetime) -> dict[str, float]:
    """What an ended run adds to its day."""
    started = run.started_at or ended
    return {
        "runs": 1,
        "seconds": max(0.0, (ended - started).total_seconds()),
        "waited_s": max(0.0, (started - run.created_at).total_seconds()),
        "processed": run.processed,
        "created": run.created,
        "judged": int((run.result or {}).get("judged", 0)),
        "skipped": run.skipped,
        "errors": run.errors,
    }


def put_back(run: Run, *, until: datetime | None, count_attempt: bool, message: str = "") -> None:
    """Return a held run to the queue, for now or until a moment."""
    run.state = RunState.QUEUED
    run.lease_token = run.lease_until = run.holder = None
    run.not_before = until
    if not count_attempt:
        run.attempt = max(0, run.attempt - 1)
    if message:
        run.message = message
    run.rev += 1


def orphans_of_this_machine(session: ReadSession, *, just_started: bool) -> list[Run]:
    """Runs whose holder was a process of this machine that no longer lives."""
    return [
        run
        for run in repository.running(session)
        if run.holder and _is_gone(run.holder, just_started=just_started)
    ]


def give_up_leases(session: WriteSession, runs: Sequence[Run]) -> None:
    """Let others claim these runs at once; one that somebody has claimed meanwhile stays theirs."""
    over = repository.moment(session) - timedelta(seconds=1)
    for run in runs:
        repository.end_lease(session, run.id, run.lease_token, over)


def holder_name() -> str:
    return f"{machine_name()}:{os.getpid()}"


def machine_name() -> str:
    """Host and process namespace: in two containers on one host the same number is another process."""
    try:
        namespace = f"/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        namespace = ""
    return f"{socket.gethostname()[:40]}{namespace}"


def _is_gone(holder: str, *, just_started: bool) -> bool:
    machine, _, pid = holder.rpartition(":")
    if not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        # A predecessor had our number: containers start at 1, in a namespace of their own each time.
        return just_started and machine.partition("/")[0] == machine_name().partition("/")[0]
    if machine != machine_name():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
