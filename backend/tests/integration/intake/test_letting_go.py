"""What becomes of links when a mail is read differently."""

from __future__ import annotations

from app.core import db
from app.intake import linking
from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.integration.conftest import Person


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
