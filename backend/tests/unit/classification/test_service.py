"""The whole room through its door: verdicts, evidence, and what must not change them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.classification import service
from app.classification.values import (
    Direction,
    EmailClass,
    EmailValue,
    EvidenceField,
    HeaderFacts,
    ResumeValue,
    ThreadContext,
    Verdict,
)
from tests.unit.classification.conftest import Classify

BACKEND = Path(__file__).resolve().parents[3]


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((BACKEND / "tests" / "corpus" / "classification" / name).read_text(encoding="utf-8"))


PLAIN = {EmailClass(name): (mail["subject"], mail["text"]) for name, mail in read_toml("plain.toml").items()}
BORDERS = [(EmailClass(m["class"]), m["subject"], m["text"]) for m in read_toml("borders.toml")["mail"]]
STAGES = {
    EmailClass.APPLICATION_RECEIVED: "applied",
    EmailClass.INTERVIEW_REQUEST: "interview",
    EmailClass.ASSESSMENT: "assessment",
    EmailClass.OFFER: "offer",
    EmailClass.REJECTION: "rejected",
}


def quote(text: str, subject: str, verdict: Verdict, index: int = 0) -> str:
    evidence = verdict.evidence[index]
    source = {EvidenceField.TEXT: text, EvidenceField.SUBJECT: subject}[evidence.field]
    return source[evidence.start : evidence.end]


@pytest.mark.parametrize("email_class", EmailClass)
def test_plain_mails(classify: Classify, email_class: EmailClass) -> None:
    subject, text = PLAIN[email_class]
    verdict = classify(text, subject)
    assert verdict.email_class is email_class
    assert verdict.application_stage == STAGES.get(email_class)
    assert verdict.pipeline_version == service.PIPELINE_VERSION
    assert verdict.classified_by in {"rules", f"local:{service.PIPELINE_VERSION}"}
    assert verdict.reasoning
    assert 0.0 < verdict.confidence <= 0.97
    assert not verdict.unsure


@pytest.mark.parametrize(
    ("email_class", "hero"),
    [
        (EmailClass.APPLICATION_RECEIVED, "We have received your application"),
        (EmailClass.INTERVIEW_REQUEST, "would like to invite you to a video interview"),
        (EmailClass.ASSESSMENT, "please complete the online coding assessment"),
        (EmailClass.OFFER, "delighted to offer you the position"),
        (EmailClass.REJECTION, "Unfortunately, we have decided to move forward with other candidates."),
        (EmailClass.RECRUITER_OUTREACH, "came across your profile"),
    ],
)
def test_the_first_evidence_is_the_deciding_sentence(
    classify: Classify, email_class: EmailClass, hero: str
) -> None:
    subject, text = PLAIN[email_class]
    assert hero in quote(text, subject, classify(text, subject))


@pytest.mark.parametrize(("email_class", "subject", "text"), BORDERS)
def test_border_cases(classify: Classify, email_class: EmailClass, subject: str, text: str) -> None:
    assert classify(text, subject).email_class is email_class


JOB_CLASSES = [c for c in EmailClass if c not in {EmailClass.NOT_JOB_RELATED, EmailClass.JOB_ALERT}]


@pytest.mark.parametrize("email_class", JOB_CLASSES)
@pytest.mark.parametrize(
    ("name", "change"),
    [
        (
            "company",
            lambda t: t.replace("Bluefern", "Quarrystone Labs").replace("Tallgrass Health", "Orbitkite"),
        ),
        ("person", lambda t: t.replace("Robin", "Noor").replace("Pat Sample", "Jo Muster")),
        ("date", lambda t: t.replace("March 20", "11 October").replace("next week", "on Thursday")),
        ("unsubscribe", lambda t: t + "\nYou are receiving this email because you applied. Unsubscribe\n"),
        ("equal", lambda t: t + "\nWe are an equal opportunity employer.\nPrivacy policy\n"),
        ("quote", lambda t: t + "\nOn Mon, 2 Mar 2026, Robin wrote:\n> Unfortunately I was rejected.\n"),
        ("tracker", lambda t: t.replace("Hi Robin,", "Hi Robin,\nhttps://click.example.com/t/4f3a2b1c0d")),
        ("windows", lambda t: t.replace("'", "\u2019").replace("  ", " ")),
        ("wrapped", lambda t: t.replace(" and ", "\nand ").replace(" with ", "\nwith ")),
    ],
)
def test_what_says_nothing_changes_nothing(
    classify: Classify, email_class: EmailClass, name: str, change: object
) -> None:
    subject, text = PLAIN[email_class]
    changed = change(text)  # type: ignore[operator]
    assert classify(changed, subject).email_class is email_class, name


@pytest.mark.parametrize("kind", ["one by one", "one batch"])
def test_a_mail_gets_the_same_verdict_alone_and_in_a_batch(classify: Classify, kind: str) -> None:
    pairs = [
        (EmailValue(subject=s, sender_name="", sender_email="", text=t), ThreadContext())
        for s, t in PLAIN.values()
    ]
    alone = [service.classify_one(email) for email, _ in pairs]
    together = (
        service.classify(pairs) if kind == "one batch" else [v for p in pairs for v in service.classify([p])]
    )
    assert alone == together


def test_an_empty_batch_is_an_empty_list() -> None:
    assert service.classify([]) == []


WORDS = st.sampled_from(
    [
        "interview",
        "application",
        "unfortunately",
        "offer",
        "position",
        "we",
        "you",
        "not",
        "if",
        "moving",
        "forward",
        "assessment",
        "job",
        "order",
        "shipped",
        ".",
        ",",
        "?",
        "Bewerbung",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)),
    subject=st.text(max_size=60),
    calendar=st.one_of(st.none(), st.text(max_size=80)),
)
def test_any_mail_gets_a_verdict_with_evidence_inside(
    classify: Classify, text: str, subject: str, calendar: str | None
) -> None:
    verdict = classify(text, subject, calendar=calendar, sender_email=subject[:20])
    sources = {
        EvidenceField.TEXT: text,
        EvidenceField.SUBJECT: subject,
        EvidenceField.CALENDAR: calendar or "",
    }
    for evidence in verdict.evidence:
        assert 0 <= evidence.start < evidence.end <= len(sources[evidence.field])
    assert 0.0 <= verdict.confidence <= 0.97


def test_mail_that_is_not_about_an_application_has_no_entities_or_stage(classify: Classify) -> None:
    for email_class in (EmailClass.JOB_ALERT, EmailClass.NOT_JOB_RELATED):
        subject, text = PLAIN[email_class]
        verdict = classify(text, subject)
        assert verdict.entities.company_name is None
        assert verdict.application_stage is None
        assert verdict.action_items == ()


def test_a_calendar_invitation_in_a_job_thread_is_an_interview(classify: Classify) -> None:
    calendar = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Robin and Pat\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    context = ThreadContext((EmailClass.RECRUITER_OUTREACH,), (Direction.IN,))
    verdict = classify("See you then", "Invitation", calendar=calendar, context=context)
    assert verdict.email_class is EmailClass.INTERVIEW_REQUEST
    assert verdict.evidence


def test_an_alert_sender_sends_alerts(classify: Classify) -> None:
    verdict = classify(
        "A job for you",
        "Analyst",
        sender_email="alert@indeed.com",
        headers=HeaderFacts(list_unsubscribe=True),
    )
    assert verdict.email_class is EmailClass.JOB_ALERT
    assert verdict.reasoning == ("rule:alert_sender",)


def test_the_resume_that_fits_is_named(classify: Classify) -> None:
    subject, text = PLAIN[EmailClass.INTERVIEW_REQUEST]
    resumes = (
        ResumeValue(7, "Nurse", "Patient care, ward rounds, night shifts"),
        ResumeValue(9, "Data analyst", "Data analyst with SQL; analyst reports and dashboards"),
    )
    matched = classify(text, subject, context=ThreadContext(resumes=resumes)).matched_resume
    assert matched is not None
    assert matched.resume_id == 9
    assert 0.0 < matched.score <= 1.0
    assert classify(text, subject).matched_resume is None


def test_importing_the_door_loads_neither_model_nor_graph() -> None:
    heavy = "('sklearn', 'langgraph', 'numpy', 'scipy')"
    code = f"import sys, app.classification.service; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BACKEND, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
