"""Which applications stand behind a bar, a station or a step of a figure: the same conditions that counted them.

Parts are named `company/<key>`, `employer/<name>`, `industry/<name>`, `weekday/<name>`, `flow/<station>`,
`flow/<station>><station>`, `waiting/<event>` and `activity/<day>..<day>` (days where the user is, the last left out).
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import combinations
from typing import cast, get_args

from sqlalchemy import ColumnElement, and_, or_, true

from app.analytics import repository, service
from app.analytics.filters import Filters, filters_of, zone_of
from app.analytics.repository import Event
from app.analytics.schemas import FlowNode
from app.applications.models import Application, Stage
from app.auth.models import User
from app.core.db import ReadSession

Condition = ColumnElement[bool]
_SENT = Application.stage != Stage.SAVED
_MILESTONES = ("assessment", "interview", "offer", "accepted")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_NODES: tuple[str, ...] = get_args(FlowNode)


def condition_of(session: ReadSession, user_id: int, part: str) -> Condition | None:
    """What an application must be to be counted by that part of a figure; None when there is none of that name."""
    kind, _, name = part.partition("/")
    user = session.get_one(User, user_id)
    match kind:
        case "employer" if name.strip():
            return and_(*repository.of_company(filters_of(user, None, None, None, name, True)))
        case "company" | "industry" if name:
            groups = repository.groups(session, user.id, Filters(archived=True), "company", zone_of(user))
            keys = [str(g.key or "") for g in groups if service.group_of(kind, g) == name]
            return and_(_SENT, Application.company_key.in_(keys))
        case "weekday" if name in service.WEEKDAYS:
            number = service.WEEKDAYS.index(name)
            return and_(_SENT, repository.on_weekday(session, user.id, number, zone_of(user)))
        case "waiting" if name in get_args(Event):
            return and_(_SENT, repository.without(cast("Event", name)))
        case "activity":
            return _with_mail(user, name)
        case "flow":
            return _on_the_way(name)
    return None


def _with_mail(user: User, days: str) -> Condition | None:
    first, _, last = days.partition("..")
    try:
        begin, end = (
            datetime.combine(date.fromisoformat(day), time(), zone_of(user)) for day in (first, last)
        )
    except ValueError:
        return None
    if not all(_FIRST_YEAR <= each.year <= _LAST_YEAR for each in (begin, end)):
        return None
    return repository.with_mail(user.id, begin, end)


def _on_the_way(name: str) -> Condition | None:
    """Those that came by a station, or went from one straight to the next; see `service.way`."""
    stations = name.split(">")
    if len(stations) > 2 or any(one not in _NODES for one in stations):
        return None
    found = [_SENT, *(_at(one) for one in stations)]
    if len(stations) == 2:
        start, end = stations
        if (start, end) not in combinations(_NODES, 2) or start not in ("applied", *_MILESTONES):
            return None
        between = _MILESTONES[_after(start) : _MILESTONES.index(end) if end in _MILESTONES else None]
        found += [~_had(one) for one in between]
    return and_(*found)


def _after(station: str) -> int:
    return 0 if station == "applied" else _MILESTONES.index(station) + 1


def _had(milestone: str) -> Condition:
    return or_(getattr(Application, f"{milestone}_at").is_not(None), Application.stage == milestone)


def _at(station: str) -> Condition:
    if station == "applied":
        return true()
    if station in _MILESTONES:
        return _had(station)
    if station in ("rejected", "withdrawn"):
        return Application.stage == station
    goes_on = Application.stage.not_in([Stage.REJECTED, Stage.WITHDRAWN])
    heard = or_(*(_had(one) for one in _MILESTONES), Application.rejected_at.is_not(None))
    return and_(goes_on, ~_had("accepted"), heard) if station == "open" else and_(goes_on, ~heard)
