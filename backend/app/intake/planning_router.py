"""Interviews and action items over the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.errors import (
    ActionItemNotFound,
    ApplicationNotFound,
    InterviewNotFound,
    InterviewTimesWrong,
    NothingToChange,
)
from app.applications.models import ActionItem, Application, Interview
from app.applications.schemas import InterviewOut
from app.auth.dependencies import CurrentUser
from app.core.pagination import Limit, Offset, Page
from app.core.web import ReadDb, RowId, WriteDb, problems
from app.intake import planning
from app.intake.planning_schemas import (
    ActionItemListed,
    ActionItemPatch,
    ActionItemSaid,
    InterviewIn,
    InterviewPatch,
    InterviewSaid,
    Removed,
    Snooze,
)

router = APIRouter(tags=["interviews and action items"])
_PATH = "/applications/{application_id}/interviews"


@router.get(_PATH, response_model=Page[InterviewOut], responses=problems(ApplicationNotFound))
def list_interviews(
    session: ReadDb, user: CurrentUser, application_id: RowId, offset: Offset = 0, limit: Limit = 50
) -> Page[InterviewOut]:
    """The application's interviews, the earliest first; canceled ones too."""
    application = application_service.get(session, user.id, application_id)
    found = applications.interviews(session, user.id, application.id)
    items = [InterviewOut.model_validate(i) for i in found[offset : offset + limit]]
    return Page(items=items, total=len(found), offset=offset, limit=limit)


@router.post(
    _PATH,
    response_model=InterviewSaid,
    status_code=201,
    responses=problems(ApplicationNotFound, InterviewNotFound, InterviewTimesWrong),
)
def add_interview(
    session: WriteDb, user: CurrentUser, application_id: RowId, interview: InterviewIn
) -> InterviewSaid:
    """Put an interview on the list."""
    fields = interview.model_dump(exclude_unset=True, mode="json")
    row, decision = planning.add_interview(session, user.id, application_id, fields)
    return _said(row, decision.id)


@router.patch(
    _PATH + "/{interview_id}",
    response_model=InterviewSaid,
    responses=problems(ApplicationNotFound, InterviewNotFound, InterviewTimesWrong, NothingToChange),
)
def edit_interview(
    session: WriteDb, user: CurrentUser, application_id: RowId, interview_id: RowId, patch: InterviewPatch
) -> InterviewSaid:
    """Say what is right; it holds until a newer mail moves the interview or calls it off."""
    fields = patch.model_dump(exclude_unset=True, mode="json")
    if fields.get("state", "") is None:
        del fields["state"]
    row, decision = planning.edit_interview(session, user.id, application_id, interview_id, fields)
    return _said(row, decision.id)


@router.delete(
    _PATH + "/{interview_id}",
    response_model=Removed,
    responses=problems(ApplicationNotFound, InterviewNotFound),
)
def remove_interview(
    session: WriteDb, user: CurrentUser, application_id: RowId, interview_id: RowId
) -> Removed:
    """Take an interview off the list."""
    decision = planning.remove_interview(session, user.id, application_id, interview_id)
    return Removed(decision_id=decision.id)


@router.get("/action-items", response_model=Page[ActionItemListed])
def list_action_items(
    session: ReadDb,
    user: CurrentUser,
    application_id: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    done: bool | None = False,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Page[ActionItemListed]:
    """What the user has to do, what is due first at the top; without `done` what is open."""
    rows, total = applications.list_action_items(
        session, user.id, application_id=application_id, done=done, offset=offset, limit=limit
    )
    items = [ActionItemListed.of(item, application) for item, application in rows]
    return Page(items=items, total=total, offset=offset, limit=limit)


@router.get(
    "/action-items/{item_id}", response_model=ActionItemListed, responses=problems(ActionItemNotFound)
)
def get_action_item(session: ReadDb, user: CurrentUser, item_id: RowId) -> ActionItemListed:
    item = applications.get_action_item(session, user.id, item_id)
    return ActionItemListed.of(item, application_service.get(session, user.id, item.application_id))


@router.patch(
    "/action-items/{item_id}", response_model=ActionItemSaid, responses=problems(ActionItemNotFound)
)
def edit_action_item(
    session: WriteDb, user: CurrentUser, item_id: RowId, patch: ActionItemPatch
) -> ActionItemSaid:
    """Say that it is done, or that it is not."""
    return _item_said(*planning.finish_action(session, user.id, item_id, done=patch.done))


@router.post(
    "/action-items/{item_id}/snooze",
    response_model=ActionItemSaid,
    responses=problems(ActionItemNotFound),
)
def snooze_action_item(session: WriteDb, user: CurrentUser, item_id: RowId, wanted: Snooze) -> ActionItemSaid:
    """Put it off until a moment: it stays open and due, and is out of sight until then."""
    return _item_said(*planning.snooze_action(session, user.id, item_id, wanted.until))


def _said(row: Interview, decision_id: int) -> InterviewSaid:
    return InterviewSaid(**InterviewOut.model_validate(row).model_dump(), decision_id=decision_id)


def _item_said(item: ActionItem, application: Application, decision_id: int) -> ActionItemSaid:
    return ActionItemSaid(**ActionItemListed.of(item, application).model_dump(), decision_id=decision_id)
