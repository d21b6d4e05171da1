"""Imports every room's models, so that `Base.metadata` knows all tables (Alembic, tests)."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

import app
from app.core.db import Base

for _room in pkgutil.iter_modules(app.__path__):
    if _room.ispkg and importlib.util.find_spec(f"app.{_room.name}.models") is not None:
        importlib.import_module(f"app.{_room.name}.models")

metadata = Base.metadata
