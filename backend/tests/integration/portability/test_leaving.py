"""An account that is deleted: every row and file of its own goes, whatever table it stands in, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select

from app import orm
from app.auth import leaving as doors
from app.core import db
from app.core.settings import Settings
from app.mail.models import MailAccount, Provider, QuotaBucket
from app.mailsync import uploads
from app.portability.archive import leaving
from app.runs.models import Run
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.archives import uploads_left
from tests.factories.rows import make_row
from tests.fakes.google import FakeGoogle
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, app_settings, connect, google

__all__ = ["app_settings", "google"]


def leave(client: TestClient, username: str, password: str = PASSWORD) -> Response:
    return client.request("DELETE", "/api/me", json={"username": username, "password": password})


def fill_every_table(user_id: int) -> None:
    """A row in each table that knows users; made from the models, so that a new one is in it."""
    with db.transaction() as session:
        for table in orm.metadata.sorted_tables:
            if "user_id" in table.columns and not _has_row(session, table, user_id):
                make_row(session, table.name, user_id, f"of-{user_id}")


def _has_row(session: db.ReadSession, table: Any, user_id: int) -> bool:
    return bool(session.scalar(select(func.count()).select_from(table).where(table.c.user_id == user_id)))


def everything_of(user_id: int) -> dict[str, list[Any]]:
    found = {}
    with db.read_session() as session:
        for table in orm.metadata.sorted_tables:
            owner = table.c.id if table.name == "users" else table.c.get("user_id")
            if owner is not None:
                found[table.name] = sorted(map(str, session.execute(select(table).where(owner == user_id))))
    return found


def test_nothing_stays_behind_and_nothing_else_goes(ana: Person, bob: Person, app_settings: Settings) -> None:
    for person in (ana, bob):
        fill_every_table(person.id)
        part = uploads.begin(app_settings, person.id, name="mail.mbox", size=None)
        uploads.append(app_settings, person.id, part.id, 0, b"From ada@example.com\n\nHello")
    theirs = app_settings.data_dir / "own.mbox"  # somebody's own file, which a command was told to read
    theirs.write_text("From ada@example.com")
    uploaded = app_settings.data_dir / "uploads" / "waiting.mbox"
    uploaded.write_text("From ada@example.com")
    with db.transaction() as session:
        for run, path in zip(
            session.scalars(select(Run).where(Run.user_id == bob.id)), (uploaded,), strict=False
        ):
            run.params, run.cursor = {"path": str(path)}, {"file": "../../own.mbox"}
        session.add(QuotaBucket(address="of-bob@example.com", full_at=bob.user.created_at))
        session.add(QuotaBucket(address="shared@example.com", full_at=bob.user.created_at))
        for user, address in (
            (bob, "of-bob@example.com"),
            (bob, "shared@example.com"),
            (ana, "shared@example.com"),
        ):
            session.add(
                MailAccount(
                    user_id=user.id, provider=Provider.IMAP, address=address, created_at=bob.user.created_at
                )
            )
    before = everything_of(ana.id)
    assert all(everything_of(bob.id).values()), "there is a row in every table"

    assert leave(bob.http, "BOB").status_code == 204
    assert not any(everything_of(bob.id).values())
    assert everything_of(ana.id) == before
    assert bob.http.get("/api/me").status_code == 401
    assert bob.http.post("/api/login", json={"username": "bob", "password": PASSWORD}).status_code == 401
    assert theirs.exists()
    assert not uploaded.exists()
    assert {path.name.partition("-")[0] for path in uploads_left(app_settings)} == {str(ana.id)}
    with db.read_session() as session:
        assert set(session.scalars(select(QuotaBucket.address))) == {"shared@example.com"}
    assert make_user("bob").username == "bob", "the name is free"


@pytest.mark.one_database
def test_it_asks_twice(ana: Person, bob: Person) -> None:
    wrong = leave(bob.http, "bob", "not my password")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "auth.wrong_password")
    other = leave(bob.http, "ana")
    assert (other.status_code, other.json()["code"]) == (422, "account.confirmation_wrong")
    assert bob.http.get("/api/me").status_code == 200


@pytest.mark.one_database
def test_the_only_administrator_stays_while_there_are_others(ana: Person, bob: Person) -> None:
    refused = leave(ana.http, "ana")
    assert (refused.status_code, refused.json()["code"]) == (409, "account.only_admin")
    assert leave(bob.http, "bob").status_code == 204
    assert leave(ana.http, "ana").status_code == 204
    status = ana.http.get("/api/auth/status").json()
    assert (status["owner_exists"], status["authenticated"]) == (False, False)


@pytest.mark.one_database
def test_what_was_begun_is_finished_after_a_restart(ana: Person, bob: Person, app_settings: Settings) -> None:
    fill_every_table(bob.id)
    with db.transaction() as session:
        doors.close_door(session, bob.id)
    assert bob.http.get("/api/me").status_code == 401
    again = leave(ana.http, "ana")
    assert again.status_code in {204, 409}
    leaving.finish_those_begun()
    assert not any(everything_of(bob.id).values())


@pytest.mark.one_database
def test_google_takes_its_grant_back(ana: Person, google: FakeGoogle) -> None:
    google.mailbox(ADDRESS)
    connect(ana)
    assert google.oauth.has_grant(ADDRESS)
    assert leave(ana.http, "ana").status_code == 204
    assert not google.oauth.has_grant(ADDRESS)
