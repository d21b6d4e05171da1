"""Company and title of mails in the shapes that relays, boards, agencies and people really send."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.classification.entities import extract_entities
from app.classification.segments import segment
from app.classification.values import EmailClass
from app.companies.service import company_key, title_key
from tests.unit.entities.mails import extract, make_email, quoted

MAILS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "mails.toml").read_text(encoding="utf-8")
)["mail"]


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail["subject"][:50])
def test_company_and_title(mail: dict[str, str]) -> None:
    email = make_email(mail["text"], mail["subject"], mail["sender"], mail["name"])
    found = extract(email, EmailClass(mail["email_class"]))
    assert company_key(found.company_name or "") == company_key(mail.get("company", ""))
    assert title_key(found.job_title or "") == title_key(mail.get("title", ""))


@pytest.mark.parametrize(
    ("text", "subject", "sender", "name"),
    [
        ("Hi Tessa,\n\nwe received your application. Thank you!\n\nBest,\nMia", "Your application", "", ""),
        (
            "Complete your test on HackerRank.\n\nThe HackerRank Team",
            "Your test",
            "x@hackerrank.com",
            "HackerRank",
        ),
        (
            "Thank you for applying.\n\nThe Greenhouse Team",
            "",
            "no-reply@us.greenhouse-mail.io",
            "Greenhouse",
        ),
        ("You applied through Workday. We will be in touch.", "Thanks", "noreply@myworkday.com", "Workday"),
        ("Thanks for applying. Follow us on LinkedIn and Glassdoor.", "Hello", "mia@gmail.com", "Mia Muster"),
        ("Thank you for your interest.", "Thank you", "hr@oakhaven.example", ""),
        ("Join the call on Zoom or Microsoft Teams.", "Interview", "mia.muster@gmail.com", "Mia Muster"),
        ("Unfortunately we will not move forward.\n\nMia Muster\nTechnical Recruiter", "Update", "", ""),
    ],
)
def test_no_company_is_invented(text: str, subject: str, sender: str, name: str) -> None:
    assert extract(make_email(text, subject, sender, name), EmailClass.STATUS_UPDATE).company_name is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Thank you for applying for this position. We will review it.", "Your application"),
        ("We are hiring for many other roles, please visit our careers page.", "Thanks"),
        ("Our hiring manager will call you. Please let me know when it suits you.", "Next steps"),
        ("Book a room with your travel agent before the interview.", "Your trip"),
        ("We had many strong candidates for the role.", "Update on your application"),
        ("Please see https://oakhaven.com/jobs/engineer for the position.", ""),
    ],
)
def test_no_title_is_invented(text: str, subject: str) -> None:
    assert extract(make_email(text, subject), EmailClass.STATUS_UPDATE).job_title is None


def test_evidence_quotes_the_company_and_the_title() -> None:
    text = "Hi,\n\nThank you for applying to the Data Engineer position at Oakhaven Labs.\n"
    email = make_email(text, "Thanks")
    entities, evidence = extract_entities(email, segment(text), EmailClass.APPLICATION_RECEIVED)
    spans = {span.label: quoted(email, span) for span in evidence}
    assert spans["company_name"] == entities.company_name == "Oakhaven Labs"
    assert spans["job_title"] == entities.job_title == "Data Engineer"


def test_a_company_known_from_the_sender_alone_has_no_evidence() -> None:
    email = make_email("Thank you, we have your application.", "Received", "oakhaven@myworkday.com")
    entities, evidence = extract_entities(email, segment(email.text), EmailClass.APPLICATION_RECEIVED)
    assert entities.company_name == "Oakhaven"
    assert "company_name" not in {span.label for span in evidence}


def test_quoted_history_speaks_only_when_the_reply_names_nothing() -> None:
    history = (
        "\n\nOn Mon, Mar 2, 2026 at 9:00 AM Mia <mia@quillstone.com> wrote:\n"
        "> Thank you for applying to the Data Analyst position at Quillstone.\n"
    )
    silent = extract(make_email("Sounds good, talk soon!" + history), EmailClass.STATUS_UPDATE)
    assert (silent.company_name, silent.job_title) == ("Quillstone", "Data Analyst")
    own = "Thank you for your interest in the Data Engineer role at Oakhaven. We will get back to you."
    speaking = extract(make_email(own + history), EmailClass.STATUS_UPDATE)
    assert (speaking.company_name, speaking.job_title) == ("Oakhaven", "Data Engineer")


def test_the_level_comes_from_the_title() -> None:
    text = "Thank you for applying for the Senior Data Engineer position at Oakhaven."
    assert extract(make_email(text), EmailClass.APPLICATION_RECEIVED).position_level == "senior"


def test_a_slug_is_spelled_as_the_mail_spells_it() -> None:
    email = make_email("Welcome to Red Fern Studio, we have it.", "Received", "x@redfernstudio.avature.net")
    assert extract(email, EmailClass.APPLICATION_RECEIVED).company_name == "Red Fern Studio"
    bare = make_email("We have your application.", "Received", "no-reply@red-fern.teamtailor-mail.com")
    assert extract(bare, EmailClass.APPLICATION_RECEIVED).company_name == "Red Fern"
