"""Moments as people and programs write them into tables. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from app.companies import service as companies

DateOrder = Literal["dmy", "mdy"]
_MONTHS = {
    "jan": 1, "jaen": 1, "feb": 2, "fev": 2, "mar": 3, "mrz": 3, "maer": 3, "apr": 4, "avr": 4, "may": 5,
    "mai": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8, "aou": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11,
    "dec": 12, "dez": 12,
}  # fmt: skip
_TIME = r"(?:[,T ]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?\s*(?P<half>[AaPp])?\.?[Mm]?\.?)?(?:\s*Uhr)?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})\.?{_TIME}")
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sign>[./-])\s?(?P<b>\d{{1,2}})(?P=sign)\s?(?P<year>\d{{4}}|\d\d){_TIME}"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?[ -](?P<name>[^\W\d]+)\.?,?[ -](?P<year>\d{{4}}){_TIME}"
)
_NAME_FIRST = re.compile(
    rf"(?P<name>[^\W\d]+)\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){_TIME}"
)
_WEEKDAY = re.compile(r"[^\W\d]{2,10}\.?,\s*(?=\d|[^\W\d]+\.?\s+\d)")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets
_SERIALS = (32_000, 60_000)
_NOON = time(12)


class OrderUnknown(Exception):
    """03/04/2026: nothing in it tells whether that is in March or in April."""


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """Which of the two first numbers is the day, by those that can be read in one way only; None when nothing tells.

    Where some tell one thing and some the other the commoner is right, and the others will not read.
    """
    votes = {"dmy": 0, "mdy": 0}
    for text in texts:
        found = _NUMBERS.fullmatch(_plain(text))
        if found is None or found["sign"] == ".":
            continue
        if int(found["a"]) > 12 >= int(found["b"]):
            votes["dmy"] += 1
        elif int(found["b"]) > 12 >= int(found["a"]):
            votes["mdy"] += 1
    if votes["dmy"] == votes["mdy"]:
        return None
    return "dmy" if votes["dmy"] > votes["mdy"] else "mdy"


def read_moment(text: str, order: DateOrder | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment, aware; None when it is none. A day alone is its noon in `zone`, today's at `now` at the latest.
    Raises OrderUnknown."""
    plain = _plain(text)
    whole = _whole(plain)
    if whole is not None:
        return whole if whole.tzinfo else _sane(whole.replace(tzinfo=zone), now)
    if _EPOCH.fullmatch(plain):
        return _sane(datetime.fromtimestamp(int(plain[:10]), UTC), now)
    if _SERIAL.fullmatch(plain):
        days = float(plain.replace(",", "."))
        if not _SERIALS[0] <= days <= _SERIALS[1]:
            return None
        return _at(_DAY_ZERO + timedelta(days=int(days)), None, zone, now)
    parts = _parts(plain, order)
    if parts is None:
        return None
    day, clock = parts
    return _at(day, clock, zone, now)


def _plain(text: str) -> str:
    line = " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())
    return _WEEKDAY.sub("", line, count=1)


def _whole(text: str) -> datetime | None:
    """A moment as programs write it, with a time."""
    if len(text) < 16 or not text[:4].isdigit():
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(text.removesuffix(" UTC"))
    return None


def _parts(text: str, order: DateOrder | None) -> tuple[date, time | None] | None:
    for pattern in (_YEAR_FIRST, _NUMBERS, _DAY_FIRST, _NAME_FIRST):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        said = found.groupdict()
        if pattern is _NUMBERS:
            a, b = int(said["a"]), int(said["b"])
            said["day"], said["month"] = (b, a) if _is_month_first(a, b, said["sign"], order) else (a, b)
        elif pattern is not _YEAR_FIRST:
            said["month"] = _month(said["name"])
        year = int(said["year"])
        with suppress(ValueError, TypeError):
            day = date(year + 2000 if year < 100 else year, int(said["month"]), int(said["day"]))
            return day, _time(said)
        return None
    return None


def _is_month_first(a: int, b: int, sign: str, order: DateOrder | None) -> bool:
    if sign == "." or a == b:
        return False
    if max(a, b) > 12 and order is None:
        return b > 12
    if order is None:
        raise OrderUnknown
    return order == "mdy"


def _month(name: str) -> int | None:
    folded = companies.fold(name)
    return next((_MONTHS[folded[:n]] for n in (4, 3) if folded[:n] in _MONTHS), None)


def _time(said: dict[str, str]) -> time | None:
    if said["hour"] is None:
        return None
    hour = int(said["hour"])
    if said["half"]:
        hour = hour % 12 + (12 if said["half"].lower() == "p" else 0)
    return time(hour, int(said["minute"]))


def _at(day: date, clock: time | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    at = datetime.combine(day, clock or _NOON, zone)
    if clock is None and day == now.astimezone(zone).date():
        at = min(at, now)
    return _sane(at, now)


def _sane(at: datetime, now: datetime) -> datetime | None:
    return at if 1980 <= at.year <= now.year + 5 else None
