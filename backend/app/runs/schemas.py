"""Runs as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel

from app.core.clock import now
from app.runs.models import Run, RunState


class RunStarted(BaseModel):
    """Work was queued; `status_url` tells how it goes."""

    job_id: str
    started: bool = True
    status_url: str


class RunErrorOut(BaseModel):
    code: str
    detail: str


class RunOut(BaseModel):
    """One run. `rate` is messages per second; `percent` and `eta_seconds` are null while the total is unknown."""

    job_id: str
    kind: str
    state: str
    phase: str
    processed: int
    total: int | None
    percent: float | None
    rate: float | None
    eta_seconds: int | None
    waiting_until: datetime | None
    created: int
    updated: int
    deleted: int
    skipped: int
    errors: int
    message: str
    error: RunErrorOut | None
    attempt: int
    priority: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested: bool
    result: dict[str, Any]

    @classmethod
    def of(cls, run: Run) -> Self:
        done = run.state == RunState.DONE
        percent = None
        if run.total:
            percent = 100.0 if done else min(99.9, round(100 * run.processed / run.total, 1))
        elapsed = ((run.finished_at or now()) - run.started_at).total_seconds() if run.started_at else 0.0
        rate = round(run.processed / elapsed, 1) if elapsed > 0 and run.processed else None
        eta = None
        if run.state == RunState.RUNNING and rate and run.total and run.total > run.processed:
            # The first messages come faster than a quota allows in the long run.
            slowest = min(rate, (run.result or {}).get("messages_per_second") or rate)
            eta = round((run.total - run.processed) / slowest)
        return cls(
            job_id=run.id,
            percent=percent,
            rate=rate,
            eta_seconds=eta,
            waiting_until=run.not_before if run.state == RunState.QUEUED else None,
            error=RunErrorOut(code=run.error_code, detail=run.error_detail or "") if run.error_code else None,
            **{name: getattr(run, name) for name in _SAME},
        )


_SAME = (
    "kind", "state", "phase", "processed", "total", "created", "updated", "deleted", "skipped", "errors", "message",
    "attempt", "priority", "created_at", "started_at", "finished_at", "cancel_requested", "result",
)  # fmt: skip


class RunSnapshot(BaseModel):
    """What `/events` begins with."""

    runs: list[RunOut]


def started(run: Run) -> RunStarted:
    """The 202 answer for a run that was just created."""
    return RunStarted(job_id=run.id, status_url=f"/api/runs/{run.id}")
