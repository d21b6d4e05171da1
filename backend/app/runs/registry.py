"""Which function does which kind of run, and what is looked at every few seconds; filled when `wiring` connects."""

from __future__ import annotations

from collections.abc import Callable

from app.runs.context import Runner

_runners: dict[str, Runner] = {}
_everywhere: list[Callable[[], None]] = []
_in_servers: list[Callable[[], None]] = []


def runner(kind: str) -> Callable[[Runner], Runner]:
    """Register a function as the runner of `kind`."""

    def register(function: Runner) -> Runner:
        _runners[kind] = function
        return function

    return register


def every_tick(function: Callable[[], None]) -> None:
    """Have `function` called every ten seconds or so, by one process or by several: it must not mind."""
    if function not in _everywhere:
        _everywhere.append(function)


def every_tick_of_servers(function: Callable[[], None]) -> None:
    """The same for what each server must do itself, because it looks after files there."""
    if function not in _in_servers:
        _in_servers.append(function)


def periodic() -> list[Callable[[], None]]:
    return list(_everywhere)


def periodic_in_servers() -> list[Callable[[], None]]:
    return list(_in_servers)


def find(kind: str) -> Runner | None:
    return _runners.get(kind)
