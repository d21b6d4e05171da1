"""The agenda of a user at this moment, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.applications.agenda import repository
from app.applications.agenda.lines import (
    Agenda,
    Candidacy,
    Line,
    compose,
    days_between,
    is_whole_day,
    safe_link,
    usual_days,
    verb_for,
)
from app.applications.derive import OPEN_STAGES
from app.applications.models import Application
from app.core.clock import now
from app.core.db import ReadSession

WAITING_FROM, WAITING_TO = timedelta(days=3), timedelta(days=45)
WAITING_SHOWN = 8
NEWS_AT_MOST = timedelta(days=14)
_ANSWERS = 2_000
_NEWS = ("offer", "interview", "assessment", "rejected", "applied")


@dataclass(frozen=True, slots=True)
class News:
    """Something that an application reached, and that the user has not looked at."""

    candidacy: Candidacy
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """The agenda with its surroundings. `waiting_total` counts all who let the user wait, `news` is newest first."""

    at: datetime
    zone: str
    agenda: Agenda
    waiting: list[Line]
    waiting_total: int
    snoozed: int
    news: list[News]


def day_of(session: ReadSession, user_id: int, time_zone: str) -> Day:
    """What this day brings the user, where they live."""
    at, zone = now(), _zone(time_zone)
    lines = [*_interviews(session, user_id, at, zone), *_items(session, user_id, at, zone)]
    lines += _reminders(session, user_id, zone)
    awaited = {line.candidacy.application_id for line in lines}
    waiting = _waiting(session, user_id, at, zone, awaited)
    return Day(
        at=at,
        zone=zone.key,
        agenda=compose(lines, at, zone),
        waiting=waiting[:WAITING_SHOWN],
        waiting_total=len(waiting),
        snoozed=repository.count_snoozed(session, user_id, at),
        news=_news(session, user_id, at),
    )


def _interviews(session: ReadSession, user_id: int, at: datetime, zone: ZoneInfo) -> list[Line]:
    midnight = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    for one, application in repository.interviews_from(session, user_id, midnight):
        ends_at = one.ends_at or (one.starts_at or at) + timedelta(hours=1)
        if ends_at < at:
            continue
        link = safe_link(one.place)
        title = one.title or (f"Interview, {one.round}" if one.round else "Interview")
        found.append(
            Line(
                "interview",
                _candidacy(application),
                title,
                "join" if link else "prepare",
                ref_id=one.id,
                at=one.starts_at,
                ends_at=ends_at,
                link=link,
                email_id=one.email_id,
            )
        )
    return found


def _items(session: ReadSession, user_id: int, at: datetime, zone: ZoneInfo) -> list[Line]:
    return [
        Line(
            "action",
            _candidacy(application),
            item.title,
            verb_for(item.kind, item.link),
            ref_id=item.id,
            at=item.due_at,
            whole_day=item.due_at is not None and is_whole_day(item.due_at, zone),
            link=safe_link(item.link),
            email_id=item.email_id,
            item_kind=item.kind,
        )
        for item, application in repository.open_items(session, user_id, at)
    ]


def _reminders(session: ReadSession, user_id: int, zone: ZoneInfo) -> list[Line]:
    found = []
    for one, application in repository.open_reminders(session, user_id):
        due_at = one.snoozed_until or one.due_at
        found.append(
            Line(
                "reminder",
                _candidacy(application),
                one.text,
                "done",
                ref_id=one.id,
                at=due_at,
                whole_day=is_whole_day(due_at, zone),
            )
        )
    return found


def _waiting(
    session: ReadSession, user_id: int, at: datetime, zone: ZoneInfo, awaited: set[int]
) -> list[Line]:
    """Who is to answer: those over their usual time first, then those who were silent longest."""
    rows = repository.silent(session, user_id, sorted(OPEN_STAGES), at - WAITING_TO, at - WAITING_FROM)
    answered = repository.answer_days(session, user_id, _ANSWERS) if rows else []
    found = []
    for application in rows:
        if application.id in awaited:
            continue
        usual, of = usual_days(answered, application.company_key)
        found.append(
            Line(
                "waiting",
                _candidacy(application),
                "",
                "follow_up",
                at=application.last_activity_at,
                day=days_between(application.last_activity_at, at, zone),
                usual_days=usual,
                usual_of=of,
            )
        )
    return sorted(found, key=lambda line: ((line.day or 0) <= (line.usual_days or 0), -(line.day or 0)))


def _news(session: ReadSession, user_id: int, at: datetime) -> list[News]:
    found = []
    floor = at - NEWS_AT_MOST
    for application in repository.news(session, user_id, floor):
        since = max(floor, application.seen_at or floor)
        told = [
            (moment, name)
            for name in _NEWS
            if (moment := getattr(application, f"{name}_at")) is not None
            and since < moment <= application.last_activity_at
        ]
        if told:
            moment, what = max(told, key=lambda pair: pair[0])
            found.append(News(_candidacy(application), what, moment))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _candidacy(application: Application) -> Candidacy:
    return Candidacy(
        application.id,
        application.company_name,
        application.job_title,
        application.stage,
        application.company_key,
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
