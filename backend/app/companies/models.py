"""Names that a user taught us to belong to one company."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class CompanyAlias(Base):
    """`alias_key` (a company key or a sender domain) means `company_key`, for this user only."""

    __tablename__ = "company_aliases"
    __table_args__ = (Index("uq_company_aliases_user_alias_key", "user_id", "alias_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    alias_key: Mapped[str] = mapped_column(String(200))
    company_key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
