"""Figures over the API."""

from __future__ import annotations

from fastapi import APIRouter

from app.analytics import service
from app.analytics.schemas import Stats
from app.auth.dependencies import CurrentUser
from app.core.web import ReadDb

router = APIRouter(tags=["analytics"])


@router.get("/stats", response_model=Stats)
def get_stats(session: ReadDb, user: CurrentUser) -> Stats:
    """Where the user's applications stand."""
    return service.stats(session, user.id)
