"""What a person says about interviews and action items: written down as decisions, then acted on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.errors import InterviewNotFound, InterviewTimesWrong
from app.applications.models import ActionItem, Application, Decision, DecisionKind, Interview
from app.core.db import ReadSession, WriteSession
from app.correlation import repository as correlation
from app.intake import actions, appointments, standing


def add_interview(
    session: WriteSession, user_id: int, application_id: int, fields: Mapping[str, Any]
) -> tuple[Interview, Decision]:
    """Put an interview on the list. The second click finds the one that the first made.

    `fields` are JSON values. Raises ApplicationNotFound, InterviewTimesWrong.
    """
    application = application_service.get(session, user_id, application_id)
    _check_times(fields.get("starts_at"), fields.get("ends_at"), fields.get("time_zone"))
    decision = appointments.say(session, application, fields)
    fresh = not applications.events_of_decision(session, user_id, decision.id)
    standing.settle(session, user_id, application)
    made = next(
        (
            i
            for i in applications.interviews(session, user_id, application.id)
            if i.decision_id == decision.id
        ),
        None,
    )
    if made is None:
        raise InterviewNotFound
    if fresh:
        _tell(session, application, made, "interview_scheduled", decision.id)
    return made, decision


def edit_interview(
    session: WriteSession, user_id: int, application_id: int, interview_id: int, fields: Mapping[str, Any]
) -> tuple[Interview, Decision]:
    """Say what is right about an interview. Raises InterviewNotFound, InterviewTimesWrong, NothingToChange."""
    application = application_service.get(session, user_id, application_id)
    row = applications.get_interview(session, user_id, interview_id, application.id)
    starts_at = fields.get("starts_at", row.starts_at and row.starts_at.isoformat())
    moved = fields.get("starts_at") and "ends_at" not in fields
    kept_end = None if moved else row.ends_at and row.ends_at.isoformat()
    _check_times(starts_at, fields.get("ends_at", kept_end), fields.get("time_zone"))
    before = (row.starts_at, row.state)
    decision = appointments.say(session, application, fields, about=row)
    standing.settle(session, user_id, application)
    row = applications.get_interview(session, user_id, interview_id, application.id)
    if row.state != before[1]:
        kind = "interview_canceled" if row.state == "canceled" else "interview_scheduled"
        _tell(session, application, row, kind, decision.id)
    elif row.starts_at != before[0]:
        _tell(session, application, row, "interview_rescheduled", decision.id)
    return row, decision


def remove_interview(session: WriteSession, user_id: int, application_id: int, interview_id: int) -> Decision:
    """Take an interview off the list. Raises ApplicationNotFound, InterviewNotFound."""
    application = application_service.get(session, user_id, application_id)
    row = applications.get_interview(session, user_id, interview_id, application.id)
    decision = appointments.say(session, application, {}, about=row, removed=True)
    standing.settle(session, user_id, application)
    return decision


def finish_action(
    session: WriteSession, user_id: int, item_id: int, *, done: bool
) -> tuple[ActionItem, Application, int]:
    """Done, or not done after all. Raises ActionItemNotFound."""
    return _speak_about(session, user_id, item_id, {"done": done})


def snooze_action(
    session: WriteSession, user_id: int, item_id: int, until: datetime | None
) -> tuple[ActionItem, Application, int]:
    """Put off until then; None wakes it. Raises ActionItemNotFound."""
    return _speak_about(session, user_id, item_id, {"snoozed_until": until.isoformat() if until else None})


def home_of(session: ReadSession, user_id: int, decision: Decision) -> int:
    """The application that a decision about an interview or an action item is about now: mail may have moved."""
    if decision.kind in (DecisionKind.INTERVIEW, DecisionKind.ACTION) and decision.email_id is not None:
        link = correlation.links_of(session, user_id, [decision.email_id]).get(decision.email_id)
        if link is not None:
            return link.application_id
    return decision.application_id or 0


def _speak_about(
    session: WriteSession, user_id: int, item_id: int, payload: Mapping[str, Any]
) -> tuple[ActionItem, Application, int]:
    item, decision_id = actions.say(session, user_id, item_id, payload)
    application = application_service.get(session, user_id, item.application_id)
    standing.settle(session, user_id, application)
    return applications.get_action_item(session, user_id, item_id), application, decision_id


def _check_times(starts_at: str | None, ends_at: str | None, time_zone: str | None) -> None:
    if starts_at and ends_at and datetime.fromisoformat(ends_at) <= datetime.fromisoformat(starts_at):
        raise InterviewTimesWrong("An interview ends after it begins.")
    if time_zone:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise InterviewTimesWrong(
                "There is no time zone of that name. Use one like Europe/Berlin."
            ) from error


def _tell(
    session: WriteSession, application: Application, interview: Interview, kind: str, decision_id: int
) -> None:
    when = application_service.moment_in_words(interview.starts_at, interview.time_zone)
    said = {
        "interview_scheduled": f"You scheduled an interview for {when}",
        "interview_rescheduled": f"You moved the interview to {when}",
        "interview_canceled": f"You called off the interview on {when}",
    }
    application_service.log_event(
        session, application, kind, said[kind], cause="user", decision_id=decision_id
    )
