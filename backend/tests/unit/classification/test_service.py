"""The whole room through its door: verdicts, evidence, and what must not change them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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

RECEIVED = "Hi Robin,\n\nThank you for applying to Tallgrass Health. We have received your application for the Nurse position and our team will review it. If your experience is a match, we will contact you to schedule an interview.\n\nBest regards,\nThe Tallgrass Health team\n"
INTERVIEW = "Hi Robin,\n\nWe enjoyed your application and would like to invite you to a video interview for the Data Analyst role. Please let us know your availability for next week.\n\nBest regards,\nPat Sample\n"
ASSESSMENT = "Hi Robin,\n\nAs the next step, please complete the online coding assessment within five days. It takes about 90 minutes.\n\nThanks,\nPat Sample\n"
OFFER = "Dear Robin,\n\nWe are delighted to offer you the position of Data Analyst at Bluefern. Please sign the attached offer letter by March 20. Your base salary will be $85,000.\n\nSincerely,\nPat Sample\n"
REJECTION = "Hi Robin,\n\nThank you for your interest in the Data Analyst role at Bluefern. Unfortunately, we have decided to move forward with other candidates. We wish you the best in your search.\n\nBest,\nBluefern\n"
STATUS = "Hi Robin,\n\nA quick update on your application for Data Analyst: the team is still reviewing candidates and it is taking longer than planned. We expect to decide next week. Thank you for your patience.\n\nBest,\nPat\n"
OUTREACH = "Hi Robin,\n\nI'm a recruiter at Talentquay and came across your profile on LinkedIn. My client in Springfield is looking for a Data Analyst. Are you open to a quick chat about it? If so, please send me your updated resume.\n\nPat Sample\n"
ALERT = "12 new Data Analyst jobs in Springfield\n\nData Analyst\nBluefern - Springfield, IL\n2 days ago\n\nData Analyst II\nOrbitkite - Springfield, IL\n3 days ago\n\nBI Analyst\nMossgate - Springfield, IL\nEasily apply\n\nSee all jobs\nUnsubscribe\n"
ORDER = "Your order #4411 has shipped and will arrive on Friday. Track your package below. Thank you for shopping with us.\n"

PLAIN = {
    EmailClass.APPLICATION_RECEIVED: ("Thank you for applying", RECEIVED),
    EmailClass.INTERVIEW_REQUEST: ("Interview with Bluefern", INTERVIEW),
    EmailClass.ASSESSMENT: ("Your next step", ASSESSMENT),
    EmailClass.OFFER: ("Your offer from Bluefern", OFFER),
    EmailClass.REJECTION: ("Your application", REJECTION),
    EmailClass.STATUS_UPDATE: ("Update on your application", STATUS),
    EmailClass.RECRUITER_OUTREACH: ("Data Analyst in Springfield", OUTREACH),
    EmailClass.JOB_ALERT: ("12 new jobs", ALERT),
    EmailClass.NOT_JOB_RELATED: ("Your order", ORDER),
}
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


@pytest.mark.parametrize(
    ("email_class", "subject", "text"),
    [
        (EmailClass.NOT_JOB_RELATED, "Podcast", "I host a podcast about gardens and would love to interview you for an episode. Which day suits you for the recording?"),
        (EmailClass.NOT_JOB_RELATED, "Your application", "Your application for a parking permit has been received by the city council. Reference number 77."),
        (EmailClass.NOT_JOB_RELATED, "Payment declined", "Unfortunately, your payment for order 1234 was declined by your bank. Please update your card."),
        (EmailClass.NOT_JOB_RELATED, "Our offer", "Our offer for the kitchen is attached; it is valid until Friday. Delivery is free."),
        (EmailClass.NOT_JOB_RELATED, "Dinner", "Are you free for dinner on Saturday? Mum says hi. See you at seven!"),
        (EmailClass.NOT_JOB_RELATED, "Run failed", "The build failed on main: job nightly-backup finished with status failed. View it on GitHub."),
        (EmailClass.NOT_JOB_RELATED, "Ace your interview", "Join our free webinar and learn how to ace your next interview. Register now, seats are limited."),
        (EmailClass.NOT_JOB_RELATED, "Open enrollment", "Dear colleagues, open enrollment for benefits ends on Friday. Please log in to the benefits portal."),
        (EmailClass.STATUS_UPDATE, "Assessment received", "Thank you for completing the coding challenge. Your results will be shared with the hiring team."),
        (EmailClass.STATUS_UPDATE, "Application update", "Your application for Nurse was viewed by Tallgrass Health."),
        (EmailClass.STATUS_UPDATE, "References", "Could you please send us three references? We would like to contact them before we continue with your application."),
        (EmailClass.INTERVIEW_REQUEST, "Interview reminder", "This is a reminder that your interview with Bluefern is scheduled for tomorrow at 10:00."),
        (EmailClass.REJECTION, "Your interview", "Thank you for taking the time to interview with us. We will not be moving forward with your candidacy. We encourage you to apply for other openings that match your skills."),
        (EmailClass.REJECTION, "Ihre Bewerbung", "Vielen Dank für Ihre Bewerbung. Leider haben wir uns für eine andere Person entschieden. Wir wünschen Ihnen alles Gute für die Zukunft."),
        (EmailClass.INTERVIEW_REQUEST, "Entretien", "Bonjour, votre profil nous intéresse et nous souhaitons vous proposer un entretien. Merci de nous communiquer vos disponibilités."),
    ],
)  # fmt: skip
def test_border_cases(classify: Classify, email_class: EmailClass, subject: str, text: str) -> None:
    assert classify(text, subject).email_class is email_class


JOB_CLASSES = [c for c in EmailClass if c not in {EmailClass.NOT_JOB_RELATED, EmailClass.JOB_ALERT}]


@pytest.mark.parametrize("email_class", JOB_CLASSES)
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("company", lambda t: t.replace("Bluefern", "Quarrystone Labs").replace("Tallgrass Health", "Orbitkite")),
        ("person", lambda t: t.replace("Robin", "Noor").replace("Pat Sample", "Jo Muster")),
        ("date", lambda t: t.replace("March 20", "11 October").replace("next week", "on Thursday")),
        ("unsubscribe", lambda t: t + "\nYou are receiving this email because you applied. Unsubscribe\n"),
        ("equal", lambda t: t + "\nWe are an equal opportunity employer.\nPrivacy policy\n"),
        ("quote", lambda t: t + "\nOn Mon, 2 Mar 2026, Robin wrote:\n> Has my order shipped? Unfortunately I was rejected.\n"),
        ("tracker", lambda t: t.replace("Hi Robin,", "Hi Robin,\nhttps://click.example.com/t/4f3a2b1c0d")),
        ("windows", lambda t: t.replace("'", "\u2019").replace("  ", " ")),
        ("wrapped", lambda t: t.replace(" and ", "\nand ").replace(" with ", "\nwith ")),
    ],
)  # fmt: skip
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
    code = "import sys, app.classification.service; print([m for m in ('sklearn', 'langgraph', 'numpy') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BACKEND, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
