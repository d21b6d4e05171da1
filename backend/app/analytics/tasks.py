"""The runner of this room, and what it looks at from time to time."""

from __future__ import annotations

from app.analytics import estimates
from app.analytics.prediction import service as prediction
from app.runs.context import RunContext
from app.runs.models import RunKind
from app.runs.registry import every_tick, runner

every_tick(estimates.refresh_oldest)


@runner(RunKind.PREDICTION)
def compute_prediction(ctx: RunContext) -> None:
    """Learn which open applications are likely to succeed."""
    prediction.compute(ctx)
