"""Health for whoever watches this installation. Public: says nothing but yes or no."""

from __future__ import annotations

from fastapi import APIRouter

from app.admin import service
from app.admin.errors import NotReady
from app.admin.schemas import GmailHealth, LiveOut, ReadyOut
from app.core.settings import get_settings
from app.core.version import VERSION
from app.core.web import problems

router = APIRouter(tags=["operations"])


@router.get("/v1/health/live", response_model=LiveOut)
async def get_live() -> LiveOut:
    """The process answers."""
    return LiveOut(version=VERSION)


@router.get("/v1/health/ready", response_model=ReadyOut, responses=problems(NotReady))
def get_ready() -> ReadyOut:
    """The database answers and is migrated; Redis answers where one is configured."""
    database, redis = service.check_ready(get_settings())
    return ReadyOut(version=VERSION, database=database, redis=redis)


@router.get("/gmail/health", response_model=GmailHealth)
def get_gmail_health() -> GmailHealth:
    """Whether this installation could talk to Gmail."""
    return service.gmail_health(get_settings())
