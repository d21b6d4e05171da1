"""Scheduling an interview: stored, as a calendar file, and in Google's calendar when that was allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from app.applications import repository as applications
from app.applications.models import Interview
from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.db import ReadSession
from app.core.errors import AppError
from app.core.settings import Settings
from app.intake import planning
from app.mail import repository as mail
from app.mail import writing
from app.mail.gmail.permissions import Permission
from app.mail.models import MailAccount, Provider
from app.replies import feed, repository
from app.replies.ics import Entry, known_zone
from app.replies.models import CalendarWrite

GoogleState = Literal["written", "not_allowed", "not_connected", "failed"]
CONSENT = f"/api/gmail/auth?permissions={Permission.CALENDAR.value}&redirect_url="


@dataclass(frozen=True, slots=True)
class AtGoogle:
    """What became of it in Google's calendar; `link` is its page there, `problem` a sentence when it failed."""

    state: GoogleState
    link: str | None = None
    problem: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Scheduled:
    interview: Interview
    decision_id: int
    file: bytes
    google: AtGoogle


def schedule(
    settings: Settings, user: User, application_id: int, fields: Mapping[str, Any], origin: str
) -> Scheduled:
    """Put the interview on the list and into Google's calendar. No transaction may be open.

    `fields` are those of planning.add_interview. What Google says never undoes what is stored here. Raises what
    planning.add_interview raises.
    """
    with db.transaction() as session:
        interview, decision = planning.add_interview(session, user.id, application_id, fields)
        file = feed.interview_file(session, user, interview, origin)
    return Scheduled(interview, decision.id, file, write_to_google(settings, user, interview.id, origin))


def write_to_google(settings: Settings, user: User, interview_id: int, origin: str) -> AtGoogle:
    """Write an interview into Google's calendar as it stands now, over an older version of it. No transaction may
    be open. Raises InterviewNotFound."""
    with db.read_session() as session:
        interview = applications.get_interview(session, user.id, interview_id)
        application = applications.get(session, user.id, interview.application_id)
        account, obstacle = calendar_account(session, user.id)
        before = repository.calendar_write(session, user.id, interview.id)
        entry = feed.interview_entry(interview, application, origin, user.time_zone)
    if account is None:
        return AtGoogle(obstacle)
    if before is not None and before.sequence == interview.sequence and before.mail_account_id == account.id:
        return AtGoogle("written", before.link)  # the second click
    from app.replies import google_calendar

    try:
        link = google_calendar.put_event(settings, account, interview.uid or "", _resource(entry))
    except AppError as error:
        return AtGoogle("failed", problem=error.detail, code=error.code)
    with db.transaction() as session:
        row = repository.calendar_write(session, user.id, interview.id)
        if row is None:
            row = CalendarWrite(user_id=user.id, interview_id=interview.id)
            session.add(row)
        row.mail_account_id, row.sequence = account.id, interview.sequence
        row.link, row.written_at = link, now()
    return AtGoogle("written", link)


def check(user_id: int, application_id: int, interview_id: int) -> None:
    """Raises ApplicationNotFound, InterviewNotFound."""
    with db.read_session() as session:
        application = applications.get(session, user_id, application_id)
        applications.get_interview(session, user_id, interview_id, application.id)


def calendar_account(
    session: ReadSession, user_id: int
) -> tuple[MailAccount | None, Literal["not_allowed", "not_connected"]]:
    """The account whose calendar we may write, and else why there is none."""
    own = [a for a in mail.list_accounts(session, user_id) if a.provider == Provider.GMAIL and a.credentials]
    allowed = next((a for a in own if writing.may(a, Permission.CALENDAR)), None)
    return allowed, "not_allowed" if own else "not_connected"


def _resource(entry: Entry) -> dict[str, Any]:
    """The entry as Google's Calendar API takes it."""
    starts_at = entry.starts_at or now()
    zone = known_zone(entry.zone)
    made: dict[str, Any] = {
        "summary": entry.summary,
        "status": "cancelled" if entry.canceled else "confirmed",
    }
    for name, moment in (("start", starts_at), ("end", entry.ends_at or starts_at + timedelta(hours=1))):
        made[name] = {"dateTime": moment.astimezone(zone).isoformat() if zone else moment.isoformat()}
        if zone is not None:
            made[name]["timeZone"] = zone.key
    if entry.place:
        made["location"] = entry.place
    if entry.description:
        made["description"] = entry.description
    return made
