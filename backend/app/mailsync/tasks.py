"""The runners of this room."""

from __future__ import annotations

from app.mailsync import full_sync, importing
from app.runs.context import RunContext
from app.runs.models import RunKind
from app.runs.registry import runner


@runner(RunKind.SYNC)
def sync(ctx: RunContext) -> None:
    """Read connected mailboxes."""
    full_sync.run_sync(ctx)


@runner(RunKind.IMPORT)
def import_archive(ctx: RunContext) -> None:
    """Read an uploaded or local archive."""
    importing.run_import(ctx)
