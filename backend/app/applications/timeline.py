"""The history of an application in lines: a projection of its mail, its standing and what users did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.applications.fold import StageChange, Standing
from app.core.pagination import InvalidCursor, decode_cursor, encode_cursor

Cause = Literal["email", "run", "user"]
QUOTE_LIMIT = 160  # characters
_SUBJECT_LIMIT = 120
_SENT_WITHIN = timedelta(minutes=5)  # between our sending a reply and the moment that its mail carries

STAGE_NAMES = {
    "saved": "Saved",
    "applied": "Applied",
    "assessment": "Assessment",
    "interview": "Interview",
    "offer": "Offer",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class TimelineMail:
    """One linked mail as the history tells it.

    `quote` is the sentence that decided its class. `method` is the link's. Interview times are aware UTC,
    `interview_method` is request, reschedule or cancel (None: the mail is about no interview); `due_at` is
    when an assessment or an answer is due.
    """

    email_id: int
    at: datetime
    direction: str
    email_class: str | None
    subject: str
    sender_name: str
    method: str
    quote: str | None = None
    starts_at: datetime | None = None
    time_zone: str | None = None
    interview_method: str | None = None
    due_at: datetime | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class AppendedEvent:
    """A line that was written down when it happened: what a user or a run did."""

    event_id: int
    type: str
    at: datetime
    sentence: str
    cause: Cause
    decision_id: int | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder whose moment has come."""

    reminder_id: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line. `key` names it for good; `automatic` lines offer "why?" and undo."""

    key: str
    type: str
    at: datetime
    stage: str | None
    sentence: str
    cause: Cause
    email_id: int | None = None
    automatic: bool = False
    decision_id: int | None = None


def machine_lines(
    mails: Sequence[TimelineMail],
    standing: Standing,
    appended: Sequence[AppendedEvent] = (),
    reminders: Sequence[DueReminder] = (),
    *,
    company_name: str | None = None,
) -> list[TimelineLine]:
    """All lines, newest first; the same input in any order gives the same lines."""
    ordered = sorted(mails, key=lambda mail: (mail.at, mail.email_id))
    quotes = {mail.email_id: mail for mail in ordered}
    written = {event.decision_id for event in appended if event.type == "stage_changed"}
    appended = [event for event in appended if not _tells_of_mail(event, ordered)]
    lines = [_tell_mail(mail, company_name) for mail in ordered]
    if ordered:
        lines.append(_tell_beginning(ordered[0], company_name))
    lines += [
        _tell_change(change, quotes)
        for change in standing.changes
        if change.decision_id is None or change.decision_id not in written
    ]
    lines += [
        TimelineLine(
            f"event:{event.event_id}",
            event.type,
            event.at,
            event.stage,
            event.sentence,
            event.cause,
            decision_id=event.decision_id,
        )
        for event in appended
    ]
    lines += [
        TimelineLine(
            f"reminder:{one.reminder_id}:reminder_due",
            "reminder_due",
            one.at,
            None,
            f"Reminder: \u2018{_shorten(one.text, _SUBJECT_LIMIT)}\u2019",
            "run",
        )
        for one in reminders
    ]
    return sorted(lines, key=_place, reverse=True)


def page(
    lines: Sequence[TimelineLine], cursor: str | None = None, limit: int = 50
) -> tuple[list[TimelineLine], str | None]:
    """The `limit` lines after `cursor` (None: the newest) and the cursor of what follows, None at the end.

    A cursor names a place in the order, so lines that come or go meanwhile shift nothing. Raises
    InvalidCursor.
    """
    start = 0
    if cursor is not None:
        at, rank, key = decode_cursor(cursor, 3)
        try:
            after = (datetime.fromisoformat(at), int(rank), str(key))
            start = sum(_place(line) >= after for line in lines)
        except (TypeError, ValueError) as error:
            raise InvalidCursor from error
    found = list(lines[start : start + limit])
    if not found or start + limit >= len(lines):
        return found, None
    last_at, last_rank, last_key = _place(found[-1])
    return found, encode_cursor(last_at.isoformat(), last_rank, last_key)


def _tells_of_mail(event: AppendedEvent, mails: Sequence[TimelineMail]) -> bool:
    """Whether this says that a reply was sent which has come in as a mail since and speaks for itself."""
    return event.type == "reply_sent" and any(
        mail.direction == "out" and abs(mail.at - event.at) <= _SENT_WITHIN for mail in mails
    )


def _place(line: TimelineLine) -> tuple[datetime, int, str]:
    """What happened at one moment is told in the order of cause and effect."""
    rank = {"application_created": 0, "stage_changed": 2}.get(line.type, 1)
    return line.at, rank, line.key


def _tell_beginning(mail: TimelineMail, company: str | None) -> TimelineLine:
    where = f" at {company}" if company else ""
    return TimelineLine(
        f"mail:{mail.email_id}:application_created",
        "application_created",
        mail.at,
        None,
        f"Application{where} found in your mail",
        "email",
        mail.email_id,
        automatic=mail.method != "user",
    )


def _tell_mail(mail: TimelineMail, company: str | None) -> TimelineLine:
    kind, sentence = _read_mail(mail, company)
    return TimelineLine(
        f"mail:{mail.email_id}:{kind}",
        kind,
        mail.at,
        None,
        sentence,
        "email",
        mail.email_id,
        automatic=mail.method != "user",
    )


def _read_mail(mail: TimelineMail, company: str | None) -> tuple[str, str]:
    by = f" by {company}" if company else ""
    source = f" from {company}" if company else ""
    if mail.direction == "out":
        return "reply_sent", f"You wrote{_subject(mail)}"
    if mail.unsure:
        return "email_linked", f"{_writer(mail)} wrote{_subject(mail)}"
    match mail.email_class:
        case "APPLICATION_RECEIVED":
            return "status_update", f"Application received{by}"
        case "INTERVIEW_REQUEST":
            return _read_interview(mail, by)
        case "ASSESSMENT":
            due = f", due {moment_text(mail.due_at, mail.time_zone)}" if mail.due_at else ""
            return "assessment_received", f"Assessment received{source}{due}"
        case "OFFER":
            due = f", answer due {moment_text(mail.due_at, mail.time_zone)}" if mail.due_at else ""
            return "offer_received", f"Offer received{source}{due}"
        case "REJECTION":
            return "rejection_received", f"Rejection received{source}"
        case "STATUS_UPDATE":
            return "status_update", f"News{source}{_subject(mail)}"
        case _:
            return "email_linked", f"{_writer(mail)} wrote{_subject(mail)}"


def _read_interview(mail: TimelineMail, by: str) -> tuple[str, str]:
    when = moment_text(mail.starts_at, mail.time_zone) if mail.starts_at else None
    match mail.interview_method:
        case "cancel":
            return (
                "interview_canceled",
                f"Interview on {when} canceled" if when else f"Interview canceled{by}",
            )
        case "reschedule":
            moved = f"Interview moved to {when}" if when else f"Interview to be moved{by}"
            return "interview_rescheduled", moved
        case _ if when:
            return "interview_scheduled", f"Interview scheduled for {when}"
        case _:
            return "interview_requested", f"Interview requested{by}"


def _tell_change(change: StageChange, mails: dict[int, TimelineMail]) -> TimelineLine:
    name = STAGE_NAMES.get(change.to_stage, change.to_stage)
    if change.cause_email_id is None:
        return TimelineLine(
            f"decision:{change.decision_id}:stage_changed",
            "stage_changed",
            change.at,
            change.to_stage,
            f"You moved it to {name}",
            "user",
            decision_id=change.decision_id,
        )
    mail = mails.get(change.cause_email_id)
    quote = f": \u2018{_shorten(mail.quote, QUOTE_LIMIT)}\u2019" if mail and mail.quote else ""
    return TimelineLine(
        f"mail:{change.cause_email_id}:stage_changed",
        "stage_changed",
        change.at,
        change.to_stage,
        f"Moved to {name}{quote}",
        "email",
        change.cause_email_id,
        automatic=True,
    )


def _subject(mail: TimelineMail) -> str:
    subject = _shorten(mail.subject, _SUBJECT_LIMIT)
    return f": \u2018{subject}\u2019" if subject else ""


def _writer(mail: TimelineMail) -> str:
    return _shorten(mail.sender_name, 80) or "Somebody"


def _shorten(text: str, limit: int) -> str:
    """The text in one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head = cut.rpartition(" ")[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:.") + "\u2026"


def moment_text(at: datetime, time_zone: str | None) -> str:
    """A time as people write it, in the zone that the mail named, else in UTC and saying so."""
    zone = "UTC"
    local = at
    if time_zone:
        try:
            local, zone = at.astimezone(ZoneInfo(time_zone)), time_zone
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = "UTC"
    return f"{local:%a} {local.day} {local:%B %Y}, {local:%H:%M} ({zone})"
