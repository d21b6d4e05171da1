"""Days of the demo: working days around the day of loading, and how letters write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_TAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONATE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
_WORD = re.compile(r"\{(long|us|full|usfull|wd|short|dots|german|tag)([+-]\d{1,3})\}")


@lru_cache(maxsize=2048)
def workday(today: date, days: int) -> date:
    """The working day (Monday to Friday) that lies `days` of them after `today`, before it when negative."""
    if days == 0:
        raise ValueError("the day of loading itself is no day of the demo")
    step = timedelta(days=1 if days > 0 else -1)
    found, left = today, abs(days)
    while left:
        found += step
        left -= found.weekday() < 5
    return found


def moment(today: date, days: int, time: str, zone: str) -> datetime:
    """The aware moment of a wall-clock `time` ("09:30") in `zone` ("-0500")."""
    hours, minutes = int(zone[1:3]), int(zone[3:5])
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
    day = workday(today, days)
    hour, minute = (int(part) for part in time.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(offset))


def write_date(style: str, day: date) -> str:
    """One date as people write it; the styles are those of `_WORD`."""
    name, month = _DAYS[day.weekday()], _MONTHS[day.month - 1]
    match style:
        case "long":
            return f"{name} {day.day} {month}"
        case "us":
            return f"{name}, {month} {day.day}"
        case "full":
            return f"{day.day} {month} {day.year}"
        case "usfull":
            return f"{month} {day.day}, {day.year}"
        case "wd":
            return name
        case "short":
            return f"{day.day} {month[:3]}"
        case "dots":
            return f"{day.day:02}.{day.month:02}.{day.year}"
        case "german":
            return f"{_TAGE[day.weekday()]}, {day.day}. {_MONATE[day.month - 1]}"
        case "tag":
            return _TAGE[day.weekday()]
    raise ValueError(f"no such way to write a date: {style}")


def fill_words(text: str, today: date, owner_name: str, owner_email: str) -> str:
    """Replace the owner's and the date words of `text`; other braces stay as they are."""
    dated = _WORD.sub(lambda hit: write_date(hit[1], workday(today, int(hit[2]))), text)
    first = owner_name.split(maxsplit=1)[0] if owner_name.split() else owner_name
    return dated.replace("{first}", first).replace("{name}", owner_name).replace("{email}", owner_email)
