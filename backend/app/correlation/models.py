"""Links between emails and applications, and the keys by which mails find each other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Link(Base):
    """The decision that an email belongs to an application; score and margin are 0..1."""

    __tablename__ = "links"

    email_id: Mapped[int] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    method: Mapped[str] = mapped_column(String(20))
    score: Mapped[float]
    margin: Mapped[float | None]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class LinkKey(Base):
    """One key of an email (`thread:`, `msg:`, `id:`, `company:`, `domain:`); mails sharing one are one component."""

    __tablename__ = "link_keys"
    __table_args__ = (
        Index("uq_link_keys_email_key", "email_id", "key", unique=True),
        Index("ix_link_keys_user_id_key", "user_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    email_id: Mapped[int] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(300))
