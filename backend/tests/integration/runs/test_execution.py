"""One attempt at a run, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core import db as database
from app.core.clock import now
from app.core.errors import Conflict
from app.runs import repository, service
from app.runs.context import RunContext, Runner
from app.runs.errors import RetryAfter
from app.runs.execution import execute
from tests.integration.runs.conftest import KIND, Start, change, load, nothing

Work = Callable[[Runner], None]


def test_done(start: Start, work: Work) -> None:
    def count(ctx: RunContext) -> None:
        ctx.progress(phase="counting", total=2, message="one, two")
        with ctx.batch():
            ctx.counts["processed"], ctx.counts["created"] = 2, 1
            ctx.cursor["at"], ctx.result["stored"] = 2, 1

    work(count)
    run_id = start(params={"path": "x"})
    execute(run_id, lambda: False)
    run = load(run_id)
    assert (run.state, run.phase, run.total, run.message) == ("done", "counting", 2, "one, two")
    assert (run.processed, run.created, run.cursor, run.result) == (2, 1, {"at": 2}, {"stored": 1})
    assert run.finished_at is not None
    assert run.attempt == 0


def test_a_kind_that_nobody_knows(start: Start) -> None:
    run_id = start(kind="no-such-work")
    execute(run_id, lambda: False)
    run = load(run_id)
    assert (run.state, run.error_code) == ("error", "run.unknown_kind")
    assert "no-such-work" in str(run.error_detail)


def test_an_expected_failure_ends_the_run_with_its_words(start: Start, work: Work) -> None:
    def fail(_ctx: RunContext) -> None:
        raise Conflict("The mailbox is gone.")

    work(fail)
    run_id = start()
    execute(run_id, lambda: False)
    run = load(run_id)
    assert (run.state, run.error_code, run.error_detail) == ("error", "conflict", "The mailbox is gone.")


def test_three_crashes_are_enough(start: Start, work: Work) -> None:
    calls = []

    def crash(ctx: RunContext) -> None:
        calls.append(ctx.run_id)
        raise ZeroDivisionError

    work(crash)
    run_id = start()
    for attempt in (1, 2):
        execute(run_id, lambda: False)
        run = load(run_id)
        assert (run.state, run.attempt, run.lease_token) == ("queued", attempt, None)
        assert run.not_before is not None
        assert run.not_before > now()
        execute(run_id, lambda: False)
        assert len(calls) == attempt, "not before its time"
        change(run_id, not_before=now() - timedelta(seconds=1))
    execute(run_id, lambda: False)
    run = load(run_id)
    assert (run.state, run.error_code) == ("error", "run.crashed")
    assert "ZeroDivisionError" in str(run.error_detail)
    assert len(calls) == 3


def test_a_crash_after_progress_counts_anew(start: Start, work: Work) -> None:
    def creep(ctx: RunContext) -> None:
        with ctx.batch():
            ctx.counts["processed"] += 1
        if ctx.counts["processed"] < 6:
            raise ZeroDivisionError

    work(creep)
    run_id = start()
    for _ in range(6):
        change(run_id, not_before=None)
        execute(run_id, lambda: False)
    run = load(run_id)
    assert (run.state, run.processed) == ("done", 6)


def test_a_process_that_dies_three_times_is_given_up(start: Start, work: Work) -> None:
    work(nothing)
    run_id = start()
    for number in range(3):
        at = now()
        with database.transaction() as session:
            assert repository.claim(
                session, run_id, token=f"t{number}", holder="gone:1", at=at, until=at - timedelta(seconds=1)
            )
    execute(run_id, lambda: False)
    run = load(run_id)
    assert (run.state, run.error_code) == ("error", "run.gave_up")


def test_waiting_is_no_failure(start: Start, work: Work) -> None:
    turns = []

    def wait_first(ctx: RunContext) -> None:
        turns.append(dict(ctx.cursor))
        if len(turns) < 6:
            with ctx.batch():
                ctx.cursor["turn"] = len(turns)
            raise RetryAfter(120, "Google asks to wait.")

    work(wait_first)
    run_id = start()
    for _ in range(5):
        execute(run_id, lambda: False)
        run = load(run_id)
        assert (run.state, run.attempt, run.message) == ("queued", 0, "Google asks to wait.")
        assert run.not_before is not None
        assert timedelta(seconds=110) < run.not_before - now() <= timedelta(seconds=120)
        with database.read_session() as session:
            assert (run_id, KIND, 0) not in repository.claimable(session, now())
            assert (run_id, KIND, 0) in repository.claimable(session, now() + timedelta(seconds=121))
        change(run_id, not_before=now() - timedelta(seconds=1))
    execute(run_id, lambda: False)
    assert load(run_id).state == "done"
    assert turns == [{}, *({"turn": n} for n in range(1, 6))]


def test_an_interrupted_run_goes_back_and_loses_no_attempt(start: Start, work: Work) -> None:
    stopping = False

    def stop(ctx: RunContext) -> None:
        nonlocal stopping
        stopping = True
        ctx.checkpoint()

    work(stop)
    run_id = start()
    execute(run_id, lambda: stopping)
    run = load(run_id)
    assert (run.state, run.attempt, run.holder, run.not_before) == ("queued", 0, None, None)


def test_a_queued_run_is_canceled_at_once(start: Start, work: Work) -> None:
    work(nothing)
    run_id = start(account_ids=[41])
    with database.transaction() as session:
        run = repository.load(session, run_id)
        assert run is not None
        service.cancel(session, run)
    assert load(run_id).state == "canceled"
    execute(run_id, lambda: False)
    assert load(run_id).state == "canceled"
    start(account_ids=[41])


def test_a_running_run_is_canceled_at_its_next_checkpoint(start: Start, work: Work) -> None:
    def cancel_myself(ctx: RunContext) -> None:
        with ctx.batch():
            ctx.counts["processed"] = 25
        with database.transaction() as session:
            run = repository.load(session, ctx.run_id)
            assert run is not None
            service.cancel(session, run)
        ctx.checkpoint()
        raise AssertionError("The checkpoint let it pass.")

    work(cancel_myself)
    run_id = start()
    execute(run_id, lambda: False)
    run = load(run_id)
    assert (run.state, run.processed, run.error_code) == ("canceled", 25, None)


@pytest.mark.parametrize("state", ["done", "error", "canceled"])
def test_canceling_what_is_over_changes_nothing(start: Start, state: str) -> None:
    run_id = start()
    change(run_id, state=state, finished_at=now())
    before = load(run_id)
    with database.transaction() as session:
        run = repository.load(session, run_id)
        assert run is not None
        service.cancel(session, run)
    after = load(run_id)
    assert (after.state, after.rev, after.cancel_requested) == (state, before.rev, False)


def test_a_request_to_cancel_is_not_forgotten_between_two_looks(start: Start, work: Work) -> None:
    def look_twice(ctx: RunContext) -> None:
        with database.transaction() as session:
            run = repository.load(session, ctx.run_id)
            assert run is not None
            service.cancel(session, run)
        assert [ctx.should_stop() for _ in range(3)] == [True] * 3
        ctx.checkpoint()

    work(look_twice)
    run_id = start()
    execute(run_id, lambda: False)
    assert load(run_id).state == "canceled"
