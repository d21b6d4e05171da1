"""Deleting an account with everything in it: rows of every table, files, and what Google granted."""

from __future__ import annotations

from pathlib import Path

import structlog
from sqlalchemy import Table

from app.auth import leaving
from app.auth import repository as users
from app.auth.models import User
from app.core import db
from app.core.clock import monotonic, sleep
from app.core.db import Base
from app.core.settings import Settings, get_settings
from app.mail import connections
from app.mail import repository as mail
from app.mailsync import uploads
from app.portability.archive import repository
from app.portability.archive.errors import OnlyAdmin
from app.runs import service as runs
from app.runs.models import Run

log = structlog.get_logger(__name__)
_AT_ONCE = 200


def leave(settings: Settings, user: User) -> None:
    """Delete the user's account. Nobody gets in from the first moment on; killed meanwhile, it is finished later.

    Raises OnlyAdmin.
    """
    with db.transaction() as session:
        users.lock_registration(session)
        if leaving.is_only_admin(session, user.id):
            raise OnlyAdmin("Make somebody else an administrator first, or delete the other accounts.")
        leaving.close_door(session, user.id)
        for run in repository.active_runs(session, user.id):
            runs.cancel(session, run)
    finish(settings, user.id)


def finish_those_begun() -> None:
    """Delete what is left of accounts whose deletion was cut short."""
    with db.read_session() as session:
        begun = leaving.going(session)
    for user_id in begun:
        finish(get_settings(), user_id)


def finish(settings: Settings, user_id: int) -> None:
    """Take the grants back, then delete files and rows, a few at a time; the account's own row is the last."""
    with db.read_session() as session:
        accounts = mail.list_accounts(session, user_id)
        files = [path for run in repository.runs_of(session, user_id) for path in _files_of(settings, run)]
    for account in accounts:
        connections.revoke_grant(settings, account)
    for path in files:
        path.unlink(missing_ok=True)
    uploads.forget_user(settings, user_id)
    with db.transaction() as session:
        repository.forget_quota(session, user_id)
    for table in reversed(Base.metadata.sorted_tables):
        if "user_id" in table.columns:
            while _remove_some(user_id, table):
                pass
    with db.transaction() as session:
        leaving.forget(session, user_id)
    log.info("account_deleted", user_id=user_id)


def _remove_some(user_id: int, table: Table) -> bool:
    began = monotonic()
    with db.transaction() as session:
        removed = repository.remove_all(session, user_id, table, _AT_ONCE)
    if removed:
        sleep(max(0.002, monotonic() - began))  # others may write too
    return removed > 0


def _files_of(settings: Settings, run: Run) -> list[Path]:
    """What was uploaded for a run; never a file that the person named on this machine."""
    folder = (settings.data_dir / "uploads").resolve()
    told = [run.params.get("path"), run.cursor.get("file")]
    found = [folder / str(name) for name in told if name]
    return [path for path in found if path.resolve().is_relative_to(folder)]
