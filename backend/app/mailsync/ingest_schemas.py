"""Mail that a program hands over, and what it said."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.classification.values import EmailClass, Verdict
from app.runs.schemas import RunStarted

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEARS = range(1970, 2200)
Model = TypeVar("Model", bound=BaseModel)


def read_date(value: object) -> datetime | None:
    """A moment in UTC out of ISO 8601 (naive counts as UTC; a day or a month alone is its beginning) or RFC 2822;
    None for whatever can't be read."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    if _MONTH.fullmatch(text):
        text += "-01"
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return found if found.year in _YEARS else None
    return None


class EmailInput(BaseModel):
    """One mail. `date` is ISO 8601 or RFC 2822; one that can't be read counts as none. `body` is text or HTML.
    `thread_id` keeps mail of one conversation together; of `headers` those count that tell what kind of mail it is."""

    model_config = ConfigDict(json_schema_extra={"example": {
        "subject": "Your application", "sender": "Larkspur Jobs <jobs@larkspur.example>", "date": "2026-03-02",
        "body": "Thank you for applying to Larkspur. We have received your application.",
    }})  # fmt: skip

    subject: Annotated[str, Field(max_length=5_000)]
    sender: Annotated[str, Field(max_length=1_000)]
    recipient: Annotated[str, Field(max_length=5_000)] | None = None
    date: Annotated[datetime | None, Field(json_schema_extra={"type": "string"})] = None
    body: Annotated[str, Field(max_length=2_000_000)]
    message_id: Annotated[str, Field(max_length=1_000)] | None = None
    thread_id: Annotated[str, Field(max_length=1_000)] | None = None
    headers: dict[str, str] | None = None

    @field_validator("date", mode="before")
    @classmethod
    def _lenient(cls, value: object) -> datetime | None:
        return read_date(value)


class InterviewOut(BaseModel):
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str | None
    place: str | None
    round: str | None
    method: str


class ActionItemOut(BaseModel):
    kind: str
    title: str
    due_at: datetime | None
    link: str | None


class RunnerUpOut(BaseModel):
    email_class: EmailClass
    probability: float


class SpanOut(BaseModel):
    """Characters `start` to `end` of the mail's text or subject; `label` says what they tell."""

    field: str
    start: int
    end: int
    label: str
    quote: str


class ProcessedEmail(BaseModel):
    """What one mail says. `error` (with `error_code`) stands alone: that item could not be read. `email_id` and
    `application_id` are set when the mail was stored and that is done, `job_id` when it was to be stored."""

    message_id: str | None = None
    email_class: EmailClass | None = None
    confidence: float | None = None
    runner_ups: list[RunnerUpOut] = []
    company_name: str | None = None
    job_title: str | None = None
    position_level: str | None = None
    location: str | None = None
    salary_text: str | None = None
    job_url: str | None = None
    requisition_id: str | None = None
    interview: InterviewOut | None = None
    application_stage: str | None = None
    requires_action: bool = False
    action_items: list[ActionItemOut] = []
    evidence: list[SpanOut] = []
    unsure: bool = False
    needs_review: bool = False
    reasoning: list[str] = []
    classified_by: str | None = None
    pipeline_version: str | None = None
    email_id: int | None = None
    application_id: int | None = None
    job_id: str | None = None
    error: str | None = None
    error_code: str | None = None

    @classmethod
    def of(cls, message_id: str | None, verdict: Verdict, subject: str, text: str) -> Self:
        entities, sources = verdict.entities, {"subject": subject, "text": text}
        names = ("company_name", "job_title", "position_level", "location", "salary_text", "job_url")
        same = ("application_stage", "requires_action", "unsure", "needs_review", "classified_by")
        values: dict[str, Any] = {name: getattr(entities, name) for name in (*names, "requisition_id")}
        values |= {name: getattr(verdict, name) for name in same}
        return cls(
            **values,
            message_id=message_id,
            email_class=verdict.email_class,
            confidence=float(verdict.confidence),
            runner_ups=[
                RunnerUpOut(email_class=r.email_class, probability=float(r.probability))
                for r in verdict.runner_ups
            ],
            interview=_same_fields(InterviewOut, entities.interview) if entities.interview else None,
            action_items=[_same_fields(ActionItemOut, item) for item in verdict.action_items],
            evidence=[
                SpanOut(
                    field=e.field.value,
                    start=e.start,
                    end=e.end,
                    label=e.label,
                    quote=sources.get(e.field.value, "")[e.start : e.end],
                )
                for e in verdict.evidence
            ],
            reasoning=list(verdict.reasoning),
            pipeline_version=verdict.pipeline_version,
        )


class ProcessedBatch(BaseModel):
    """One for each mail that was sent, in the same order."""

    items: list[ProcessedEmail]


class ItemError(BaseModel):
    """A message that was left out: its place in what was sent, and why."""

    index: int
    error: str


class IngestStarted(RunStarted):
    """`accepted` messages are on their way; those of `errors` are not."""

    accepted: int
    errors: list[ItemError]


def _same_fields(model: type[Model], value: object) -> Model:
    return model(**{name: getattr(value, name) for name in model.model_fields})
