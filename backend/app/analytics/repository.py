"""Counting queries over the user's applications; archived, deleted and merged ones are left out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Label, case, cast, func, or_, select

from app.applications.models import ActionItem, Application, Stage
from app.applications.repository import OPEN_STAGES
from app.core.db import ReadSession
from app.intake.models import VerdictRow

# A later stage implies the earlier ones: what was reached is told by any moment at or beyond it.
_REACHED = {
    "assessment": (
        Application.assessment_at,
        Application.interview_at,
        Application.offer_at,
        Application.accepted_at,
    ),
    "interview": (Application.interview_at, Application.offer_at, Application.accepted_at),
    "offer": (Application.offer_at, Application.accepted_at),
    "accepted": (Application.accepted_at,),
    "rejected": (Application.rejected_at,),
}


def counts(session: ReadSession, user_id: int, stale_before: datetime) -> dict[str, int]:
    """By current stage, `ever_<stage>`, `stale` and `total`, in one pass."""
    columns: list[Label[int]] = [func.count().label("total")]
    columns += [_sum(Application.stage == stage).label(f"is_{stage}") for stage in Stage]
    columns.append(_sum(Application.stage != Stage.SAVED).label("ever_applied"))
    for reached, moments in _REACHED.items():
        columns.append(_sum(or_(*(m.is_not(None) for m in moments))).label(f"ever_{reached}"))
    columns.append(
        _sum((Application.last_activity_at < stale_before) & Application.stage.in_(OPEN_STAGES)).label(
            "stale"
        )
    )
    row = session.execute(select(*columns).where(*_live(user_id))).mappings().one()
    return {name: int(value or 0) for name, value in row.items()}


def open_action_items(session: ReadSession, user_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(ActionItem)
            .join(Application, Application.id == ActionItem.application_id)
            .where(*_live(user_id), ActionItem.done_at.is_(None))
        )
        or 0
    )


def emails_to_review(session: ReadSession, user_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(VerdictRow)
            .where(VerdictRow.user_id == user_id, VerdictRow.needs_review.is_(True))
        )
        or 0
    )


def _live(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Application.user_id == user_id,
        Application.merged_into.is_(None),
        Application.deleted_at.is_(None),
        Application.archived_at.is_(None),
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(cast(case((condition, 1), else_=0), Integer))
