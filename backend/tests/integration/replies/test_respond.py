"""Replies: a draft in the right conversation, once; sent only when asked and allowed; a mailto link otherwise."""

from __future__ import annotations

import email
import email.policy
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from sqlalchemy import select, update

from app.core import db
from app.core.clock import now
from app.mail.models import MailAccount
from app.replies.models import ReplyDraft
from tests.factories.imports import import_mails
from tests.factories.mails import make_mail
from tests.fakes.google import READ_SCOPE, FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, begin_consent, sync
from tests.integration.replies.conftest import application_of, connect_with, lines

TEXT = "Hello Mara,\n\nThursday at 10 suits me well.\n\nKind regards\nAna"


@pytest.fixture
def application(ana: Person, box: Mailbox) -> dict[str, Any]:
    connect_with(ana, "drafts")
    return application_of(ana)


def respond(person: Person, application_id: int, **wanted: Any) -> Any:
    return person.http.post(f"/api/applications/{application_id}/respond", json={"message": TEXT, **wanted})


def test_a_draft_in_the_conversation(
    ana: Person, google: FakeGoogle, box: Mailbox, application: dict[str, Any]
) -> None:
    answer = respond(ana, application["id"])
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["state"], body["to"], body["to_name"]) == ("drafted", "mara@larkspur.example", "Mara Sample")
    (draft_id,) = google.drafts.drafts
    assert body["draft_id"] == draft_id
    draft = email.message_from_bytes(google.drafts.raw(draft_id), policy=email.policy.default)
    assert (draft["From"], draft["To"]) == (ADDRESS, "mara@larkspur.example")
    assert draft["Subject"] == "Re: Your application as Gardener at Larkspur"
    assert draft["In-Reply-To"] == "<invite@larkspur.example>"
    assert draft["References"].split() == ["<received@larkspur.example>", "<invite@larkspur.example>"]
    assert draft.get_content().splitlines() == TEXT.splitlines()
    (invite,) = box.find("rfc822msgid:invite@larkspur.example")
    assert body["thread_id"] == invite.thread_id
    assert google.drafts.sent == []
    (line,) = lines(ana, application["id"], "reply_drafted")
    assert line["cause"] == "user"


def test_two_clicks_make_one(ana: Person, google: FakeGoogle, application: dict[str, Any]) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: respond(ana, application["id"]), range(4)))
    assert {a.status_code for a in answers} == {200}, [a.text for a in answers]
    assert len({a.json()["draft_id"] for a in answers}) == 1
    assert len(google.drafts.drafts) == 1
    assert len(lines(ana, application["id"], "reply_drafted")) == 1
    assert (
        respond(ana, application["id"], message="Another text").json()["draft_id"]
        != answers[0].json()["draft_id"]
    )


@pytest.mark.one_database
def test_sent_only_when_asked_and_once(ana: Person, google: FakeGoogle, application: dict[str, Any]) -> None:
    assert respond(ana, application["id"]).json()["state"] == "drafted"
    sent = [respond(ana, application["id"], send=True).json() for _ in range(2)]
    assert [s["state"] for s in sent] == ["sent", "sent"]
    assert (len(google.drafts.sent), google.drafts.drafts) == (1, {})
    sync(ana)
    assert len(lines(ana, application["id"], "reply_sent")) == 1, "the mail itself tells of it, once"


def test_a_process_that_died_in_between_writes_no_second(
    ana: Person, google: FakeGoogle, application: dict[str, Any]
) -> None:
    """The draft is at Gmail, but nobody wrote that down; then it is sent, and nobody wrote that down."""
    first = respond(ana, application["id"]).json()
    _as_if_left(state="writing", provider_draft_id=None)
    assert respond(ana, application["id"]).json()["draft_id"] == first["draft_id"]
    assert len(google.drafts.drafts) == 1
    assert respond(ana, application["id"], send=True).json()["state"] == "sent"
    _as_if_left(state="sending", provider_draft_id=first["draft_id"])
    assert respond(ana, application["id"], send=True).json()["state"] == "sent"
    assert len(google.drafts.sent) == 1


def _as_if_left(**values: Any) -> None:
    with db.transaction() as session:
        session.execute(update(ReplyDraft).values(changed_at=now() - timedelta(minutes=1), **values))


