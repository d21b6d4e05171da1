"""The runners of this room."""

from __future__ import annotations

from app.portability.sheets import service as sheets
from app.runs.context import RunContext
from app.runs.models import RunKind
from app.runs.registry import runner


@runner(RunKind.EXPORT)
def export_to_sheets(ctx: RunContext) -> None:
    """Bring a sheet up to date with applications."""
    sheets.export(ctx)
