"""Joins the rooms: loads every room's runners and subscribes those who listen to those who speak."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

import app
from app.core.events import subscribe
from app.runs import executors, wakeup
from app.runs.events import RunChanged, RunFinished, RunQueued


def connect() -> None:
    """Register the runners of all `tasks.py` and the listeners of all rooms. Calling it twice is harmless."""
    subscribe(RunQueued, _enqueue)
    subscribe(RunQueued, wakeup.ring)
    subscribe(RunChanged, wakeup.ring)
    subscribe(RunFinished, wakeup.ring)
    for room in pkgutil.iter_modules(app.__path__):
        if room.ispkg and importlib.util.find_spec(f"app.{room.name}.tasks") is not None:
            importlib.import_module(f"app.{room.name}.tasks")


def _enqueue(event: RunQueued) -> None:
    executors.enqueue(event.run_id, event.kind)
