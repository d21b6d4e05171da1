"""Dates and times in running text, resolved against the mail's own date and zone.

Common English, German and French shapes are read directly; a date span with a month of another language
goes to dateparser, which is slow and therefore sees at most `MAX_PARSER_CALLS` short spans of a mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.classification.entities.reading import Part
from app.classification.entities.zones import stated_zone

MAX_PARSER_CALLS = 2
MAX_DATES = 24
MAX_SEARCHED = 6_000
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier",
            "february feb februar février fevrier févr fév",
            "march mar märz maerz mars mrz",
            "april apr avril avr",
            "may mai",
            "june jun juni juin",
            "july jul juli juillet juil",
            "august aug août aout",
            "september sept sep septembre",
            "october oct oktober okt octobre",
            "november nov novembre",
            "december dec dezember dez décembre decembre",
        ),
        1,
    )
    for name in names.split()
}
_FOREIGN = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janeiro"
    "|fevereiro|março|maio"
    "|junho|julho|setembro|outubro|novembro|dezembro|januari|februari|maart|mei|juni|juli|augustus|oktober"
    "|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lundi",
            "tuesday tue tues dienstag mardi",
            "wednesday wed mittwoch mercredi",
            "thursday thu thur thurs donnerstag jeudi",
            "friday fri freitag vendredi",
            "saturday sat samstag sonnabend samedi",
            "sunday sun sonntag dimanche",
        )
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_NAME = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_FULL_DAY_NAME = "|".join(name for name in sorted(_WEEKDAYS, key=len, reverse=True) if len(name) > 3)
_YEAR = r"(?:,?\s{{0,2}}(?P<year{n}>20\d\d))?"
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?:(?P<weekday>{_DAY_NAME})\b[.,]?\s{{0,2}}(?:the\s|den\s|dem\s|le\s)?)?(?:"
    rf"(?P<iso>20\d\d-[01]\d-[0-3]\d)(?:[t ](?P<iso_hour>[0-2]\d):(?P<iso_minute>[0-5]\d))?"
    rf"|(?P<month1>{_MONTH})\b\.?\s{{1,2}}(?P<day1>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:])(?!\s?(?:am|pm"
    rf"|a\.m|p\.m)\b){_YEAR.format(n=1)}"
    rf"|(?P<day2>[0-3]?\d)(?:st|nd|rd|th|er|\.)?\s{{0,2}}(?:of\s|de\s"
    rf"|-)?(?P<month2>{_MONTH})\b[.-]?{_YEAR.format(n=2)}"
    rf"|(?P<a>[0-3]?\d)(?P<sep>[/.-])(?P<b>[0-3]?\d)(?:(?P=sep)(?P<year3>20\d\d|\d\d)\b"
    rf"|(?<=\d)(?P<dotted>\.)(?!\d))"
    rf"|(?P<slash_a>[01]?\d)/(?P<slash_b>[0-3]?\d)(?![\d/%])"
    rf"|(?P<foreign>[0-3]?\d\.?\s(?:de\s)?(?:{_FOREIGN})(?:\s(?:de\s)?20\d\d)?)"
    rf")|(?P<next>next|this|coming|kommenden|nächsten|diesen"
    rf"|prochain)?\s{{0,1}}(?P<only>{_FULL_DAY_NAME})\b(?P<after>\sprochain)?"
    rf"|(?P<relative>today|tomorrow|tonight|heute|übermorgen|morgen(?!\s?früh\s?uhr)|demain|aujourd'hui))",
)
_TIME = re.compile(
    r"(?<![\w.,:/$€£#-])(?:(?P<noon>noon|midday|12\s?noon)|(?P<h1>[01]?\d"
    r"|2[0-4])(?:(?P<colon>[:.h])(?P<m1>[0-5]\d))?\s?"
    r"(?P<half1>[ap]\.?m\b\.?|uhr\b|h\b|o'clock)?"
    r"(?:\s?(?:-|\u2013|\u2014|to|until|till|bis|à)\s?(?P<h2>[01]?\d"
    r"|2[0-4])(?:(?P<colon2>[:.h])(?P<m2>[0-5]\d))?\s?"
    r"(?P<half2>[ap]\.?m\b\.?|uhr\b|h\b)?)?)(?![\w%$€£/-]|[.,]\d)",
)
_GUARD = re.compile(
    r"\d|day\b|tag\b|noon|morrow|heute|morgen|demain|woch|abend|(?:lun|mar|mercre|jeu|vendre|same)di"
    r"|dimanche",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One date, perhaps with a time. `start:end` is the span that was read; `zone_name` is None when not
    stated."""

    day: date
    start: int
    end: int
    at: time | None = None
    until: time | None = None
    zone: tzinfo | None = None
    zone_name: str | None = None

    def moment(self, default: tzinfo) -> datetime | None:
        """The start in UTC, or None without a time."""
        return as_utc(self.day, self.at, self.zone or default) if self.at is not None else None

    def until_moment(self, default: tzinfo) -> datetime | None:
        """The end in UTC, or None when the mail states none."""
        if self.until is None or self.at is None:
            return None
        day = self.day if self.until > self.at else self.day + timedelta(days=1)
        return as_utc(day, self.until, self.zone or default)

    def deadline(self, default: tzinfo) -> datetime:
        """The moment as a deadline: the time stated, else the end of that day."""
        return self.moment(default) or as_utc(self.day, time(23, 59), self.zone or default)


