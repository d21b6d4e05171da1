"""Which function does which kind of run; filled by the rooms' tasks when `wiring` imports them."""

from __future__ import annotations

from collections.abc import Callable

from app.runs.context import Runner

_runners: dict[str, Runner] = {}


def runner(kind: str) -> Callable[[Runner], Runner]:
    """Register a function as the runner of `kind`."""

    def register(function: Runner) -> Runner:
        _runners[kind] = function
        return function

    return register


def find(kind: str) -> Runner | None:
    return _runners.get(kind)
