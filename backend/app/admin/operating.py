"""What admins do to the runs of others."""

from __future__ import annotations

import structlog

from app.admin import repository
from app.auth.models import User
from app.auth.service import username_key
from app.core.db import ReadSession, WriteSession
from app.runs import repository as runs
from app.runs import service
from app.runs.errors import RunNotFound
from app.runs.models import Run

log = structlog.get_logger(__name__)


def list_runs(
    session: ReadSession,
    *,
    kind: str | None,
    state: str | None,
    username: str | None,
    offset: int,
    limit: int,
) -> tuple[list[tuple[Run, str]], int]:
    """Everybody's runs with their owners' names, newest first, and how many there are."""
    key = username_key(username) if username else None
    return repository.runs(session, kind=kind, state=state, username_key=key, offset=offset, limit=limit)


def find_run(session: ReadSession, run_id: str) -> tuple[Run, str]:
    """Somebody's run, and whose it is. Raises RunNotFound."""
    run = _find(session, run_id)
    return run, repository.username_of(session, run.user_id)


def cancel(session: WriteSession, admin: User, run_id: str) -> tuple[Run, str]:
    """Ask somebody's run to stop; the run, and whose it is. Raises RunNotFound."""
    run = _find(session, run_id)
    log.info("run_canceled_by_admin", admin_id=admin.id, owner_id=run.user_id, run=run.id)
    return service.cancel(session, run), repository.username_of(session, run.user_id)


def retry(session: WriteSession, admin: User, run_id: str) -> Run:
    """Do the work of somebody's ended run again, for them. Raises RunNotFound, RunNotFinished, RunAlreadyActive."""
    run = _find(session, run_id)
    log.info("run_retried_by_admin", admin_id=admin.id, owner_id=run.user_id, run=run.id)
    return service.retry(session, run)


def _find(session: ReadSession, run_id: str) -> Run:
    run = runs.load(session, run_id)
    if run is None:
        raise RunNotFound
    return run
