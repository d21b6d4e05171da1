"""Verdicts, and the entries that search looks through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class VerdictRow(Base):
    """What classification decided about one email. `email_class` is null for own mail and for mail that failed.

    `link_pending` stays until link, stage and search are written. `checked_version` is the last pipeline that looked
    at the mail and left the verdict as it was. `model_missed`: a language model was to be asked and gave no answer.
    `entities` carries
    company_name, job_title, ..., interview; `evidence` is a list of {label, field, start, end}.
    """

    __tablename__ = "verdicts"
    __table_args__ = (
        Index("ix_verdicts_user_id_email_class", "user_id", "email_class"),
        Index(
            "ix_verdicts_link_pending",
            "user_id",
            sqlite_where=text("link_pending"),
            postgresql_where=text("link_pending"),
        ),
    )

    email_id: Mapped[int] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    email_class: Mapped[str | None] = mapped_column(String(30))
    confidence: Mapped[float] = mapped_column(default=0.0)
    runner_ups: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    classified_by: Mapped[str] = mapped_column(String(80))
    reasoning: Mapped[list[str]] = mapped_column(JSON, default=list)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    entities: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    action_items: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    application_stage: Mapped[str | None] = mapped_column(String(20))
    requires_action: Mapped[bool] = mapped_column(default=False)
    unsure: Mapped[bool] = mapped_column(default=False)
    needs_review: Mapped[bool] = mapped_column(default=False)
    review_reason: Mapped[str | None] = mapped_column(String(40))
    error: Mapped[str | None] = mapped_column(Text)
    review_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    link_pending: Mapped[bool] = mapped_column(default=False)
    pipeline_version: Mapped[str] = mapped_column(String(80))
    checked_version: Mapped[str | None] = mapped_column(String(80))
    model_missed: Mapped[bool] = mapped_column(default=False, server_default=false())
    classified_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposal(Base):
    """Another verdict for an email, kept aside until the user takes it or leaves it.

    `verdict` holds the columns of the VerdictRow that it would become, `changes` what is different
    (`class`, `company`, `title`, `details`, `doubt`). `based_on` is the `classified_at` of the verdict that it was
    compared with: when that verdict has changed since, the proposal is void.
    """

    __tablename__ = "verdict_proposals"
    __table_args__ = (Index("ix_verdict_proposals_user_id", "user_id"),)

    email_id: Mapped[int] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    email_class: Mapped[str] = mapped_column(String(30))
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    changes: Mapped[list[str]] = mapped_column(JSON)
    based_on: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SearchEntry(Base):
    """What search finds: `names` by trigrams (companies, titles, subjects, senders), `body` by words (first 8 kB)."""

    __tablename__ = "search_entries"
    __table_args__ = (Index("uq_search_entries_user_kind_ref", "user_id", "kind", "ref_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    ref_id: Mapped[int]
    names: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
