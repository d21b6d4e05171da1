"""What a server throws away once a day, and what it keeps."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from app.auth.models import LoginSession, Ticket
from app.core import db as database
from app.core.clock import now
from app.core.db import WriteSession
from app.core.settings import Settings
from app.mail.models import Email, EmailBody, MailAccount, OauthState
from app.mailsync import housekeeping
from app.mailsync.models import EmailLog, Outcome
from app.runs import repository, service
from app.runs.models import RunState
from tests.factories.accounts import make_user
from tests.factories.imports import import_mails
from tests.factories.mailboxes import generated_mails
from tests.integration.conftest import Person


def make_run(session: WriteSession, user_id: int, name: str, **columns: object) -> str:
    run = service.create(session, user_id=user_id, kind="import", params={}, dedupe_key=name)
    for column, value in columns.items():
        setattr(run, column, value)
    return run.id


def is_there(run_id: str) -> bool:
    with database.read_session() as session:
        return repository.load(session, run_id) is not None


@pytest.mark.usefixtures("db")
def test_ended_runs_are_forgotten_after_thirty_days() -> None:
    user = make_user("ana")
    with database.transaction() as session:
        old = make_run(session, user.id, "old", state=RunState.DONE, finished_at=now() - timedelta(days=31))
        new = make_run(session, user.id, "new", state=RunState.ERROR, finished_at=now() - timedelta(days=29))
        waiting = make_run(session, user.id, "waiting", created_at=now() - timedelta(days=90))
    assert housekeeping.forget_runs() == 1
    assert [is_there(run) for run in (old, new, waiting)] == [False, True, True]


@pytest.mark.usefixtures("db")
def test_files_that_no_run_will_read_go_after_a_day(app_settings: Settings) -> None:
    folder = app_settings.data_dir / "uploads"
    folder.mkdir(parents=True)
    (folder / "parts").mkdir()
    user = make_user("ana")
    fresh, left, wanted, demo = (folder / name for name in ("a.mbox", "b.mbox", "c.mbox", "demo.mbox"))
    for path in (fresh, left, wanted, demo):
        path.write_bytes(b"From x\n")
    for path in (left, wanted, demo):
        make_old(path)
    with database.transaction() as session:
        make_run(session, user.id, "wanted", params={"path": str(wanted)})
        make_run(session, user.id, "demo", cursor={"file": demo.name})
        make_run(session, user.id, "over", params={"path": str(left)}, state=RunState.CANCELED)
    assert housekeeping.remove_leftover_files(app_settings) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["a.mbox", "c.mbox", "demo.mbox", "parts"]


def make_old(path: Path) -> None:
    at = (now() - timedelta(hours=25)).timestamp()
    os.utime(path, (at, at))


def texts(user_id: int) -> dict[int, str]:
    with database.read_session() as session:
        rows = session.query(Email.id, EmailBody.text).join(EmailBody, EmailBody.email_id == Email.id)
        return {row[0]: row[1] for row in rows.where(Email.user_id == user_id)}


def test_text_of_other_mail_goes_after_sixty_days(ana: Person, bob: Person, app_settings: Settings) -> None:
    for person in (ana, bob):
        import_mails(person.http, generated_mails(40, seed=3))
    assert housekeeping.drop_other_text(app_settings) == 0
    with database.transaction() as session:
        session.query(Email).where(Email.user_id == ana.id).update({"created_at": now() - timedelta(days=61)})
    before = texts(ana.id)
    other = {
        mail["id"]
        for mail in ana.http.get("/api/emails?limit=100").json()["items"]
        if mail["email_class"] in {"NOT_JOB_RELATED", "JOB_ALERT"}
        and not mail["needs_review"]
        and mail["application_id"] is None
    }
    assert 0 < len(other) < len(before)
    assert housekeeping.drop_other_text(app_settings) == len(other)
    assert texts(ana.id) == {id_: "" if id_ in other else text for id_, text in before.items()}
    assert "" not in texts(bob.id).values()
    kept = app_settings.model_copy(update={"keep_other_mail": "full"})
    assert housekeeping.drop_other_text(kept) == 0
    assert housekeeping.drop_other_text(app_settings) == 0


def delete_at_source(user_id: int, email_ids: list[int], *, days_ago: float) -> None:
    """As a sync leaves it: the mail is marked, and the ledger says when."""
    with database.transaction() as session:
        account = session.query(MailAccount).where(MailAccount.user_id == user_id).first()
        assert account is not None
        for email in session.query(Email).where(Email.id.in_(email_ids)):
            email.is_deleted = True
            line = {"user_id": user_id, "mail_account_id": account.id, "outcome": Outcome.DELETED}
            at = now() - timedelta(days=days_ago)
            session.add(
                EmailLog(provider_message_id=f"m{email.id}", email_id=email.id, processed_at=at, **line)
            )


def test_what_was_deleted_at_its_source_goes_when_the_settings_say_so(
    ana: Person, app_settings: Settings
) -> None:
    import_mails(ana.http, generated_mails(40, seed=3))
    mails = ana.http.get("/api/emails?limit=100").json()["items"]
    linked = [mail["id"] for mail in mails if mail["application_id"] is not None]
    loose = [mail["id"] for mail in mails if mail["application_id"] is None]
    assert len(linked) > 2
    assert len(loose) > 3
    delete_at_source(ana.id, [*linked[:2], *loose[:2]], days_ago=31)
    delete_at_source(ana.id, loose[2:3], days_ago=29)
    before = texts(ana.id)

    assert housekeeping.drop_deleted_text(app_settings) == 0, "0 keeps all"
    month = app_settings.model_copy(update={"deleted_email_retention_days": 30})
    assert housekeeping.drop_deleted_text(month) == 2
    assert texts(ana.id) == before | dict.fromkeys(loose[:2], "")
    assert housekeeping.drop_deleted_text(month) == 0
    kept = ana.http.get("/api/emails?limit=100").json()
    assert kept["total"] == len(mails), "that it came is still known"


@pytest.mark.usefixtures("db")
def test_what_ran_out_goes() -> None:
    user, then, later = make_user("ana"), now() - timedelta(minutes=1), now() + timedelta(hours=1)
    with database.transaction() as session:
        for name, expires in (("old", then), ("new", later)):
            session.add(LoginSession(user_id=user.id, token_id=name, expires_at=expires))
            session.add(Ticket(user_id=user.id, ticket_hash=name, expires_at=expires))
            link = {"redirect_uri": "http://localhost", "redirect_url": "/"}
            session.add(
                OauthState(user_id=user.id, state_hash=name, code_verifier=b"x", expires_at=expires, **link)
            )
    assert housekeeping.forget_expired() == 2
    with database.read_session() as session:
        assert [row.token_id for row in session.query(LoginSession)] == ["new"]
        assert [row.ticket_hash for row in session.query(Ticket)] == ["new"]
        assert [row.state_hash for row in session.query(OauthState)] == ["new"]


def test_the_ledger_forgets_what_stored_mail_tells_by_itself(ana: Person) -> None:
    import_mails(ana.http, generated_mails(10, seed=3))
    with database.transaction() as session:
        lines = session.query(EmailLog).order_by(EmailLog.id).all()
        assert len(lines) == 10
        for line in lines[:4]:
            line.run_id, line.processed_at = None, now() - timedelta(days=366)
        lines[0].outcome = Outcome.DELETED
        lines[1].email_id = None
        lines[4].processed_at = now() - timedelta(days=366)
    assert housekeeping.forget_lines() == 2
    with database.read_session() as session:
        assert session.query(EmailLog).count() == 8
