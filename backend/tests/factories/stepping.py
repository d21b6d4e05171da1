"""Work that a test steers by its parameters, and can look into wherever it is done."""

from __future__ import annotations

import time

from app.core.errors import Conflict
from app.runs.context import RunContext
from app.runs.errors import RetryAfter

KIND = "test-work"


def step_by_step(ctx: RunContext) -> None:
    """`steps` batches with a `pause` between them, and then what `then` says: nothing more, or a way to fail."""
    ctx.progress(phase="stepping", total=ctx.params.get("steps", 1))
    while (done := ctx.cursor.get("step", 0)) < ctx.params.get("steps", 1):
        with ctx.batch():
            ctx.cursor["step"] = done + 1
            ctx.counts["processed"] += 1
        time.sleep(ctx.params.get("pause", 0.0))
        ctx.checkpoint()
    then = ctx.params.get("then")
    if then == "conflict":
        raise Conflict("The mailbox is gone.")
    if then == "crash":
        raise RuntimeError("a bug")
    if then == "wait":
        raise RetryAfter(3600, "Google asks to wait.")