def as_utc(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def mail_zone(received_at: datetime | None) -> tzinfo:
    """The zone in which a mail's times are meant when it names none: that of its date."""
    return received_at.tzinfo if received_at is not None and received_at.tzinfo is not None else UTC


def find_dates(
    part: Part, received_at: datetime | None, start: int = 0, end: int | None = None
) -> list[FoundDate]:
    """Every date in the part (its first `MAX_SEARCHED` characters, or the span given), in text order.

    Dates before the mail's day or over a year after it are dropped, and so is what needs the mail's date when
    there is none.
    """
    end = min(len(part.lower), start + MAX_SEARCHED) if end is None else end
    if not _GUARD.search(part.lower, start, end):
        return []
    found: list[FoundDate] = []
    calls = 0
    for hit in _DATE.finditer(part.lower, start, end):
        if len(found) >= MAX_DATES:
            break
        if hit.group("foreign"):
            calls += 1
            day = _parse_foreign(hit.group("foreign"), received_at) if calls <= MAX_PARSER_CALLS else None
        else:
            day = _day(hit, received_at)
        if day is None or not _sensible(day, received_at):
            continue
        found.append(_with_time(part, hit, day, end))
    return found


def _with_time(part: Part, hit: re.Match[str], day: date, limit: int) -> FoundDate:
    if hit.group("iso_hour"):
        at = time(min(int(hit.group("iso_hour")), 23), int(hit.group("iso_minute")))
        zone = stated_zone(part.plain, hit.end(), min(limit, hit.end() + 12))
        return FoundDate(
            day, hit.start(), hit.end(), at, None, zone[0] if zone else None, zone[1] if zone else None
        )
    following = _DATE.search(part.lower, hit.end(), min(limit, hit.end() + 90))
    stop = following.start() if following else min(limit, hit.end() + 90)
    times = read_time(part.lower, hit.end(), stop)
    if times is None:
        times = read_time(part.lower, max(0, hit.start() - 40), hit.start(), last=True)
    if times is None:
        return FoundDate(day, hit.start(), hit.end())
    at, until, time_start, time_end = times
    zone = stated_zone(part.plain, time_end, min(stop if stop > time_end else limit, limit, time_end + 40))
    ends = max(hit.end(), zone[2] if zone else time_end)
    return FoundDate(
        day,
        min(hit.start(), time_start),
        ends,
        at,
        until,
        zone[0] if zone else None,
        zone[1] if zone else None,
    )


def read_time(
    lower: str, start: int, end: int, *, last: bool = False
) -> tuple[time, time | None, int, int] | None:
    """The first (or last) clock time in `lower[start:end]`: (from, until, span start, span end)."""
    best: tuple[time, time | None, int, int] | None = None
    for hit in _TIME.finditer(lower, start, end):
        if hit.group("noon"):
            result: tuple[time, time | None, int, int] = (time(12), None, hit.start(), hit.end())
        else:
            half1, half2 = (hit.group("half1") or "").lower(), (hit.group("half2") or "").lower()
            if not half1 and not half2 and (hit.group("colon") or "") not in {":", "h"}:
                continue  # a bare number is no time
            if not half1 and hit.group("h2") and half2[:1] in {"a", "p"}:
                half1 = (
                    half2
                    if int(hit.group("h1")) % 12 <= int(hit.group("h2")) % 12 or half2[0] == "a"
                    else "am"
                )
            at = _clock(hit.group("h1"), hit.group("m1"), half1)
            until = _clock(hit.group("h2"), hit.group("m2"), half2) if hit.group("h2") else None
            if at is None:
                continue
            result = (at, until, hit.start(), hit.end())
        best = result
        if not last:
            break
    return best


def _clock(hour_text: str, minute_text: str | None, half: str) -> time | None:
    hour, minute = int(hour_text), int(minute_text or 0)
    if half[:1] == "p" and hour < 12:
        hour += 12
    elif half[:1] == "a" and hour == 12:
        hour = 0
    if half[:1] in {"a", "p"} and int(hour_text) > 12:
        return None
    return time(hour % 24, minute) if hour <= 24 else None


def _sensible(day: date, received_at: datetime | None) -> bool:
    if received_at is None:
        return 2000 <= day.year <= 2100
    return -1 <= (day - received_at.date()).days <= 366


def _day(hit: re.Match[str], received_at: datetime | None) -> date | None:
    today = received_at.date() if received_at is not None else None
    groups = hit.groupdict()
    try:
        if groups["iso"]:
            return date.fromisoformat(groups["iso"])
        if groups["month1"]:
            return _dated(groups["year1"], _MONTHS[groups["month1"].lower()], int(groups["day1"]), today)
        if groups["month2"]:
            return _dated(groups["year2"], _MONTHS[groups["month2"].lower()], int(groups["day2"]), today)
        if groups["a"]:
            return _numeric(groups, groups["year3"], groups["sep"], today)
        if groups["slash_a"]:
            if groups["weekday"] is None and today is None:
                return None
            return _numeric({**groups, "a": groups["slash_a"], "b": groups["slash_b"]}, None, "/", today)
    except ValueError:
        return None
    if today is None:
        return None
    return _relative_day(hit, today)


def _relative_day(hit: re.Match[str], today: date) -> date | None:
    word, weekday = hit.group("relative"), hit.group("only")
    if word in {"tomorrow", "morgen", "demain"}:
        # "guten Morgen" and "am Morgen" are times of day
        before = hit.string[max(0, hit.start() - 6) : hit.start()]
        is_greeting = word == "morgen" and before.endswith(("guten ", "am ", "jeden "))
        return None if is_greeting else today + timedelta(days=1)
    if word:
        return today + timedelta(days=2 if word == "übermorgen" else 0)
    if not weekday:
        return None
    wanted = _WEEKDAYS[weekday]
    ahead = (wanted - today.weekday()) % 7 or 7
    # "next Friday" said on a Monday means the week after; "next Tuesday" said on a Friday the coming one.
    if hit.group("next") == "next" and wanted > today.weekday():
        ahead += 7
    return today + timedelta(days=ahead)


def _dated(year: str | None, month: int, day: int, today: date | None) -> date | None:
    if year:
        return date(int(year), month, day)
    if today is None:
        return None
    guess = date(today.year, month, day)
    return (
        guess
        if (guess - today).days >= -1
        else date(today.year + 1, month, day)
        if (today - guess).days > 180
        else guess
    )


def _numeric(groups: dict[str, str], year: str | None, sep: str, today: date | None) -> date | None:
    a, b = int(groups["a"]), int(groups["b"])
    full_year = (("20" + year) if len(year) == 2 else year) if year else None
    options: list[date] = []
    for day, month in ((a, b), (b, a)) if sep == "." else ((b, a), (a, b)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            try:
                option = _dated(full_year, month, day, today)
            except ValueError:
                continue
            if option is not None and option not in options:
                options.append(option)
        if sep == ".":
            break  # dotted dates are day first everywhere
    weekday = (groups.get("weekday") or "").lower()
    for option in options:
        if weekday and option.weekday() == _WEEKDAYS[weekday]:
            return option
    if today is not None and len(options) > 1:
        ahead = [option for option in options if -1 <= (option - today).days <= 120]
        return ahead[0] if ahead else options[0]
    return options[0] if options else None


def _parse_foreign(span: str, received_at: datetime | None) -> date | None:
    import dateparser  # slow to import and to call: only for spans that have the shape of a date

    settings: dict[str, object] = {
        "PREFER_DATES_FROM": "future",
        "REQUIRE_PARTS": ["day", "month"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    if received_at is not None:
        settings["RELATIVE_BASE"] = received_at.replace(tzinfo=None)
    elif not re.search(r"20\d\d", span):
        return None
    parsed = dateparser.parse(span, languages=["es", "pt", "it", "nl"], settings=settings)
    return parsed.date() if parsed is not None else None
