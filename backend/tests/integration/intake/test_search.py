"""Search: names by any part, text of linked mail by words, on both databases alike."""

from __future__ import annotations

import pytest

from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.integration.conftest import Person

LARKSPUR = candidacy("Larkspur Systems", "Data Engineer", "received", "interview")
OTTER = candidacy("Ötterbank AG", "Bäckermeister", "received", domain="otterbank.example")
NOISE = make_mail(
    "Your parcel with the zebrafinch is on its way.",
    subject="Parcel 5512",
    sender="Parcels <p@parcels.example>",
    message_id="<p@x.example>",
)


@pytest.fixture
def mailbox(ana: Person) -> Person:
    import_mails(ana.http, [*LARKSPUR, *OTTER, NOISE])
    return ana


def hits(person: Person, q: str) -> set[tuple[str, str]]:
    found = items(person.http, "/api/search", q=q)
    return {(hit["kind"], hit["title"]) for hit in found}


def kinds(person: Person, q: str) -> list[str]:
    return sorted(hit["kind"] for hit in items(person.http, "/api/search", q=q))


@pytest.mark.parametrize(
    "q", ["Larkspur Systems", "larks", "SYSTEMS", "data eng", "arkspu", "engineer larkspur"]
)
def test_names_by_any_part(mailbox: Person, q: str) -> None:
    assert ("application", "Larkspur Systems") in hits(mailbox, q)
    assert kinds(mailbox, q).count("application") == 1


@pytest.mark.parametrize("q", ["which times suit you", "invite interview", "INVITE"])
def test_words_of_linked_mail(mailbox: Person, q: str) -> None:
    assert ("email", "Interview for Data Engineer at Larkspur Systems") in hits(mailbox, q)


@pytest.mark.parametrize("q", ["ötterbank", "ÖTTERBANK", "bäcker"])
def test_umlauts(mailbox: Person, q: str) -> None:
    assert "application" in kinds(mailbox, q)


def test_other_mail_by_its_names_not_by_its_words(mailbox: Person) -> None:
    assert hits(mailbox, "parcel 5512") == {("email", "Parcel 5512")}
    assert hits(mailbox, "zebrafinch") == set()


STRANGE = [
    "",
    "   ",
    "%",
    "_",
    "\\",
    '"',
    "'; DROP TABLE users; --",
    "a AND",
    "NEAR(",
    "*",
    "😀",
    "x" * 200,
    "\x00",
    "^a",
    "col:x",
]
MATCHING = ["-", "(", "@"]  # characters that names of mails do hold


def test_strange_questions(mailbox: Person) -> None:
    for q in (*STRANGE, *MATCHING):
        answer = mailbox.http.get("/api/search", params={"q": q})
        assert answer.status_code == 200, (q, answer.text)
        assert q in MATCHING or answer.json()["items"] == [], q
        for path in ("/api/emails", "/api/applications"):
            assert mailbox.http.get(path, params={"q": q}).status_code == 200, q


def test_a_question_that_is_too_long(mailbox: Person) -> None:
    assert mailbox.http.get("/api/search", params={"q": "x" * 201}).status_code == 422


def test_emails_and_applications_take_the_same_words(mailbox: Person) -> None:
    assert {e["subject"] for e in items(mailbox.http, "/api/emails", q="larkspur")} == {
        "Your application for Data Engineer at Larkspur Systems",
        "Interview for Data Engineer at Larkspur Systems",
    }
    assert [a["company_name"] for a in items(mailbox.http, "/api/applications", q="engineer larkspur")] == [
        "Larkspur Systems"
    ]


def test_deleted_mail_is_not_found(mailbox: Person) -> None:
    (account,) = items(mailbox.http, "/api/mail-accounts")
    assert (
        mailbox.http.delete(f"/api/mail-accounts/{account['id']}", params={"emails": "delete"}).status_code
        == 204
    )
    assert hits(mailbox, "larkspur") == set()
    assert hits(mailbox, "invite") == set()
    import_mails(mailbox.http, LARKSPUR)
    assert ("application", "Larkspur Systems") in hits(mailbox, "larkspur")


def test_what_others_have_is_not_found(mailbox: Person, bob: Person) -> None:
    assert hits(bob, "larkspur") == set()
    assert hits(bob, "invite") == set()
