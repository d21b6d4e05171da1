"""The interviews of an application, out of what its mails and its user say: announced, moved, called off.

Pure: mails and the user's words in order of time become appointments. The user's word about a field holds
against all mail but a newer one that moves the appointment or calls it off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

CANCELED, SCHEDULED = "canceled", "scheduled"
_MOVING = frozenset({"reschedule", "cancel"})
_OF_OLD = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """What one email says about an interview: the `interview` of its verdict's entities."""

    email_id: int
    said: dict[str, Any]
    at: datetime = _OF_OLD

    @property
    def uid(self) -> str | None:
        return self.said.get("uid") or None

    @property
    def starts_at(self) -> datetime | None:
        return _moment(self.said.get("starts_at"))

    @property
    def method(self) -> str:
        return str(self.said.get("method") or "request")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said about one. `of_email` or `of_decision` name which; neither: it is a new one.

    `fields` are of Appointment, moments as ISO texts; None clears one. `removed` takes it off the list.
    """

    decision_id: int
    at: datetime
    fields: Mapping[str, Any] = field(default_factory=dict)
    of_email: int | None = None
    of_decision: int | None = None
    removed: bool = False


@dataclass(slots=True)
class Appointment:
    """One interview. `emails` are the mails that spoke of it, oldest first; `decision_id` is the user's word that
    made it, None when mail did; `by_user` names the fields that the user set last."""

    emails: list[int] = field(default_factory=list)
    decision_id: int | None = None
    event_uid: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str | None = None
    place: str | None = None
    round: str | None = None
    state: str = SCHEDULED
    title: str | None = None
    description: str | None = None
    people: list[dict[str, str]] = field(default_factory=list)
    prep_notes: str | None = None
    by_user: set[str] = field(default_factory=set)
    told_start: datetime | None = None
    removed: bool = False


USER_FIELDS = frozenset(
    {
        "starts_at",
        "ends_at",
        "time_zone",
        "place",
        "round",
        "state",
        "title",
        "description",
        "people",
        "prep_notes",
    }
)


def appointments_of(told: Sequence[Told], asked: Sequence[Asked] = ()) -> list[Appointment]:
    """One per appointment that is on the list, in the order in which they came up.

    An appointment is known by its calendar event, else by its moment: an invitation and the reminder of it are
    one. A mail that moves or calls off without naming which one means the newest that still stands. A word
    about a mail that is gone, or that belongs elsewhere now, says nothing.
    """
    found: list[Appointment] = []
    early: list[Asked] = []
    steps: list[tuple[datetime, int, int, Told | Asked]] = [
        *((t.at, 0, n, t) for n, t in enumerate(told)),
        *((a.at, 1, a.decision_id, a) for a in asked),
    ]
    for _, _, _, step in sorted(steps, key=lambda each: each[:3]):
        if isinstance(step, Told):
            _hear_mail(step, found)
        elif not _hear_user(step, found):
            early.append(step)
    for word in early:  # about a mail that carries a later date than the word about it
        _hear_user(word, found)
    return [one for one in found if not one.removed]


def _hear_mail(one: Told, found: list[Appointment]) -> None:
    appointment = _meant_by(one, found)
    if appointment is None:
        if one.starts_at is None and one.uid is None:
            return
        appointment = Appointment()
        found.append(appointment)
    _write(appointment, one)


def _hear_user(word: Asked, found: list[Appointment]) -> bool:
    """False when what the word is about is not known (yet)."""
    if word.of_email is None and word.of_decision is None:
        starts_at = _moment(word.fields.get("starts_at"))
        appointment = next(
            (a for a in found if a.state == SCHEDULED and a.starts_at == starts_at and not a.removed), None
        )
        if appointment is None:
            appointment = Appointment()
            found.append(appointment)
        appointment.decision_id = appointment.decision_id or word.decision_id
    else:
        known = next((a for a in found if _is_about(word, a)), None)
        if known is None:
            return False
        appointment = known
    appointment.removed = word.removed
    if word.fields.get("starts_at") and "ends_at" not in word.fields:
        appointment.ends_at = None
    for name, value in word.fields.items():
        if name in USER_FIELDS:
            setattr(appointment, name, _moment(value) if name.endswith("_at") else value)
            appointment.by_user.add(name)
    appointment.people = list(appointment.people or [])
    appointment.state = appointment.state or SCHEDULED
    return True


def _is_about(word: Asked, appointment: Appointment) -> bool:
    if word.of_decision is not None:
        return appointment.decision_id == word.of_decision
    return word.of_email in appointment.emails


def _meant_by(one: Told, found: Sequence[Appointment]) -> Appointment | None:
    same_event = next((a for a in found if one.uid and a.event_uid == one.uid), None)
    if same_event is not None:
        return same_event
    same_moment = next(
        (a for a in found if one.starts_at and one.starts_at in (a.starts_at, a.told_start)), None
    )
    if same_moment is not None and not (one.uid and same_moment.event_uid):
        return same_moment
    if one.method in _MOVING and not one.uid:
        return next((a for a in reversed(found) if a.state == SCHEDULED and not a.removed), None)
    return None


def _write(appointment: Appointment, one: Told) -> None:
    """The newest word counts; what it leaves out stays. A repetition leaves alone what the user set since."""
    said = one.said
    moved = bool(one.uid and appointment.told_start and one.starts_at not in (None, appointment.told_start))
    if one.method in _MOVING or moved:
        appointment.removed = False
        appointment.by_user -= {"state"} | {
            name for name in ("starts_at", "ends_at", "time_zone", "place") if said.get(name)
        }
        if one.starts_at is not None:
            appointment.by_user -= {"ends_at"}
    free = USER_FIELDS - appointment.by_user
    if "starts_at" in free and one.starts_at is not None:
        if one.starts_at != appointment.starts_at and "ends_at" in free:
            appointment.ends_at = None
        appointment.starts_at = one.starts_at
        if "ends_at" in free:
            appointment.ends_at = _moment(said.get("ends_at")) or appointment.ends_at
    if "time_zone" in free:
        appointment.time_zone = (said.get("time_zone") or appointment.time_zone or "")[:64] or None
    if "place" in free:
        appointment.place = said.get("place") or appointment.place
    if "round" in free:
        appointment.round = (said.get("round") or appointment.round or "")[:100] or None
    if "state" in free:
        appointment.state = CANCELED if one.method == "cancel" else SCHEDULED
    appointment.emails.append(one.email_id)
    appointment.event_uid = one.uid or appointment.event_uid
    appointment.told_start = one.starts_at or appointment.told_start


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
