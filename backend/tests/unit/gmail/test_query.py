"""What the searches find, and what they leave out, by the rules of Gmail's search."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest

from app.demo.mailbox import builder
from app.mail.gmail.query import build_queries, build_window
from app.mail.gmail.query_terms import VOCABULARIES
from app.mail.sources import Search, Tier, Window
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_search import words

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
        ("Hello Ana", "Thank you for applying! We will be in touch."),
        ("News", "We decided to move forward with other candidates this time."),
        ("Interview next week?", ""),
        ("Hello Ana", "Could you share your availability for a first conversation?"),
        ("Hello Ana", "Here is the coding challenge. You have five days."),
        ("Good news", "We are delighted to offer you the job."),
        ("Hi", "I came across your profile and have an idea."),
        ("Ihre Bewerbung bei Lindenhof", ""),
        ("Rückmeldung", "Vielen Dank für deine Bewerbung und dein Interesse."),
        ("Rückmeldung", "leider haben wir uns für andere Kandidaten entschieden"),
        ("Einladung zum Vorstellungsgespräch", ""),
        ("Termin", "Wir möchten Sie gerne persönlich kennenlernen."),
        ("Nächster Schritt", "Bitte bearbeite den Online-Test bis Freitag."),
        ("Gute Nachrichten", "Anbei der Arbeitsvertrag zur Unterschrift."),
        ("Hallo", "Dein Profil passt zu einer offenen Position bei uns."),
        ("Votre candidature", ""),
        ("Suite", "Nous avons bien reçu votre candidature et reviendrons vers vous."),
        ("Suite", "Nous ne pouvons pas donner suite à votre demande d'emploi."),
        ("Suite", "Nous vous proposons un entretien mardi."),
        ("Étape suivante", "Vous trouverez le test technique en pièce jointe."),
        ("Bonne nouvelle", "Nous avons le plaisir de vous proposer le poste."),
        ("Bonjour", "Votre parcours a retenu mon attention."),
        ("Hemos recibido tu candidatura", ""),
        ("Novedades", "Gracias por tu interés en unirte. Seguiremos con otros candidatos."),
        ("Hola Ana", "¿Podemos agendar una llamada para la entrevista?"),
        ("Hola Ana", "Te enviamos la prueba técnica."),
        ("Buenas noticias", "Adjuntamos el contrato de trabajo."),
        ("Hola", "Tu perfil encaja con lo que buscamos."),
        ("Sua candidatura foi recebida", ""),
        ("Novidades", "Infelizmente decidimos não avançar com o processo."),
        ("Olá Ana", "Gostaríamos de marcar uma entrevista."),
        ("Olá Ana", "Segue o desafio técnico."),
        ("Boas notícias", "Temos o prazer de enviar a proposta de trabalho."),
        ("Olá", "O seu perfil interessou-nos para a vaga."),
        ("Ontvangstbevestiging sollicitatie", ""),
        ("Update", "Wij hebben gekozen voor een andere kandidaat."),
        ("Uitnodiging", "Wij nodigen je graag uit voor een sollicitatiegesprek."),
        ("Volgende stap", "In de bijlage vind je de technische opdracht."),
        ("Goed nieuws", "Hierbij de arbeidsovereenkomst."),
        ("Hallo", "Je profiel sluit goed aan bij deze functie."),
    ],
)
def test_words_of_job_mail_are_found_in_six_languages(subject: str, body: str) -> None:
    assert found(Search(Tier.TERMS), "kim@otterbank.example", subject, body)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Order 1234 has shipped", "Your parcel is on its way."),
        ("20% off yoga", "Everything for summer, until Sunday."),
        ("Saturday?", "Are you coming on Saturday?"),
        ("Your statement is ready", "See this month's transactions in your account."),
        ("Security alert", "A new device signed in. Was it you?"),
        ("Ihre Rechnung", "Vielen Dank für Ihren Einkauf."),
        ("Dein Paket", "Der Zusteller kommt zwischen 10 und 12 Uhr."),
        ("Votre facture", "Merci pour votre commande."),
        ("Tu factura", "Gracias por tu compra."),
        ("A sua fatura", "Obrigado pela sua compra."),
        ("Je bestelling", "Je pakket komt morgen."),
    ],
)
def test_ordinary_mail_is_left_to_the_rest(subject: str, body: str) -> None:
    assert not found(Search(Tier.TERMS), "hello@shop.example", subject, body)
    assert found(Search(Tier.REST), "hello@shop.example", subject, body)


def test_digests_of_job_boards_are_left_to_the_rest() -> None:
    sender, subject = "jobalerts-noreply@linkedin.com", "30 new jobs for Data Analyst"
    assert not found(Search(Tier.SENDERS), sender, subject)
    assert not found(Search(Tier.TERMS), sender, subject)
    assert found(Search(Tier.REST), sender, subject)


@pytest.mark.parametrize("category", ["CATEGORY_PROMOTIONS", "CATEGORY_SOCIAL", "CATEGORY_FORUMS"])
def test_words_that_say_little_count_only_in_mail_to_a_person(category: str) -> None:
    mail = ("kim@otterbank.example", "A question", "We talked about the role on Monday, do you remember?")
    assert found(Search(Tier.TERMS), *mail)
    assert not found(Search(Tier.TERMS), *mail, label=category)
    strong = ("kim@otterbank.example", "A question", "Your application has reached us.")
    assert found(Search(Tier.TERMS), *strong, label=category)


def test_an_invitation_is_found_whatever_it_says() -> None:
    box = Mailbox("ana@example.com")
    message = EmailMessage()
    message["From"], message["Subject"] = "kim@otterbank.example", "Kim and Ana"
    message.set_content("See you then.")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="application", subtype="ics", filename="invite.ics")
    box.add(message.as_bytes(), {"INBOX"}, at=SENT_AT.timestamp())
    assert any(box.find(q) for q in build_queries(Search(Tier.TERMS)))


def test_nearly_all_job_mail_of_the_demo_is_found_before_the_rest() -> None:
    box = Mailbox("alex@jobtrail.example")
    about_jobs = set()
    for raw, known in zip(builder.build(date(2026, 3, 2)), builder.expected(), strict=True):
        message_id = box.add(raw, ("SENT",) if known.direction == "out" else ("INBOX",))
        if known.application and known.email_class not in ("JOB_ALERT", "NOT_JOB_RELATED"):
            about_jobs.add(message_id)
    queries = [q for tier in (Tier.SENDERS, Tier.TERMS) for q in build_queries(Search(tier))]
    hits = {message.id for q in queries for message in box.find(q)}
    assert len(about_jobs) >= 120
    assert len(about_jobs & hits) / len(about_jobs) >= 0.97


def test_no_term_is_hidden_behind_a_shorter_one_or_written_twice() -> None:
    """A phrase that holds another one finds nothing more, and makes the searches longer."""
    for vocabulary in VOCABULARIES.values():
        for terms in (vocabulary.subjects, vocabulary.phrases):
            normal = [words(term) for term in terms]
            covered = [term for term in normal if any(other in term for other in normal if other != term)]
            assert covered == []
            assert len(set(normal)) == len(normal)


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


@pytest.mark.parametrize("after", [datetime(1970, 1, 1, tzinfo=UTC), datetime(1960, 1, 1, tzinfo=UTC)])
def test_a_window_since_ever_is_open(after: datetime) -> None:
    assert build_window(Window(after, None)) == ""
    assert "after:" not in build_queries(Search(Tier.REST, Window(after, SENT_AT)))[0]


@pytest.mark.parametrize("year", [1960, 1970, 1971, 1973, 1980])
def test_windows_long_ago_are_searches_that_find_nothing(year: int) -> None:
    window = Window(datetime(year, 1, 1, tzinfo=UTC), datetime(year, 6, 1, tzinfo=UTC))
    for tier in Tier:
        assert not found(Search(tier, window), "no-reply@us.greenhouse-mail.io", "Your application")


def test_own_mail_is_found_too() -> None:
    assert found(Search(Tier.TERMS), "ana@example.com", "Application as Data Analyst", label="SENT")


def test_what_gmail_would_read_as_an_operator_is_taken_out_of_senders() -> None:
    queries = build_queries(Search(Tier.SENDERS, senders=('-evil" OR {in:anywhere}',)))
    assert not any("{" in q or '-evil"' in q for q in queries)


def test_queries_stay_short() -> None:
    for tier in Tier:
        queries = build_queries(Search(tier, Window(SENT_AT, SENT_AT)))
        assert all(len(q) < 1900 for q in queries)
        assert len(queries) <= 25
