"""Importing from the command line: the same run as over the API, watched until it ends."""

from __future__ import annotations

import sys
from pathlib import Path

from app.auth import service as accounts
from app.core import clock, db
from app.mailsync import service
from app.runs import repository as runs
from app.runs.models import ACTIVE, Run, RunState


def import_path(path: Path, username: str) -> int:
    """0 when every message is in the ledger; 1 when the run failed or was canceled. Raises AppError."""
    archive = service.resolve_path(str(path))
    with db.transaction() as session:
        user = accounts.find_user(session, username)
        run_id = service.start_import(session, user, archive, name=archive.name, remove=False).id
    run = _wait(run_id)
    _show(run)
    sys.stderr.write("\n")
    if run.state == RunState.DONE:
        return 0
    sys.stderr.write(f"{run.error_detail or run.state}\n")
    return 1


def _wait(run_id: str) -> Run:
    while True:
        with db.read_session() as session:
            run = runs.load(session, run_id)
        if run is None:
            raise RuntimeError("The run's row is gone.")
        if run.state not in ACTIVE:
            return run
        _show(run)
        clock.sleep(0.5)


def _show(run: Run) -> None:
    if not sys.stderr.isatty() and run.state in ACTIVE:
        return  # a log gets the last line only
    told = run.result
    percent = (
        f" ({min(100, 100 * told['bytes'] // told['bytes_total'])} %)" if told.get("bytes_total") else ""
    )
    sys.stderr.write(
        f"\r{run.processed} read{percent}, {told.get('stored', 0)} new, {told.get('about_jobs', 0)} about jobs, "
        f"{told.get('applications_created', 0)} applications, {run.errors} failed   "
    )
    sys.stderr.flush()
