"""Applications, interviews, action items, contacts, decisions and appended timeline events."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.applications.kept import ApplicationTag, Note, Reminder, SavedView, Tag
from app.core.db import Base, UtcDateTime

__all__ = [
    "ActionItem",
    "Application",
    "ApplicationTag",
    "Contact",
    "Decision",
    "DecisionKind",
    "Interview",
    "Note",
    "Reminder",
    "SavedView",
    "Source",
    "Stage",
    "Tag",
    "TimelineEvent",
]


class Stage(StrEnum):
    """Where an application stands."""

    SAVED = "saved"
    APPLIED = "applied"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    OFFER = "offer"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN_STAGES = (Stage.SAVED, Stage.APPLIED, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.OFFER)


class Source(StrEnum):
    """Where the application came from."""

    REFERRAL = "referral"
    LINKEDIN = "linkedin"
    INDEED = "indeed"
    COMPANY_SITE = "company_site"
    AGENCY = "agency"
    BOARD = "board"
    OTHER = "other"
    UNKNOWN = "unknown"


# What lists are narrowed to: counting then reads this index and no rows.
_COUNTED = (
    "stage", "category", "source", "requires_action", "last_direction", "needs_review", "pinned",
    "last_activity_at", "received_date", "search_text", "merged_into", "deleted_at", "archived_at",
)  # fmt: skip
_IN_SIGHT = text("merged_into IS NULL AND deleted_at IS NULL AND archived_at IS NULL")


def search_text(company_name: str | None, job_title: str | None) -> str:
    """What lists search in: company and title in small letters, a line each."""
    return "\n".join(" ".join((name or "").lower().split()) for name in (company_name, job_title))


def _search_text_of_row(context: Any) -> str:
    row = context.get_current_parameters()
    return search_text(row.get("company_name"), row.get("job_title"))


def _index_in_sight(name: str, *columns: str) -> Index:
    """An index over the applications that lists show; the first column is always the owner."""
    return Index(name, "user_id", *columns, sqlite_where=_IN_SIGHT, postgresql_where=_IN_SIGHT)


class Application(Base):
    """One candidacy: one user, one job at one company."""

    __tablename__ = "applications"
    __table_args__ = (
        _index_in_sight("ix_applications_category_received_date", "category", "received_date", "id"),
        _index_in_sight("ix_applications_status_received_date", "stage", "received_date", "id"),
        _index_in_sight("ix_applications_received_date", "received_date", "id"),
        _index_in_sight("ix_applications_by_activity", "last_activity_at", "id"),
        _index_in_sight("ix_applications_by_company", "company_key", "id"),
        _index_in_sight("ix_applications_by_title", "title_key", "id"),
        _index_in_sight("ix_applications_by_stage", "stage", "stage_since", "id"),
        _index_in_sight("ix_applications_by_due", "next_due_at", "id"),
        _index_in_sight("ix_applications_counted", *_COUNTED),
        Index(
            "ix_applications_archived_at",
            "user_id",
            "archived_at",
            sqlite_where=text("archived_at IS NOT NULL"),
            postgresql_where=text("archived_at IS NOT NULL"),
        ),
        Index(
            "ix_applications_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
        Index(
            "ix_applications_deleted_at",
            "deleted_at",
            sqlite_where=text("deleted_at IS NOT NULL"),
            postgresql_where=text("deleted_at IS NOT NULL"),
        ),
        Index("ix_applications_user_id_version", "user_id", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    company_name: Mapped[str | None] = mapped_column(String(200))
    company_key: Mapped[str] = mapped_column(String(200), default="")
    job_title: Mapped[str | None] = mapped_column(String(200))
    title_key: Mapped[str] = mapped_column(String(200), default="")
    search_text: Mapped[str] = mapped_column(Text, default=_search_text_of_row, server_default="")
    position_level: Mapped[str | None] = mapped_column(String(40))
    location: Mapped[str | None] = mapped_column(String(200))
    salary_text: Mapped[str | None] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(20), default=Source.UNKNOWN)
    job_url: Mapped[str | None] = mapped_column(Text)
    requisition_id: Mapped[str | None] = mapped_column(String(100))
    stage: Mapped[str] = mapped_column(String(12))
    pinned: Mapped[bool] = mapped_column(Boolean, default=False)
    category: Mapped[str | None] = mapped_column(String(30))
    confidence: Mapped[float | None]
    received_date: Mapped[datetime] = mapped_column(UtcDateTime)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assessment_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    interview_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    offer_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rejected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage_since: Mapped[datetime] = mapped_column(UtcDateTime)
    last_activity_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_direction: Mapped[str] = mapped_column(String(3), default="in")
    emails: Mapped[int] = mapped_column(default=0)
    next_action: Mapped[str | None] = mapped_column(String(300))
    next_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requires_action: Mapped[bool] = mapped_column(default=False)
    needs_review: Mapped[bool] = mapped_column(default=False)
    stage_evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    machine: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("applications.id", ondelete="SET NULL"))
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it as a plain dict)


class Interview(Base):
    """A scheduled talk, as mail and the user state it. `state` is scheduled or canceled.

    `email_id` is the newest of `emails`, the mails that speak of it; `decision_id` the user's word that made it,
    when no mail did. `people` is a list of {name, email?}. `uid` names it in calendars for good, `sequence`
    counts what changed that a calendar shows, and `changed_at` is when.
    """

    __tablename__ = "interviews"
    __table_args__ = (Index("ix_interviews_user_id_starts_at", "user_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    email_id: Mapped[int | None] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"), index=True)
    event_uid: Mapped[str | None] = mapped_column(String(300))
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    place: Mapped[str | None] = mapped_column(Text)
    round: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(12))
    title: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    people: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    prep_notes: Mapped[str | None] = mapped_column(Text)
    emails: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"))
    uid: Mapped[str | None] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ActionItem(Base):
    """Something the user must do: kind, title, due date, link, the email it came from.

    Until `snoozed_until` it is nobody's turn to be reminded of it; it stays open and due when it is due.
    `sequence` counts what changed that a calendar shows, `changed_at` is when.
    """

    __tablename__ = "action_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    email_id: Mapped[int | None] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(300))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    link: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Contact(Base):
    """A person met in the mail of an application, or added by hand.

    `said` holds what the user wrote (name, email, role, phone), which mail never overwrites; `hidden_at` is set on
    one whom the user took out, so that mail doesn't bring them back.
    """

    __tablename__ = "contacts"
    __table_args__ = (Index("uq_contacts_application_email", "application_id", "email", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(320))
    role: Mapped[str | None] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(40))
    by_user: Mapped[bool] = mapped_column(Boolean, default=False)
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DecisionKind(StrEnum):
    """What a person can say; each is one row, revocable."""

    STAGE = "stage"
    FIELD = "field"
    PIN = "pin"
    LINK = "link"
    UNLINK = "unlink"
    CLASS = "class"
    ENTITY = "entity"
    INTERVIEW = "interview"
    ACTION = "action"
    CREATE = "create"
    ARCHIVE = "archive"
    DELETE = "delete"
    MERGE = "merge"
    SPLIT = "split"
    NOT_SAME = "not_same"
    IGNORE = "ignore"
    EVENT = "event"
    IMPORT = "import"


class Decision(Base):
    """One thing a person said. Append-only: undo sets `revoked_at` and recomputes."""

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_user_id_application_id", "user_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    email_id: Mapped[int | None] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    effective_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TimelineEvent(Base):
    """An appended line of an application's history: only what users and runs did."""

    __tablename__ = "timeline_events"
    __table_args__ = (Index("ix_timeline_events_application_id_at", "application_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    type: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    sentence: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(String(10))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"))
    run_id: Mapped[str | None] = mapped_column(String(32))


class ResponseEstimate(Base):
    """How long a user's applications wait for an answer: `curves` as `applications.values.ResponseCurve` writes them.

    A cache that whoever computes figures fills (`service.store_estimate`); without a row the prior holds.
    """

    __tablename__ = "response_estimates"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    computed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stale_days: Mapped[int]
    curves: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
