"""Writing lines into an application's history."""

from __future__ import annotations

from datetime import datetime
from itertools import count

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.applications.models import TimelineEvent
from app.core.clock import now
from app.core.db import WriteSession

log = structlog.get_logger(__name__)
_lost = count(1)


def log_event(
    session: WriteSession,
    user_id: int,
    application_id: int,
    kind: str,
    sentence: str,
    *,
    cause: str,
    at: datetime | None = None,
    decision_id: int | None = None,
    run_id: str | None = None,
) -> None:
    """Append a line to the application's history. What the caller does never fails for it: a line that can't be
    written is logged and counted."""
    session.flush()  # what the caller wrote may fail, and then not in the name of the line
    try:
        with session.begin_nested():
            session.add(
                TimelineEvent(
                    user_id=user_id,
                    application_id=application_id,
                    type=kind[:40],
                    at=at or now(),
                    sentence=sentence.replace("\x00", ""),
                    cause=cause,
                    decision_id=decision_id,
                    run_id=run_id,
                )
            )
    except (SQLAlchemyError, ValueError):
        log.exception("timeline_line_lost", event_type=kind, lost=next(_lost))
