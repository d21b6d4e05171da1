"""The interviews of an application, out of what its mails say: announced, moved, called off, reminded of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.applications.models import Interview

CANCELED, SCHEDULED = "canceled", "scheduled"


@dataclass(frozen=True, slots=True)
class Told:
    """What one email says about an interview: the `interview` of its verdict's entities."""

    email_id: int
    said: dict[str, Any]

    @property
    def uid(self) -> str | None:
        return self.said.get("uid") or None

    @property
    def starts_at(self) -> datetime | None:
        return _moment(self.said.get("starts_at"))

    @property
    def method(self) -> str:
        return str(self.said.get("method") or "request")


def interviews_of(user_id: int, application_id: int, told: Sequence[Told]) -> list[Interview]:
    """One per appointment, from mails in order of time.

    An appointment is known by its calendar event, else by its moment: an invitation and the reminder of it are
    one. A mail that moves or calls off without naming which one means the newest that still stands.
    """
    found: list[Interview] = []
    for one in told:
        interview = _meant_by(one, found)
        if interview is None:
            if one.starts_at is None and one.uid is None:
                continue
            interview = Interview(user_id=user_id, application_id=application_id, state=SCHEDULED)
            found.append(interview)
        _write(interview, one)
    return found


def _meant_by(one: Told, found: Sequence[Interview]) -> Interview | None:
    same_event = next((i for i in found if one.uid and i.event_uid == one.uid), None)
    if same_event is not None:
        return same_event
    same_moment = next((i for i in found if one.starts_at and i.starts_at == one.starts_at), None)
    if same_moment is not None and not (one.uid and same_moment.event_uid):
        return same_moment
    if one.method in {"reschedule", "cancel"} and not one.uid:
        return next((i for i in reversed(found) if i.state == SCHEDULED), None)
    return None


def _write(interview: Interview, one: Told) -> None:
    """The newest word counts; what it leaves out stays."""
    said = one.said
    if one.starts_at is not None and one.starts_at != interview.starts_at:
        interview.ends_at = None
    interview.email_id = one.email_id
    interview.event_uid = one.uid or interview.event_uid
    interview.starts_at = one.starts_at or interview.starts_at
    interview.ends_at = _moment(said.get("ends_at")) or interview.ends_at
    interview.time_zone = (said.get("time_zone") or interview.time_zone or "")[:64] or None
    interview.place = said.get("place") or interview.place
    interview.round = (said.get("round") or interview.round or "")[:100] or None
    interview.state = CANCELED if one.method == "cancel" else SCHEDULED


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
