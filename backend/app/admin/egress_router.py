"""Which hosts this installation has contacted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from app.auth.dependencies import CurrentUser
from app.core import egress
from app.core.pagination import Limit, Offset, Page
from app.core.settings import get_settings
from app.core.web import ReadDb

router = APIRouter(tags=["operations"])


class EgressHost(BaseModel):
    """One host, and what it was contacted for. `count`: requests where a library tells them apart, else connections.
    `own`: for the person who asks, not for the whole installation."""

    model_config = ConfigDict(from_attributes=True)

    host: str
    port: int
    purpose: Literal["gmail", "imap", "google_calendar", "google_sheets", "sign_in", "llm", "webhook", "web"]
    own: bool
    count: int
    first_at: datetime
    last_at: datetime


class EgressPage(Page[EgressHost]):
    """`offline`: nothing but the mail host is contacted."""

    offline: bool


@router.get("/egress", response_model=EgressPage)
def list_contacted_hosts(
    session: ReadDb, user: CurrentUser, offset: Offset = 0, limit: Limit = 50
) -> EgressPage:
    """Every host that was contacted for the person who asks or for the installation, last contacted first. Mail servers
    of other people are theirs to see. Counts are up to half a minute behind."""
    rows, total = egress.contacts_of(session, user.id, offset=offset, limit=limit)
    items = [EgressHost.model_validate(row) for row in rows]
    return EgressPage(items=items, total=total, offset=offset, limit=limit, offline=get_settings().offline)
