"""Runs over the API: lists, one, its stream, cancel, retry."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse

from app.auth.dependencies import CurrentUser, StreamUser
from app.core import db
from app.core.pagination import Limit, Offset, Page
from app.core.web import ReadDb, WriteDb, problems
from app.runs import repository, service, streams
from app.runs.errors import RunAlreadyActive, RunFromElsewhere, RunNotFinished, RunNotFound
from app.runs.schemas import RunOut, RunStarted, started

router = APIRouter(tags=["runs"])


@router.get("/runs", response_model=Page[RunOut])
def list_runs(
    session: ReadDb,
    user: CurrentUser,
    kind: str | None = None,
    state: Literal["queued", "running", "done", "error", "canceled"] | None = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Page[RunOut]:
    """The runs of the user, newest first."""
    rows, total = repository.page(session, user.id, kind=kind, state=state, offset=offset, limit=limit)
    return Page(items=[RunOut.of(row) for row in rows], total=total, offset=offset, limit=limit)


@router.get("/runs/{run_id}", response_model=RunOut, responses=problems(RunNotFound))
def get_run(session: ReadDb, user: CurrentUser, run_id: str) -> RunOut:
    """One run."""
    return RunOut.of(service.get(session, user.id, run_id))


@router.get("/runs/{run_id}/events", response_class=StreamingResponse, responses=problems(RunNotFound))
def stream_run(
    user: StreamUser, run_id: str, last_event_id: Annotated[str | None, Header()] = None
) -> Response:
    """One run as server-sent events; 204 when the client has already seen its end."""
    with db.read_session() as session:
        first = RunOut.of(service.get(session, user.id, run_id))
    if last_event_id == f"end-{run_id}":
        return Response(status_code=204)
    return streams.respond(streams.one(user.id, first))


@router.get("/events", response_class=StreamingResponse)
def stream_everything(user: StreamUser) -> Response:
    """All runs of the user as server-sent events."""
    return streams.respond(streams.everything(user.id))


@router.post("/runs/{run_id}/cancel", response_model=RunOut, status_code=202, responses=problems(RunNotFound))
def cancel_run(session: WriteDb, user: CurrentUser, run_id: str) -> RunOut:
    """Ask a run to stop. What it has stored stays."""
    return RunOut.of(service.cancel(session, service.get(session, user.id, run_id)))


@router.post(
    "/runs/{run_id}/retry",
    response_model=RunStarted,
    status_code=202,
    responses=problems(RunNotFound, RunNotFinished, RunFromElsewhere, RunAlreadyActive),
)
def retry_run(session: WriteDb, user: CurrentUser, run_id: str) -> RunStarted:
    """Do an ended run's work again, from where it stopped."""
    return started(service.retry(session, service.get(session, user.id, run_id)))
