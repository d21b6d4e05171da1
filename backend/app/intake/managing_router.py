"""Whole applications over the API: made, put aside, brought back, made one or two; and every decision with its undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.applications import service as application_service
from app.applications.decided import repository as decided
from app.applications.errors import (
    ApplicationNotFound,
    NothingLeft,
    NothingToMerge,
    NotItsMail,
)
from app.applications.keeping import repository as keeping
from app.applications.models import Application, DecisionKind
from app.applications.schemas import ApplicationDetail
from app.auth.dependencies import CurrentUser
from app.core.pagination import Limit, Offset, Page
from app.core.web import ReadDb, RowId, WriteDb, problems
from app.correlation import repository as correlation
from app.intake import joining, managing, service
from app.intake.managing_schemas import (
    ApplicationIn,
    BulkIn,
    BulkItem,
    BulkOut,
    DecisionOut,
    DecisionsMade,
    EventIn,
    MergeIn,
    PairIn,
    PinIn,
    SplitIn,
    SplitOut,
)

router = APIRouter(tags=["applications"])
HERE = "/applications/{application_id}"
MaybeId = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@router.post("/applications", response_model=ApplicationDetail, status_code=201)
def create_application(session: WriteDb, user: CurrentUser, new: ApplicationIn) -> ApplicationDetail:
    """Make an application by hand. Mail about the same company and title finds it."""
    made = managing.create(session, user.id, new.fields(), new.stage.value, new.at, new.applied_at)
    return _detail(session, made)


@router.post("/applications/bulk", response_model=BulkOut)
def change_applications(user: CurrentUser, bulk: BulkIn) -> BulkOut:
    """Do one thing to up to 100 applications; each has its own result."""
    outcomes = managing.do_to_many(user.id, bulk.ids, bulk.deed())
    return BulkOut(items=[BulkItem.of(outcome) for outcome in outcomes])


@router.post(
    "/applications/merge",
    response_model=ApplicationDetail,
    responses=problems(ApplicationNotFound, NothingToMerge),
)
def merge_applications(session: WriteDb, user: CurrentUser, wanted: MergeIn) -> ApplicationDetail:
    """Make one application of several: the first is kept, the ids of the others lead to it."""
    return _detail(session, joining.merge(session, user.id, wanted.ids))


@router.delete(HERE, response_model=ApplicationDetail, responses=problems(ApplicationNotFound))
def delete_application(session: WriteDb, user: CurrentUser, application_id: RowId) -> ApplicationDetail:
    """Delete an application. It can be brought back for 30 days, then it goes for good."""
    return _detail(session, managing.delete(session, user.id, application_id))


@router.post(f"{HERE}/archive", response_model=ApplicationDetail, responses=problems(ApplicationNotFound))
def archive_application(session: WriteDb, user: CurrentUser, application_id: RowId) -> ApplicationDetail:
    """Put an application aside; mail does not reopen it."""
    return _detail(session, managing.archive(session, user.id, application_id))


@router.post(f"{HERE}/restore", response_model=ApplicationDetail, responses=problems(ApplicationNotFound))
def restore_application(session: WriteDb, user: CurrentUser, application_id: RowId) -> ApplicationDetail:
    """Bring an application back from the archive, or from those that were deleted."""
    return _detail(session, managing.restore(session, user.id, application_id))


@router.post(f"{HERE}/pin", response_model=ApplicationDetail, responses=problems(ApplicationNotFound))
def pin_application(
    session: WriteDb, user: CurrentUser, application_id: RowId, pin: PinIn
) -> ApplicationDetail:
    """Stop the machine from moving this application, or let it go on."""
    changes = {"pinned": pin.pinned}
    return _detail(session, service.edit_application(session, user.id, application_id, changes, None))


@router.post(
    f"{HERE}/split",
    response_model=SplitOut,
    responses=problems(ApplicationNotFound, NotItsMail, NothingLeft),
)
def split_application(
    session: WriteDb, user: CurrentUser, application_id: RowId, wanted: SplitIn
) -> SplitOut:
    """Make an application of its own of some of an application's mail."""
    old, fresh, made = joining.split(session, user.id, application_id, wanted.email_ids)
    return SplitOut(
        application=_detail(session, (old, made)),
        split_off=_detail(session, (fresh, made)),
        decision_ids=made,
    )


@router.post(
    "/applications/duplicates/dismiss",
    response_model=DecisionsMade,
    responses=problems(ApplicationNotFound, NothingToMerge),
)
def dismiss_duplicate(session: WriteDb, user: CurrentUser, pair: PairIn) -> DecisionsMade:
    """Say that two applications are not the same."""
    return DecisionsMade(decision_ids=joining.say_not_same(session, user.id, pair.ids))


@router.post(
    f"/v1{HERE}/timeline",
    response_model=DecisionsMade,
    status_code=201,
    responses=problems(ApplicationNotFound),
)
def add_timeline_event(
    session: WriteDb, user: CurrentUser, application_id: RowId, event: EventIn
) -> DecisionsMade:
    """Write a line into the application's history; it can be taken back like every decision."""
    decision = managing.add_event(session, user.id, application_id, event.type, event.sentence, event.at)
    return DecisionsMade(decision_ids=[decision.id])


@router.get("/decisions", response_model=Page[DecisionOut], responses=problems(ApplicationNotFound))
def list_decisions(
    session: ReadDb,
    user: CurrentUser,
    application_id: MaybeId = None,
    kind: DecisionKind | None = None,
    active: bool | None = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Page[DecisionOut]:
    """What the user decided, newest first; about an application: about its mail too."""
    homes: list[int] | None = None
    emails: list[int] = []
    if application_id is not None:
        application = application_service.get(session, user.id, application_id)
        homes = keeping.with_merged(session, user.id, application.id)
        links = correlation.emails_of_application(session, user.id, application.id)
        emails = [link.email_id for link in links]
    rows, total = decided.page(
        session,
        user.id,
        application_ids=homes,
        email_ids=emails,
        kind=kind,
        is_active=active,
        offset=offset,
        limit=limit,
    )
    return Page(items=[DecisionOut.of(row) for row in rows], total=total, offset=offset, limit=limit)


def _detail(session: WriteDb, done: tuple[Application, list[int]]) -> ApplicationDetail:
    application, made = done
    session.flush()
    return application_service.detail(session, application.user_id, application.id, made)
