"""What the user saw, and applications that may be one, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.applications import repository as applications
from app.applications.decided import repository as decided
from app.applications.fields import Id
from app.applications.models import Application, DecisionKind
from app.auth.dependencies import CurrentUser
from app.core.clock import now
from app.core.pagination import Limit, Offset, Page
from app.core.web import ReadDb, WriteDb
from app.intake.duplicates import Reason, Row, find_duplicates
from app.intake.review_router import Candidate

router = APIRouter(tags=["applications"])


class SeenOut(BaseModel):
    """When it was said, and how many applications had something new until then."""

    seen_at: datetime
    applications: int


class SeenIn(BaseModel):
    """Which applications were seen; all, when none are named."""

    model_config = ConfigDict(extra="forbid")

    application_ids: Annotated[list[Id], Field(max_length=100)] | None = None


class DuplicateOut(BaseModel):
    """Two applications that may be one, the earlier first; `score` is 0..1."""

    applications: list[Candidate]
    score: float
    reasons: list[Reason]


@router.post("/seen", response_model=SeenOut)
def mark_seen(session: WriteDb, user: CurrentUser, seen: SeenIn | None = None) -> SeenOut:
    """Say what was seen: what is new in the agenda and the dots in the list go."""
    at = now()
    marked = decided.mark_seen(session, user.id, at, seen.application_ids if seen else None)
    return SeenOut(seen_at=at, applications=marked)


@router.get("/applications/duplicates", response_model=Page[DuplicateOut])
def list_duplicates(
    session: ReadDb, user: CurrentUser, offset: Offset = 0, limit: Limit = 20
) -> Page[DuplicateOut]:
    """Applications that may be one, the likeliest first. Merge them, or dismiss the pair."""
    rows = [Row(*row) for row in decided.in_sight(session, user.id)]
    dismissed = {
        frozenset(map(int, d.payload["ids"]))
        for d in decided.active(session, user.id, (DecisionKind.NOT_SAME,))
    }
    pairs = find_duplicates(rows, dismissed)
    shown = pairs[offset : offset + limit]
    known: dict[int, Application] = applications.load_many(
        session, user.id, {i for pair in shown for i in (pair.first_id, pair.second_id)}
    )
    items = [
        DuplicateOut(
            applications=[Candidate.of(known[pair.first_id]), Candidate.of(known[pair.second_id])],
            score=pair.score,
            reasons=list(pair.reasons),
        )
        for pair in shown
    ]
    return Page(items=items, total=len(pairs), offset=offset, limit=limit)
