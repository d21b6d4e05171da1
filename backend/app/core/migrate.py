"""Bringing the database to the newest revision: under a lock, after a backup."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from app.core import pg_dump
from app.core.clock import now
from app.core.places import ALEMBIC_INI
from app.core.planner import write_statistics
from app.core.settings import Settings

if TYPE_CHECKING:
    from alembic.config import Config

log = structlog.get_logger(__name__)
BACKUPS_KEPT = 5
_LOCK_ID = 7_310_577


@dataclass(frozen=True)
class Upgrade:
    """What `upgrade` did. `backup` is the copy of the database as it was before, if one was made; `no_backup` says why
    there is none of a database that was changed."""

    before: str | None
    after: str | None
    backup: Path | None
    no_backup: str | None = None

    @property
    def changed(self) -> bool:
        return self.before != self.after


def migration_engine(settings: Settings) -> Engine:
    """One unpooled connection at a time. On SQLite foreign keys are off: rebuilding a table would cascade."""
    if not settings.is_sqlite:
        return create_engine(settings.database_url, poolclass=NullPool)
    sqlite_file(settings).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(settings.database_url, poolclass=NullPool)

    @event.listens_for(made, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        wait = f"busy_timeout={settings.sqlite_busy_timeout_ms}"
        for pragma in (wait, "journal_mode=WAL", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(made, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def upgrade(settings: Settings, ini: Path = ALEMBIC_INI) -> Upgrade:
    """Migrate to the newest revision. Two processes may call it at once: the second finds nothing to do."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command

    with _lock(settings):
        before = current_revision(settings)
        head = head_revision(ini)
        if before == head:
            return Upgrade(before, head, None)
        saved, no_backup = _backup_before(settings, before)
        command.upgrade(_config(settings, ini), "head")
        if settings.is_sqlite:
            _check_foreign_keys(settings)
            with closing(sqlite3.connect(sqlite_file(settings))) as connection:
                write_statistics(connection)
        return Upgrade(before, current_revision(settings), saved, no_backup)


def current_revision(settings: Settings) -> str | None:
    """The revision the database stands on; None for an empty one."""
    if settings.is_sqlite and not sqlite_file(settings).exists():
        return None
    engine = migration_engine(settings)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found
    finally:
        engine.dispose()


def head_revision(ini: Path = ALEMBIC_INI) -> str | None:
    """The newest revision this program knows."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config(None, ini)).get_current_head()


def is_known(revision: str, ini: Path = ALEMBIC_INI) -> bool:
    """Whether this program has a migration of that name, so that it can go on from there."""
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    try:
        return ScriptDirectory.from_config(_config(None, ini)).get_revision(revision) is not None
    except CommandError:
        return False


def sqlite_file(settings: Settings) -> Path:
    """The file of a SQLite database."""
    return Path(settings.database_url.removeprefix("sqlite:///"))


def backup_sqlite(settings: Settings, target: Path) -> None:
    """Copy the live SQLite database to `target` (consistent, also while it is written; 0600)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(sqlite_file(settings))) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)


def _backup_before(settings: Settings, before: str | None) -> tuple[Path | None, str | None]:
    """The copy, or why there is none; neither where there is nothing to copy yet."""
    if before is None:
        return None, None
    folder = settings.data_dir / "backups"
    name = f"jobtrail-{now():%Y%m%dT%H%M%S%f}-{before}"
    if settings.is_sqlite:
        target = folder / f"{name}.db"
        backup_sqlite(settings, target)
    else:
        target = folder / f"{name}.dump"
        if (why := pg_dump.dump(settings.database_url, target)) is not None:
            log.warning("no_backup_before_migration", because=why)
            return None, why
    for old in sorted(folder.glob("jobtrail-*"))[:-BACKUPS_KEPT]:
        old.unlink()
    return target, None


def _check_foreign_keys(settings: Settings) -> None:
    with closing(sqlite3.connect(sqlite_file(settings))) as connection:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise RuntimeError(f"After the migration rows point to missing rows in: {tables}.")


def _config(settings: Settings | None, ini: Path) -> Config:
    from alembic.config import Config

    config = Config(str(ini))
    config.attributes["settings"] = settings
    return config


@contextmanager
def _lock(settings: Settings) -> Iterator[None]:
    if settings.is_sqlite:
        with _file_lock(sqlite_file(settings).with_suffix(".lock")):
            yield
        return
    engine = migration_engine(settings)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SELECT pg_advisory_lock(:id)"), {"id": _LOCK_ID})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:id)"), {"id": _LOCK_ID})
    finally:
        engine.dispose()


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
