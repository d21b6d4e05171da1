"""The agenda as a pure function of what is open, of the moment and of where the user lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

Section = Literal["overdue", "today", "this_week", "later"]
Kind = Literal["interview", "action", "reminder", "waiting"]
Verb = Literal["join", "prepare", "schedule", "reply", "open_test", "open", "done", "follow_up"]
WEEK = timedelta(days=6)
_OWN_FEWEST, _COMPANY_FEWEST = 5, 2
_END_OF_DAY = time(23, 59)
_VERBS: dict[str, tuple[Verb, Verb]] = {  # with a link, without one
    "reply": ("reply", "reply"),
    "schedule": ("schedule", "schedule"),
    "assessment": ("open_test", "done"),
    "sign_offer": ("open", "reply"),
    "provide_information": ("open", "reply"),
}


@dataclass(frozen=True, slots=True)
class Candidacy:
    """The application that a line is about."""

    application_id: int
    company_name: str | None
    job_title: str | None
    stage: str
    company_key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do or to wait for. `ref_id` is the id of the interview, action item or reminder, and None for
    waiting. `at` is when it is due or begins, None for no date; `whole_day` when its clock time says nothing.
    Waiting lines have `day`, the days of silence, and `usual_days` where it is known how long answers take."""

    kind: Kind
    candidacy: Candidacy
    title: str
    verb: Verb
    ref_id: int | None = None
    at: datetime | None = None
    ends_at: datetime | None = None
    whole_day: bool = False
    link: str | None = None
    email_id: int | None = None
    item_kind: str | None = None
    day: int | None = None
    usual_days: int | None = None
    usual_of: Literal["company", "all"] | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """Lines by section, those that are due first at the top; `later` counts what is due after this week."""

    overdue: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    this_week: list[Line] = field(default_factory=list)
    later: int = 0


def compose(lines: Iterable[Line], now: datetime, zone: ZoneInfo) -> Agenda:
    """Every line in its section, as the calendar stands where the user lives."""
    made = Agenda()
    later = 0
    for line in sorted(_once(lines), key=_order):
        section = section_of(line, now, zone)
        if section == "later":
            later += 1
        else:
            getattr(made, section).append(line)
    return Agenda(made.overdue, made.today, made.this_week, later)


def section_of(line: Line, now: datetime, zone: ZoneInfo) -> Section:
    """What has no date waits for the user today; a day that is due is over when it ends."""
    if line.at is None:
        return "today"
    today, day = now.astimezone(zone).date(), line.at.astimezone(zone).date()
    ended = line.ends_at or line.at
    if day < today or (day == today and not line.whole_day and line.kind != "interview" and ended < now):
        return "overdue"
    if day == today:
        return "today"
    return "this_week" if day <= today + WEEK else "later"


def is_whole_day(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock time is the beginning or the end of a day, which is how a mere date is kept."""
    clock = at.astimezone(zone).time().replace(second=0, microsecond=0)
    return clock in (time(), _END_OF_DAY)


def verb_for(item_kind: str, link: str | None) -> Verb:
    """The one thing to do about an action item of this kind."""
    with_link, without = _VERBS.get(item_kind, ("open", "done"))
    return with_link if safe_link(link) else without


def safe_link(link: str | None) -> str | None:
    """The link when it leads to a web page: mail carries any."""
    return link if link and link.lower().startswith(("https://", "http://")) else None


def usual_days(
    answered: Sequence[tuple[str, int]], company_key: str
) -> tuple[int | None, Literal["company", "all"] | None]:
    """How many days answers take, the middle one of what this company needed, else of all companies; None while
    too few have answered. `answered` are (company key, days)."""
    here = [days for key, days in answered if key and key == company_key]
    if len(here) >= _COMPANY_FEWEST:
        return max(1, round(median(here))), "company"
    if len(answered) >= _OWN_FEWEST:
        return max(1, round(median(days for _, days in answered))), "all"
    return None, None


def days_between(then: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Calendar days, where the user lives."""
    return max(0, (now.astimezone(zone).date() - then.astimezone(zone).date()).days)


def _order(line: Line) -> tuple[bool, datetime | date, int, int]:
    far = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    return line.at is None, line.at or far, line.candidacy.application_id, line.ref_id or 0


def _once(lines: Iterable[Line]) -> list[Line]:
    """Two mails may ask for the same: the one that names a date speaks for both."""
    found: dict[tuple[object, ...], Line] = {}
    for line in sorted(lines, key=_order):
        same: tuple[object, ...] = (line.kind, line.candidacy.application_id, line.title)
        if line.kind != "action":
            same = (*same, line.ref_id)
        found.setdefault(same, line)
    return list(found.values())
