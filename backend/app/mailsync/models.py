"""Where each account's sync stands, and the ledger of every message that was looked at."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class Outcome(StrEnum):
    """What became of one message."""

    STORED = "stored"
    KNOWN = "known"
    SKIPPED = "skipped"
    FAILED = "failed"
    DELETED = "deleted"
    RESTORED = "restored"


class Reason(StrEnum):
    """Why a message was skipped or failed."""

    SPAM = "spam"
    TRASH = "trash"
    DRAFT = "draft"
    CHAT = "chat"
    EMPTY = "empty"
    GONE = "gone"
    UNREADABLE = "unreadable"
    FETCH_FAILED = "fetch_failed"
    CLASSIFICATION_FAILED = "classification_failed"
    NOT_IN_QUERY = "not_in_query"


class ScheduleKind(StrEnum):
    """What happens to a connected account without anybody asking."""

    SYNC = "sync"
    DELETIONS = "deletions"
    TOKEN = "token"  # noqa: S105 (no secret)


class Schedule(Base):
    """When an account's next turn is. Whoever moves `next_due_at` on does the work: nobody else finds it due.

    `every_s` is null while the settings say how often; `failures` counts turns that failed since one went well.
    """

    __tablename__ = "schedules"
    __table_args__ = (
        Index("uq_schedules_account_kind", "mail_account_id", "kind", unique=True),
        Index("ix_schedules_next_due_at", "next_due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    mail_account_id: Mapped[int] = mapped_column(ForeignKey("mail_accounts.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    enabled: Mapped[bool] = mapped_column(default=True)
    every_s: Mapped[int | None]
    next_due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"), index=True)
    failures: Mapped[int] = mapped_column(default=0)


class SyncState(Base):
    """The cursor of one mail account. `complete_since` is the moment back to which the mailbox is complete."""

    __tablename__ = "sync_state"

    mail_account_id: Mapped[int] = mapped_column(
        ForeignKey("mail_accounts.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    last_history_id: Mapped[int | None] = mapped_column(BigInteger)
    cursor: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    last_synced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_full_sync_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    complete_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(20), default="idle")
    error: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EmailLog(Base):
    """One line of the ledger: a message of an account and what became of it. Outlives its run."""

    __tablename__ = "email_logs"
    __table_args__ = (
        Index(
            "uq_email_logs_run_account_message",
            "run_id",
            "mail_account_id",
            "provider_message_id",
            unique=True,
        ),
        Index("ix_email_logs_user_id_id", "user_id", "id"),
        Index("ix_email_logs_account_message", "mail_account_id", "provider_message_id"),
        Index(
            "ix_email_logs_failed",
            "mail_account_id",
            "provider_message_id",
            sqlite_where=text("outcome = 'failed'"),
            postgresql_where=text("outcome = 'failed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    mail_account_id: Mapped[int] = mapped_column(ForeignKey("mail_accounts.id", ondelete="CASCADE"))
    provider_message_id: Mapped[str] = mapped_column(String(200))
    email_id: Mapped[int | None] = mapped_column(ForeignKey("emails.id", ondelete="SET NULL"), index=True)
    subject: Mapped[str] = mapped_column(String(300), default="")
    sender: Mapped[str] = mapped_column(String(320), default="")
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(40))
    classification: Mapped[str | None] = mapped_column(String(30))
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=1)
    processed_at: Mapped[datetime] = mapped_column(UtcDateTime)
