"""The runs table and the accounts an active run holds."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class RunKind(StrEnum):
    SYNC = "sync"
    BACKFILL = "backfill"
    IMPORT = "import"
    DEMO = "demo"
    DELETIONS = "deletion_check"
    VERIFY = "verify"
    FETCH = "fetch"
    REPROCESS = "reprocess"
    PREDICTION = "prediction"
    EXPORT = "export"
    LINK = "link"
    RESTORE = "restore"
    IMPORT_TABLE = "import_table"


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    ERROR = "error"
    CANCELED = "canceled"


ACTIVE = (RunState.QUEUED, RunState.RUNNING)


class Run(Base):
    """One background run.

    queued -> running -> done | error | canceled;  running -> queued when the lease expires or it must wait.
    `rev` grows with every visible change; `lease_token` fences out a holder that lost its lease.
    """

    __tablename__ = "runs"
    __table_args__ = (
        Index(
            "uq_runs_active_dedupe_key",
            "user_id",
            "dedupe_key",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running')"),
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
        Index("ix_runs_user_id_created_at", "user_id", "created_at"),
        Index("ix_runs_state_lease_until", "state", "lease_until"),
        Index("ix_runs_created_at", "created_at"),
        Index("ix_runs_finished_at", "finished_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default=RunState.QUEUED)
    dedupe_key: Mapped[str] = mapped_column(String(120))
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    cursor: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    phase: Mapped[str] = mapped_column(String(40), default="")
    processed: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    deleted: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    errors: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    error_code: Mapped[str | None] = mapped_column(String(80))
    error_detail: Mapped[str | None] = mapped_column(Text)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    attempt: Mapped[int] = mapped_column(default=0)
    priority: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    rev: Mapped[int] = mapped_column(default=1)
    holder: Mapped[str | None] = mapped_column(String(80))
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RunAccount(Base):
    """An active run holds a mail account in a lane; the unique key lets only one run hold it."""

    __tablename__ = "run_accounts"
    __table_args__ = (Index("uq_run_accounts_account_lane", "mail_account_id", "lane", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    mail_account_id: Mapped[int]
    lane: Mapped[str] = mapped_column(String(20))


class RunTurn(Base):
    """Which run does now what only one of the user's runs may do at a time. It counts only while that run is
    running under its lease."""

    __tablename__ = "run_turns"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))


class RunDay(Base):
    """What the runs of this installation came to on one day (UTC), counted when each ends: its row goes after a
    while, what it did stays counted. `state` is how they ended; `queued` counts how often one was put back because
    a provider asked to wait, with `seconds` as the time it was asked to. `waited_s` is from creation to the start.
    """

    __tablename__ = "run_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[str] = mapped_column(String(10), primary_key=True)
    runs: Mapped[int] = mapped_column(BigInteger, default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    waited_s: Mapped[float] = mapped_column(default=0.0)
    processed: Mapped[int] = mapped_column(BigInteger, default=0)
    created: Mapped[int] = mapped_column(BigInteger, default=0)
    judged: Mapped[int] = mapped_column(BigInteger, default=0)
    skipped: Mapped[int] = mapped_column(BigInteger, default=0)
    errors: Mapped[int] = mapped_column(BigInteger, default=0)
