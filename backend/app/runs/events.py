"""What runs announce."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RunQueued:
    run_id: str


@dataclass(frozen=True)
class RunFinished:
    """A run reached done, error or canceled."""

    run_id: str
    user_id: int
    kind: str
    state: str
