"""Health for whoever watches this installation (public: says nothing but yes or no), and the doctor."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.admin import doctor, service
from app.admin.errors import NotReady
from app.admin.schemas import DoctorOut, GmailHealth, LiveOut, ReadyOut
from app.auth.dependencies import CurrentUser
from app.core.settings import get_settings
from app.core.version import VERSION
from app.core.web import origin_of, problems

router = APIRouter(tags=["operations"])


@router.get("/v1/health/live", response_model=LiveOut)
async def get_live() -> LiveOut:
    """The process answers."""
    return LiveOut(version=VERSION)


@router.get("/v1/health/ready", response_model=ReadyOut, responses=problems(NotReady))
def get_ready() -> ReadyOut:
    """The database answers and is migrated; Redis and the broker answer where they are configured."""
    ready = service.check_ready(get_settings())
    return ReadyOut(
        status="ok" if ready.is_whole else "degraded",
        version=VERSION,
        database=ready.database,
        redis=ready.redis,
        broker=ready.broker,
    )


@router.get("/gmail/health", response_model=GmailHealth)
def get_gmail_health() -> GmailHealth:
    """Whether this installation could talk to Gmail."""
    return service.gmail_health(get_settings())


@router.get("/doctor", response_model=DoctorOut)
def get_doctor(request: Request, user: CurrentUser) -> DoctorOut:
    """Look after everything that mail needs: one's own accounts, and for admins the installation. Takes a few
    seconds, since it asks the mail providers."""
    settings = get_settings()
    return DoctorOut.of(doctor.examine(settings, user, origin=origin_of(settings, request)))
