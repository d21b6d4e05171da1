"""What a person does with whole applications, as requests and answers carry it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.applications.decided.sentences import sentence_of
from app.applications.fields import Id, Line, Moment, Sentence, WebAddress
from app.applications.models import Decision, Source, Stage
from app.applications.schemas import ApplicationDetail, Level, Requisition
from app.intake.managing import Deed, Outcome

Ids = Annotated[list[Id], Field(min_length=1, max_length=100)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ApplicationIn(_In):
    """An application made by hand. `at` is when `stage` was reached (now, if not given); `applied_at` when the user
    applied, for one that is further already."""

    company_name: Line
    job_title: Line | None = None
    location: Line | None = None
    salary_text: Line | None = None
    source: Source | None = None
    job_url: WebAddress | None = None
    requisition_id: Requisition | None = None
    position_level: Level | None = None
    stage: Stage = Stage.SAVED
    at: Moment | None = None
    applied_at: Moment | None = None

    @model_validator(mode="after")
    def _dates_fit(self) -> Self:
        if self.applied_at is not None and self.stage == Stage.SAVED:
            raise ValueError("What is only saved was not applied for.")
        if self.applied_at is not None and self.at is not None and self.applied_at > self.at:
            raise ValueError("Nothing comes before the application.")
        return self

    def fields(self) -> dict[str, Any]:
        return self.model_dump(exclude={"stage", "at", "applied_at"}, mode="json")


class PinIn(_In):
    pinned: bool = True


class MergeIn(_In):
    """The first of `ids` is kept, the others lead to it."""

    ids: Annotated[list[Id], Field(min_length=2, max_length=20)]


class SplitIn(_In):
    email_ids: Ids


class PairIn(_In):
    ids: Annotated[list[Id], Field(min_length=2, max_length=2)]


class BulkIn(_In):
    """One thing done to up to 100 applications; `stage` (with `at`) and `tag` belong to the actions of that name."""

    ids: Ids
    action: Literal["archive", "restore", "delete", "stage", "tag", "untag"]
    stage: Stage | None = None
    at: Moment | None = None
    tag: Annotated[Line, Field(max_length=50)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.action == "stage") != (self.stage is not None):
            raise ValueError("Give a stage with the action stage, and only then.")
        if (self.action in {"tag", "untag"}) != (self.tag is not None):
            raise ValueError("Give a tag with the actions tag and untag, and only then.")
        return self

    def deed(self) -> Deed:
        return Deed(self.action, self.stage.value if self.stage else None, self.at, self.tag)


class BulkError(BaseModel):
    code: str
    detail: str


class BulkItem(BaseModel):
    """What became of one application; `error` is null when it went well, `decision_ids` are for undo."""

    id: int
    ok: bool
    decision_ids: list[int]
    error: BulkError | None

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        error = outcome.error
        return cls(
            id=outcome.application_id,
            ok=error is None,
            decision_ids=outcome.decision_ids,
            error=BulkError(code=error.code, detail=error.detail) if error else None,
        )


class BulkOut(BaseModel):
    items: list[BulkItem]


class SplitOut(BaseModel):
    """Both applications after a split; `decision_ids` undo it."""

    application: ApplicationDetail
    split_off: ApplicationDetail
    decision_ids: list[int]


class DecisionsMade(BaseModel):
    """The decisions just made, for undo."""

    decision_ids: list[int]


class EventIn(_In):
    """A line for the history, written by hand: what happened, in a sentence, and when (now, if not given)."""

    type: Literal["call", "meeting", "message", "other"] = "other"
    sentence: Sentence
    at: Moment | None = None


class DecisionOut(BaseModel):
    """One thing a person said. It holds from `effective_at`; `revoked_at` is set when it was undone."""

    id: int
    kind: str
    application_id: int | None
    email_id: int | None
    sentence: str
    payload: dict[str, Any]
    effective_at: datetime
    made_at: datetime
    revoked_at: datetime | None

    @classmethod
    def of(cls, decision: Decision) -> Self:
        values = {name: getattr(decision, name) for name in cls.model_fields if hasattr(decision, name)}
        shown = {k: v for k, v in decision.payload.items() if k != "lesson"}
        return cls(**{**values, "payload": shown, "sentence": sentence_of(decision.kind, decision.payload)})
