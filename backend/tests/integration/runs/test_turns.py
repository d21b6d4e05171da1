"""Turns: what only one of a user's runs may do at a time."""

from __future__ import annotations

from datetime import timedelta

from app.core import db
from app.core.clock import now
from app.runs import repository
from app.runs.models import Run, RunState
from tests.integration.conftest import Person


def running(person: Person, run_id: str, *, lease_s: int) -> str:
    """A run that somebody holds for so many more seconds."""
    with db.transaction() as session:
        session.add(
            Run(
                id=run_id,
                user_id=person.user.id,
                kind="sync",
                dedupe_key=run_id,
                state=RunState.RUNNING,
                lease_token=run_id,
                lease_until=now() + timedelta(seconds=lease_s),
                created_at=now(),
            )
        )
    return run_id


def take(person: Person, run_id: str) -> bool:
    with db.transaction() as session:
        return repository.take_turn(session, person.user.id, "intake", run_id)


def is_free_for(person: Person, run_id: str) -> bool:
    with db.read_session() as session:
        return repository.turn_is_free(session, person.user.id, "intake", run_id)


def test_one_run_at_a_time_for_each_user(ana: Person, bob: Person) -> None:
    first, second = running(ana, "a" * 32, lease_s=60), running(ana, "b" * 32, lease_s=60)
    assert take(ana, first)
    assert take(ana, first)  # its own turn, again
    assert not is_free_for(ana, second)
    assert not take(ana, second)
    assert take(bob, running(bob, "c" * 32, lease_s=60))
    with db.transaction() as session:
        repository.end_turn(session, ana.user.id, "intake", second)  # not its to end
    assert not take(ana, second)
    with db.transaction() as session:
        repository.end_turn(session, ana.user.id, "intake", first)
    assert is_free_for(ana, second)
    assert take(ana, second)


def test_a_run_that_died_holds_up_nobody(ana: Person) -> None:
    dead, alive = running(ana, "d" * 32, lease_s=-1), running(ana, "e" * 32, lease_s=60)
    assert take(ana, dead)
    assert is_free_for(ana, alive)
    assert take(ana, alive)
