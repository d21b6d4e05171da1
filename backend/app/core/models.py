"""The one table of this room: which hosts this installation has contacted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class ContactedHost(Base):
    """One host and what it was contacted for. `user_id` is set where a person named the host (a mail server, an
    address), null where the installation did (Google, the language model)."""

    __tablename__ = "egress"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(320), unique=True)  # owner, purpose, host and port in one
    purpose: Mapped[str] = mapped_column(String(32))
    host: Mapped[str] = mapped_column(String(255))
    port: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int]

    @property
    def own(self) -> bool:
        return self.user_id is not None
