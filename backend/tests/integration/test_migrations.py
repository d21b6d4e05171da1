"""The schema comes from Alembic alone, and the models say the same on both databases."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Column, Integer, Table, inspect

from app import orm
from app.core import db as database
from app.core.migrate import current_revision, head_revision, migration_engine, upgrade
from app.core.settings import BACKEND, Settings


def alembic_config(settings: Settings) -> Config:
    config = Config(str(BACKEND / "alembic.ini"))
    config.attributes["settings"] = settings
    return config


def test_models_and_migrations_agree(app_settings: Settings) -> None:
    command.check(alembic_config(app_settings))


def test_a_model_without_a_migration_is_noticed(app_settings: Settings) -> None:
    stray = Table("stray_of_the_test", orm.metadata, Column("id", Integer, primary_key=True))
    try:
        with pytest.raises(CommandError, match="stray_of_the_test"):
            command.check(alembic_config(app_settings))
    finally:
        orm.metadata.remove(stray)


def test_a_migrated_database_stands_on_the_newest_revision(app_settings: Settings) -> None:
    assert current_revision(app_settings) == head_revision()
    assert not upgrade(app_settings).changed


def test_every_migration_can_be_taken_back(app_settings: Settings) -> None:
    command.downgrade(alembic_config(app_settings), "base")
    engine = migration_engine(app_settings)
    left = set(inspect(engine).get_table_names())
    engine.dispose()
    assert left <= {"alembic_version"}
    assert upgrade(app_settings).after == head_revision()


@pytest.mark.usefixtures("db")
def test_every_table_but_users_belongs_to_a_user() -> None:
    shared = {"users", "alembic_version", "instance_settings", "quota_buckets", "llm_days", "run_days"}
    inspector = inspect(database.engine())
    ours = [name for name in inspector.get_table_names() if "_fts" not in name and name not in shared]
    without = [
        name for name in ours if "user_id" not in {column["name"] for column in inspector.get_columns(name)}
    ]
    assert without == []
