"""What a person said about single emails, ready for judging: the word about a mail, and what it teaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.applications import repository as applications
from app.applications.models import Decision, DecisionKind
from app.classification import service as classification
from app.classification.service import Lesson
from app.classification.values import EmailClass, EmailValue, Said, Verdict
from app.core.db import ReadSession
from app.mail.models import Email, EmailBody

MOST_LESSONS = 500
MOST_WORDS = 1_500  # kept of one corrected mail
YOUR_WORD = "you said so"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that one user said about classes and entities of their mail."""

    classes: Mapping[int, EmailClass] = field(default_factory=dict)
    entities: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    lessons: tuple[Lesson, ...] = ()
    made: Mapping[int, str] = field(default_factory=dict)  # decision id -> "12 March 2026"

    def about(self, email_id: int, value: EmailValue) -> Said | None:
        """The class that this mail has by the user's word, about itself or about the mail it is most like."""
        if email_id in self.classes:
            return Said(self.classes[email_id], "user", YOUR_WORD)
        lesson = classification.nearest(value, self.lessons) if self.lessons else None
        if lesson is None:
            return None
        because = f"because you corrected a mail like this on {self.made[lesson.decision_id]}"
        return Said(lesson.email_class, f"learned:{lesson.decision_id}", because)

    def put_into(self, email_id: int, verdict: Verdict) -> Verdict:
        """The verdict with the fields that the user stated for this mail."""
        said = self.entities.get(email_id)
        return replace(verdict, entities=replace(verdict.entities, **said)) if said else verdict


def words_of(session: ReadSession, user_id: int, email_ids: Collection[int]) -> Words:
    """What the user said about these emails, and what they said about any that others may be like."""
    spoken = applications.email_decisions(session, user_id, (DecisionKind.CLASS, DecisionKind.ENTITY))
    if not spoken:
        return Words()
    classes: dict[int, EmailClass] = {}
    entities: dict[int, dict[str, Any]] = {}
    newest: dict[int, Decision] = {}
    for decision in spoken:
        email_id = decision.email_id or 0
        if decision.kind == DecisionKind.ENTITY:
            entities.setdefault(email_id, {})[decision.payload["field"]] = decision.payload["value"]
        else:
            classes[email_id] = EmailClass(decision.payload["email_class"])
            newest[email_id] = decision
    taught = [d for d in newest.values() if d.payload.get("lesson")][-MOST_LESSONS:]
    return Words(
        {i: c for i, c in classes.items() if i in email_ids},
        {i: e for i, e in entities.items() if i in email_ids},
        tuple(_lesson(d) for d in taught),
        {d.id: f"{d.made_at.day} {d.made_at:%B %Y}" for d in taught},
    )


def value_of(email: Email, body: EmailBody) -> EmailValue:
    """As much of a mail as likeness needs."""
    return EmailValue(
        subject=email.subject, sender_name=email.sender_name, sender_email=email.sender_email, text=body.text
    )


def lesson_payload(email: Email, body: EmailBody) -> dict[str, Any]:
    """What a correction keeps of the mail, so that it goes on teaching when the mail's text is gone."""
    lesson = classification.lesson_from(0, value_of(email, body), EmailClass.STATUS_UPDATE)
    heaviest = sorted(lesson.weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]
    return {"sender_domain": lesson.sender_domain, "weights": {w: round(v, 4) for w, v in heaviest}}


def _lesson(decision: Decision) -> Lesson:
    kept = decision.payload["lesson"]
    email_class = EmailClass(decision.payload["email_class"])
    return Lesson(decision.id, kept["sender_domain"], kept["weights"], email_class)
