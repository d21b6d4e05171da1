"""Figures as the API shows them."""

from __future__ import annotations

from pydantic import BaseModel


class EverReached(BaseModel):
    """How many applications ever reached each stage; a later stage implies the earlier ones."""

    applied: int
    assessment: int
    interview: int
    offer: int
    accepted: int
    rejected: int


class Stats(BaseModel):
    """Applications by current stage. `pending` = applied + assessment + interview."""

    total: int
    saved: int
    applied: int
    assessments: int
    interviews: int
    offers: int
    accepted: int
    rejections: int
    withdrawn: int
    pending: int
    needs_review: int
    action_items: int
    stale: int
    ever: EverReached
