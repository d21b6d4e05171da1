"""Mail values for the tests of entities; every name in them is invented."""

from __future__ import annotations

from datetime import UTC, datetime

from app.classification.entities import detect_action_items, extract_entities
from app.classification.segments import segment
from app.classification.values import (
    ActionItemValue,
    EmailClass,
    EmailValue,
    Entities,
    Evidence,
    EvidenceField,
)

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def make_email(
    text: str,
    subject: str = "",
    sender: str = "",
    name: str = "",
    *,
    received_at: datetime | None = MONDAY,
    calendar: str | None = None,
    links: tuple[str, ...] = (),
) -> EmailValue:
    return EmailValue(subject, name, sender, text, received_at, (), calendar, links)


def extract(email: EmailValue, email_class: EmailClass) -> Entities:
    """The entities, after a check that every evidence span lies inside its part and isn't blank."""
    entities, evidence = extract_entities(email, segment(email.text), email_class)
    for span in evidence:
        assert quoted(email, span).strip()
    return entities


def quoted(email: EmailValue, span: Evidence) -> str:
    source = email.subject if span.field is EvidenceField.SUBJECT else email.text
    assert 0 <= span.start < span.end <= len(source)
    return source[span.start : span.end]


def actions(email: EmailValue, email_class: EmailClass) -> tuple[ActionItemValue, ...]:
    entities = extract(email, email_class)
    return detect_action_items(email, segment(email.text), email_class, entities)
