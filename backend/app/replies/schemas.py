"""Replies, templates, schedules and calendars as the API shows them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.applications.fields import Line, Moment
from app.applications.schemas import InterviewOut
from app.intake.planning_schemas import PersonIn, Text
from app.replies import answering, drafting, scheduling, templates

Address = Annotated[str, Field(max_length=320, pattern=r"^[^@\s<>,;\"]+@[^@\s<>,;\"]+$")]
TemplateKey = Literal["follow_up", "thank_you", "accept", "decline", "withdraw", "ask_for_time"]


class ReplyIn(BaseModel):
    """What to answer. Without a message the template's text is taken; nothing is sent unless `send` is true."""

    model_config = ConfigDict(extra="forbid")

    message: Text = ""
    template: TemplateKey | None = None
    send: bool = False
    email_id: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = Field(
        None, description="The mail to answer; else the newest that a person wrote"
    )
    to: Address | None = None
    subject: Line | None = None


class ReplyPlan(BaseModel):
    """How a reply would go. `way` mailto means that nothing can be written from here; `obstacle` says why, and
    `consent_path` is where the user allows what is missing. `missing` names what the template could not fill in."""

    to: str
    to_name: str
    automatic: bool
    subject: str
    text: str
    missing: list[str]
    way: Literal["gmail", "mailto"]
    obstacle: Literal["no_gmail", "permission_missing", "reconnect"] | None
    consent_path: str | None
    account: str | None
    email_id: int | None

    @classmethod
    def of(cls, answer: answering.Answer, text: str, missing: list[str]) -> ReplyPlan:
        return cls(**_plan_values(answer), text=text, missing=missing)


class ReplyOut(BaseModel):
    """What became of it. `mailto` opens the reply in a mail program; `text` is the whole of it."""

    state: Literal["drafted", "sent", "mailto"]
    to: str
    to_name: str
    automatic: bool
    subject: str
    text: str
    mailto: str
    way: Literal["gmail", "mailto"]
    obstacle: Literal["no_gmail", "permission_missing", "reconnect"] | None
    consent_path: str | None
    account: str | None
    email_id: int | None
    draft_id: str | None
    message_id: str | None
    thread_id: str | None
    gmail_url: str | None

    @classmethod
    def of(cls, reply: drafting.Reply) -> ReplyOut:
        url = None
        if reply.message_id and reply.answer.account is not None:
            where = "drafts" if reply.state == "drafted" else "all"
            url = f"https://mail.google.com/mail/?authuser={reply.answer.account.address}#{where}/{reply.message_id}"
        return cls(
            **_plan_values(reply.answer),
            state="mailto" if reply.state == "mailto" else "sent" if reply.state == "sent" else "drafted",
            text=reply.text,
            mailto=reply.mailto,
            draft_id=reply.draft_id,
            message_id=reply.message_id,
            thread_id=reply.thread_id,
            gmail_url=url,
        )


def _plan_values(answer: answering.Answer) -> dict[str, Any]:
    return {
        "to": answer.to,
        "to_name": answer.to_name,
        "automatic": answer.automatic,
        "subject": answer.subject,
        "way": answer.way,
        "obstacle": answer.obstacle,
        "consent_path": answer.consent_path(),
        "account": answer.account.address if answer.account else None,
        "email_id": answer.email.id if answer.email else None,
    }


class TemplateOut(BaseModel):
    key: TemplateKey
    name: str
    body: str
    shipped_body: str
    is_own: bool


class VariableOut(BaseModel):
    """A name that templates may use in braces, and what it stands for."""

    name: str
    meaning: str


class TemplatesOut(BaseModel):
    items: list[TemplateOut]
    variables: list[VariableOut]

    @classmethod
    def of(cls, own: dict[str, str]) -> TemplatesOut:
        items = [
            TemplateOut.model_validate(
                {
                    "key": one.key,
                    "name": one.name,
                    "body": own.get(one.key, one.body),
                    "shipped_body": one.body,
                    "is_own": one.key in own,
                }
            )
            for one in templates.SHIPPED.values()
        ]
        return cls(
            items=items, variables=[VariableOut(name=n, meaning=m) for n, m in templates.VARIABLES.items()]
        )


class TemplatesIn(BaseModel):
    """Templates by key; null goes back to the shipped one, those that are left out stay."""

    model_config = ConfigDict(extra="forbid")

    templates: dict[TemplateKey, Annotated[Text, Field(min_length=1, pattern=r"\S")] | None]


class InterviewToSchedule(BaseModel):
    """An interview to put into the calendar. Times are aware; `time_zone` is the one it is shown in."""

    model_config = ConfigDict(extra="forbid")

    calendar_event_at: Moment
    duration_minutes: Annotated[int, Field(ge=5, le=24 * 60)] = 60
    title: Line
    description: Text | None = None
    location: Annotated[Text, Field(max_length=2000)] | None = None
    time_zone: Annotated[str, Field(max_length=64)] | None = None
    round: Annotated[Line, Field(max_length=100)] | None = None
    people: Annotated[list[PersonIn], Field(max_length=30)] | None = None

    def fields(self, home_zone: str) -> dict[str, Any]:
        """As planning takes them."""
        said = {
            "starts_at": self.calendar_event_at.isoformat(),
            "ends_at": (self.calendar_event_at + timedelta(minutes=self.duration_minutes)).isoformat(),
            "title": self.title,
            "description": self.description,
            "place": self.location,
            "time_zone": self.time_zone or home_zone,
            "round": self.round,
            "people": [p.model_dump() for p in self.people] if self.people else None,
        }
        return {name: value for name, value in said.items() if value is not None}


class AtGoogleOut(BaseModel):
    """What became of it in Google's calendar. `link` is its page there; `problem` says what went wrong."""

    model_config = ConfigDict(from_attributes=True)

    state: Literal["written", "not_allowed", "not_connected", "failed"]
    link: str | None
    problem: str | None
    code: str | None
    consent_path: str | None = None

    @classmethod
    def of(cls, google: scheduling.AtGoogle, application_id: int) -> AtGoogleOut:
        made = cls.model_validate(google)
        if google.state == "not_allowed":
            made.consent_path = f"{scheduling.CONSENT}%2Fapplications%2F{application_id}"
        return made


class InterviewScheduled(BaseModel):
    """The interview, its calendar file as text, where that can be downloaded, and what Google said."""

    interview: InterviewOut
    decision_id: int
    ics: str
    ics_path: str
    google: AtGoogleOut


class CalendarOut(BaseModel):
    """The state of the private calendar address; the address itself is shown once, when it is made."""

    active: bool
    created_at: datetime | None
    last_read_at: datetime | None
    google: Literal["allowed", "not_allowed", "not_connected"]


class CalendarMade(BaseModel):
    """The private address. Whoever knows it reads the calendar; it is not shown again."""

    url: str
    created_at: datetime
