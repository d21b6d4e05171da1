"""Notes, tags, people, reminders and saved views as the API shows and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from app.applications.fields import Line, Moment, Sentence, Text


def _one_address(value: str) -> str:
    local, at, host = value.strip().rpartition("@")
    if not (local and at and host) or any(c.isspace() or ord(c) < 32 for c in value.strip()):
        raise ValueError("This is no mail address.")
    return value.strip()


def _as_query(value: str) -> str:
    if any(ord(c) < 32 or c == "\x7f" for c in value):
        raise ValueError("This is no query.")
    return value.removeprefix("?")


Address = Annotated[str, Field(max_length=320), AfterValidator(_one_address)]
TagName = Annotated[Line, Field(max_length=50)]
Phone = Annotated[Line, Field(max_length=40)]
Role = Annotated[Line, Field(max_length=100)]
ViewName = Annotated[Line, Field(max_length=100)]
Query = Annotated[str, Field(max_length=2000), AfterValidator(_as_query)]


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Patch(_In):
    """Fields that are left out stay as they are."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("Say what to change.")
        return self

    def given(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class NoteOut(_Out):
    """A note; `text` is Markdown."""

    id: int
    text: str
    created_at: datetime
    updated_at: datetime


class NoteIn(_In):
    text: Text


class TagOut(_Out):
    id: int
    name: str


class TagCount(TagOut):
    """A tag, and on how many applications it is."""

    applications: int


class TagIn(_In):
    name: TagName


class ContactOut(_Out):
    """A person; `by_user` is one who was added by hand."""

    id: int
    name: str
    email: str | None
    role: str | None
    phone: str | None
    by_user: bool


class ContactIn(_In):
    name: Line
    email: Address | None = None
    role: Role | None = None
    phone: Phone | None = None


class ContactPatch(_Patch):
    """What is right about a person; null clears a field."""

    name: Line = ""
    email: Address | None = None
    role: Role | None = None
    phone: Phone | None = None


class ReminderOut(_Out):
    """Due at `snoozed_until` when that is set, else at `due_at`; `done_at` is null while it is open."""

    id: int
    application_id: int
    text: str
    due_at: datetime
    snoozed_until: datetime | None
    done_at: datetime | None
    created_at: datetime


class ReminderIn(_In):
    text: Sentence
    due_at: Moment


class ReminderPatch(_Patch):
    """A new `due_at` ends a snooze; `snoozed_until` null ends it too."""

    text: Sentence = ""
    due_at: Moment | None = None
    snoozed_until: Moment | None = None
    done: bool | None = None

    @model_validator(mode="after")
    def _has_a_date(self) -> Self:
        for name in ("due_at", "done"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} can't be null.")
        return self


class ViewOut(_Out):
    """A saved view; `query` is what follows the question mark in the page's address."""

    id: int
    name: str
    query: str
    position: int


class ViewIn(_In):
    name: ViewName
    query: Query


class ViewPatch(_Patch):
    name: ViewName = ""
    query: Query = ""
    position: Annotated[int, Field(ge=0, le=10_000)] = 0
