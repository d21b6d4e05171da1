"""Emails, search hits and timelines as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from app.applications.timeline import TimelineLine
from app.intake.models import VerdictRow
from app.intake.reading import EmailView, EmailWhole
from app.mail.reader import reader_html
from app.mail.service import html_of


class EmailOut(BaseModel):
    """One email in a list; `mail_account_id`, `thread_id` and `labels` are those of its first source."""

    id: int
    provider_message_id: str | None
    mail_account_id: int | None
    rfc822_message_id: str | None
    thread_id: str | None
    direction: str
    subject: str
    sender_name: str
    sender_email: str
    received_at: datetime
    snippet: str
    labels: list[str]
    is_deleted: bool
    email_class: str | None
    confidence: float | None
    classified_by: str | None
    needs_review: bool
    application_id: int | None
    link_method: str | None
    link_score: float | None


class EvidenceOut(BaseModel):
    """A quoted span: half-open offsets into the text, or into the subject."""

    quote: str
    field: str
    start: int
    end: int
    label: str


class SourceOut(BaseModel):
    mail_account_id: int
    provider_message_id: str
    thread_id: str | None
    labels: list[str]
    is_deleted: bool


class VerdictOut(BaseModel):
    entities: dict[str, Any]
    runner_ups: list[dict[str, Any]]
    reasoning: list[str]
    evidence: list[EvidenceOut]
    unsure: bool
    needs_review: bool
    review_reason: str | None
    classified_by: str
    pipeline_version: str
    action_items: list[dict[str, Any]]


class EmailDetail(EmailOut):
    """One email, whole. `reader_html` is sanitised; remote content is blocked and counted."""

    text: str
    text_is_cut: bool
    html_available: bool
    reader_html: str | None
    trackers_blocked: int
    recipients: list[str]
    attachments: list[dict[str, Any]]
    sources: list[SourceOut]
    verdict: VerdictOut | None


class SearchHit(BaseModel):
    kind: Literal["application", "email"]
    id: int
    application_id: int | None
    title: str
    subtitle: str
    snippet: str
    at: datetime


class WhyOut(BaseModel):
    """What decided: names of rules and facts, other classes with their probability, and the link's reason."""

    reasoning: list[str]
    runner_ups: list[dict[str, Any]]
    classified_by: str
    confidence: float
    link_method: str
    link_score: float


class TimelineLineOut(BaseModel):
    """One line of an application's history."""

    id: str
    type: str
    at: datetime
    stage: str | None
    sentence: str
    cause: str
    email_id: int | None
    automatic: bool
    decision_id: int | None
    evidence: EvidenceOut | None
    why: WhyOut | None


def email_out(view: EmailView) -> EmailOut:
    return EmailOut(**_email_values(view))


def email_detail(whole: EmailWhole) -> EmailDetail:
    body, verdict, email = whole.body, whole.view.verdict, whole.view.email
    html = html_of(body) if body else None
    safe = reader_html(html) if html else None
    return EmailDetail(
        **_email_values(whole.view),
        text=body.text if body else "",
        text_is_cut=body.is_cut if body else True,
        html_available=html is not None,
        reader_html=safe.html if safe else None,
        trackers_blocked=safe.trackers_blocked if safe else 0,
        recipients=email.recipients,
        attachments=email.attachments,
        sources=[
            SourceOut(
                mail_account_id=s.mail_account_id,
                provider_message_id=s.provider_message_id,
                thread_id=s.thread_id,
                labels=s.labels,
                is_deleted=s.is_deleted,
            )
            for s in whole.sources
        ],
        verdict=_verdict_out(verdict) if verdict and verdict.email_class else None,
    )


def line_out(
    line: TimelineLine, verdict: VerdictRow | None, method: str | None, score: float | None
) -> TimelineLineOut:
    told = verdict is not None and verdict.email_class is not None
    evidence = evidence_of(verdict) if verdict else []
    why = None
    if told and verdict is not None and line.automatic:
        why = WhyOut(
            reasoning=verdict.reasoning,
            runner_ups=verdict.runner_ups,
            classified_by=verdict.classified_by,
            confidence=verdict.confidence,
            link_method=method or "",
            link_score=score or 0.0,
        )
    return TimelineLineOut(
        id=line.key,
        type=line.type,
        at=line.at,
        stage=line.stage,
        sentence=line.sentence,
        cause=line.cause,
        email_id=line.email_id,
        automatic=line.automatic,
        decision_id=line.decision_id,
        evidence=evidence[0] if evidence else None,
        why=why,
    )


def evidence_of(verdict: VerdictRow) -> list[EvidenceOut]:
    return [
        EvidenceOut(
            quote=e.get("quote", ""), field=e["field"], start=e["start"], end=e["end"], label=e["label"]
        )
        for e in verdict.evidence
    ]


def _verdict_out(verdict: VerdictRow) -> VerdictOut:
    return VerdictOut(
        entities=verdict.entities,
        runner_ups=verdict.runner_ups,
        reasoning=verdict.reasoning,
        evidence=evidence_of(verdict),
        unsure=verdict.unsure,
        needs_review=verdict.needs_review,
        review_reason=verdict.review_reason,
        classified_by=verdict.classified_by,
        pipeline_version=verdict.pipeline_version,
        action_items=verdict.action_items,
    )


def _email_values(view: EmailView) -> dict[str, Any]:
    email, verdict, link, source = view.email, view.verdict, view.link, view.source
    return {
        "id": email.id,
        "provider_message_id": source.provider_message_id if source else None,
        "mail_account_id": source.mail_account_id if source else None,
        "rfc822_message_id": email.rfc822_message_id,
        "thread_id": source.thread_id if source else None,
        "direction": email.direction,
        "subject": email.subject,
        "sender_name": email.sender_name,
        "sender_email": email.sender_email,
        "received_at": email.received_at,
        "snippet": email.snippet,
        "labels": source.labels if source else [],
        "is_deleted": email.is_deleted,
        "email_class": verdict.email_class if verdict else None,
        "confidence": verdict.confidence if verdict and verdict.email_class else None,
        "classified_by": verdict.classified_by if verdict else None,
        "needs_review": verdict.needs_review if verdict else False,
        "application_id": link.application_id if link else None,
        "link_method": link.method if link else None,
        "link_score": link.score if link else None,
    }
