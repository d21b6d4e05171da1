"""Time zones as people write them in mail, resolved to IANA names."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# An abbreviation names a region here, not a fixed offset: "EST" in a July mail means New York's clock.
ABBREVIATIONS: dict[str, str] = {
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "ct": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "gmt": "UTC",
    "utc": "UTC",
    "z": "UTC",
    "bst": "Europe/London",
    "uk": "Europe/London",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "eet": "Europe/Helsinki",
    "eest": "Europe/Helsinki",
    "ist": "Asia/Kolkata",
    "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "brt": "America/Sao_Paulo",
    "sast": "Africa/Johannesburg",
    "msk": "Europe/Moscow",
    "gst": "Asia/Dubai",
}
_PLACES: dict[str, str] = {
    "new york": "America/New_York",
    "los angeles": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "chicago": "America/Chicago",
    "london": "Europe/London",
    "uk": "Europe/London",
    "berlin": "Europe/Berlin",
    "german": "Europe/Berlin",
    "germany": "Europe/Berlin",
    "paris": "Europe/Paris",
    "french": "Europe/Paris",
    "amsterdam": "Europe/Amsterdam",
    "zurich": "Europe/Zurich",
    "vienna": "Europe/Vienna",
    "dublin": "Europe/Dublin",
    "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata",
    "singapore": "Asia/Singapore",
    "tokyo": "Asia/Tokyo",
    "sydney": "Australia/Sydney",
    "toronto": "America/Toronto",
    "seattle": "America/Los_Angeles",
    "central european": "Europe/Berlin",
    "madrid": "Europe/Madrid",
}
_NAMES = "|".join(
    sorted(
        ABBREVIATIONS.keys() - {"uk", "z", "eastern", "central", "mountain", "pacific"}, key=len, reverse=True
    )
)
ZONE = re.compile(
    rf"(?<![A-Za-z])(?:(?P<iana>(?:America|Europe|Asia|Australia|Africa|Pacific"
    rf"|Atlantic)/[A-Za-z_]+(?:/[A-Za-z_]+)?)"
    rf"|(?P<offset>(?:GMT|UTC)\s?[+\u2212-]\s?\d{{1,2}}(?::?\d{{2}})?)"
    rf"|(?P<region>(?i:eastern|central|mountain|pacific)(?=\s(?i:time|standard|daylight|us)|\)))"
    rf"|(?P<place>(?i:{'|'.join(_PLACES)}))\s(?i:local\s)?(?i:summer\s)?(?i:time)"
    rf"|(?P<short>{_NAMES.upper()}))(?![A-Za-z])"
)
# Outlook's own names, as calendars from Exchange carry them.
WINDOWS_ZONES: dict[str, str] = {
    "utc": "UTC",
    "greenwich standard time": "UTC",
    "gmt standard time": "Europe/London",
    "w. europe standard time": "Europe/Berlin",
    "romance standard time": "Europe/Paris",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "e. europe standard time": "Europe/Chisinau",
    "fle standard time": "Europe/Kyiv",
    "gtb standard time": "Europe/Bucharest",
    "turkey standard time": "Europe/Istanbul",
    "russian standard time": "Europe/Moscow",
    "israel standard time": "Asia/Jerusalem",
    "eastern standard time": "America/New_York",
    "us eastern standard time": "America/Indiana/Indianapolis",
    "central standard time": "America/Chicago",
    "mountain standard time": "America/Denver",
    "us mountain standard time": "America/Phoenix",
    "pacific standard time": "America/Los_Angeles",
    "alaskan standard time": "America/Anchorage",
    "hawaiian standard time": "Pacific/Honolulu",
    "atlantic standard time": "America/Halifax",
    "e. south america standard time": "America/Sao_Paulo",
    "argentina standard time": "America/Argentina/Buenos_Aires",
    "sa pacific standard time": "America/Bogota",
    "india standard time": "Asia/Kolkata",
    "arabian standard time": "Asia/Dubai",
    "arab standard time": "Asia/Riyadh",
    "egypt standard time": "Africa/Cairo",
    "south africa standard time": "Africa/Johannesburg",
    "w. central africa standard time": "Africa/Lagos",
    "e. africa standard time": "Africa/Nairobi",
    "china standard time": "Asia/Shanghai",
    "singapore standard time": "Asia/Singapore",
    "taipei standard time": "Asia/Taipei",
    "tokyo standard time": "Asia/Tokyo",
    "korea standard time": "Asia/Seoul",
    "se asia standard time": "Asia/Bangkok",
    "pakistan standard time": "Asia/Karachi",
    "aus eastern standard time": "Australia/Sydney",
    "e. australia standard time": "Australia/Brisbane",
    "w. australia standard time": "Australia/Perth",
    "cen. australia standard time": "Australia/Adelaide",
    "new zealand standard time": "Pacific/Auckland",
    "eastern time (us & canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver",
    "pacific time (us & canada)": "America/Los_Angeles",
}


@lru_cache(maxsize=512)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, a Windows name or an abbreviation; None when nobody knows it."""
    text = name.strip().strip("\"'").removeprefix("/freeassociation.sourceforge.net/")
    text = re.sub(r"^\((?:UTC|GMT)[^)]*\)\s*", "", text)
    known = WINDOWS_ZONES.get(text.lower()) or ABBREVIATIONS.get(text.lower()) or text
    try:
        return ZoneInfo(known)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def stated_zone(text: str, start: int, end: int) -> tuple[tzinfo, str | None, int] | None:
    """The first zone written in `text[start:end]`: (zone, IANA name or None for a bare offset, end of the
    span)."""
    hit = ZONE.search(text, start, end)
    if hit is None:
        return None
    if hit.group("offset"):
        sign, digits = (
            re.sub(r"(?:GMT|UTC)|\s", "", hit.group("offset"))[0],
            re.findall(r"\d+", hit.group("offset")),
        )
        joined = digits[0] if len(digits[0]) > 2 else digits[0] + (digits[1] if len(digits) > 1 else "00")
        hours, minutes = int(joined[:-2]), int(joined[-2:])
        if hours > 14 or minutes > 59:
            return None
        delta = timedelta(hours=hours, minutes=minutes)
        return timezone(delta if sign == "+" else -delta), None, hit.end()
    name = hit.group("iana")
    if name is None and hit.group("place"):
        name = _PLACES[hit.group("place").lower()]
    if name is None:
        name = ABBREVIATIONS[(hit.group("region") or hit.group("short")).lower()]
    zone = zone_named(name)
    return (zone, zone.key, hit.end()) if zone is not None else None
