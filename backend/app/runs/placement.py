"""Which kind of run is done where. Settings choose; nothing here is remembered."""

from __future__ import annotations

from typing import Literal

from app.core.settings import Settings
from app.runs.models import RunKind

Place = Literal["inprocess", "celery", "inline"]
MAIL_KINDS = frozenset(
    {RunKind.SYNC, RunKind.BACKFILL, RunKind.DELETIONS, RunKind.VERIFY, RunKind.FETCH}
)  # SYNC_RUNNER
FILE_KINDS = frozenset({RunKind.IMPORT, RunKind.RESTORE})  # their file lies with the API process


def place_of(settings: Settings, kind: str) -> Place:
    """Where runs of `kind` are done: in the API's process, by a Celery worker, or within the call."""
    if kind in FILE_KINDS:
        return "inline" if settings.runner == "inline" else "inprocess"
    return settings.sync_runner if kind in MAIL_KINDS else settings.place_of_heavy_work


def uses_celery(settings: Settings) -> bool:
    """Whether any kind of run goes to a Celery worker."""
    return "celery" in (settings.sync_runner, settings.place_of_heavy_work)
