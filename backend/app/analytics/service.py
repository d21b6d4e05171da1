"""Figures of a user's job search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from app.analytics import repository
from app.analytics.filters import Filters
from app.analytics.insights import Compared, find_insights
from app.analytics.intervals import wilson
from app.analytics.repository import Event, Group
from app.analytics.schemas import (
    Activity,
    ActivityBucket,
    CurvePoint,
    EverReached,
    Flow,
    FlowLink,
    FlowNode,
    FlowNodeOut,
    Funnel,
    Insights,
    Rate,
    Reached,
    ResponseRates,
    Stats,
    TimeToEvent,
)
from app.analytics.survival import day_by_which, kaplan_meier, spread
from app.applications import service as applications
from app.applications.models import Source
from app.companies import service as companies
from app.core.clock import now
from app.core.db import ReadSession

GroupBy = Literal["company", "industry", "source", "position_level", "weekday"]
Bucket = Literal["day", "week", "month"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FEW = 3
ENOUGH_EVENTS = 10
_GROUPS_SHOWN = 30
_BUCKETS_FILLED = 2000
_EPOCH = date(1970, 1, 1)
_FLOW_ORDER: tuple[FlowNode, ...] = (
    "applied",
    "assessment",
    "interview",
    "offer",
    "accepted",
    "rejected",
    "withdrawn",
    "open",
    "no_answer",
)


def stats(session: ReadSession, user_id: int, filters: Filters) -> Stats:
    """Where the user's applications stand."""
    stale_days = applications.stale_days(session, user_id)
    found = repository.counts(session, user_id, filters, now() - timedelta(days=stale_days))
    return Stats(
        total=found["total"],
        saved=found["is_saved"],
        applied=found["is_applied"],
        assessments=found["is_assessment"],
        interviews=found["is_interview"],
        offers=found["is_offer"],
        accepted=found["is_accepted"],
        rejections=found["is_rejected"],
        withdrawn=found["is_withdrawn"],
        pending=found["is_applied"] + found["is_assessment"] + found["is_interview"],
        needs_review=repository.emails_to_review(session, user_id),
        action_items=repository.open_action_items(session, user_id, filters),
        stale=found["stale"],
        stale_days=stale_days,
        ever=EverReached(**{name: found[f"ever_{name}"] for name in EverReached.model_fields}),
    )


def funnel(session: ReadSession, user_id: int, filters: Filters) -> Funnel:
    """How far the applications sent got."""
    found = repository.funnel(session, user_id, filters)
    applied = found["applied"]
    return Funnel(
        **{
            name: Reached(count=count, percent=round(100 * count / applied, 1) if applied else None)
            for name, count in found.items()
        }
    )


def flow(session: ReadSession, user_id: int, filters: Filters) -> Flow:
    """The ways from stage to stage; stages that were skipped are not drawn in."""
    nodes: Counter[FlowNode] = Counter()
    links: Counter[tuple[FlowNode, FlowNode]] = Counter()
    for stage, passed, count in repository.paths(session, user_id, filters):
        way = _way(stage, passed)
        for node in way:
            nodes[node] += count
        for link in pairwise(way):
            links[link] += count
    order = {name: place for place, name in enumerate(_FLOW_ORDER)}
    return Flow(
        total=nodes["applied"],
        nodes=[FlowNodeOut(id=name, count=nodes[name]) for name in _FLOW_ORDER if nodes[name]],
        links=[
            FlowLink(source=a, target=b, count=count)
            for (a, b), count in sorted(links.items(), key=lambda one: (order[one[0][0]], order[one[0][1]]))
        ],
    )


def response_rates(
    session: ReadSession, user_id: int, filters: Filters, by: GroupBy, zone: ZoneInfo
) -> ResponseRates:
    """How many heard anything, by what they have in common."""
    found = grouped(session, user_id, filters, by, zone)
    applied, responded = sum(g.applied for g in found), sum(g.responded for g in found)
    if by == "weekday":
        found.sort(key=lambda g: WEEKDAYS.index(str(g.key)))
    else:
        found.sort(key=lambda g: (-g.applied, g.key == "unknown", str(g.key)))
    shown = found[:_GROUPS_SHOWN]
    return ResponseRates(
        group_by=by,
        all=_rate("all", None, applied, responded),
        groups=[_rate(str(g.key), g.name, g.applied, g.responded) for g in shown],
        others=len(found) - len(shown),
    )


def time_to_event(session: ReadSession, user_id: int, filters: Filters, event: Event) -> TimeToEvent:
    """How long it took, and the estimate that counts those who still wait."""
    waits = [w for _, w in repository.waits(session, user_id, filters, event, now())]
    of_events = spread(waits)
    curve = kaplan_meier(waits)
    applied = sum(w.count for w in waits)
    return TimeToEvent(
        event=event,
        applied=applied,
        sample=of_events.n,
        waiting=applied - of_events.n,
        enough=of_events.n >= ENOUGH_EVENTS,
        median=_days(of_events.median),
        mean=_days(of_events.mean),
        p25=_days(of_events.p25),
        p75=_days(of_events.p75),
        p90=_days(of_events.p90),
        half_within=day_by_which(curve, 0.5),
        curve=[
            CurvePoint(
                day=s.day,
                still=round(s.still, 4),
                low=round(s.low, 4),
                high=round(s.high, 4),
                at_risk=s.at_risk,
                events=s.events,
            )
            for s in curve
        ],
    )


