"""Reading mail again, over the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from app.classification.values import EmailClass
from app.classification.version import PIPELINE_VERSION
from app.core.settings import Settings
from app.intake.reprocess.service import Change, Estimate, Preview, Wish
from app.runs import service as runs
from app.runs.models import Run, RunState
from app.runs.schemas import RunOut

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ReprocessStartRequest(BaseModel):
    """Which mail to read again. Filters narrow each other. `missed`: mail about which a language model was to be
    asked and gave no answer. `preview` true keeps verdicts aside to be looked at, false writes them at once; left
    out, that depends on whether Jobtrail reads differently since an upgrade. `dry_run` only counts."""

    model_config = ConfigDict(extra="forbid")

    scope: Literal["all", "class", "application"] = "all"
    application_id: Id | None = None
    email_class: EmailClass | None = None
    below_confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    older_than_version: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    since: datetime | None = None
    missed: bool = False
    preview: bool | None = None
    dry_run: bool = False

    @field_validator("since")
    @classmethod
    def _with_zone(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.scope == "application" and self.application_id is None:
            raise ValueError("scope=application needs an application_id.")
        if self.scope == "class" and self.email_class is None:
            raise ValueError("scope=class needs an email_class.")
        return self

    def wish(self) -> Wish:
        return Wish(
            application_id=self.application_id,
            email_class=self.email_class,
            below_confidence=self.below_confidence,
            older_than_version=self.older_than_version,
            since=self.since,
            missed=self.missed,
            preview=self.preview,
        )


class ReprocessEstimate(BaseModel):
    """What reading again would take. `dropped` mails have no text here any more and are fetched again where that is
    possible. Calls and cost (USD) are the most that it takes: answers that are remembered cost nothing. The cost is
    null when the model's price is unknown."""

    count: int
    by_class: dict[str, int]
    dropped: int
    estimated_calls: int
    estimated_cost: float | None

    @classmethod
    def of(cls, estimate: Estimate) -> Self:
        return cls(
            count=estimate.count,
            by_class=estimate.by_class,
            dropped=estimate.dropped,
            estimated_calls=estimate.calls,
            estimated_cost=estimate.cost,
        )


class ReprocessStatus(BaseModel):
    """The newest run that reads mail again; idle when there is none or it has ended well."""

    status: Literal["idle", "queued", "running", "error"]
    message: str
    processed: int
    total: int | None
    percent: float | None
    error: str | None
    error_code: str | None
    job_id: str | None
    celery_state: str | None

    @classmethod
    def of(cls, settings: Settings, run: Run | None) -> Self:
        if run is None:
            return cls(
                status="idle", message="", processed=0, total=None, percent=None, error=None, error_code=None,
                job_id=None, celery_state=None,
            )  # fmt: skip
        states: dict[str, Literal["queued", "running", "error"]] = {
            RunState.QUEUED: "queued",
            RunState.RUNNING: "running",
            RunState.ERROR: "error",
        }
        return cls(
            status=states.get(run.state, "idle"),
            message=run.message,
            processed=run.processed,
            total=run.total,
            percent=RunOut.of(run).percent,
            error=run.error_detail if run.error_code else None,
            error_code=run.error_code,
            job_id=run.id,
            celery_state=runs.worker_state(settings, run),
        )


class ReadAs(BaseModel):
    """What a mail was read as, or would be."""

    email_class: EmailClass | None
    confidence: float
    company_name: str | None
    job_title: str | None
    unsure: bool
    classified_by: str


class ChangeOut(BaseModel):
    """One mail that would be read differently. `changes` names what: class, company, title, details (of the job, a
    date, something to do) or doubt. Stages are those of the application that it belongs to now."""

    email_id: int
    subject: str
    sender_name: str
    sender_email: str
    received_at: datetime
    changes: list[str]
    before: ReadAs
    after: ReadAs
    quote: str | None
    application_id: int | None
    application: str | None
    stage_before: str | None
    stage_after: str | None
    leaves_application: bool
    joins_application: bool

    @classmethod
    def of(cls, change: Change) -> Self:
        email, now, then = change.email, change.verdict, change.proposal.verdict
        application = change.effect.application
        names = (application.company_name, application.job_title) if application else ()
        return cls(
            email_id=email.id,
            subject=email.subject,
            sender_name=email.sender_name,
            sender_email=email.sender_email,
            received_at=email.received_at,
            changes=change.proposal.changes,
            before=ReadAs(
                email_class=EmailClass(now.email_class) if now.email_class else None,
                confidence=now.confidence,
                company_name=now.entities.get("company_name"),
                job_title=now.entities.get("job_title"),
                unsure=now.unsure,
                classified_by=now.classified_by,
            ),
            after=ReadAs(
                email_class=EmailClass(then["email_class"]),
                confidence=then["confidence"],
                company_name=then["entities"].get("company_name"),
                job_title=then["entities"].get("job_title"),
                unsure=then["unsure"],
                classified_by=then["classified_by"],
            ),
            quote=next((e["quote"] for e in then["evidence"] if e.get("quote")), None),
            application_id=application.id if application else None,
            application=" · ".join(name for name in names if name) or None,
            stage_before=change.effect.stage_before,
            stage_after=change.effect.stage_after,
            leaves_application=change.effect.leaves,
            joins_application=change.effect.joins,
        )


class PreviewOut(BaseModel):
    """What would change, newest mail first; `total` waits for an answer. `looked_at` is of how many, null when the
    newest run was no preview. `before` and `after` count all incoming mail by class, now and if everything were
    taken. `outdated` mails were last looked at by another version of Jobtrail, about `missed` ones a language model
    was to be asked and gave no answer: both are worth reading again."""

    items: list[ChangeOut]
    total: int
    offset: int
    limit: int
    looked_at: int | None
    before: dict[str, int]
    after: dict[str, int]
    pipeline_version: str
    outdated: int
    missed: int
    run: RunOut | None

    @classmethod
    def of(cls, preview: Preview, offset: int, limit: int) -> Self:
        return cls(
            items=[ChangeOut.of(change) for change in preview.changes],
            total=preview.total,
            offset=offset,
            limit=limit,
            looked_at=preview.looked_at,
            before=preview.before,
            after=preview.after,
            pipeline_version=PIPELINE_VERSION,
            outdated=preview.outdated,
            missed=preview.missed,
            run=RunOut.of(preview.run) if preview.run else None,
        )


class AcceptRequest(BaseModel):
    """`all`: take every change. `some`: those of `email_ids`. `none`: leave the verdicts as they are, all of them or
    those of `email_ids`."""

    model_config = ConfigDict(extra="forbid")

    accept: Literal["all", "some", "none"]
    email_ids: Annotated[list[Id], Field(min_length=1, max_length=5000)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.accept == "some") and not self.email_ids:
            raise ValueError("accept=some needs email_ids.")
        if self.accept == "all" and self.email_ids:
            raise ValueError("accept=all takes no email_ids.")
        return self


class Declined(BaseModel):
    """Verdicts stay as they are; `left` changes still wait for an answer."""

    left: int
