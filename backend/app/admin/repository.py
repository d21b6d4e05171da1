"""Queries about the installation as a whole."""

from __future__ import annotations

from sqlalchemy import text

from app.core.db import ReadSession


def revision(session: ReadSession) -> str | None:
    """The revision that the database was migrated to. Raises when it never was."""
    found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def server_version(session: ReadSession) -> str:
    """Like `3.45.1` or `17.2`."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    found: str = session.scalar(text("SELECT sqlite_version()" if sqlite else "SHOW server_version")) or "?"
    return found.split(maxsplit=1)[0]


def journal_mode(session: ReadSession) -> str:
    """How SQLite keeps its journal; `wal` is ours."""
    return str(session.scalar(text("PRAGMA journal_mode")))
