"""Who judges and links a user's mail now, and what becomes of links when a mail is read differently."""

from __future__ import annotations

from datetime import timedelta

from app.core import db
from app.core.clock import now
from app.intake import linking, repository
from app.runs.models import Run, RunState
from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
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
        return repository.take_turn(session, person.user.id, run_id)


def is_free_for(person: Person, run_id: str) -> bool:
    with db.read_session() as session:
        return repository.turn_is_free(session, person.user.id, run_id)


def test_one_run_at_a_time_for_each_user(ana: Person, bob: Person) -> None:
    first, second = running(ana, "a" * 32, lease_s=60), running(ana, "b" * 32, lease_s=60)
    assert take(ana, first)
    assert take(ana, first)  # its own turn, again
    assert not is_free_for(ana, second)
    assert not take(ana, second)
    assert take(bob, running(bob, "c" * 32, lease_s=60))
    with db.transaction() as session:
        repository.end_turn(session, ana.user.id, second)  # not its to end
    assert not take(ana, second)
    with db.transaction() as session:
        repository.end_turn(session, ana.user.id, first)
    assert is_free_for(ana, second)
    assert take(ana, second)


def test_a_run_that_died_holds_up_nobody(ana: Person) -> None:
    dead, alive = running(ana, "d" * 32, lease_s=-1), running(ana, "e" * 32, lease_s=60)
    assert take(ana, dead)
    assert is_free_for(ana, alive)
    assert take(ana, alive)


def test_a_mail_that_is_about_nothing_after_all_leaves_its_application(ana: Person) -> None:
    import_mails(ana.http, candidacy("Larkspur Systems", "Data Engineer", "received", "interview"))
    import_mails(ana.http, candidacy("Quillfeather Labs", "Analyst", "received"))
    (story,) = items(ana.http, "/api/applications", q="larkspur")
    (lone,) = items(ana.http, "/api/applications", q="quillfeather")
    mails = items(ana.http, "/api/emails", application_id=story["id"])
    (single,) = items(ana.http, "/api/emails", application_id=lone["id"])
    newest = max(mails, key=lambda mail: mail["received_at"])
    with db.transaction() as session:
        behind = linking.let_go(session, ana.user.id, [newest["id"], single["id"]])
    assert behind == [mail["id"] for mail in mails if mail["id"] != newest["id"]]
    (left,) = items(ana.http, "/api/applications")
    assert left["id"] == story["id"]
    assert left["emails"] == len(mails) - 1
    assert left["stage"] == "applied"
