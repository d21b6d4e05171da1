"""Emptying an installation of everything that its people's mail made, and keeping its people."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, delete, update

from app.core import db
from app.core.db import WriteSession
from app.core.migrate import sqlite_file
from app.core.settings import Settings
from app.mail.models import MailAccount

# What people sign in with, their settings, and where their mail is. Recovery codes are among it: without them who has
# lost the phone of the second step would be locked out.
KEPT = frozenset(
    {"users", "sessions", "api_keys", "recovery_codes", "settings", "instance_settings", "alembic_version"}
    | {"mail_accounts"}
)


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many rows went, by table; uploaded files; accounts that must be connected again."""

    rows: dict[str, int]
    files: int
    disconnected: int


def empty(settings: Settings, tables: Iterable[Table], *, delete_tokens: bool) -> Emptied:
    """Delete the rows of all tables but `KEPT`, in one transaction, and all uploads. `tables` come parents first.

    Where accounts had been read to goes too, so that their next sync begins anew. A run that is under way loses its
    row and with it the right to write: it ends by itself.
    """
    with db.transaction() as session:
        rows = {
            table.name: _rows(session, table) for table in reversed(list(tables)) if table.name not in KEPT
        }
        session.execute(update(MailAccount).values(retry_after=None))
        disconnected = _disconnect(session) if delete_tokens else 0
    files = _remove_uploads(settings.data_dir / "uploads")
    return Emptied(rows, files, disconnected)


def wipe_free_pages(settings: Settings) -> bool:
    """SQLite leaves what was deleted readable in its file until it is packed. False while somebody else has it open
    for writing."""
    if not settings.is_sqlite:
        return True
    try:
        with closing(sqlite3.connect(sqlite_file(settings), timeout=5)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError:
        return False
    return True


def _rows(session: WriteSession, table: Table) -> int:
    return max(0, int(getattr(session.execute(delete(table)), "rowcount", 0)))


def _disconnect(session: WriteSession) -> int:
    """Only accounts that are read: imported mail has nothing to connect again."""
    connected = update(MailAccount).where(MailAccount.credentials.is_not(None))
    gone = session.execute(connected.values(credentials=None, scopes=[], needs_reauth=True))
    return max(0, int(getattr(gone, "rowcount", 0)))


def _remove_uploads(folder: Path) -> int:
    files = sum(1 for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    shutil.rmtree(folder, ignore_errors=True)
    return files
