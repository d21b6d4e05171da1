"""An application's timeline: lines computed from its mail, and what users and runs did."""

from __future__ import annotations

from datetime import datetime

from app.applications import repository as applications
from app.applications.decided import repository as decided
from app.applications.keeping import repository as keeping
from app.applications.models import Application
from app.applications.timeline import AppendedEvent, DueReminder, TimelineLine, TimelineMail, machine_lines
from app.core.clock import now
from app.core.db import ReadSession
from app.intake import standing
from app.intake.linked import LinkedMail
from app.intake.standing import hero_quote


def timeline(
    session: ReadSession, user_id: int, application: Application
) -> tuple[list[TimelineLine], dict[int, LinkedMail]]:
    """All lines, newest first, and the mails they speak of by email id."""
    mails = standing.linked_mail(session, user_id, application.id)
    decisions = standing.decisions_on(session, user_id, application)
    lines = machine_lines(
        [_told(one) for one in mails],
        standing.standing_of(mails, decisions),
        _appended(session, user_id, application),
        _due(session, user_id, application),
        company_name=application.company_name,
    )
    return lines, {one.email.id: one for one in mails}


def _told(one: LinkedMail) -> TimelineMail:
    entities = one.verdict.entities
    interview = entities.get("interview") or {}
    due = next((item.get("due_at") for item in one.verdict.action_items if item.get("due_at")), None)
    starts = interview.get("starts_at")
    return TimelineMail(
        email_id=one.email.id,
        at=one.email.received_at,
        direction=one.email.direction,
        email_class=one.verdict.email_class,
        subject=one.email.subject,
        sender_name=one.email.sender_name or one.email.sender_email,
        method=one.link.method,
        quote=hero_quote(one.verdict),
        starts_at=datetime.fromisoformat(starts) if starts else None,
        time_zone=interview.get("time_zone"),
        interview_method=interview.get("method") if interview else None,
        due_at=datetime.fromisoformat(due) if due else None,
        unsure=one.verdict.unsure,
    )


def _due(session: ReadSession, user_id: int, application: Application) -> list[DueReminder]:
    """Reminders whose moment came before they were done."""
    homes = keeping.with_merged(session, user_id, application.id)
    found = []
    for one in keeping.reminders(session, user_id, homes):
        at = one.snoozed_until or one.due_at
        if at <= now() and (one.done_at is None or one.done_at >= at):
            found.append(DueReminder(one.id, at, one.text))
    return found


def _appended(session: ReadSession, user_id: int, application: Application) -> list[AppendedEvent]:
    """Appended lines; those of a decision that was taken back are left out."""
    events = [
        event
        for application_id in keeping.with_merged(session, user_id, application.id)
        for event in applications.appended_events(session, user_id, application_id)
    ]
    undone = decided.revoked_among(session, user_id, [e.decision_id for e in events if e.decision_id])
    return [
        AppendedEvent(
            event_id=event.id,
            type=event.type,
            at=event.at,
            sentence=event.sentence,
            cause="user" if event.cause == "user" else "run",
            decision_id=event.decision_id,
        )
        for event in events
        if event.decision_id not in undone
    ]
