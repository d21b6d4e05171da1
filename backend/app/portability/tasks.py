"""The runners of this room."""

from __future__ import annotations

from app.portability.archive import restoring
from app.portability.sheets import service as sheets
from app.portability.tables import importing
from app.runs.context import RunContext
from app.runs.models import RunKind
from app.runs.registry import runner


@runner(RunKind.EXPORT)
def export_to_sheets(ctx: RunContext) -> None:
    """Bring a sheet up to date with applications."""
    sheets.export(ctx)


@runner(RunKind.RESTORE)
def restore_account(ctx: RunContext) -> None:
    """Bring the archive of an account home."""
    restoring.run_restore(ctx)


@runner(RunKind.IMPORT_TABLE)
def import_table(ctx: RunContext) -> None:
    """Make applications of the rows of a table."""
    importing.load(ctx)
