"""Who holds a run: one at a time, and whoever lost it can't write any more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from app.auth.models import User
from app.core import db as database
from app.core.clock import now
from app.mail.models import MailAccount
from app.runs import repository, service
from app.runs.context import RunContext, Runner
from app.runs.errors import LeaseLost, RunAlreadyActive
from app.runs.execution import execute
from app.runs.models import RunAccount
from tests.factories.rows import make_row
from tests.integration.runs.conftest import KIND, Start, change, load

THREADS = 8


def together(function: Callable[[int], Any]) -> list[Any]:
    """What `function(n)` returned in each of eight threads that began at the same moment."""
    barrier = threading.Barrier(THREADS)

    def run(number: int) -> Any:
        barrier.wait()
        return function(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def claim(run_id: str, token: str, *, life: timedelta = service.LEASE) -> bool:
    at = now()
    with database.transaction() as session:
        return repository.claim(session, run_id, token=token, holder=f"host:{token}", at=at, until=at + life)


def claim_by_number(run_id: str, number: int) -> bool:
    return claim(run_id, f"t{number}")


def test_one_of_eight_wins(start: Start) -> None:
    for _ in range(4):
        run_id = start()
        won = together(partial(claim_by_number, run_id))
        assert sum(won) == 1
        run = load(run_id)
        assert (run.state, run.lease_token, run.attempt) == ("running", f"t{won.index(True)}", 1)


def test_one_of_eight_takes_over_an_orphan(start: Start) -> None:
    run_id = start()
    assert claim(run_id, "dead", life=timedelta(seconds=-1))
    assert sum(together(partial(claim_by_number, run_id))) == 1
    assert load(run_id).attempt == 2


def test_told_eight_times_done_once(start: Start, work: Callable[[Runner], None]) -> None:
    calls: list[str] = []

    def append(ctx: RunContext) -> None:
        calls.append(ctx.run_id)
        with ctx.batch():
            ctx.counts["processed"] += 1

    work(append)
    run_id = start()
    together(lambda _: execute(run_id, lambda: False))
    assert calls == [run_id]
    run = load(run_id)
    assert (run.state, run.processed, run.holder, run.lease_token) == ("done", 1, None, None)


@pytest.mark.parametrize("state", ["done", "error", "canceled"])
def test_what_is_over_stays_over(start: Start, state: str) -> None:
    run_id = start()
    change(run_id, state=state, finished_at=now())
    assert claim(run_id, "late") is False


def accounts_of(user: User) -> int:
    with database.read_session() as session:
        wanted = select(func.count()).select_from(MailAccount).where(MailAccount.user_id == user.id)
        return session.scalar(wanted) or 0


def context(run_id: str, token: str) -> RunContext:
    return RunContext(load(run_id), token, lambda: False)


def test_a_holder_that_lost_its_lease_writes_nothing(start: Start, user: User) -> None:
    run_id = start()
    claim(run_id, "old", life=timedelta(seconds=-1))
    old = context(run_id, "old")
    assert claim(run_id, "new")
    before = load(run_id)
    old.counts["processed"] = 99
    with pytest.raises(LeaseLost), old.batch() as session:
        make_row(session, "mail_accounts", user.id, "x")
    with pytest.raises(LeaseLost):
        old.progress(phase="reading")
    with pytest.raises(LeaseLost):
        old.keep_lease()
    after = load(run_id)
    assert accounts_of(user) == 0
    assert (after.processed, after.phase, after.rev, after.lease_token) == (0, "", before.rev, "new")
    with context(run_id, "new").batch() as session:
        make_row(session, "mail_accounts", user.id, "x")
    assert accounts_of(user) == 1


def test_a_lease_lost_in_the_middle_of_a_batch_takes_the_batch_with_it(start: Start, user: User) -> None:
    """The run ends while the batch is under way: its last write must find out."""
    run_id = start()
    claim(run_id, "old")
    old = context(run_id, "old")
    with pytest.raises(LeaseLost), old.batch() as session:
        make_row(session, "mail_accounts", user.id, "x")
        run = repository.load(session, run_id)
        assert run is not None
        run.lease_token = "new"
        session.flush()
    assert accounts_of(user) == 0
    assert load(run_id).lease_token == "old", "the change of the batch itself went back too"


def test_a_batch_renews_an_expired_lease_that_nobody_took(start: Start, user: User) -> None:
    run_id = start()
    claim(run_id, "slow", life=timedelta(seconds=-30))
    with context(run_id, "slow").batch() as session:
        make_row(session, "mail_accounts", user.id, "x")
    assert claim(run_id, "eager") is False
    assert accounts_of(user) == 1


def test_an_error_takes_the_whole_batch_back(start: Start, user: User) -> None:
    run_id = start()
    claim(run_id, "t")
    ctx = context(run_id, "t")
    ctx.cursor["position"] = 7
    with pytest.raises(ZeroDivisionError), ctx.batch() as session:
        make_row(session, "mail_accounts", user.id, "x")
        session.flush()
        raise ZeroDivisionError
    assert accounts_of(user) == 0
    assert load(run_id).cursor == {}


def test_eight_starts_make_one_run(user: User) -> None:
    def begin(_: int) -> str:
        try:
            with database.transaction() as session:
                return service.create(session, user_id=user.id, kind=KIND, params={}).id
        except RunAlreadyActive as error:
            return f"refused {error.params['job_id']}"

    answers = together(begin)
    (made,) = [a for a in answers if not a.startswith("refused")]
    assert sorted(answers) == sorted([made, *[f"refused {made}"] * (THREADS - 1)])


def test_eight_starts_for_one_account_make_one_run(user: User) -> None:
    """Other kinds of work, the same mail account: the account's lane decides."""

    def begin(number: int) -> str:
        try:
            with database.transaction() as session:
                made = service.create(
                    session,
                    user_id=user.id,
                    kind=KIND,
                    params={},
                    dedupe_key=f"k{number}",
                    account_ids=[41, 42 + number],
                )
                return made.id
        except RunAlreadyActive as error:
            return f"refused {error.params['job_id']}"

    answers = together(begin)
    (made,) = [a for a in answers if not a.startswith("refused")]
    assert sorted(answers) == sorted([made, *[f"refused {made}"] * (THREADS - 1)])
    with database.read_session() as session:
        held = session.scalars(select(RunAccount.mail_account_id)).all()
    assert len(held) == 2, "the refused ones left nothing behind"


def test_the_account_is_free_when_the_run_is_over(start: Start, work: Callable[[Runner], None]) -> None:
    work(lambda _ctx: None)
    first = start(account_ids=[41])
    with pytest.raises(RunAlreadyActive):
        start(account_ids=[41])
    execute(first, lambda: False)
    assert start(account_ids=[41]) != first


def test_leases_run_by_the_databases_clock(start: Start, work: Callable[[Runner], None]) -> None:
    """A holder whose own clock is a day off neither loses its run at once nor keeps it for a day."""
    seen: list[float] = []

    def look(ctx: RunContext) -> None:
        with ctx.batch() as session:
            run = repository.load(session, ctx.run_id)
            assert run is not None
            until = run.lease_until
            assert until is not None
            seen.append((until - true_now).total_seconds())

    work(look)
    run_id = start()
    true_now = now()
    days_off = timedelta() if database.engine().dialect.name == "sqlite" else timedelta(days=1)
    with time_machine.travel(true_now + days_off, tick=True):
        execute(run_id, lambda: False)
    assert load(run_id).state == "done"
    assert 50 < seen[0] < 120
