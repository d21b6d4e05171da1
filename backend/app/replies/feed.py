"""The private calendar: its secret, what stands in it, and single interviews as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.applications import repository as applications
from app.applications.models import ActionItem, Application, Interview, Reminder
from app.auth.models import User
from app.core import crypto, db, rate_limit
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.replies import repository
from app.replies.errors import CalendarNotFound, CalendarReadTooOften
from app.replies.ics import DEFAULT_LENGTH, Entry, calendar_file, join_lines, known_zone
from app.replies.models import CalendarFeed

BACK, AHEAD = timedelta(days=90), timedelta(days=730)
NAME = "Job applications"
_NOTE_READS_EVERY = timedelta(minutes=10)
# A calendar program asks every few minutes at most; whoever guesses secrets asks much more often.
_READS = rate_limit.Limit("calendar-reads", 60, 60)
_MISSES = rate_limit.Limit("calendar-misses", 20, 600)
_END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Subscription:
    """The state of a user's calendar address; it is told once, when it is made."""

    active: bool
    created_at: datetime | None = None
    last_read_at: datetime | None = None


def state_of(session: ReadSession, user_id: int) -> Subscription:
    feed = repository.feed_of(session, user_id)
    if feed is None or feed.secret_hash is None:
        return Subscription(active=False)
    return Subscription(active=True, created_at=feed.created_at, last_read_at=feed.last_read_at)


def open_feed(session: WriteSession, user_id: int) -> str:
    """Make the address, or a new one: the old one stops working. Returns its secret."""
    secret = crypto.new_token()
    feed = repository.feed_of(session, user_id)
    if feed is None:
        feed = CalendarFeed(user_id=user_id, seed=uuid4().hex[:16])
        session.add(feed)
    feed.secret_hash = crypto.digest(secret)
    feed.created_at, feed.last_read_at = now(), None
    session.flush()
    return secret


def close_feed(session: WriteSession, user_id: int) -> None:
    """The address stops working at once. Doing it again changes nothing."""
    feed = repository.feed_of(session, user_id)
    if feed is not None:
        feed.secret_hash = None


def read_feed(secret: str, asker: str, origin: str) -> bytes:
    """The calendar behind the secret, for whoever knows it; `asker` is their address, `origin` where we are seen.

    Raises CalendarNotFound, CalendarReadTooOften.
    """
    if wait := rate_limit.wait_of(_MISSES, asker):
        raise CalendarReadTooOften(headers={"Retry-After": str(wait)})
    hashed = crypto.digest(secret)
    with db.read_session() as session:
        found = repository.feed_by_secret(session, hashed)
        if found is None or not crypto.same(found[0].secret_hash or "", hashed):
            rate_limit.hit(_MISSES, asker)
            raise CalendarNotFound
        feed, user = found
        if wait := rate_limit.hit(_READS, str(feed.id)):
            raise CalendarReadTooOften(headers={"Retry-After": str(wait)})
        entries = entries_of(session, user, feed.seed, origin)
    at = now()
    if feed.last_read_at is None or at - feed.last_read_at > _NOTE_READS_EVERY:
        with db.transaction() as session:
            repository.note_read(session, feed.id, at)
    return calendar_file(entries, name=NAME)


def entries_of(
    session: ReadSession,
    user: User,
    seed: str,
    origin: str,
    *,
    between: tuple[datetime, datetime] | None = None,
) -> list[Entry]:
    """Interviews, deadlines and reminders of the user, from three months back to two years ahead, or `between`."""
    since, until = between or (now() - BACK, now() + AHEAD)
    found = [
        interview_entry(interview, application, origin, user.time_zone)
        for interview, application in repository.interviews_between(session, user.id, since, until)
    ]
    found += [
        _deadline(item, application, user, seed, origin)
        for item, application in repository.deadlines_between(session, user.id, since, until)
    ]
    found += [
        _reminder(reminder, application, user, seed, origin)
        for reminder, application in repository.reminders_between(session, user.id, since, until)
    ]
    return found


def interview_file(session: ReadSession, user: User, interview: Interview, origin: str) -> bytes:
    """One interview as a calendar file."""
    application = applications.get(session, user.id, interview.application_id)
    return calendar_file([interview_entry(interview, application, origin, user.time_zone)])


def interview_entry(interview: Interview, application: Application, origin: str, zone: str) -> Entry:
    """An interview as a calendar shows it. What the user prepared stays out: feeds are read by other machines."""
    starts_at = interview.starts_at or now()
    people = ", ".join(
        f"{p['name']} ({p['email']})" if p.get("email") else p["name"] for p in interview.people
    )
    return Entry(
        uid=f"interview-{interview.uid or interview.id}@jobtrail",
        summary=summary_of(interview, application),
        changed_at=interview.changed_at or application.created_at,
        starts_at=starts_at,
        ends_at=interview.ends_at or starts_at + DEFAULT_LENGTH,
        zone=interview.time_zone or zone,
        place=interview.place,
        description=join_lines([interview.description, f"With {people}" if people else None]),
        link=f"{origin}/applications/{application.id}",
        sequence=interview.sequence,
        canceled=interview.state == "canceled",
    )


def summary_of(interview: Interview, application: Application) -> str:
    """What the event is called: its title, else its round, and whom it is with."""
    what = interview.title or (f"Interview, {interview.round}" if interview.round else "Interview")
    return f"{what}: {_job(application)}"


def _job(application: Application) -> str:
    company = application.company_name or "a company"
    return f"{company} ({application.job_title})" if application.job_title else company


def _deadline(item: ActionItem, application: Application, user: User, seed: str, origin: str) -> Entry:
    return _at_or_on(
        item.due_at or now(),
        user,
        uid=f"deadline-{item.id}-{seed}@jobtrail",
        summary=f"Due: {item.title} ({_job(application)})",
        changed_at=item.changed_at or application.created_at,
        link=f"{origin}/applications/{application.id}",
        sequence=item.sequence,
    )


def _reminder(reminder: Reminder, application: Application, user: User, seed: str, origin: str) -> Entry:
    """A reminder has no versions of its own: how far it was put off tells which one this is."""
    at = reminder.snoozed_until or reminder.due_at
    return _at_or_on(
        at,
        user,
        uid=f"reminder-{reminder.id}-{seed}@jobtrail",
        summary=f"{reminder.text} ({_job(application)})",
        changed_at=reminder.created_at,
        link=f"{origin}/applications/{application.id}",
        sequence=max(0, int((at - reminder.created_at).total_seconds() // 60)) % 2**31,
    )


def _at_or_on(at: datetime, user: User, **more: Any) -> Entry:
    """Half an hour that ends with the moment; the whole day, when its time says nothing."""
    local = at.astimezone(known_zone(user.time_zone) or ZoneInfo("UTC"))
    whole_day = local.time() == time() or local.time().replace(second=0, microsecond=0) == _END_OF_DAY
    return Entry(
        starts_at=None if whole_day else at - timedelta(minutes=30),
        ends_at=None if whole_day else at,
        day=local.date() if whole_day else None,
        zone=user.time_zone,
        **more,
    )
