"""Interviews into calendars over the API: scheduling, single files, the private subscription."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.errors import ApplicationNotFound, InterviewNotFound, InterviewTimesWrong
from app.applications.schemas import InterviewOut
from app.auth.dependencies import CurrentUser, address_of
from app.core.settings import get_settings
from app.core.web import ReadDb, RowId, WriteDb, origin_of, problems
from app.replies import feed, scheduling
from app.replies.errors import CalendarNotFound, CalendarReadTooOften
from app.replies.schemas import (
    AtGoogleOut,
    CalendarMade,
    CalendarOut,
    InterviewScheduled,
    InterviewToSchedule,
)

router = APIRouter(tags=["calendar"])
ICS = "text/calendar; charset=utf-8"
_FILE: dict[int | str, dict[str, object]] = {200: {"content": {"text/calendar": {}}}}


@router.post(
    "/applications/{application_id}/schedule",
    response_model=InterviewScheduled,
    status_code=201,
    responses=problems(ApplicationNotFound, InterviewNotFound, InterviewTimesWrong),
)
def schedule_interview(
    request: Request, user: CurrentUser, application_id: RowId, wanted: InterviewToSchedule
) -> InterviewScheduled:
    """Put an interview on the list; answers with its calendar file, and writes it to Google's calendar when that
    was allowed. The same request twice makes one interview."""
    settings = get_settings()
    origin = origin_of(settings, request)
    made = scheduling.schedule(settings, user, application_id, wanted.fields(user.time_zone), origin)
    return InterviewScheduled(
        interview=InterviewOut.model_validate(made.interview),
        decision_id=made.decision_id,
        ics=made.file.decode(),
        ics_path=f"/api/applications/{made.interview.application_id}/interviews/{made.interview.id}.ics",
        google=AtGoogleOut.of(made.google, made.interview.application_id),
    )


@router.get(
    "/applications/{application_id}/interviews/{interview_id}.ics",
    response_class=Response,
    response_model=None,
    responses=_FILE | problems(ApplicationNotFound, InterviewNotFound),
)
def get_interview_file(
    request: Request, session: ReadDb, user: CurrentUser, application_id: RowId, interview_id: RowId
) -> Response:
    """One interview as a calendar file."""
    application = application_service.get(session, user.id, application_id)
    interview = applications.get_interview(session, user.id, interview_id, application.id)
    content = feed.interview_file(session, user, interview, origin_of(get_settings(), request))
    headers = {
        "Content-Disposition": f'attachment; filename="interview-{interview.id}.ics"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=ICS, headers=headers)


@router.post(
    "/applications/{application_id}/interviews/{interview_id}/google-calendar",
    response_model=AtGoogleOut,
    responses=problems(ApplicationNotFound, InterviewNotFound),
)
def write_to_google_calendar(
    request: Request, user: CurrentUser, application_id: RowId, interview_id: RowId
) -> AtGoogleOut:
    """Write an interview into Google's calendar as it stands now, over an older version of it."""
    settings = get_settings()
    scheduling.check(user.id, application_id, interview_id)
    written = scheduling.write_to_google(settings, user, interview_id, origin_of(settings, request))
    return AtGoogleOut.of(written, application_id)


@router.get("/calendar", response_model=CalendarOut)
def get_calendar(session: ReadDb, user: CurrentUser) -> CalendarOut:
    """Whether there is a private calendar address, and when it was read last."""
    state = feed.state_of(session, user.id)
    account, obstacle = scheduling.calendar_account(session, user.id)
    return CalendarOut(
        active=state.active,
        created_at=state.created_at,
        last_read_at=state.last_read_at,
        google="allowed" if account else obstacle,
    )


@router.post("/calendar", response_model=CalendarMade, status_code=201)
def open_calendar(request: Request, session: WriteDb, user: CurrentUser) -> CalendarMade:
    """Make a private calendar address; one that was made before stops working."""
    secret = feed.open_feed(session, user.id)
    origin = origin_of(get_settings(), request)
    made = feed.state_of(session, user.id)
    assert made.created_at is not None  # noqa: S101 (it was just made)
    return CalendarMade(url=f"{origin}/api/calendar/{secret}.ics", created_at=made.created_at)


@router.delete("/calendar", status_code=204, response_model=None)
def close_calendar(session: WriteDb, user: CurrentUser) -> None:
    """Make the private calendar address stop working."""
    feed.close_feed(session, user.id)


@router.get(
    "/calendar/{secret}.ics",
    response_class=Response,
    response_model=None,
    responses=_FILE
    | {304: {"description": "Nothing changed"}}
    | problems(CalendarNotFound, CalendarReadTooOften),
)
def read_calendar(
    request: Request,
    secret: Annotated[str, Path(max_length=200)],
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """The private calendar, for calendar programs: interviews, deadlines and reminders."""
    content = feed.read_feed(secret, address_of(request), origin_of(get_settings(), request))
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    if if_none_match and tag in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=ICS, headers=headers)
