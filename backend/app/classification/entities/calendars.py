"""Interviews from a mail's calendar part: the surest source of a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from app.classification.entities.zones import zone_named
from app.classification.values import InterviewValue

MAX_CALENDAR = 200_000
MEETING_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us/[jws]|meet\.google\.com/|teams\.(?:microsoft|live)\.com/"
    r"|[\w-]+\.webex\.com/|whereby\.com/|meet\.jit\.si/"
    r"|bluejeans\.com/|gotomeet\.me/|meet\.goto\.com/|app\.chime\.aws/|hangouts\.google\.com/"
    r"|join\.skype\.com/|coderpad\.io/|around\.co/)[^\s<>\"')\]]{0,400}",
    re.IGNORECASE,
)


def read_calendar(calendar: str, default_zone: tzinfo) -> InterviewValue | None:
    """The interview in a text/calendar part, or None when there is no event in it that can be read.

    CANCEL (or a cancelled event) is a cancel, SEQUENCE above 0 a reschedule. A floating time or one with
    a zone that nobody knows is read in the calendar's own zone (X-WR-TIMEZONE), else in `default_zone`,
    and then `time_zone` is None. An all-day event starts at midnight.
    """
    if len(calendar) > MAX_CALENDAR or "BEGIN:VEVENT" not in calendar.upper():
        return None
    import icalendar  # only mails with a calendar part pay for it

    try:
        parsed = icalendar.Calendar.from_ical(calendar)
        events = list(parsed.walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        return None
    method = str(parsed.get("METHOD", "")).strip().upper()
    if method in {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"} or not events:
        return None
    # The series' master first, then the newest sequence: an update may carry the old event too.
    event = max(events, key=lambda item: (_sequence(item), "RECURRENCE-ID" not in item))
    own_zone = zone_named(str(parsed.get("X-WR-TIMEZONE", "")).strip() or "-")
    starts_at, zone = _moment(event, "DTSTART", own_zone, default_zone)
    ends_at, _ = _moment(event, "DTEND", own_zone, default_zone)
    uid = str(event.get("UID") or "").strip()[:255] or None
    if starts_at is None and uid is None:
        return None
    if ends_at is None and starts_at is not None and (length := _duration(event)) is not None:
        ends_at = starts_at + length
    if ends_at is not None and starts_at is not None and ends_at < starts_at:
        ends_at = None
    cancelled = method == "CANCEL" or str(event.get("STATUS", "")).strip().upper() == "CANCELLED"
    return InterviewValue(
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=zone,
        place=_place(event),
        method="cancel" if cancelled else "reschedule" if _sequence(event) > 0 else "request",
        uid=uid,
    )


def calendar_words(calendar: str) -> str:
    """The summary and description as plain text, for the round's name; "" when unreadable."""
    unfolded = re.sub(r"\r?\n[ \t]", "", calendar[:20_000])
    found = re.findall(r"^(?:SUMMARY|DESCRIPTION)[^:\n]{0,80}:(.{0,600})", unfolded, re.MULTILINE)
    return "\n".join(value.replace("\\n", "\n").replace("\\,", ",") for value in found)


def _sequence(event: Any) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _moment(
    event: Any, name: str, own_zone: ZoneInfo | None, default_zone: tzinfo
) -> tuple[datetime | None, str | None]:
    try:
        prop = event.get(name)
        value = prop.dt if prop is not None else None
        params = getattr(prop, "params", {}) or {}
        zone_id = str(params.get("TZID", ""))
    except (ValueError, AttributeError, KeyError, TypeError):
        return None, None
    if isinstance(value, datetime):
        return _aware(value, zone_id, own_zone, default_zone)
    if isinstance(value, date):
        midnight = datetime(value.year, value.month, value.day, tzinfo=own_zone or default_zone)
        return midnight.astimezone(UTC), own_zone.key if own_zone else None
    return None, None


def _aware(
    value: datetime, zone_id: str, own_zone: ZoneInfo | None, default_zone: tzinfo
) -> tuple[datetime | None, str | None]:
    named = zone_named(zone_id) if zone_id else None
    try:
        if named is not None:
            return value.replace(tzinfo=named).astimezone(UTC), named.key
        if value.tzinfo is None:
            zone = own_zone or default_zone
            return value.replace(tzinfo=zone).astimezone(UTC), own_zone.key if own_zone else None
        offset = value.utcoffset()
        key = getattr(value.tzinfo, "key", None)
        utc = offset == timedelta(0) and not zone_id
        return value.astimezone(UTC), "UTC" if utc else str(key) if key else None
    except (ValueError, OverflowError):
        return None, None


def _duration(event: Any) -> timedelta | None:
    try:
        value = event.get("DURATION")
        length = value.dt if value is not None else None
    except (ValueError, AttributeError):
        return None
    return length if isinstance(length, timedelta) and timedelta(0) < length <= timedelta(days=7) else None


def _place(event: Any) -> str | None:
    location = " ".join(str(event.get("LOCATION", "") or "").split())
    if location:
        return location[:500]
    for name in (
        "X-GOOGLE-CONFERENCE",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL",
        "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
        "URL",
        "DESCRIPTION",
    ):
        link = MEETING_LINK.search(str(event.get(name, "") or "")[:20_000])
        if link is not None:
            return link.group()
    return None
