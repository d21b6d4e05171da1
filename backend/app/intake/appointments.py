"""Interviews as rows: kept up to date out of mail and the user's word, and how the user speaks about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.errors import NothingToChange
from app.applications.models import Application, Decision, DecisionKind, Interview
from app.core.clock import now
from app.core.db import WriteSession
from app.intake import repository
from app.intake.interviews import USER_FIELDS, Appointment, Asked, Told, appointments_of
from app.intake.linked import LinkedMail

# What a calendar shows; a change of one of them is a new version of the event.
_SHOWN = ("starts_at", "ends_at", "time_zone", "place", "round", "state", "title", "description")
_FIELDS = (*_SHOWN, "people", "prep_notes", "event_uid", "decision_id")
# Fields that two requests must agree in to be the same click.
_MEANING = ("starts_at", "ends_at", "title", "description", "place", "round", "time_zone")


def write_interviews(
    session: WriteSession,
    application: Application,
    mails: Sequence[LinkedMail],
    rows: Sequence[Interview],
    spoken: Sequence[Decision],
) -> None:
    """Bring the application's interviews up to date; rows keep their ids and their calendar identity.

    `rows` are those there are, of the application or these mails; `spoken` the user's words about the application
    and about these mails.
    """
    known = list(rows)
    for one in appointments_of(_told(mails), _asked(spoken, {m.email.id for m in mails})):
        row = _row_of(one, known)
        if row is None:
            row = Interview(
                user_id=application.user_id,
                uid=uuid4().hex,
                state=one.state,
                emails=[],
                people=[],
                sequence=0,
            )
            session.add(row)
        else:
            known.remove(row)
        _update(row, application.id, one)
    for gone in known:
        session.delete(gone)


def say(
    session: WriteSession,
    application: Application,
    fields: Mapping[str, Any],
    *,
    about: Interview | None = None,
    removed: bool = False,
) -> Decision:
    """Write down what the user says about an interview, or that there is one; the caller settles.

    The same word twice is one decision. Raises NothingToChange.
    """
    if about is not None and not fields and not removed:
        raise NothingToChange
    payload: dict[str, Any] = {"fields": {k: v for k, v in fields.items() if k in USER_FIELDS}}
    if removed:
        payload["removed"] = True
    email_id = None
    if about is not None and about.decision_id is not None:
        payload["of_decision"] = about.decision_id
    elif about is not None:
        email_id = about.emails[0] if about.emails else about.email_id
        payload["of_email"] = email_id
    elif (same := _said_already(session, application, payload["fields"])) is not None:
        return same
    decision = application_service.decide(session, application, DecisionKind.INTERVIEW, payload)
    decision.email_id = email_id
    session.flush()
    return decision


def _said_already(
    session: WriteSession, application: Application, fields: Mapping[str, Any]
) -> Decision | None:
    """The decision in force that made just this interview, and that nothing was said about since."""
    spoken = applications.interview_decisions(session, application.user_id, [application.id])
    for one in reversed(spoken):
        about = one.payload.get("of_decision")
        if about is None and "of_email" not in one.payload:
            touched = any(d.payload.get("of_decision") == one.id for d in spoken)
            said = one.payload.get("fields", {})
            if not touched and all(said.get(name) == fields.get(name) for name in _MEANING):
                return one
    return None


def _told(mails: Sequence[LinkedMail]) -> list[Told]:
    return [
        Told(one.email.id, said, one.email.received_at)
        for one in mails
        if (said := one.verdict.entities.get("interview"))
        and one.verdict.email_class not in repository.UNLINKABLE
        and not one.email.is_deleted
    ]


def _asked(spoken: Sequence[Decision], email_ids: set[int]) -> list[Asked]:
    return [
        Asked(
            decision_id=one.id,
            at=one.made_at,
            fields=one.payload.get("fields", {}),
            of_email=one.payload.get("of_email"),
            of_decision=one.payload.get("of_decision"),
            removed=bool(one.payload.get("removed")),
        )
        for one in {d.id: d for d in spoken}.values()
        if one.kind == DecisionKind.INTERVIEW and (one.email_id is None or one.email_id in email_ids)
    ]


def _row_of(one: Appointment, known: Sequence[Interview]) -> Interview | None:
    """The row that stood for this appointment before: by the user's word, its event, or mail they share."""
    for row in known:
        if one.decision_id is not None and row.decision_id == one.decision_id:
            return row
    for row in known:
        if one.event_uid and row.event_uid == one.event_uid:
            return row
    mails = set(one.emails)
    return next(
        (
            r
            for r in known
            if mails & {*r.emails, r.email_id} and (r.event_uid is None or one.event_uid is None)
        ),
        None,
    )


def _update(row: Interview, application_id: int, one: Appointment) -> None:
    before = [getattr(row, name) for name in _SHOWN]
    for name in _FIELDS:
        if getattr(row, name) != getattr(one, name):
            setattr(row, name, getattr(one, name))
    row.application_id = application_id
    row.email_id = one.emails[-1] if one.emails else None
    if row.emails != one.emails:
        row.emails = list(one.emails)
    row.uid = row.uid or uuid4().hex
    if row.changed_at is None:
        row.changed_at = now()
    elif before != [getattr(row, name) for name in _SHOWN]:
        row.sequence += 1
        row.changed_at = now()
