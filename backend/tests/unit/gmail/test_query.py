"""What the searches find, and what they leave out, by the rules of Gmail's search."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from app.mail.gmail.query import build_queries
from app.mail.sources import Search, Tier, Window
from tests.fakes.google_mailbox import Mailbox

SENT_AT = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)


def found(search: Search, sender: str, subject: str, body: str = "", label: str = "INBOX") -> bool:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, subject
    message.set_content(body)
    box = Mailbox("ana@example.com")
    box.add(message.as_bytes(), {label}, at=SENT_AT.timestamp())
    return any(box.find(q) for q in build_queries(search))


@pytest.mark.parametrize(
    "sender",
    [
        "Otterbank <no-reply@us.greenhouse-mail.io>",
        "no-reply@hire.lever.co",
        "otterbank@myworkday.com",
        "Kim Nobody <kim@hays.de>",
        "jobs-noreply@linkedin.com",
        "invitations@hackerrankforwork.com",
    ],
)
def test_senders_of_job_mail_are_found_whatever_they_write(sender: str) -> None:
    assert found(Search(Tier.SENDERS), sender, "Hello")


@pytest.mark.parametrize(
    "sender",
    [
        "jobalerts-noreply@linkedin.com",
        "Larkspur Books <hello@larkspur-books.example>",
        "greenhouse@garden-centre.example",
        "lever@tools.example",
    ],
)
def test_digests_and_strangers_are_not_among_the_senders(sender: str) -> None:
    assert not found(Search(Tier.SENDERS), sender, "Hello")


def test_senders_of_known_applications_are_added() -> None:
    sender = "kim.nobody@otterbank.example"
    assert found(Search(Tier.SENDERS, senders=("otterbank.example",)), sender, "Hello")
    assert found(Search(Tier.SENDERS, senders=(sender,)), sender, "Hello")
    assert not found(Search(Tier.SENDERS, senders=("otterbank.example",)), "kim@otterbank.invalid", "Hello")


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Your application at Otterbank", ""),
        ("Interview next week?", ""),
        ("Hello Ana", "Thank you for applying! We will be in touch."),
        ("News", "We decided to move forward with other candidates this time."),
        ("Hi", "I came across your profile and have an idea."),
        ("Ihre Bewerbung bei Lindenhof", ""),
        ("Einladung zum Vorstellungsgespräch", ""),
        ("Rückmeldung", "leider haben wir uns für andere Kandidaten entschieden"),
        ("Votre candidature", ""),
        ("Suite", "Nous avons bien reçu votre candidature et reviendrons vers vous."),
        ("Suite", "Nous vous proposons un entretien mardi."),
    ],
)
def test_words_of_job_mail_are_found_in_three_languages(subject: str, body: str) -> None:
    assert found(Search(Tier.TERMS), "kim@otterbank.example", subject, body)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Order 1234 has shipped", "Your parcel is on its way."),
        ("20% off yoga", "A special offer for you, until Sunday."),
        ("Saturday?", "Are you coming on Saturday?"),
        ("Ihre Rechnung", "Vielen Dank für Ihren Einkauf."),
        ("Votre facture", "Merci pour votre commande."),
    ],
)
def test_ordinary_mail_is_left_to_the_rest(subject: str, body: str) -> None:
    assert not found(Search(Tier.TERMS), "hello@shop.example", subject, body)
    assert found(Search(Tier.REST), "hello@shop.example", subject, body)


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("label", ["SPAM", "TRASH", "DRAFT", "CHAT"])
def test_spam_trash_drafts_and_chats_are_never_found(tier: Tier, label: str) -> None:
    sender, subject = "no-reply@us.greenhouse-mail.io", "Your application"
    assert found(Search(tier), sender, subject)
    assert not found(Search(tier), sender, subject, label=label)


@pytest.mark.parametrize("tier", list(Tier))
def test_the_window_includes_its_edges(tier: Tier) -> None:
    def inside(after: datetime | None, before: datetime | None) -> bool:
        search = Search(tier, Window(after, before))
        return found(search, "no-reply@us.greenhouse-mail.io", "Your application")

    minute = timedelta(minutes=1)
    assert inside(SENT_AT, None)
    assert inside(None, SENT_AT)
    assert inside(SENT_AT - minute, SENT_AT + minute)
    assert not inside(SENT_AT + minute, None)
    assert not inside(None, SENT_AT - minute)


def test_own_mail_is_found_too() -> None:
    assert found(Search(Tier.TERMS), "ana@example.com", "Application as Data Analyst", label="SENT")


def test_what_gmail_would_read_as_an_operator_is_taken_out_of_senders() -> None:
    queries = build_queries(Search(Tier.SENDERS, senders=('-evil" OR {in:anywhere}',)))
    assert not any("{" in q or '-evil"' in q for q in queries)


def test_queries_stay_short() -> None:
    for tier in Tier:
        assert all(len(q) < 1500 for q in build_queries(Search(tier, Window(SENT_AT, SENT_AT))))
