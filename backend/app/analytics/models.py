"""The one table of this room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class Prediction(Base):
    """The newest prediction of a user, as learned from the data that `fingerprint` stands for.

    `card` is the model card; `scores` are [application id, probability, category, days since received, days since
    the last activity, the five contributions], the most probable first. A cache: it can be computed again.
    """

    __tablename__ = "predictions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(100))
    computed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    card: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    scores: Mapped[list[Any]] = mapped_column(JSON, default=list)
