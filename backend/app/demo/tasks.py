"""The runner of this room."""

from __future__ import annotations

from app.demo import service
from app.runs.context import RunContext
from app.runs.models import RunKind
from app.runs.registry import runner


@runner(RunKind.DEMO)
def load_demo(ctx: RunContext) -> None:
    """Load the demo mailbox."""
    service.load(ctx)
