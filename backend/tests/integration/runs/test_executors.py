"""The executor of a process: its reaper, its end, and what a predecessor left."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings
from app.runs import executors, repository, service
from app.runs.context import RunContext, Runner
from app.runs.executors import InProcessExecutor
from tests.factories.server import wait_until
from tests.integration.runs.conftest import Start, change, load, nothing

Work = Callable[[Runner], None]


@pytest.fixture
def app_settings(app_settings: Settings) -> Settings:
    app_settings.runner = app_settings.sync_runner = "inprocess"
    return app_settings


@pytest.fixture
def executor(db: None) -> Iterator[Callable[[], InProcessExecutor]]:
    made: list[InProcessExecutor] = []

    def begin() -> InProcessExecutor:
        made.append(InProcessExecutor())
        return made[-1]

    yield begin
    for each in made:
        each.stop()


def ends(run_id: str, state: str = "done", seconds: float = 10) -> None:
    wait_until(lambda: load(run_id).state == state, seconds, f"The run did not become {state}")


def test_a_run_that_nobody_was_told_about_is_found(
    start: Start, work: Work, executor: Callable[[], InProcessExecutor]
) -> None:
    work(nothing)
    run_id = start()
    executor()
    ends(run_id)


def test_runs_wait_for_their_time(
    start: Start, work: Work, executor: Callable[[], InProcessExecutor]
) -> None:
    work(nothing)
    later, soon = start(), start()
    change(later, not_before=now() + timedelta(hours=1))
    change(soon, not_before=now() + timedelta(seconds=1))
    executor()
    ends(soon)
    assert load(later).state == "queued"


def hold(run_id: str, holder: str, *, seconds: float) -> None:
    at = now()
    with database.transaction() as session:
        assert repository.claim(
            session, run_id, token="old", holder=holder, at=at, until=at + timedelta(seconds=seconds)
        )


def dead_pid() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_a_dead_predecessors_run_is_taken_up_at_once(
    start: Start, work: Work, executor: Callable[[], InProcessExecutor]
) -> None:
    work(nothing)
    dead, alive, elsewhere = start(), start(), start()
    hold(dead, f"{service.machine_name()}:{dead_pid()}", seconds=60)
    hold(alive, f"{service.machine_name()}:{os.getppid()}", seconds=60)
    hold(elsewhere, f"another-host:{dead_pid()}", seconds=60)
    executor()
    ends(dead)
    assert [load(i).state for i in (alive, elsewhere)] == ["running", "running"]
    change(elsewhere, lease_until=now() - timedelta(seconds=1))
    ends(elsewhere)
    assert load(alive).lease_token == "old"


def test_stopping_puts_the_run_back_and_the_next_process_goes_on(
    start: Start, work: Work, executor: Callable[[], InProcessExecutor]
) -> None:
    entered = threading.Event()

    def step_by_step(ctx: RunContext) -> None:
        while ctx.cursor.get("step", 0) < 40:
            with ctx.batch():
                ctx.cursor["step"] = ctx.cursor.get("step", 0) + 1
                ctx.counts["processed"] += 1
            entered.set()
            time.sleep(0.02)
            ctx.checkpoint()

    work(step_by_step)
    run_id = start()
    first = executor()
    assert entered.wait(10)
    began = time.monotonic()
    first.stop()
    assert time.monotonic() - began < 5
    run = load(run_id)
    assert (run.state, run.holder) == ("queued", None)
    assert 0 < run.processed < 40
    executor()
    ends(run_id)
    assert load(run_id).processed == 40


def test_an_executor_that_stops_takes_no_more(
    start: Start, work: Work, executor: Callable[[], InProcessExecutor]
) -> None:
    work(nothing)
    stopped = executor()
    stopped.stop()
    run_id = start()
    stopped.enqueue(run_id)
    time.sleep(0.2)
    assert load(run_id).state == "queued"


def test_two_processes_share_the_work(
    start: Start, work: Work, executor: Callable[[], InProcessExecutor]
) -> None:
    done: list[str] = []
    lock = threading.Lock()

    def note(ctx: RunContext) -> None:
        with lock:
            done.append(ctx.run_id)
        with ctx.batch():
            ctx.counts["processed"] += 1

    work(note)
    ids = [start() for _ in range(12)]
    executor()
    executor()
    for run_id in ids:
        ends(run_id)
    assert sorted(done) == sorted(ids)
    assert [load(i).processed for i in ids] == [1] * 12


def test_what_people_wait_for_goes_first(
    start: Start, work: Work, executor: Callable[[], InProcessExecutor]
) -> None:
    """However much else there is to do, one thread is left to it."""
    go_on = threading.Event()
    begun: list[str] = []

    def wait(ctx: RunContext) -> None:
        begun.append(ctx.run_id)
        assert go_on.wait(30)

    work(wait)
    others = [start() for _ in range(6)]
    doing = executor()
    try:
        wait_until(lambda: len(begun) == 3, 10, "Three of the others did not begin")
        time.sleep(0.2)
        assert len(begun) == 3
        asked_for = start(priority=10)
        doing.enqueue(asked_for)
        wait_until(lambda: asked_for in begun, 10, "What a person waits for did not begin")
        assert len(begun) == 4
    finally:
        go_on.set()
    for run_id in [*others, asked_for]:
        ends(run_id)
    assert sorted(begun) == sorted([*others, asked_for])


def test_starting_twice_is_harmless(app_settings: Settings, db: None) -> None:
    executors.start(app_settings)
    executors.start(app_settings)
    executors.stop()
    executors.stop()
    assert not [t for t in threading.enumerate() if t.name.startswith("run-reaper") and t.is_alive()]
