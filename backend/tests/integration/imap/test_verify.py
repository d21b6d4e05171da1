"""Whether everything of a mailbox is here can be told of IMAP accounts too, and what is missing is fetched."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from app.core import db
from app.mail.models import Email, EmailSource
from app.mailsync import service
from tests.factories.imports import run_of
from tests.factories.mailservers import fill, id_at
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount
from tests.integration.conftest import Person
from tests.integration.imap.conftest import connect, stored, sync_well

pytestmark = pytest.mark.one_database


def test_what_is_missing_is_told_and_fetched(ana: Person, mailbox: ImapAccount, server: FakeImap) -> None:
    fill(mailbox)
    account_id = connect(ana, server)
    sync_well(ana)
    lost = id_at(server, "Archive", 2)
    with db.transaction() as session:
        email_id = session.scalar(select(EmailSource.email_id).where(EmailSource.provider_message_id == lost))
        session.execute(delete(Email).where(Email.id == email_id))
    results = []
    for _ in range(2):
        with db.transaction() as session:
            run_id = service.start_verify(session, ana.user, mail_account_id=account_id, fix=True).id
        run = run_of(ana.http, run_id)
        assert run["state"] == "done", run
        results.append(run["result"])
    assert [result["complete"] for result in results] == [False, True]
    assert [missing["id"] for missing in results[0]["missing"]] == [lost]
    assert lost in {mail.id for mail in stored(account_id)}
