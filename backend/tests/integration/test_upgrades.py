"""Upgrading a database: a backup first, five kept, and two starts at once do it once."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.core import db as database
from app.core import migrate
from app.core.settings import BACKEND, Settings
from tests.factories.accounts import make_user
from tests.factories.settings import make_settings

NEXT = """
revision = {revision!r}
down_revision = {after!r}

import sqlalchemy as sa
from alembic import op

def upgrade():
    op.add_column("users", sa.Column("extra_{revision}", sa.Text(), nullable=True))
"""


@pytest.fixture
def own_file(tmp_path: Path) -> Iterator[Settings]:
    """A SQLite database of this test's own, migrated and open."""
    settings = make_settings(f"sqlite:///{tmp_path / 'own' / 'jobtrail.db'}", tmp_path / "data")
    migrate.upgrade(settings)
    database.configure(settings)
    yield settings
    database.dispose()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The migrations, to which a test may add newer ones."""
    folder = tmp_path / "scripts"
    shutil.copytree(
        BACKEND / "migrations", folder / "migrations", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(BACKEND / "alembic.ini", folder)
    return folder


def release(scripts: Path, number: int) -> str:
    """Add a newer migration, as a next version of the program would."""
    revision = f"x{number}"
    after = migrate.head_revision(scripts / "alembic.ini")
    target = scripts / "migrations" / "versions" / f"{revision}.py"
    target.write_text(NEXT.format(revision=revision, after=after))
    return revision


def test_an_upgrade_changes_the_database(app_settings: Settings, scripts: Path) -> None:
    revision = release(scripts, 1)
    done = migrate.upgrade(app_settings, scripts / "alembic.ini")
    assert (done.changed, done.after) == (True, revision)
    assert migrate.current_revision(app_settings) == revision
    assert (done.backup is not None) is app_settings.is_sqlite


def test_the_database_as_it_was_is_kept_five_times(own_file: Settings, scripts: Path) -> None:
    make_user("ada")
    backups = []
    for number in range(7):
        release(scripts, number)
        backups.append(migrate.upgrade(own_file, scripts / "alembic.ini").backup)
    kept = sorted((own_file.data_dir / "backups").iterdir())
    assert kept == backups[-5:]
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    with closing(sqlite3.connect(kept[-1])) as copy:
        columns = [row[1] for row in copy.execute("PRAGMA table_info(users)")]
        assert copy.execute("SELECT username FROM users").fetchall() == [("ada",)]
    assert "extra_x5" in columns
    assert "extra_x6" not in columns


def test_a_new_database_needs_no_backup(tmp_path: Path) -> None:
    settings = make_settings(f"sqlite:///{tmp_path / 'new' / 'jobtrail.db'}", tmp_path / "data")
    done = migrate.upgrade(settings)
    assert (done.before, done.backup) == (None, None)
    assert done.changed


def test_a_failed_upgrade_leaves_everything_as_it_was(
    app_settings: Settings, db: None, scripts: Path
) -> None:
    make_user("ada")
    before = migrate.current_revision(app_settings)
    release(scripts, 1)
    broken = scripts / "migrations" / "versions" / "x1.py"
    broken.write_text(broken.read_text() + '    op.execute("INSERT INTO nowhere VALUES (1)")\n')
    with pytest.raises(Exception, match="nowhere"):
        migrate.upgrade(app_settings, scripts / "alembic.ini")
    assert migrate.current_revision(app_settings) == before
    with database.read_session() as session:
        columns = session.connection().exec_driver_sql("SELECT * FROM users").keys()
    assert "extra_x1" not in columns


def test_two_starts_at_once_migrate_once(app_settings: Settings, scripts: Path) -> None:
    release(scripts, 1)
    context = multiprocessing.get_context("spawn")
    arguments = (app_settings.database_url, app_settings.data_dir, scripts / "alembic.ini")
    with context.Pool(2) as pool:
        changed = pool.starmap(_upgrade, [arguments, arguments])
    assert sorted(changed) == [False, True]


def _upgrade(url: str, data_dir: Path, ini: Path) -> bool:
    return migrate.upgrade(make_settings(url, data_dir), ini).changed
