"""Runs within the call that started them; for tests."""

from __future__ import annotations

from app.runs import pool
from app.runs.execution import execute


class InlineExecutor:
    """Runs at once, in the thread that committed the row."""

    def enqueue(self, run_id: str) -> None:
        execute(run_id, lambda: False)

    def stop(self) -> None:
        pool.stop()
