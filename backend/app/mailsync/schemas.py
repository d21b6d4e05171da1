"""Sync status and the ledger as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, Field

from app.mailsync.models import EmailLog, Reason
from app.runs.models import ACTIVE, Run
from app.runs.schemas import RunOut, RunStarted


class SyncStatus(BaseModel):
    """The newest sync, in the shape that clients poll and stream."""

    status: Literal["idle", "syncing", "error"]
    message: str = ""
    phase: str = ""
    processed: int = 0
    total: int | None = None
    percent: float | None = None
    eta_seconds: int | None = None
    waiting_until: datetime | None = None
    created: int = 0
    updated: int = 0
    deleted: int = 0
    skipped: int = 0
    errors: int = 0
    error: str | None = None
    error_code: str | None = None
    job_id: str | None = None

    @classmethod
    def of(cls, run: Run | None) -> Self:
        return cls(status="idle") if run is None else cls.of_run(RunOut.of(run))

    @classmethod
    def of_run(cls, run: RunOut) -> Self:
        status: Literal["idle", "syncing", "error"] = "idle"
        if run.state in ACTIVE:
            status = "syncing"
        elif run.state == "error":
            status = "error"
        same = {name: getattr(run, name) for name in _SAME}
        return cls(
            status=status,
            error=run.error.detail if run.error else None,
            error_code=run.error.code if run.error else None,
            **same,
        )


_SAME = (
    "message", "phase", "processed", "total", "percent", "eta_seconds", "waiting_until", "created", "updated",
    "deleted", "skipped", "errors", "job_id",
)  # fmt: skip


class LedgerLine(BaseModel):
    """What became of one message in a run."""

    id: int
    mail_account_id: int
    provider_message_id: str
    email_id: int | None
    subject: str
    sender: str
    received_at: datetime | None
    outcome: str
    reason: str | None
    classification: str | None
    error: str | None
    attempts: int
    processed_at: datetime

    @classmethod
    def of(cls, line: EmailLog, classification: str | None, unjudged: str | None) -> Self:
        """`unjudged` says why the email has no verdict although it was stored."""
        shown = cls(**{name: getattr(line, name) for name in cls.model_fields})
        if classification is not None:
            shown.classification = classification
        if unjudged is not None:
            shown.reason, shown.error = Reason.CLASSIFICATION_FAILED, unjudged
        return shown


class GmailSyncRequest(BaseModel):
    """`force_full_sync` reads everything, without a window; `max_results` messages at a time."""

    force_full_sync: bool = False
    max_results: int | None = Field(default=None, ge=1, le=100_000)


class BackfillStatus(BaseModel):
    """One backfill; `inserted` counts emails that were not stored before."""

    job_id: str
    state: str
    processed: int
    total: int | None
    percent: float | None
    eta_seconds: int | None
    inserted: int
    error: str | None
    error_code: str | None

    @classmethod
    def of(cls, run: RunOut) -> Self:
        return cls(
            job_id=run.job_id,
            state=run.state,
            processed=run.processed,
            total=run.total,
            percent=run.percent,
            eta_seconds=run.eta_seconds,
            inserted=run.created,
            error=run.error.detail if run.error else None,
            error_code=run.error.code if run.error else None,
        )


class BackfillCanceled(BaseModel):
    ok: bool
    error: str | None


class AccountStats(BaseModel):
    """What is stored of one account, and how far it is read."""

    mail_account_id: int
    address: str
    emails: int = 0
    deleted: int = 0
    unclassified: int = 0
    by_class: dict[str, int] = Field(default_factory=dict)
    last_synced_at: datetime | None
    last_full_sync_at: datetime | None
    last_history_id: int | None
    complete_since: datetime | None
    needs_reauth: bool


class GmailStats(BaseModel):
    items: list[AccountStats]


class LeftOutFetch(RunStarted):
    """`others_from_sender` counts those whose sender is known to be the same; the run's result counts all."""

    others_from_sender: int
