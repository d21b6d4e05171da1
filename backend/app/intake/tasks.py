"""The runners of this room."""

from __future__ import annotations

from app.intake import service
from app.intake.reprocess import running
from app.runs.context import RunContext
from app.runs.models import RunKind
from app.runs.registry import runner


@runner(RunKind.REPROCESS)
def reprocess_mail(ctx: RunContext) -> None:
    """Read stored mail again, or take what an earlier reading proposed."""
    running.run_reprocess(ctx)


@runner(RunKind.LINK)
def link_mail(ctx: RunContext) -> None:
    """Link the mail that waits for it."""
    ctx.progress(phase="linking")
    with ctx.turn("intake"):
        service.link_left_over(ctx)
    ctx.progress(phase="done")
