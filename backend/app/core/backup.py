"""The whole installation's database in one file, and back: SQLite by its own backup, Postgres by its tools."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from app.core import migrate
from app.core.clock import now
from app.core.errors import Conflict, Unavailable, Unprocessable
from app.core.settings import Settings

_SQLITE_HEAD = b"SQLite format 3\x00"
_DUMP_HEAD = b"PGDMP"


class BackupNotPossible(Unavailable):
    """There is no database, or no tool that could copy it."""

    code = "backup.not_possible"
    title = "The database can't be copied"


class BackupUnfit(Unprocessable):
    """The file is no backup, damaged, or of another kind of database or a newer version."""

    code = "backup.unfit"
    title = "This backup can't be restored here"


class FileExists(Conflict):
    code = "backup.file_exists"
    title = "There is a file of that name already"


def back_up(settings: Settings, target: Path) -> None:
    """Copy the database as it is at this moment to `target` (0600), also while it is in use.

    Raises FileExists, BackupNotPossible; `target` is only there when it is whole.
    """
    if target.exists():
        raise FileExists(f"{target} exists already.")
    part = target.with_name(f".{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if settings.is_sqlite:
            if not migrate.sqlite_file(settings).exists():
                raise BackupNotPossible("There is no database yet.")
            migrate.backup_sqlite(settings, part)
        else:
            part.touch(mode=0o600)
            _run_tool(settings, "pg_dump", ["--format=custom", "--no-owner", f"--file={part}"])
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def restore(settings: Settings, source: Path) -> Path | None:
    """Put the database of a backup in place of this one, and migrate it to this version. Answers with where what
    was there is kept; None when nothing was.

    Raises BackupUnfit before anything was changed, BackupNotPossible.
    """
    head = _head_of(source)
    wanted = _SQLITE_HEAD if settings.is_sqlite else _DUMP_HEAD
    if not head.startswith(wanted):
        other = "Postgres" if settings.is_sqlite else "SQLite"
        kind = (
            f"It is a backup of {other}" if head.startswith((_SQLITE_HEAD, _DUMP_HEAD)) else "It is no backup"
        )
        raise BackupUnfit(
            f"{kind}; DATABASE_URL wants one of {'SQLite' if settings.is_sqlite else 'Postgres'}."
        )
    _refuse_newer(_revision_in_sqlite(source) if settings.is_sqlite else _revision_in_dump(source))
    kept = _keep_what_is_there(settings)
    if settings.is_sqlite:
        _put_sqlite(settings, source)
    else:
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        _run_tool(settings, "pg_restore", [*options, str(source)])
    migrate.upgrade(settings)
    return kept


def _head_of(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            return file.read(len(_SQLITE_HEAD))
    except OSError as error:
        raise BackupUnfit(f"{source} can't be read: {error.strerror}.") from error


def _revision_in_sqlite(source: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise BackupUnfit("It is damaged, or no database of Jobtrail's.") from error
    return str(found[0]) if whole and found else None


def _revision_in_dump(source: Path) -> str | None:
    said = _run(
        "pg_restore", ["--data-only", "--table=alembic_version", "--file=-", str(source)]
    ).splitlines()
    at = next((number for number, line in enumerate(said) if line.startswith("COPY ")), len(said))
    return said[at + 1] if at + 1 < len(said) else None


def _refuse_newer(revision: str | None) -> None:
    if revision is None:
        raise BackupUnfit("It is damaged, or no database of Jobtrail's.")
    if not migrate.is_known(revision):
        raise BackupUnfit("It was made by a newer version: update this program first.")


def _keep_what_is_there(settings: Settings) -> Path | None:
    if migrate.current_revision(settings) is None:
        return None
    kept = (
        settings.data_dir
        / "backups"
        / f"before-restore-{now():%Y%m%dT%H%M%S%f}{'.db' if settings.is_sqlite else '.dump'}"
    )
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    back_up(settings, kept)
    return kept


def _put_sqlite(settings: Settings, source: Path) -> None:
    target = migrate.sqlite_file(settings)
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(target, timeout=30)) as database:
        copy.backup(database)


def _run_tool(settings: Settings, tool: str, options: Sequence[str]) -> None:
    with _reachable(make_url(settings.database_url)) as address:
        _run(tool, [f"--dbname={address}", *options])


def _run(tool: str, options: Sequence[str]) -> str:
    path = shutil.which(tool)
    if path is None:
        raise BackupNotPossible(
            f"{tool} is not on this machine. Install PostgreSQL's client programs (of the server's version or "
            f"newer), or run {tool} where they are."
        )
    done = subprocess.run(  # noqa: S603 (no shell; options of the tool)
        [path, *options], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise BackupNotPossible(f"{tool}: {said[-1][:500] if said else 'it failed without a word'}")
    return done.stdout


@contextmanager
def _reachable(url: URL) -> Iterator[str]:
    """The address for Postgres' tools; the password stands in a file of ours, where no list of processes shows it."""
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "pgpass"
        secret.touch(mode=0o600)
        secret.write_text(f"*:*:*:*:{_escaped(url.password or '')}\n")
        query = {**url.query, "passfile": str(secret)}
        yield URL.create(
            "postgresql", url.username, None, url.host, url.port, url.database, query
        ).render_as_string(hide_password=False)


def _escaped(password: str) -> str:
    return str(password).replace("\\", "\\\\").replace(":", "\\:")
