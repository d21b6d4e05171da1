"""Calendar parts (RFC 5545) of the demo's invitations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.demo.mailbox.dates import workday
from app.demo.mailbox.notation import Invite

_EUROPE = ("-1SU", "3", "-1SU", "10")
_ZONES = {
    # zone: winter offset, summer offset, names, and the Sundays and months on which summer begins and ends
    "Europe/Berlin": ("+0100", "+0200", "CET", "CEST", "020000", "030000", _EUROPE),
    "Europe/London": ("+0000", "+0100", "GMT", "BST", "010000", "020000", _EUROPE),
    "America/New_York": ("-0500", "-0400", "EST", "EDT", "020000", "020000", ("2SU", "3", "1SU", "11")),
}


def write_calendar(
    invite: Invite, today: date, sent: datetime, organizer: tuple[str, str], attendee: tuple[str, str]
) -> str:
    """The VCALENDAR text, CRLF lines folded at 75 octets; organizer and attendee are (name, address)."""
    day = workday(today, invite.day)
    hour, minute = (int(part) for part in invite.time.split(":"))
    start = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 (written with a TZID)
    end = start + timedelta(minutes=invite.minutes)
    canceled = invite.method == "CANCEL"
    stamp = sent - (sent.utcoffset() or timedelta())
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Paper Planner//Demo Calendar 2.4//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"METHOD:{invite.method}",
        *_zone_lines(invite.zone),
        "BEGIN:VEVENT",
        f"DTSTART;TZID={invite.zone}:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={invite.zone}:{end:%Y%m%dT%H%M%S}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"ORGANIZER;CN={_parameter(organizer[0])}:mailto:{organizer[1]}",
        f"UID:{invite.uid}@calendar.jobtrail.example",
        (
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;"
            f"CN={_parameter(attendee[0])}:mailto:{attendee[1]}"
        ),
        f"LOCATION:{_value(invite.place)}",
        f"SEQUENCE:{invite.sequence}",
        f"STATUS:{'CANCELLED' if canceled else 'CONFIRMED'}",
        f"SUMMARY:{_value(invite.summary)}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(_fold(line) for line in lines) + "\r\n"


def _zone_lines(zone: str) -> list[str]:
    winter, summer, winter_name, summer_name, forward, back, (first, first_month, last, last_month) = _ZONES[
        zone
    ]
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone}",
        "BEGIN:DAYLIGHT",
        f"TZOFFSETFROM:{winter}",
        f"TZOFFSETTO:{summer}",
        f"TZNAME:{summer_name}",
        f"DTSTART:19700308T{forward}" if first == "2SU" else f"DTSTART:19700329T{forward}",
        f"RRULE:FREQ=YEARLY;BYMONTH={first_month};BYDAY={first}",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{winter}",
        f"TZNAME:{winter_name}",
        f"DTSTART:19701101T{back}" if last == "1SU" else f"DTSTART:19701025T{back}",
        f"RRULE:FREQ=YEARLY;BYMONTH={last_month};BYDAY={last}",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def _value(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _parameter(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


def _fold(line: str) -> str:
    """Fold at 75 octets without cutting a character."""
    parts: list[str] = []
    current = ""
    for char in line:
        if len((current + char).encode()) > (75 if not parts else 74):
            parts.append(current)
            current = ""
        current += char
    return "\r\n ".join([*parts, current])
