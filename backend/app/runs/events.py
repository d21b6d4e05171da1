"""What runs announce."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RunQueued:
    run_id: str
    kind: str


@dataclass(frozen=True)
class RunChanged:
    """Something about a run that people see is different now."""

    user_id: int


@dataclass(frozen=True)
class RunFinished:
    """A run reached done, error or canceled."""

    run_id: str
    user_id: int
    kind: str
    state: str
