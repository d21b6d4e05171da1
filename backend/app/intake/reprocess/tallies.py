"""Sums in a run's result; they are stored with the next write of the run."""

from __future__ import annotations

from app.runs.context import RunContext

NO_CLASS = "NONE"


def add(ctx: RunContext, name: str, amount: int = 1) -> None:
    """Add to a figure."""
    ctx.result[name] = ctx.result.get(name, 0) + amount


def tally(ctx: RunContext, table: str, email_class: str | None) -> None:
    """Count a mail under its class in one of the result's tables (`before`, `after`)."""
    name = email_class or NO_CLASS
    ctx.result[table] = {**ctx.result.get(table, {}), name: ctx.result.get(table, {}).get(name, 0) + 1}
