"""What left the house, what it cost, and the answers that need not be asked for again."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class Outcome(StrEnum):
    """How a call ended; `sent` while it is under way, and for ever when the process died meanwhile."""

    SENT = "sent"
    ANSWERED = "answered"
    CUT_OFF = "cut_off"
    FAILED = "failed"


class LlmCall(Base):
    """One request to a model, written down before it was sent.

    `preview` is what was sent, redacted and shortened. Tokens and cost are null where the provider or the price
    table doesn't tell them. `tries` counts the attempts that rate limits and outages made necessary.
    """

    __tablename__ = "llm_calls"
    __table_args__ = (
        Index("ix_llm_calls_user_id_id", "user_id", "id"),
        Index("ix_llm_calls_run_id", "run_id"),
        Index("ix_llm_calls_started_at", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    purpose: Mapped[str] = mapped_column(String(20))
    provider: Mapped[str] = mapped_column(String(20))
    model: Mapped[str] = mapped_column(String(200))
    host: Mapped[str] = mapped_column(String(255))
    form: Mapped[str] = mapped_column(String(20))
    prompt_version: Mapped[str] = mapped_column(String(16), default="")
    items: Mapped[int] = mapped_column(default=1)
    sent_chars: Mapped[int] = mapped_column(default=0)
    preview: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(10), default=Outcome.SENT)
    error_code: Mapped[str | None] = mapped_column(String(80))
    error_detail: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    cost_usd: Mapped[float | None]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duration_ms: Mapped[int | None]


class LlmDay(Base):
    """What this installation spent on one day (UTC). `reserved_usd` is set aside for calls under way."""

    __tablename__ = "llm_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    spent_usd: Mapped[float] = mapped_column(default=0.0)
    reserved_usd: Mapped[float] = mapped_column(default=0.0)
    calls: Mapped[int] = mapped_column(default=0)
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)


class CachedAnswer(Base):
    """A validated answer. The key is a hash of whose mail it is and of everything that was read to get it."""

    __tablename__ = "classification_cache"
    __table_args__ = (
        Index("ix_classification_cache_user_id", "user_id"),
        Index("ix_classification_cache_created_at", "created_at"),
    )

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    model: Mapped[str] = mapped_column(String(200))
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