@pytest.mark.one_database
def test_when_google_fails_the_next_click_mends_it(
    ana: Person, google: FakeGoogle, application: dict[str, Any]
) -> None:
    google.faults.set(next_requests=["500"])
    failed = respond(ana, application["id"])
    assert (failed.status_code, failed.json()["code"]) == (503, "mail.unavailable")
    assert respond(ana, application["id"]).json()["state"] == "drafted"
    assert len(google.drafts.drafts) == 1
    google.faults.set(next_requests=["500"])
    assert respond(ana, application["id"], send=True).status_code == 503
    assert respond(ana, application["id"], send=True).json()["state"] == "sent"
    assert len(google.drafts.sent) == 1


@pytest.mark.one_database
def test_without_the_permission_it_says_what_to_do(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    connect_with(ana)
    application = application_of(ana)
    body = respond(ana, application["id"], send=True).json()
    assert (body["state"], body["obstacle"], body["draft_id"]) == ("mailto", "permission_missing", None)
    link = urlsplit(body["mailto"])
    assert link.path == "mara@larkspur.example"
    assert parse_qs(link.query)["body"][0].splitlines() == TEXT.splitlines()
    assert google.drafts.drafts == {}
    assert lines(ana, application["id"], "reply_sent") == []

    asked = parse_qs(urlsplit(body["consent_path"]).query)
    target = begin_consent(ana, permissions=asked["permissions"][0])
    wanted = parse_qs(urlsplit(target).query)
    assert READ_SCOPE in wanted["scope"][0].split()
    assert wanted["include_granted_scopes"] == ["true"]
    connect_with(ana, "drafts")
    assert respond(ana, application["id"]).json()["state"] == "drafted"
    connect_with(ana)
    with db.read_session() as session:
        (account,) = session.scalars(select(MailAccount)).all()
    assert any("gmail.compose" in scope for scope in account.scopes), "connecting again takes nothing away"


@pytest.mark.one_database
def test_a_permission_taken_back_at_google(
    ana: Person, google: FakeGoogle, application: dict[str, Any]
) -> None:
    google.oauth.revoke_address(ADDRESS)
    answer = respond(ana, application["id"])
    assert (answer.status_code, answer.json()["code"]) == (400, "gmail.reauth_required")
    again = respond(ana, application["id"]).json()
    assert (again["state"], again["obstacle"]) == ("mailto", "reconnect")


@pytest.mark.one_database
def test_without_gmail_it_is_a_mailto(ana: Person, bob: Person) -> None:
    import_mails(ana.http, [make_mail("Dear Alex, we received your application as Gardener at Larkspur.")])
    (application,) = ana.http.get("/api/applications").json()["items"]
    body = respond(ana, application["id"], message="", template="follow_up").json()
    assert (body["state"], body["obstacle"]) == ("mailto", "no_gmail")
    assert "Gardener" in body["text"]
    assert respond(bob, application["id"]).status_code == 404
    assert respond(ana, application["id"], message=" ").json()["code"] == "reply.empty"
    assert respond(ana, application["id"], email_id=999_999).status_code == 404
    assert respond(ana, application["id"], to="a@b.example\r\nBcc: c@d.example").status_code == 422


@pytest.mark.one_database
def test_templates_are_ones_own(ana: Person, bob: Person, application: dict[str, Any]) -> None:
    shown = ana.http.get("/api/templates").json()
    assert [t["key"] for t in shown["items"]] == [
        "follow_up", "thank_you", "accept", "decline", "withdraw", "ask_for_time",
    ]  # fmt: skip
    own = "{greeting}\n\nstill there at {company}?"
    assert ana.http.put("/api/templates", json={"templates": {"follow_up": own}}).json()["items"][0]["is_own"]
    assert not bob.http.get("/api/templates").json()["items"][0]["is_own"]
    plan = ana.http.get(
        f"/api/applications/{application['id']}/respond", params={"template": "follow_up"}
    ).json()
    assert plan["text"] == "Hello Mara,\n\nstill there at Larkspur?\n"
    assert (plan["way"], plan["missing"], plan["account"]) == ("gmail", [], ADDRESS)
    wrong = ana.http.put("/api/templates", json={"templates": {"decline": "{salary}"}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "template.unknown_variable")
    reset = ana.http.put("/api/templates", json={"templates": {"follow_up": None}}).json()
    assert reset == shown


@pytest.mark.one_database
def test_the_same_words_on_another_day(ana: Person, google: FakeGoogle, application: dict[str, Any]) -> None:
    assert respond(ana, application["id"], send=True).json()["state"] == "sent"
    with time_machine.travel(now() + timedelta(minutes=20), tick=True):
        assert respond(ana, application["id"], send=True).json()["state"] == "sent"
    assert len(google.drafts.sent) == 2
