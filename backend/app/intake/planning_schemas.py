"""Interviews and action items as people write them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.applications.fields import Line, Moment
from app.applications.models import ActionItem, Application
from app.applications.schemas import ActionItemOut, InterviewOut


def _text(value: str) -> str:
    if any(ord(c) < 32 and c not in "\n\r\t" for c in value) or "\x7f" in value:
        raise ValueError("Text must not contain control characters.")
    return value.replace("\r\n", "\n").replace("\r", "\n")


Text = Annotated[str, Field(max_length=10_000), AfterValidator(_text)]


class PersonIn(BaseModel):
    """Somebody who takes part."""

    model_config = ConfigDict(extra="forbid")

    name: Line
    email: Annotated[str, Field(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None


class InterviewPatch(BaseModel):
    """What a person says about an interview. Fields that are left out stay as they are; null clears one."""

    model_config = ConfigDict(extra="forbid")

    starts_at: Moment | None = None
    ends_at: Moment | None = None
    time_zone: Annotated[str, Field(max_length=64)] | None = Field(None, description="IANA name")
    place: Annotated[Text, Field(max_length=2000)] | None = None
    round: Annotated[Line, Field(max_length=100)] | None = None
    title: Line | None = None
    description: Text | None = None
    people: Annotated[list[PersonIn], Field(max_length=30)] | None = None
    prep_notes: Text | None = None
    state: Literal["scheduled", "canceled"] | None = None


class InterviewIn(InterviewPatch):
    """A new interview."""

    starts_at: Moment


class InterviewSaid(InterviewOut):
    """An interview after what was said about it; `decision_id` undoes that."""

    decision_id: int


class Removed(BaseModel):
    """It is off the list; revoking `decision_id` brings it back."""

    decision_id: int


class ActionItemListed(ActionItemOut):
    """An action item with the application that it belongs to."""

    application_id: int
    company_name: str | None
    job_title: str | None

    @classmethod
    def of(cls, item: ActionItem, application: Application) -> Self:
        return cls(
            **ActionItemOut.model_validate(item).model_dump(),
            application_id=application.id,
            company_name=application.company_name,
            job_title=application.job_title,
        )


class ActionItemSaid(ActionItemListed):
    """An action item after what was said about it; revoking `decision_id` undoes that."""

    decision_id: int


class ActionItemPatch(BaseModel):
    model_config = ConfigDict(extra="forbid")

    done: bool


class Snooze(BaseModel):
    """Until when it is put off; null wakes it now."""

    model_config = ConfigDict(extra="forbid")

    until: Moment | None
