"""The weekly report: what was applied for in which week, as employment offices ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.db import ReadSession
from app.portability.tables import repository
from app.portability.tables.cells import csv_lines
from app.portability.tables.errors import ReportBackwards, ReportTooLong

WEEKS_BY_DEFAULT = 4
_MOST_DAYS = 371  # 53 weeks
_AT_ONCE = 1_000
RESULTS = {
    "applied": "No answer yet",
    "assessment": "Invited to an assessment",
    "interview": "Invited to an interview",
    "offer": "Offer received",
    "accepted": "Offer accepted",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn by me",
}
WAYS = {
    "referral": "Through a contact",
    "linkedin": "LinkedIn",
    "indeed": "Indeed",
    "company_site": "Company's website",
    "agency": "Through an agency",
    "board": "Job board",
}
_HEADINGS = (
    "Week", "Date", "Company", "Job title", "Place", "How applied", "Result", "Since", "Contact", "Link", "Reference",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One application that was sent. `on` and `since` are days where the user is; `how` is empty when nothing tells.

    `confirmed` says whether a mail or the user stated the day; else it is the day of the first sign of it.
    """

    application_id: int
    on: date
    confirmed: bool
    company_name: str
    job_title: str
    location: str
    how: str
    stage: str
    result: str
    since: date
    contact: str
    job_url: str
    reference: str


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, and what was sent in it; `name` is as ISO 8601 writes it: 2026-W12."""

    name: str
    first: date
    last: date
    lines: tuple[Line, ...]


def period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """The days asked for; without any, this week and the three before. Raises ReportBackwards, ReportTooLong."""
    last = last or (max(first, today) if first else today)
    first = first or _monday(last) - timedelta(weeks=WEEKS_BY_DEFAULT - 1)
    if last < first:
        raise ReportBackwards
    if (last - first).days > _MOST_DAYS:
        raise ReportTooLong
    return first, last


def weeks(session: ReadSession, user_id: int, zone: ZoneInfo, first: date, last: date) -> list[Week]:
    """Every week that has a day of the period, the oldest first, empty ones too; only days of the period count."""
    found = repository.sent_between(
        session,
        user_id,
        datetime.combine(first, time(), zone),
        datetime.combine(last + timedelta(days=1), time(), zone),
    )
    people: dict[int, list[str]] = {}
    for start in range(0, len(found), _AT_ONCE):
        homes = repository.homes(session, user_id, [row["id"] for row in found[start : start + _AT_ONCE]])
        people |= repository.contacts(session, user_id, homes)
    by_week: defaultdict[date, list[Line]] = defaultdict(list)
    for row in found:
        line = _line(row, people.get(row["id"], ()), zone)
        by_week[_monday(line.on)].append(line)
    mondays = [
        _monday(first) + timedelta(weeks=n) for n in range((_monday(last) - _monday(first)).days // 7 + 1)
    ]
    return [
        Week(
            f"{monday.isocalendar().year}-W{monday.isocalendar().week:02}",
            monday,
            monday + timedelta(days=6),
            tuple(by_week[monday]),
        )
        for monday in mondays
    ]


def as_csv(found: Sequence[Week], separator: str = ",") -> bytes:
    """The report as a table with one line for each application."""
    rows: list[Sequence[str]] = [_HEADINGS]
    rows += [
        (
            week.name,
            line.on.isoformat(),
            line.company_name,
            line.job_title,
            line.location,
            line.how,
            line.result,
            line.since.isoformat(),
            line.contact,
            line.job_url,
            line.reference,
        )
        for week in found
        for line in week.lines
    ]
    return ("\ufeff" + csv_lines(rows, separator)).encode("utf-8", "replace")


def _line(row: Any, people: Sequence[str], zone: ZoneInfo) -> Line:
    return Line(
        application_id=row["id"],
        on=row["sent_at"].astimezone(zone).date(),
        confirmed=row["applied_at"] is not None,
        company_name=row["company_name"] or "",
        job_title=row["job_title"] or "",
        location=row["location"] or "",
        how=WAYS.get(row["source"], ""),
        stage=row["stage"],
        result=RESULTS.get(row["stage"], ""),
        since=row["stage_since"].astimezone(zone).date(),
        contact=people[0] if people else "",
        job_url=row["job_url"] or "",
        reference=row["requisition_id"] or "",
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
