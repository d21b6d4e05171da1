"""For who runs this installation: figures for a Prometheus, and for admins everybody's runs and all figures."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from app.admin import figures, measures, operating
from app.admin.measure_schemas import AdminRunOut, MetricsOut
from app.auth.dependencies import AdminUser, is_local
from app.auth.errors import AdminOnly, NotSignedIn
from app.core import metrics
from app.core.crypto import same
from app.core.pagination import Limit, Offset, Page
from app.core.settings import get_settings
from app.core.web import ReadDb, WriteDb, problems
from app.runs.errors import RunAlreadyActive, RunNotFinished, RunNotFound
from app.runs.schemas import RunStarted

router = APIRouter(prefix="/admin", tags=["operations"])
DAYS_AT_MOST = 90


def metrics_reader(request: Request) -> None:
    """Whoever has METRICS_TOKEN, and any program of this machine that comes straight to us. Raises NotSignedIn."""
    token = get_settings().metrics_token.get_secret_value()
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and same(given.strip(), token):
        return
    if not is_local(request):
        raise NotSignedIn


def get_metrics(_reader: Annotated[None, Depends(metrics_reader)]) -> Response:
    """Figures in Prometheus' text format."""
    body, kind = metrics.render(figures.families)
    return Response(body, headers={"Content-Type": kind, "Cache-Control": "no-store"})


@router.get("/metrics", response_model=MetricsOut, responses=problems(AdminOnly))
def get_admin_metrics(
    _admin: AdminUser,
    days: Annotated[int, Query(ge=1, le=DAYS_AT_MOST, description="How many days (UTC) to look back")] = 7,
) -> MetricsOut:
    """How runs ended and how long they took, the queue, models' tokens and cost, storage. Admins only."""
    return measures.measure(get_settings(), days)


@router.get("/runs", response_model=Page[AdminRunOut], responses=problems(AdminOnly))
def list_all_runs(
    session: ReadDb,
    _admin: AdminUser,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    state: Literal["queued", "running", "done", "error", "canceled"] | None = None,
    username: Annotated[str | None, Query(max_length=64)] = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Page[AdminRunOut]:
    """Everybody's runs, newest first. Admins only."""
    rows, total = operating.list_runs(
        session, kind=kind, state=state, username=username, offset=offset, limit=limit
    )
    items = [AdminRunOut.of_user(run, name) for run, name in rows]
    return Page(items=items, total=total, offset=offset, limit=limit)


@router.get("/runs/{run_id}", response_model=AdminRunOut, responses=problems(AdminOnly, RunNotFound))
def get_any_run(session: ReadDb, _admin: AdminUser, run_id: str) -> AdminRunOut:
    """Somebody's run. Admins only."""
    return AdminRunOut.of_user(*operating.find_run(session, run_id))


@router.post(
    "/runs/{run_id}/cancel",
    response_model=AdminRunOut,
    status_code=202,
    responses=problems(AdminOnly, RunNotFound),
)
def cancel_any_run(session: WriteDb, admin: AdminUser, run_id: str) -> AdminRunOut:
    """Ask somebody's run to stop. What it has stored stays. Admins only."""
    return AdminRunOut.of_user(*operating.cancel(session, admin, run_id))


@router.post(
    "/runs/{run_id}/retry",
    response_model=RunStarted,
    status_code=202,
    responses=problems(AdminOnly, RunNotFound, RunNotFinished, RunAlreadyActive),
)
def retry_any_run(session: WriteDb, admin: AdminUser, run_id: str) -> RunStarted:
    """Do the work of somebody's ended run again, for them, from where it stopped. Admins only."""
    fresh = operating.retry(session, admin, run_id)
    return RunStarted(job_id=fresh.id, status_url=f"/api/admin/runs/{fresh.id}")
