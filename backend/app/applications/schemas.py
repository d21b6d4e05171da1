"""Applications as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.applications.derive import STALE_DAYS, is_stale, waiting_on
from app.applications.fields import Line, Moment, WebAddress
from app.applications.keeping.schemas import ContactOut, NoteOut, ReminderOut
from app.applications.models import (
    OPEN_STAGES,
    ActionItem,
    Application,
    Contact,
    Interview,
    Note,
    Reminder,
    Source,
    Stage,
)
from app.applications.values import AnswerOutlook
from app.core.clock import now


class NextAction(BaseModel):
    title: str
    due_at: datetime | None


class ApplicationOut(BaseModel):
    """One application in a list. `waiting_on` is null when nobody is expected to act."""

    id: int
    company_name: str | None
    job_title: str | None
    position_level: str | None
    location: str | None
    salary_text: str | None
    source: str
    job_url: str | None
    requisition_id: str | None
    stage: str
    pinned: bool
    category: str | None
    confidence: float | None
    received_date: datetime
    applied_at: datetime | None
    assessment_at: datetime | None
    interview_at: datetime | None
    offer_at: datetime | None
    rejected_at: datetime | None
    accepted_at: datetime | None
    withdrawn_at: datetime | None
    last_activity_at: datetime
    emails: int
    next_action: NextAction | None
    requires_action: bool
    needs_review: bool
    days_in_stage: int
    stale: bool
    waiting_on: Literal["me", "them"] | None
    tags: list[str]
    seen: bool
    archived_at: datetime | None
    deleted_at: datetime | None

    @classmethod
    def of(cls, application: Application, tags: list[str], stale_days: int = STALE_DAYS) -> Self:
        return cls(**_values(application, tags, stale_days))


class BoardColumn(BaseModel):
    """A stage on the board; `median_days` is how long the middle one has stood there, null when nobody does."""

    stage: Stage
    count: int
    median_days: int | None


class BoardOut(BaseModel):
    """The head of every column, in the order of the stages."""

    columns: list[BoardColumn]

    @classmethod
    def of(cls, found: Mapping[str, tuple[int, datetime]]) -> Self:
        columns = []
        for stage in Stage:
            count, since = found.get(stage, (0, None))
            days = max(0, (now() - since).days) if since else None
            columns.append(BoardColumn(stage=stage, count=count, median_days=days))
        return cls(columns=columns)


class ActionItemOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: str
    title: str
    due_at: datetime | None
    link: str | None
    email_id: int | None
    done_at: datetime | None
    snoozed_until: datetime | None


class InterviewPerson(BaseModel):
    name: str
    email: str | None = None


class InterviewOut(BaseModel):
    """An interview. `email_id` is the newest mail that speaks of it, null when the user put it there."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    application_id: int
    title: str | None
    description: str | None
    people: list[InterviewPerson]
    prep_notes: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str | None
    place: str | None
    round: str | None
    state: str
    email_id: int | None


class StageEvidence(BaseModel):
    """The mail, and its sentence, that put the application into a stage."""

    email_id: int
    quote: str | None
    at: datetime
    sender_name: str


class AnswerOutlookOut(BaseModel):
    """What earlier waits say about this one. `basis` is what they were: applications to this company, in this
    industry (`label`), from this source (`label`), all own ones; or the prior, which is assumed and not measured.

    Four in five answers come within `usually_within` days; after `waiting_days` without one, `still_percent` % still
    get one; `follow_up_after` days it is worth asking.
    """

    model_config = ConfigDict(from_attributes=True)

    basis: Literal["company", "industry", "source", "own", "prior"]
    label: str
    n: int
    answers: int
    waiting_days: int
    usually_within: int
    still_percent: float
    follow_up_after: int


class ApplicationDetail(ApplicationOut):
    """One application with all that hangs on it. `decision_ids` are those just made, for undo.

    `answer_outlook` is null unless a first answer is awaited.
    """

    action_items: list[ActionItemOut]
    interviews: list[InterviewOut]
    contacts: list[ContactOut]
    notes: list[NoteOut]
    reminders: list[ReminderOut]
    stage_evidence: dict[str, StageEvidence]
    answer_outlook: AnswerOutlookOut | None = None
    decision_ids: list[int] = Field(default_factory=list)

    @classmethod
    def of_parts(
        cls,
        application: Application,
        items: list[ActionItem],
        interviews: list[Interview],
        contacts: list[Contact],
        notes: list[Note],
        reminders: list[Reminder],
        tags: list[str],
        decision_ids: list[int] | None = None,
        *,
        stale_days: int = STALE_DAYS,
        answer_outlook: AnswerOutlook | None = None,
    ) -> Self:
        return cls(
            **_values(application, tags, stale_days),
            answer_outlook=AnswerOutlookOut.model_validate(answer_outlook) if answer_outlook else None,
            action_items=[ActionItemOut.model_validate(i) for i in items],
            interviews=[InterviewOut.model_validate(i) for i in interviews],
            contacts=[ContactOut.model_validate(c) for c in contacts],
            notes=[NoteOut.model_validate(n) for n in notes],
            reminders=[ReminderOut.model_validate(r) for r in reminders],
            stage_evidence={k: StageEvidence(**v) for k, v in application.stage_evidence.items()},
            decision_ids=decision_ids or [],
        )


Requisition = Annotated[Line, Field(max_length=100)]
Level = Annotated[Line, Field(max_length=40)]


class ApplicationPatch(BaseModel):
    """What a person corrects. Fields that are left out stay as they are; null clears one."""

    model_config = ConfigDict(extra="forbid")

    stage: Stage | None = None
    at: Moment | None = Field(None, description="When the stage was reached; now, if not given")
    company_name: Line | None = None
    job_title: Line | None = None
    location: Line | None = None
    salary_text: Line | None = None
    source: Source | None = None
    job_url: WebAddress | None = None
    requisition_id: Requisition | None = None
    position_level: Level | None = None
    pinned: bool | None = None


def _values(a: Application, tags: list[str], stale_days: int) -> dict[str, Any]:
    values = {name: getattr(a, name) for name in ApplicationOut.model_fields if hasattr(a, name)}
    is_open = a.stage in OPEN_STAGES
    values |= {
        "next_action": NextAction(title=a.next_action, due_at=a.next_due_at) if a.next_action else None,
        "days_in_stage": max(0, (now() - a.stage_since).days),
        "stale": is_open and is_stale(a.last_activity_at, now(), stale_days),
        "waiting_on": waiting_on(a.stage, int(a.requires_action), a.last_direction),
        "tags": tags,
        "seen": a.seen_at is not None and a.seen_at >= a.last_activity_at,
    }
    return values
