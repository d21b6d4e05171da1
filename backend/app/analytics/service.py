"""Figures of a user's job search."""

from __future__ import annotations

from datetime import timedelta

from app.analytics import repository
from app.analytics.schemas import EverReached, Stats
from app.applications.derive import STALE_DAYS
from app.core.clock import now
from app.core.db import ReadSession


def stats(session: ReadSession, user_id: int) -> Stats:
    """Where the user's applications stand."""
    found = repository.counts(session, user_id, now() - timedelta(days=STALE_DAYS))
    return Stats(
        total=found["total"],
        saved=found["is_saved"],
        applied=found["is_applied"],
        assessments=found["is_assessment"],
        interviews=found["is_interview"],
        offers=found["is_offer"],
        accepted=found["is_accepted"],
        rejections=found["is_rejected"],
        withdrawn=found["is_withdrawn"],
        pending=found["is_applied"] + found["is_assessment"] + found["is_interview"],
        needs_review=repository.emails_to_review(session, user_id),
        action_items=repository.open_action_items(session, user_id),
        stale=found["stale"],
        ever=EverReached(**{name: found[f"ever_{name}"] for name in EverReached.model_fields}),
    )