def activity(
    session: ReadSession, user_id: int, filters: Filters, bucket: Bucket, zone: ZoneInfo
) -> Activity:
    """Incoming mail by class over time."""
    counted: dict[date, Counter[str]] = {}
    overall: Counter[str] = Counter()
    for day, email_class, count in repository.activity(session, user_id, filters, zone):
        start = _start_of(_EPOCH + timedelta(days=day), bucket)
        counted.setdefault(start, Counter())[email_class] += count
        overall[email_class] += count
    return Activity(
        bucket=bucket,
        total=overall.total(),
        by_class=dict(sorted(overall.items())),
        buckets=[
            ActivityBucket(start=start, total=found.total(), by_class=dict(sorted(found.items())))
            for start in _starts(sorted(counted), bucket)
            for found in (counted.get(start, Counter()),)
        ],
    )


def insights(session: ReadSession, user_id: int, filters: Filters, zone: ZoneInfo) -> Insights:
    """What stands out for certain."""
    compared: list[Compared] = []
    looked_at = 0
    dimensions: tuple[Literal["industry", "source", "position_level", "weekday"], ...] = (
        "source",
        "industry",
        "position_level",
        "weekday",
    )
    for dimension in dimensions:
        found = grouped(session, user_id, filters, dimension, zone)
        looked_at = max(looked_at, sum(g.applied for g in found))
        compared += [
            Compared(dimension, measure, str(g.key), hits, g.applied)
            for g in found
            for measure, hits in (("response", g.responded), ("interview", g.interviews))
        ]
    return Insights(looked_at=looked_at, items=find_insights(compared))


def grouped(session: ReadSession, user_id: int, filters: Filters, by: GroupBy, zone: ZoneInfo) -> list[Group]:
    """The applications sent, by company, industry, source, level or the weekday they were sent on."""
    if by == "industry":
        by_company = repository.groups(session, user_id, filters, "company", zone)
        return _together([(group_of("industry", g), None, g) for g in by_company])
    rows = repository.groups(session, user_id, filters, by, zone)
    if by == "weekday":
        return _together([(WEEKDAYS[int(g.key or 0)], None, g) for g in rows])
    if by == "company":
        return _together([(group_of("company", g), g.name if g.key else None, g) for g in rows])
    return _together([(str(g.key or Source.UNKNOWN), None, g) for g in rows])


def group_of(by: Literal["company", "industry"], company: Group) -> str:
    """The group that the applications at a company belong to."""
    key = str(company.key or "")
    return companies.industry_of(key) if by == "industry" else key or "unknown"


def _way(stage: str, passed: Sequence[bool]) -> list[FlowNode]:
    """From being sent to where it stands now."""
    milestones: tuple[FlowNode, ...] = ("assessment", "interview", "offer", "accepted")
    *reached, rejected = passed
    way: list[FlowNode] = ["applied"]
    way += [name for name, had in zip(milestones, reached, strict=True) if had or name == stage]
    if stage == "rejected":
        way.append("rejected")
    elif stage == "withdrawn":
        way.append("withdrawn")
    elif way == ["applied"]:
        # A rejection that was overtaken leaves its moment: something was heard, and it goes on.
        way.append("open" if rejected else "no_answer")
    elif way[-1] != "accepted":
        way.append("open")
    return way


def _together(rows: Sequence[tuple[str, str | None, Group]]) -> list[Group]:
    found: dict[str, Group] = {}
    for key, name, group in rows:
        old = found.get(key) or Group(key, name, 0, 0, 0)
        found[key] = Group(
            key,
            name,
            old.applied + group.applied,
            old.responded + group.responded,
            old.interviews + group.interviews,
        )
    return list(found.values())


def _rate(group: str, label: str | None, applied: int, responded: int) -> Rate:
    low, high = wilson(responded, applied)
    return Rate(
        group=group,
        label=label,
        applied=applied,
        responded=responded,
        rate=round(responded / applied, 4) if applied else None,
        low=round(low, 4),
        high=round(high, 4),
        few=applied < FEW,
    )


def _days(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _start_of(day: date, bucket: Bucket) -> date:
    if bucket == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if bucket == "month" else day


def _starts(known: Sequence[date], bucket: Bucket) -> Sequence[date]:
    """All buckets from the first to the last; only the known ones where that would be very many."""
    if (
        not known
        or (known[-1] - known[0]).days > _BUCKETS_FILLED * {"day": 1, "week": 7, "month": 30}[bucket]
    ):
        return known
    found = [known[0]]
    while found[-1] < known[-1]:
        step = {"day": 1, "week": 7, "month": 32}[bucket]
        found.append(_start_of(found[-1] + timedelta(days=step), bucket))
    return found
