"""How far applications got, as conditions of a query. A later stage implies the earlier ones."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from app.applications.models import Application, Stage


def reached_moments(stage: str) -> tuple[InstrumentedAttribute[datetime | None], ...]:
    """The moments any of which shows that a stage was reached."""
    order = (Stage.ASSESSMENT, Stage.INTERVIEW, Stage.OFFER, Stage.ACCEPTED)
    moments = (
        Application.assessment_at,
        Application.interview_at,
        Application.offer_at,
        Application.accepted_at,
    )
    return moments[order.index(Stage(stage)) :] if stage in order else (Application.rejected_at,)


def reached_conditions(reached: str | None, level: str | None) -> list[ColumnElement[bool]]:
    """Applications that were sent and got there (`answer`: anything was heard; `silence`: nothing), of that position
    level (`unknown`: of none). None leaves a side open."""
    found: list[ColumnElement[bool]] = []
    if level is not None:
        column = Application.position_level
        found.append(column.is_(None) if level == "unknown" else column == level)
    if reached is None:
        return found
    found.append(Application.stage != Stage.SAVED)
    heard = or_(*(m.is_not(None) for m in (*reached_moments("assessment"), Application.rejected_at)))
    if reached in {"answer", "silence"}:
        found.append(heard if reached == "answer" else ~heard)
    elif reached != "applied":
        found.append(or_(*(m.is_not(None) for m in reached_moments(reached))))
    return found
