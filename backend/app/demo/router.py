"""The demo mailbox over the API: one click to load, one to remove."""

from __future__ import annotations

from fastapi import APIRouter, Response

from app.auth.dependencies import CurrentUser
from app.core.web import WriteDb, problems
from app.demo import service
from app.demo.service import DemoAlreadyLoaded
from app.runs.errors import RunAlreadyActive
from app.runs.schemas import RunStarted, started

router = APIRouter(tags=["demo"])


@router.post(
    "/demo",
    response_model=RunStarted,
    status_code=202,
    responses=problems(RunAlreadyActive, DemoAlreadyLoaded),
)
def load_demo(session: WriteDb, user: CurrentUser) -> RunStarted:
    """Load the demo mailbox; it is read like any other mail."""
    return started(service.start(session, user))


@router.delete("/demo", status_code=204, response_class=Response, responses=problems(RunAlreadyActive))
def remove_demo(user: CurrentUser) -> Response:
    """Remove the demo mailbox with everything that was read out of it."""
    service.remove(user)
    return Response(status_code=204)
