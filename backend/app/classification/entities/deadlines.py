"""Deadlines that a mail states: "by Friday", "within 5 business days", "by end of week"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from app.classification.entities.dates import as_utc, find_dates, mail_zone
from app.classification.entities.reading import Part

_FAR = timedelta(days=120)
_MAX_CUES = 10
_WITHIN = re.compile(
    r"(?:within|in|you (?:will )?have|you'll have|sie haben|vous avez"
    r"|innerhalb(?: von| der nächsten)?|dans(?: les)?|sous)\s(?:the\s)?(?:next\s|nächsten\s"
    r"|prochains\s|a\s)?(?P<count>\d{1,2}|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|fourteen|zwei|drei|vier|fünf|sieben"
    r"|zehn)?\s?(?:\(\d{1,2}\)\s)?(?P<business>business\s|working\s|werk|arbeits|calendar\s)?"
    r"(?P<unit>hours?|days?|weeks?|stunden|tage[n]?|wochen?|woche|jours?|semaines?|heures?)\b",
)
_THEIRS = re.compile(r"\b(?:we|our|wir|nous|you(?:'ll| will) (?:hear|receive|get))\b")
_COUNTS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "fourteen": 14,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sieben": 7,
    "zehn": 10,
}
_SOON = re.compile(
    (
        r"\b(?:by|before) (?:the )?(?P<end>end of (?:the |this )?(?:week|day)|eod|eow|cob"
        r"|close of business|tonight)\b|bis ende (?:der|dieser) woche"
    ),
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than|deadline|due|expires?|expiring|expiration"
    r"|valid|ends|closes|prior to|bis|spätestens"
    r"|frist|avant|jusqu'au|au plus tard)\b",
)


def find_deadline(part: Part, received_at: datetime | None) -> tuple[datetime, int, int] | None:
    """The first deadline that the text states, in UTC, with the span it was read from.

    A day without a time ends at 23:59 in the mail's zone. Past ones and ones over 120 days away are dropped.
    """
    dated = _by_date(part, received_at)
    if dated is not None or received_at is None:
        return dated
    return _within(part.lower, received_at) or _soon(part.lower, received_at)


def _by_date(part: Part, received_at: datetime | None) -> tuple[datetime, int, int] | None:
    zone = mail_zone(received_at)
    for count, cue in enumerate(_DEADLINE.finditer(part.lower)):
        if count >= _MAX_CUES:
            break
        limit = min(len(part.lower), cue.end() + 70)
        paragraph = part.lower.find("\n\n", cue.end(), limit)
        dates = find_dates(part, received_at, cue.end(), paragraph if paragraph > 0 else limit)
        if (
            not dates
            or dates[0].start - cue.end() > 45
            or part.lower.find(". ", cue.end(), dates[0].start) >= 0
        ):
            continue
        due = dates[0].deadline(zone)
        if received_at is None or received_at <= due <= received_at + _FAR:
            return due, cue.start(), dates[0].end
    return None


def _within(lower: str, received_at: datetime) -> tuple[datetime, int, int] | None:
    for count, hit in enumerate(_WITHIN.finditer(lower)):
        if count >= _MAX_CUES:
            break
        unit, number = hit.group("unit"), hit.group("count")
        if not number and unit not in {"week", "woche", "semaine"}:
            continue
        # "In 3 days we will call you" and "you will hear within a week" are promises, not deadlines of the
        # reader's.
        before = lower[max(0, hit.start() - 45) : hit.start()]
        if _THEIRS.search(before) or (
            hit.group().startswith("in ") and not hit.group().startswith("in the next")
        ):
            continue
        amount = _COUNTS.get(number or "one") or int(number or 1)
        return (
            _after(received_at, amount, unit, (hit.group("business") or "").strip()),
            hit.start(),
            hit.end(),
        )
    return None


def _soon(lower: str, received_at: datetime) -> tuple[datetime, int, int] | None:
    hit = _SOON.search(lower)
    if hit is None:
        return None
    zone = mail_zone(received_at)
    day = received_at.astimezone(zone).date()
    week = any(word in hit.group() for word in ("week", "woche", "eow"))
    days = (4 - day.weekday()) % 7 if week else 0
    return as_utc(day + timedelta(days=days), time(23, 59), zone), hit.start(), hit.end()


def _after(received_at: datetime, count: int, unit: str, business: str) -> datetime:
    if unit.startswith(("hour", "stunde", "heure")):
        return received_at.astimezone(UTC) + timedelta(hours=count)
    zone = mail_zone(received_at)
    day = received_at.astimezone(zone).date()
    if unit.startswith(("week", "woche", "semaine")):
        return as_utc(day + timedelta(weeks=count), time(23, 59), zone)
    if business in {"business", "working", "werk", "arbeits"}:
        while count:
            day += timedelta(days=1)
            count -= day.weekday() < 5
        return as_utc(day, time(23, 59), zone)
    return as_utc(day + timedelta(days=count), time(23, 59), zone)
