"""How Alembic meets the database: the settings' URL, every room's models, batch mode for SQLite.

`app.core.migrate` passes its settings along; the `alembic` command reads them from the environment.
"""

from __future__ import annotations

import re
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext

from app import orm
from app.core.db import UtcDateTime
from app.core.migrate import migration_engine
from app.core.settings import Settings, load_settings

# Search tables and indexes are written as raw SQL per database; models don't know them.
_RAW_TABLE = re.compile(r"_fts(_(data|idx|content|docsize|config))?$")
_RAW_INDEX = re.compile(r"_(trgm|gin|fts)$")


def include_object(_object: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """False for search tables and indexes that only exist in the database."""
    if not reflected or compare_to is not None or name is None:
        return True
    if kind == "table":
        return _RAW_TABLE.search(name) is None
    if kind == "index":
        return _RAW_INDEX.search(name) is None
    return True


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write `UtcDateTime` as the plain type, so that old migrations never depend on today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    settings: Settings = context.config.attributes.get("settings") or load_settings()
    engine = migration_engine(settings)
    try:
        with engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=orm.metadata,
                include_object=include_object,
                render_item=render_item,
                render_as_batch=connection.dialect.name == "sqlite",
                transactional_ddl=True,
                transaction_per_migration=True,
            )
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()
    finally:
        engine.dispose()


run()
