"""Calendar files (RFC 5545): entries in, text out. The library folds and escapes; texts come from strangers.

Time zones are written out here from the zone's own transitions, for the years that matter: what the library
makes of them begins summer time an hour late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PRODUCT = "-//Jobtrail//Jobtrail//EN"
DEFAULT_LENGTH = timedelta(hours=1)
_REFRESH = timedelta(hours=1)
_LINE, _TEXT = 300, 4000


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `starts_at` (aware) for one with a time, `day` for one of a whole day. `zone` is an IANA name,
    None for UTC. `sequence` grows with each version; `changed_at` is when this one was made."""

    uid: str
    summary: str
    changed_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    day: date | None = None
    zone: str | None = None
    place: str | None = None
    description: str | None = None
    link: str | None = None
    sequence: int = 0
    canceled: bool = False


def calendar_file(entries: Sequence[Entry], *, name: str | None = None) -> bytes:
    """A calendar with these entries, CRLF lines, UTF-8. `name` makes it one that is subscribed to."""
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    if name is not None:
        made.add("name", icalendar.vText(_line(name)))
        made.add("x-wr-calname", icalendar.vText(_line(name)))
        made.add("refresh-interval", icalendar.vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", icalendar.vDuration(_REFRESH))
    used: dict[str, list[datetime]] = {}
    events = [_event(entry, used) for entry in entries]
    for key, moments in sorted(used.items()):
        made.add_component(_zone(key, min(moments), max(moments)))
    for event in events:
        made.add_component(event)
    text: bytes = made.to_ical()
    return text


def known_zone(name: str | None) -> ZoneInfo | None:
    """The zone of that name, None when there is none."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _event(entry: Entry, used: dict[str, list[datetime]]) -> Any:
    import icalendar

    event = icalendar.Event()
    event.add("uid", _line(entry.uid))
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("summary", _line(entry.summary))
    if entry.starts_at is not None:
        ends_at = entry.ends_at or entry.starts_at + DEFAULT_LENGTH
        for name, moment in (("dtstart", entry.starts_at), ("dtend", ends_at)):
            event.add(name, _local(moment, entry.zone, used))
    elif entry.day is not None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", _line(entry.place))
    if entry.description:
        event.add("description", _text(entry.description))
    if entry.link and entry.link.isascii() and entry.link.isprintable():
        event.add("url", entry.link)
    event.add("status", "CANCELLED" if entry.canceled else "CONFIRMED")
    return event


def _local(moment: datetime, name: str | None, used: dict[str, list[datetime]]) -> datetime:
    zone = known_zone(name)
    if zone is None or zone.key in {"UTC", "Etc/UTC", "GMT"}:
        return moment.astimezone(UTC)
    used.setdefault(zone.key, []).append(moment)
    return moment.astimezone(zone)


def _zone(key: str, first: datetime, last: datetime) -> Any:
    """A VTIMEZONE that holds from the year before `first` to the year after `last`."""
    import icalendar

    zone = ZoneInfo(key)
    made = icalendar.Timezone()
    made.add("tzid", key)
    begin = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    end = datetime(last.year + 2, 1, 1, tzinfo=UTC)
    for at in (begin, *_transitions(zone, begin, end)):
        before = _offset(zone, at - timedelta(seconds=1)) if at != begin else _offset(zone, at)
        local = at.astimezone(zone)
        summer = bool(local.dst())
        part = icalendar.TimezoneDaylight() if summer else icalendar.TimezoneStandard()
        part.add("dtstart", (at + before).replace(tzinfo=None))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", _offset(zone, at))
        part.add("tzname", local.tzname() or key)
        made.add_component(part)
    return made


def _transitions(zone: tzinfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments, to the minute, at which the zone's clocks change."""
    at = begin
    while at < end:
        following = at + timedelta(days=7)
        if _offset(zone, at) != _offset(zone, following):
            low, high = at, following
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                middle = middle.replace(second=0, microsecond=0)
                if middle == low:
                    break
                if _offset(zone, middle) == _offset(zone, at):
                    low = middle
                else:
                    high = middle
            yield high
        at = following


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _line(text: str) -> str:
    """One line, without what a calendar can't carry."""
    return " ".join(_text(text).split())[:_LINE]


def _text(text: str) -> str:
    kept = "".join(c for c in text if c in "\n\t" or c.isprintable())
    return kept.encode("utf-8", "ignore").decode()[:_TEXT]


def join_lines(lines: Iterable[str | None]) -> str:
    """The lines that say something."""
    return "\n".join(line for line in lines if line)
