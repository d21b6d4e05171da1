"""Applications over the API: the list, and one with all that hangs on it."""

from __future__ import annotations

from fastapi import APIRouter

from app.applications import service
from app.applications.errors import ApplicationNotFound, UnknownFigure
from app.applications.listing import repository as listing
from app.applications.schemas import ApplicationDetail, ApplicationOut, BoardOut
from app.applications.wanted import Sort, Wanted
from app.auth.dependencies import CurrentUser
from app.core.pagination import Limit, Offset, Page
from app.core.web import ReadDb, RowId, problems

router = APIRouter(tags=["applications"])


@router.get("/applications", response_model=Page[ApplicationOut], responses=problems(UnknownFigure))
def list_applications(
    session: ReadDb,
    user: CurrentUser,
    wanted: Wanted,
    sort: Sort = "-last_activity",
    offset: Offset = 0,
    limit: Limit = 50,
) -> Page[ApplicationOut]:
    """Applications of the user. Archived, deleted and merged ones are left out."""
    rows, total = listing.page(session, user.id, wanted, sort=sort, offset=offset, limit=limit)
    tags = service.tag_names(session, user.id, [row.id for row in rows])
    stale_days = service.stale_days(session, user.id)
    items = [ApplicationOut.of(row, tags.get(row.id, []), stale_days) for row in rows]
    return Page(items=items, total=total, offset=offset, limit=limit)


@router.get("/applications/board", response_model=BoardOut, responses=problems(UnknownFigure))
def get_board(session: ReadDb, user: CurrentUser, wanted: Wanted) -> BoardOut:
    """How many of the filtered applications stand at each stage, and how long the middle one has."""
    return BoardOut.of(listing.count_and_middle_by_stage(session, user.id, wanted))


@router.get(
    "/applications/{application_id}",
    response_model=ApplicationDetail,
    responses=problems(ApplicationNotFound),
)
def get_application(session: ReadDb, user: CurrentUser, application_id: RowId) -> ApplicationDetail:
    """One application; the id of one that was merged leads to where it went."""
    return service.detail(session, user.id, service.get(session, user.id, application_id).id)
