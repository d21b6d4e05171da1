"""Joins the rooms: loads every room's runners and subscribes those who listen to those who speak."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

import app
from app.admin import rotation
from app.analytics import behind, estimates
from app.applications.events import NotesChanged
from app.applications.listing import figures
from app.core import egress
from app.core.events import subscribe
from app.intake import search_index
from app.mailsync import housekeeping
from app.mailsync.schedules import service as schedules
from app.portability.archive import leaving, restoring
from app.runs import executors, registry, wakeup
from app.runs.events import RunChanged, RunFinished, RunQueued


def connect() -> None:
    """Register the runners of all `tasks.py` and the listeners of all rooms. Calling it twice is harmless."""
    subscribe(RunQueued, _enqueue)
    subscribe(RunQueued, wakeup.ring)
    subscribe(RunChanged, wakeup.ring)
    subscribe(RunFinished, wakeup.ring)
    subscribe(RunFinished, schedules.note_end)
    subscribe(NotesChanged, search_index.note_changed)
    subscribe(RunFinished, estimates.after_run)
    subscribe(RunFinished, _write_contacts)
    figures.explained_by(behind.condition_of)
    registry.every_tick(schedules.start_due)
    registry.every_tick_of_servers(egress.flush_now_and_then)
    registry.every_tick_of_servers(rotation.reseal_once)
    registry.every_tick_of_servers(housekeeping.tidy_up_daily)
    registry.every_tick_of_servers(restoring.take_back_left_over)
    registry.every_tick_of_servers(leaving.finish_those_begun)
    for room in pkgutil.iter_modules(app.__path__):
        if room.ispkg and importlib.util.find_spec(f"app.{room.name}.tasks") is not None:
            importlib.import_module(f"app.{room.name}.tasks")


def _write_contacts(_event: RunFinished) -> None:
    egress.flush()


def _enqueue(event: RunQueued) -> None:
    executors.enqueue(event.run_id, event.kind)
