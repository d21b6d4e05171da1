"""Reading mail again, over the API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.applications.errors import ApplicationNotFound
from app.auth.dependencies import CurrentUser
from app.classification import service as classification
from app.classification.errors import TooManyCalls
from app.core.pagination import Limit, Offset
from app.core.settings import get_settings
from app.core.web import ReadDb, RowId, WriteDb, problems
from app.intake.reprocess import service
from app.intake.reprocess.errors import NothingProposed, NotProposed
from app.intake.reprocess.schemas import (
    AcceptRequest,
    Declined,
    PreviewOut,
    ReprocessEstimate,
    ReprocessStartRequest,
    ReprocessStatus,
)
from app.intake.reprocess.service import Wish
from app.runs.errors import RunAlreadyActive
from app.runs.schemas import RunStarted, started

router = APIRouter(tags=["classification"])


def _either(answer: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """An answer at once, or a run."""
    return {200: {"model": answer}, 202: {"model": RunStarted}}


@router.post(
    "/reprocess/start",
    response_model=RunStarted | ReprocessEstimate,
    status_code=202,
    responses=_either(ReprocessEstimate) | problems(RunAlreadyActive, ApplicationNotFound),
)
def start_reprocess(
    session: WriteDb, user: CurrentUser, request: ReprocessStartRequest, response: Response
) -> RunStarted | ReprocessEstimate:
    """Read mail again: 202 and a run, or with `dry_run` 200 and what it would take."""
    if request.dry_run:
        response.status_code = 200
        return ReprocessEstimate.of(service.estimate(session, user.id, request.wish()))
    return started(service.start(session, user.id, request.wish()))


@router.get("/reprocess/status", response_model=ReprocessStatus)
def get_reprocess_status(session: ReadDb, user: CurrentUser) -> ReprocessStatus:
    """How the newest one goes."""
    return ReprocessStatus.of(get_settings(), service.newest(session, user.id))


@router.get("/reprocess/preview", response_model=PreviewOut)
def get_reprocess_preview(
    session: ReadDb, user: CurrentUser, offset: Offset = 0, limit: Limit = 50
) -> PreviewOut:
    """What would change, and whether reading again is worth it."""
    return PreviewOut.of(service.preview(session, user.id, offset, limit), offset, limit)


@router.post(
    "/reprocess/accept",
    response_model=RunStarted | Declined,
    status_code=202,
    responses=_either(Declined) | problems(RunAlreadyActive, NothingProposed, NotProposed),
)
def answer_reprocess(
    session: WriteDb, user: CurrentUser, request: AcceptRequest, response: Response
) -> RunStarted | Declined:
    """Take changes (202 and a run) or leave the verdicts as they are (200)."""
    if request.accept == "none":
        response.status_code = 200
        return Declined(left=service.decline(session, user.id, request.email_ids))
    return started(service.accept(session, user.id, request.email_ids))


@router.post(
    "/langgraph/reprocess/{application_id}",
    response_model=RunStarted,
    status_code=202,
    responses=problems(RunAlreadyActive, ApplicationNotFound, TooManyCalls),
)
def reprocess_application(session: WriteDb, user: CurrentUser, application_id: RowId) -> RunStarted:
    """Read the mail of one application again; what is different is written at once."""
    classification.count_call(user.id)
    return started(service.start(session, user.id, Wish(application_id=application_id, preview=False)))
