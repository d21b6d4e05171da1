"""Mail as linking reads it, from company and title as people write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.companies import service as companies
from app.correlation.values import MailFacts, PartitionResult

START = datetime(2026, 1, 5, 9, tzinfo=UTC)

RECEIVED = "APPLICATION_RECEIVED"
INTERVIEW = "INTERVIEW_REQUEST"
ASSESSMENT = "ASSESSMENT"
OFFER = "OFFER"
REJECTION = "REJECTION"
UPDATE = "STATUS_UPDATE"
OUTREACH = "RECRUITER_OUTREACH"
ALERT = "JOB_ALERT"
OTHER = "NOT_JOB_RELATED"


def make_facts(
    email_id: int, day: float, email_class: str | None, company: str = "", title: str = "", **more: Any
) -> MailFacts:
    """An incoming mail `day` days after the start; its Message-ID is `<email_id>`."""
    facts = MailFacts(
        email_id=email_id,
        identity=f"{email_id:05}",
        received_at=START + timedelta(days=day),
        direction="in",
        message_id=f"<{email_id}>",
        email_class=email_class,
        company_name=company or None,
        company_key=companies.company_key(company) if company else "",
        title=title or None,
        title_key=companies.title_key(title) if title else "",
    )
    return replace(facts, **more)


def make_own(email_id: int, day: float, **more: Any) -> MailFacts:
    return make_facts(email_id, day, None, direction="out", **more)


def ids(result: PartitionResult) -> list[list[int]]:
    return [list(group.email_ids) for group in result.groups]


def methods(result: PartitionResult) -> dict[int, str]:
    return {placed.email_id: placed.method.value for group in result.groups for placed in group.mails}
