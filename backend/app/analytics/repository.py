"""Counting queries over one user's applications and mail. Merged and deleted applications are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Integer,
    Label,
    Row,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from app.analytics.filters import Filters
from app.analytics.moments import DAY, Epoch, earliest, local_day, not_after, whole_days
from app.analytics.survival import Waits
from app.applications.models import OPEN_STAGES, ActionItem, Application, ResponseEstimate, Stage
from app.applications.reaching import reached_moments
from app.auth.models import User
from app.core.db import ReadSession
from app.correlation.models import Link
from app.intake.models import VerdictRow
from app.mail.models import Email

Event = Literal["rejection", "interview", "offer", "any_response"]
Grouping = Literal["company", "source", "position_level", "weekday"]
_EVENTS = {
    "rejection": (Application.rejected_at,),
    "interview": reached_moments("interview"),
    "offer": reached_moments("offer"),
    "any_response": (*reached_moments("assessment"), Application.rejected_at),
}
_SENT = Application.stage != Stage.SAVED
_STARTED = func.coalesce(Application.applied_at, Application.received_date)


@dataclass(frozen=True, slots=True)
class Group:
    """Applications that have something in common: how many were sent, heard back, and got an interview or test."""

    key: str | int | None
    name: str | None
    applied: int
    responded: int
    interviews: int


def counts(session: ReadSession, user_id: int, filters: Filters, stale_before: datetime) -> dict[str, int]:
    """By current stage, `ever_<stage>`, `stale` and `total`, in one pass."""
    columns: list[Label[int]] = [func.count().label("total")]
    columns += [_sum(Application.stage == stage).label(f"is_{stage}") for stage in Stage]
    columns.append(_sum(_SENT).label("ever_applied"))
    columns += [
        _sum(_any(reached_moments(stage))).label(f"ever_{stage}")
        for stage in ("assessment", "interview", "offer", "accepted", "rejected")
    ]
    columns.append(
        _sum((Application.last_activity_at < stale_before) & Application.stage.in_(OPEN_STAGES)).label(
            "stale"
        )
    )
    row = session.execute(select(*columns).where(*wanted(user_id, filters))).mappings().one()
    return {name: int(value or 0) for name, value in row.items()}


def funnel(session: ReadSession, user_id: int, filters: Filters) -> dict[str, int]:
    """Of the applications sent, how many got how far."""
    row = (
        session.execute(
            select(
                func.count().label("applied"),
                _sum(_any(reached_moments("assessment"))).label("interview"),
                _sum(_any(reached_moments("offer"))).label("offer"),
                _sum(_any(reached_moments("accepted"))).label("accepted"),
                _sum(Application.rejected_at.is_not(None)).label("rejected"),
            ).where(*wanted(user_id, filters), _SENT)
        )
        .mappings()
        .one()
    )
    return {name: int(value or 0) for name, value in row.items()}


def paths(session: ReadSession, user_id: int, filters: Filters) -> list[tuple[str, list[bool], int]]:
    """(current stage, whether an assessment, interview, offer, acceptance, rejection were had, how many)."""
    passed = [
        _flag(getattr(Application, f"{stage}_at").is_not(None)).label(stage)
        for stage in ("assessment", "interview", "offer", "accepted", "rejected")
    ]
    columns: list[Any] = [Application.stage, *passed, func.count()]
    rows: Sequence[Row[Any]] = session.execute(
        select(*columns).where(*wanted(user_id, filters), _SENT).group_by(Application.stage, *passed)
    ).all()
    return [(row[0], [bool(row[i]) for i in range(1, 6)], row[-1]) for row in rows]


def groups(session: ReadSession, user_id: int, filters: Filters, by: Grouping, zone: ZoneInfo) -> list[Group]:
    """The applications sent, by what they have in common; weekday 0 is Monday, where the user is."""
    key: ColumnElement[Any]
    name: ColumnElement[Any] = literal(None)
    if by == "company":
        key, name = cast(Application.company_key, String), func.min(Application.company_name)
    elif by == "weekday":
        first, last = _range_of(session, user_id)
        key = _weekday(zone, first, last)
    else:
        key = cast(Application.source if by == "source" else Application.position_level, String)
    grouped = key.label("grouped")
    rows = session.execute(
        select(
            grouped,
            name,
            func.count(),
            _sum(_any(_EVENTS["any_response"])),
            _sum(_any(reached_moments("assessment"))),
        )
        .where(*wanted(user_id, filters), _SENT)
        .group_by(grouped)
    ).all()
    return [Group(*row) for row in rows]


def waits(
    session: ReadSession,
    user_id: int,
    filters: Filters,
    event: Event,
    at: datetime,
    by: Literal["company", "source"] | None = None,
) -> list[tuple[str, Waits]]:
    """Days from applying to the event, or as long as it was watched for, counted; by company key or source.

    Who was answered otherwise waits on until `at`, for nothing more can come; a wait that the user ended
    (withdrawn, archived) was watched until then.
    """
    moment = int(at.timestamp())
    start: ColumnElement[int] = Epoch(_STARTED)
    came = earliest(*_EVENTS[event])
    left = not_after(earliest(Application.withdrawn_at, Application.archived_at), moment)
    ended = came.is_not(None)
    days = whole_days(start, func.coalesce(came, left), begun=ended).label("days")
    had = _flag(ended).label("had")
    key: Any = literal("").label("grouped")
    if by is not None:
        key = (Application.company_key if by == "company" else Application.source).label("grouped")
    rows = session.execute(
        select(key, days, had, func.count())
        .where(*wanted(user_id, filters), _SENT)
        .group_by(*([key] if by else []), days, had)
    ).all()
    return [(k, Waits(int(d), bool(h), int(n))) for k, d, h, n in rows]


def activity(
    session: ReadSession, user_id: int, filters: Filters, zone: ZoneInfo
) -> list[tuple[int, str, int]]:
    """(day since 1970 where the user is, email class, how many) of incoming mail; its own date is what is narrowed."""
    mine = [Email.user_id == user_id]  # own mail has no class
    if filters.after is not None:
        mine.append(Email.received_at >= filters.after)
    if filters.before is not None:
        mine.append(Email.received_at < filters.before)
    first, last = (
        session.scalar(select(end(Email.received_at)).where(Email.user_id == user_id))
        for end in (func.min, func.max)
    )
    if first is None or last is None:
        return []
    day = local_day(Email.received_at, zone, first, last).label("day")
    query = (
        select(day, VerdictRow.email_class, func.count())
        .select_from(Email)
        .join(VerdictRow, VerdictRow.email_id == Email.id)
        .where(*mine, VerdictRow.email_class.is_not(None))
    )
    linked = select(Link.email_id).join(Application, Application.id == Link.application_id)
    if filters.source or filters.name:
        about = Filters(
            source=filters.source, company=filters.company, name=filters.name, archived=filters.archived
        )
        query = query.where(Email.id.in_(linked.where(*wanted(user_id, about))))
    elif not filters.archived:
        put_away = linked.where(Application.user_id == user_id, Application.archived_at.is_not(None))
        query = query.where(Email.id.not_in(put_away))
    rows = session.execute(query.group_by(day, VerdictRow.email_class)).all()
    return [(int(d), str(c), int(n)) for d, c, n in rows]


def open_action_items(session: ReadSession, user_id: int, filters: Filters) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(ActionItem)
            .join(Application, Application.id == ActionItem.application_id)
            .where(*wanted(user_id, filters), ActionItem.done_at.is_(None))
        )
        or 0
    )


def emails_to_review(session: ReadSession, user_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(VerdictRow)
            .where(VerdictRow.user_id == user_id, VerdictRow.needs_review.is_(True))
        )
        or 0
    )


def users_to_estimate(session: ReadSession, before: datetime, limit: int) -> list[int]:
    """Users whose answers were looked at before that moment, or never; the longest ago first."""
    return list(
        session.scalars(
            select(User.id)
            .outerjoin(ResponseEstimate, ResponseEstimate.user_id == User.id)
            .where(or_(ResponseEstimate.user_id.is_(None), ResponseEstimate.computed_at < before))
            .order_by(ResponseEstimate.computed_at, User.id)
            .limit(limit)
        )
    )


def wanted(user_id: int, filters: Filters) -> list[ColumnElement[bool]]:
    """The conditions that filters mean for applications."""
    found: list[ColumnElement[bool]] = [
        Application.user_id == user_id,
        Application.merged_into.is_(None),
        Application.deleted_at.is_(None),
    ]
    if not filters.archived:
        found.append(Application.archived_at.is_(None))
    if filters.after is not None:
        found.append(Application.received_date >= filters.after)
    if filters.before is not None:
        found.append(Application.received_date < filters.before)
    if filters.source is not None:
        found.append(Application.source == filters.source)
    return found + of_company(filters)


def of_company(filters: Filters) -> list[ColumnElement[bool]]:
    """The condition that the company of the filters means; none where they name none."""
    if filters.company:
        return [Application.company_key == filters.company]
    if filters.name is None:
        return []
    return [and_(Application.company_key == "", func.lower(Application.company_name) == filters.name)]


def on_weekday(session: ReadSession, user_id: int, weekday: int, zone: ZoneInfo) -> ColumnElement[bool]:
    """Those sent on that day of the week, 0 being Monday, where the user is."""
    return _weekday(zone, *_range_of(session, user_id)) == weekday


def without(event: Event) -> ColumnElement[bool]:
    """Those that wait for the event, or waited in vain."""
    return and_(*(moment.is_(None) for moment in _EVENTS[event]))


def with_mail(user_id: int, begin: datetime, end: datetime) -> ColumnElement[bool]:
    """Those that incoming mail told of between these moments."""
    return Application.id.in_(
        select(Link.application_id)
        .join(Email, Email.id == Link.email_id)
        .join(VerdictRow, VerdictRow.email_id == Email.id)
        .where(
            Email.user_id == user_id,
            Email.received_at >= begin,
            Email.received_at < end,
            VerdictRow.email_class.is_not(None),
        )
    )


def _weekday(zone: ZoneInfo, first: datetime, last: datetime) -> ColumnElement[int]:
    return cast((local_day(_STARTED, zone, first, last) + 3) % 7, Integer)


def _range_of(session: ReadSession, user_id: int) -> tuple[datetime, datetime]:
    first, last, applied, applied_last = session.execute(
        select(
            func.min(Application.received_date),
            func.max(Application.received_date),
            func.min(Application.applied_at),
            func.max(Application.applied_at),
        ).where(Application.user_id == user_id)
    ).one()
    if first is None:
        at = datetime.fromtimestamp(DAY * 365, tz=ZoneInfo("UTC"))
        return at, at
    return min(first, applied or first), max(last, applied_last or last)


def _any(moments: Sequence[Any]) -> ColumnElement[bool]:
    return or_(*(moment.is_not(None) for moment in moments))


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(cast(_flag(condition), Integer))
