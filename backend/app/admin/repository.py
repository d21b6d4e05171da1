"""Queries about the installation as a whole."""

from __future__ import annotations

from sqlalchemy import text

from app.core.db import ReadSession


def revision(session: ReadSession) -> str | None:
    """The revision that the database was migrated to. Raises when it never was."""
    found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return found
