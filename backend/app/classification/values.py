"""The values that go into classification and come out of it.

Everything here is a frozen dataclass of plain Python values: the room knows no database, no ORM and no
provider. Offsets count characters of the canonical text (or of the subject), half open: `text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LEFT_TO_LOCAL = "left_to_local"  # a warning: a language model was to be asked, and gave no answer


class EmailClass(StrEnum):
    """What one incoming email says."""

    APPLICATION_RECEIVED = "APPLICATION_RECEIVED"
    INTERVIEW_REQUEST = "INTERVIEW_REQUEST"
    ASSESSMENT = "ASSESSMENT"
    OFFER = "OFFER"
    REJECTION = "REJECTION"
    STATUS_UPDATE = "STATUS_UPDATE"
    RECRUITER_OUTREACH = "RECRUITER_OUTREACH"
    JOB_ALERT = "JOB_ALERT"
    NOT_JOB_RELATED = "NOT_JOB_RELATED"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class EvidenceField(StrEnum):
    """Where a piece of evidence stands."""

    SUBJECT = "subject"
    TEXT = "text"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """The headers that say something about a mail's nature; header values as sent, None when absent."""

    list_unsubscribe: bool = False
    list_id: str | None = None
    precedence: str | None = None
    auto_submitted: str | None = None
    reply_to: str | None = None
    is_reply: bool = False  # has In-Reply-To or References
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmailValue:
    """One incoming email as classification reads it.

    `text` is the canonical text (NFC, LF, at most 200,000 characters). `received_at` is aware UTC or None
    when the mail states no usable date. `calendar` is the raw text/calendar part, if any. `links` are the
    absolute http(s) URLs found in the mail's HTML or text, in order, without duplicates.
    """

    subject: str
    sender_name: str
    sender_email: str
    text: str
    received_at: datetime | None = None
    recipients: tuple[str, ...] = ()
    calendar: str | None = None
    links: tuple[str, ...] = ()
    headers: HeaderFacts = HeaderFacts()


@dataclass(frozen=True, slots=True)
class ResumeValue:
    """A resume of the user: the caller's own id, its name and its plain text."""

    resume_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ResumeMatch:
    """The resume that fits the mail's job best; `score` 0..1 is the share of the job's words it covers."""

    resume_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Said:
    """The class that a person's word gives a mail: about this mail (`by` is "user"), or about one like it (`by` is
    "learned:<decision id>"). `because` says so in words."""

    email_class: EmailClass
    by: str
    because: str


@dataclass(frozen=True, slots=True)
class ThreadContext:
    """What is already known about the conversation that a mail belongs to, oldest first, and what a person said."""

    previous_classes: tuple[EmailClass, ...] = ()
    previous_directions: tuple[Direction, ...] = ()
    own_last_sentence: str | None = None
    resumes: tuple[ResumeValue, ...] = ()
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quotable span: `label` names what it supports (an act such as `decline`, `company_name`, ...)."""

    field: EvidenceField
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class RunnerUp:
    email_class: EmailClass
    probability: float


@dataclass(frozen=True, slots=True)
class InterviewValue:
    """An interview as the mail states it. Times are aware UTC; `time_zone` is an IANA name or None."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str | None = None
    place: str | None = None
    round: str | None = None
    method: str = "request"  # request | reschedule | cancel
    uid: str | None = None  # UID of the calendar event


@dataclass(frozen=True, slots=True)
class ActionItemValue:
    """Something the user must do; kind: reply | schedule | assessment | sign_offer | provide_information."""

    kind: str
    title: str
    due_at: datetime | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Entities:
    """What the mail states about the job. Whatever it doesn't state is None, never guessed."""

    company_name: str | None = None
    job_title: str | None = None
    position_level: str | None = None
    location: str | None = None
    salary_text: str | None = None
    job_url: str | None = None
    requisition_id: str | None = None
    interview: InterviewValue | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What classification decided about one email.

    `confidence` and the runner-ups' probabilities are calibrated, 0..1. `application_stage` is the stage word
    this mail puts an application into (`applied`, `assessment`, `interview`, `offer`, `rejected`) or None.
    `reasoning` names the rules, acts and facts that decided, strongest first. `warnings` are said beside the verdict:
    two that differ in them alone are the same.
    """

    email_class: EmailClass
    confidence: float
    runner_ups: tuple[RunnerUp, ...] = ()
    entities: Entities = Entities()
    application_stage: str | None = None
    requires_action: bool = False
    action_items: tuple[ActionItemValue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unsure: bool = False
    reasoning: tuple[str, ...] = ()
    classified_by: str = "rules"
    pipeline_version: str = ""
    needs_review: bool = False
    warnings: tuple[str, ...] = field(default=(), compare=False)
    matched_resume: ResumeMatch | None = None
