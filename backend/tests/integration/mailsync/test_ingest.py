"""Mail that a program hands over: read at once, in the order sent, and stored once when asked to."""

from __future__ import annotations

from typing import Any

from app.core.clock import now
from tests.factories.imports import items, run_of
from tests.factories.mails import make_mail
from tests.integration.conftest import Person


def mail(what: str = "received", **more: Any) -> dict[str, Any]:
    texts = {
        "received": "Thank you for applying to Larkspur. We have received your application as Gardener.",
        "rejection": "Thank you for your time. Unfortunately, we have decided to move forward with other candidates.",
        "parcel": "Your order has shipped. Track your parcel here. Thank you for your purchase.",
    }
    given = {
        "subject": "Your application to Larkspur: Gärtner",
        "sender": "Jürgen Übung <jobs@larkspur.example>",
        "recipient": "alex@example.com",
        "date": "2026-03-02T09:30:00",
        "body": f"Dear Alex,\n\n{texts[what]}\n\nLarkspur",
        "message_id": f"<{what}@larkspur.example>",
    }
    return given | more


def process(person: Person, email: dict[str, Any], **query: Any) -> dict[str, Any]:
    answer = person.http.post("/api/langgraph/process", json=email, params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_one_mail_is_read_at_once_and_not_stored(ana: Person) -> None:
    told = process(ana, mail())
    assert told["email_class"] == "APPLICATION_RECEIVED"
    assert told["company_name"] == "Larkspur"
    assert told["application_stage"] == "applied"
    assert told["message_id"] == "<received@larkspur.example>"
    assert (told["email_id"], told["job_id"], told["error"]) == (None, None, None)
    assert any("received your application" in span["quote"] for span in told["evidence"])
    assert items(ana.http, "/api/emails") == []


def test_a_batch_keeps_its_order_and_a_bad_item_stands_alone(ana: Person) -> None:
    sent = [mail("rejection"), {"subject": "no sender", "message_id": "<x@y>"}, mail("parcel"), 7, mail()]
    answer = ana.http.post("/api/langgraph/batch_process", json=sent)
    told = answer.json()["items"]
    assert [one["email_class"] for one in told] == [
        "REJECTION", None, "NOT_JOB_RELATED", None, "APPLICATION_RECEIVED",
    ]  # fmt: skip
    assert [one["message_id"] for one in told][:3] == [
        "<rejection@larkspur.example>",
        "<x@y>",
        "<parcel@larkspur.example>",
    ]
    assert "sender" in told[1]["error"]
    assert told[3]["error_code"] == "request.invalid"
    assert {one["error"] for one in (told[0], told[2], told[4])} == {None}


def test_a_batch_has_one_to_a_hundred(ana: Person) -> None:
    wrong: tuple[Any, ...] = ([], [{}] * 101, {})
    for batch in wrong:
        assert ana.http.post("/api/langgraph/batch_process", json=batch).status_code == 422


def test_what_is_stored_is_stored_once_and_belongs_somewhere(ana: Person, bob: Person) -> None:
    first = process(ana, mail(thread_id="a conversation"), persist=True)
    assert run_of(ana.http, first["job_id"])["state"] == "done"
    assert first["email_id"]
    assert first["application_id"]
    answer = ana.http.post(
        "/api/langgraph/batch_process",
        json=[mail(thread_id="a conversation"), mail("rejection", thread_id="a conversation"), {}],
        params={"persist": True},
    )
    again, rejection, bad = answer.json()["items"]
    assert (again["email_id"], bad["email_id"]) == (first["email_id"], None)
    assert rejection["application_id"] == first["application_id"]
    assert len(items(ana.http, "/api/emails")) == 2
    (application,) = items(ana.http, "/api/applications")
    assert application["stage"] == "rejected"
    stored = ana.http.get(f"/api/emails/{first['email_id']}").json()
    assert stored["subject"] == "Your application to Larkspur: Gärtner"
    assert (stored["sender_name"], stored["received_at"]) == ("Jürgen Übung", "2026-03-02T09:30:00Z")
    assert items(bob.http, "/api/emails") == []


def test_a_date_that_can_not_be_read_is_no_error(ana: Person) -> None:
    sent = [mail(date=date) for date in ("soon", "", 12, {"a": 1}, None, "9999-12-31T23:59:59-12:00")]
    told = ana.http.post("/api/langgraph/batch_process", json=sent).json()["items"]
    assert {one["email_class"] for one in told} == {"APPLICATION_RECEIVED"}


def test_headers_tell_what_kind_of_mail_it_is_and_nothing_else(ana: Person) -> None:
    hostile = {
        "List-Unsubscribe": "<mailto:stop@larkspur.example>",
        "From": "Mallory <mallory@example.com>",
        "X-Gmail-Labels": "Spam",
        "Bad name": "x",
        "Reply-To": "a@b.example\r\nX-Gmail-Labels: Trash",
    }
    stored = process(ana, mail(headers=hostile, body="<p>Hello <b>Alex</b></p>"), persist=True)
    found = ana.http.get(f"/api/emails/{stored['email_id']}").json()
    assert found["sender_email"] == "jobs@larkspur.example"
    assert found["text"] == "Hello Alex"
    assert found["labels"] == []


def test_messages_are_taken_as_json_and_as_they_are_sent(ana: Person) -> None:
    several = ana.http.post("/api/v1/emails/ingest", json=[mail(), mail("parcel"), {"body": 1}])
    assert several.status_code == 202
    told = several.json()
    assert (told["accepted"], [e["index"] for e in told["errors"]]) == (2, [2])
    assert run_of(ana.http, told["job_id"])["created"] == 2
    raw = make_mail("Dear Alex,\n\nsee you on Monday.", subject="Monday", message_id="<raw@larkspur.example>")
    for created in (1, 0):
        one = ana.http.post("/api/v1/emails/ingest", content=raw, headers={"Content-Type": "message/rfc822"})
        assert one.status_code == 202
        assert run_of(ana.http, one.json()["job_id"])["created"] == created
    assert len(items(ana.http, "/api/emails")) == 3


NO_MAIL = (
    ("application/json", b"{", "ingest.not_understood"),
    ("application/json", b"[]", "ingest.nothing_readable"),
    ("application/json", b'[{"subject": 1}]', "ingest.nothing_readable"),
    ("application/json", b"[" * 100_000, "ingest.not_understood"),
    ("message/rfc822", b"just words", "ingest.not_a_message"),
    ("message/rfc822", b"", "ingest.not_a_message"),
)


def test_what_is_no_mail_is_refused_and_leaves_nothing(ana: Person) -> None:
    for kind, content, code in NO_MAIL:
        answer = ana.http.post("/api/v1/emails/ingest", content=content, headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert items(ana.http, "/api/runs") == []


def test_the_graph_is_not_asked_more_than_sixty_times_a_minute(ana: Person, bob: Person) -> None:
    began = now()
    answers = [ana.http.post("/api/langgraph/reprocess/1").status_code for _ in range(61)]
    assert (now() - began).total_seconds() < 60
    assert set(answers[:60]) == {404}
    refused = ana.http.post("/api/langgraph/process", json=mail())
    assert (answers[60], refused.status_code, refused.json()["code"]) == (429, 429, "langgraph.too_many")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert bob.http.post("/api/langgraph/reprocess/1").status_code == 404


def test_bodies_have_their_limits(ana: Person) -> None:
    assert ana.http.post("/api/langgraph/process", json=mail(body="x" * 2_100_000)).status_code == 413
    big = [mail(body="x" * 100_000) for _ in range(25)]
    assert ana.http.post("/api/langgraph/batch_process", json=big).status_code == 200
