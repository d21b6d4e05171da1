"""Mails to ask about, and the asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.auth.models import User
from app.classification.asking import mode
from app.classification.asking.mode import Report
from app.classification.values import EmailClass, EmailValue, ThreadContext, Verdict
from app.core import db
from app.core.settings import Settings
from app.llm import repository
from app.llm.models import LlmCall
from app.llm.service import configured
from app.llm.values import Asker

TEXTS = {
    EmailClass.REJECTION: "Thank you. Unfortunately, we have decided to go with other candidates this time.",
    EmailClass.OFFER: "Good news, Alex. We are pleased to offer you the position from the first of May.",
    EmailClass.INTERVIEW_REQUEST: "We would like to invite you to an interview on Monday at ten.",
    EmailClass.ASSESSMENT: "As the next step, please complete this coding challenge within five days.",
    EmailClass.APPLICATION_RECEIVED: "We have received your application and will look at it soon.",
    EmailClass.STATUS_UPDATE: "Your documents are still under review, and it takes longer than we thought.",
    EmailClass.NOT_JOB_RELATED: "Your parcel has been handed to your neighbour on the second floor.",
}


def mail(text: str, number: int = 0, **more: Any) -> EmailValue:
    """One mail of a made-up employer; the number keeps it apart from others."""
    values = {
        "subject": f"News {number}",
        "sender_name": "Larkspur Jobs",
        "sender_email": "jobs@larkspur.example",
    }
    return EmailValue(**(values | {"text": f"Dear Alex,\n\n{text}\n\nReference {number}."} | more))


def mails(*classes: EmailClass) -> list[EmailValue]:
    """One mail that says each of these."""
    return [mail(TEXTS[c], number) for number, c in enumerate(classes)]


def unsure(
    email_class: EmailClass = EmailClass.STATUS_UPDATE, confidence: float = 0.5, **more: Any
) -> Verdict:
    """What the local model may have said."""
    return Verdict(email_class, confidence, classified_by="local:1", pipeline_version="1", **more)


def ask(
    settings: Settings,
    user: User,
    batch: Sequence[EmailValue],
    local: Sequence[Verdict | None] | None = None,
    run_id: str | None = None,
) -> tuple[list[Verdict | None], Report]:
    """Ask about mails of which nothing else is known."""
    items = [(email, ThreadContext()) for email in batch]
    known = local if local is not None else [unsure() for _ in batch]
    config = configured(settings)
    assert config is not None
    patient = replace(config, first_wait_s=0.02)
    return mode.ask_model(settings, patient, Asker(user.id, run_id), items, known, lambda: None)


def classes_of(verdicts: Sequence[Verdict | None]) -> list[EmailClass | None]:
    return [verdict.email_class if verdict else None for verdict in verdicts]


def calls_of(user: User) -> list[LlmCall]:
    """The user's calls in the order in which they were made."""
    with db.read_session() as session:
        return list(repository.calls(session, user.id, run_id=None, before=None, limit=100))[::-1]
