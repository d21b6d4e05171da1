"""The interview that a mail states: its calendar part first, then its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from app.classification.entities.calendars import MEETING_LINK, calendar_words, read_calendar
from app.classification.entities.dates import FoundDate, find_dates, mail_zone
from app.classification.entities.reading import Reading
from app.classification.values import EmailClass, EmailValue, Evidence, InterviewValue

_SILENT = frozenset({EmailClass.NOT_JOB_RELATED, EmailClass.JOB_ALERT})
_ROUNDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("final", r"final[- ](?:round|interview|stage)|last round|letzte runde|finales gespräch"),
        (
            "onsite",
            (
                r"on-?site (?:interview|visit|loop)|virtual on-?site|on-?site\b.{0,20}interview"
                r"|interview on-?site|superday|in-person interview|in person interview"
            ),
        ),
        ("panel", r"panel interview|panel round|panel discussion"),
        (
            "hiring manager",
            (
                r"(?:interview|call|chat|screen|conversation|meeting|speak|round) with (?:the |our "
                r"|your )?hiring manager|hiring manager (?:interview|screen|call|round)"
            ),
        ),
        (
            "technical",
            (
                r"technical (?:\w+ )?(?:interview|screen|round|call|discussion|phone)"
                r"|coding interview|live coding|system design|pair programming|tech screen"
                r"|technisches (?:interview|gespräch)|fachgespräch|entretien technique"
            ),
        ),
        (
            "culture",
            r"cultur(?:e|al)[- ]fit|culture (?:interview|chat|round)|values interview|behaviou?ral interview",
        ),
        (
            "phone screen",
            (
                r"phone (?:screen|interview|call)|telephone interview|recruiter (?:screen|call"
                r"|chat)|screening (?:call|interview)|initial (?:call|screen|interview|chat)"
                r"|intro(?:ductory)? (?:call|chat)|hr (?:screening|interview|call|screen)|telefoninterview"
                r"|telefonat|erstgespräch|kennenlern|entretien téléphonique|exploratory (?:call|chat)"
            ),
        ),
        (
            "second",
            (
                r"second[- ](?:round|interview|stage)|2nd (?:round|interview)|zweitgespräch"
                r"|zweite[sn]? (?:gespräch|runde)|second entretien"
            ),
        ),
        ("third", r"third[- ](?:round|interview)|3rd (?:round|interview)|dritte[sn]? (?:gespräch|runde)"),
        (
            "first",
            (
                r"first[- ](?:round|interview|stage)|1st (?:round|interview)|erste[sn]? gespräch"
                r"|premier entretien"
            ),
        ),
        ("video", r"video (?:interview|call)|videointerview|virtual interview"),
    )
)
_CANCEL = re.compile(
    r"(?:interview|call|meeting|appointment|conversation|event)\b[^.!?\n]{0,60}\b(?:has been|have been"
    r"|was|is|been|got|must be|needs to be)\s(?:be\s)?cancell?ed"
    r"|cancell?(?:ing|ed|ation of)\s(?:your|the|our|this)\s(?:\w+\s){0,3}(?:interview|call|meeting)"
    r"|cancell?ed(?: event)?:|interview cancell?(?:ed|ation)"
    r"|(?:need|have|had) to cancel|(?:gespräch|termin|interview)[^.!?\n]{0,40}(?:abgesagt|absagen"
    r"|storniert)|entretien[^.!?\n]{0,40}annulé",
    re.IGNORECASE,
)
_RESCHEDULE = re.compile(
    r"re-?schedul(?:ed|ing|e)\b|(?:new|updated) (?:interview )?(?:time|date)\b|(?:moved|postponed"
    r"|pushed) (?:back )?(?:to|until|from)|has been (?:moved|changed|postponed)"
    r"|verschoben|verschieben|neuer termin|verlegt|reporté|nouvelle date",
    re.IGNORECASE,
)
_RESCHEDULE_OFFER = re.compile(
    r"(?:if|should|in case|unable|cannot|can't|need to|want to|wish to|like to|free to|please|option to"
    r"|link to|click (?:here )?to|to cancel or|cancel or|or|to|you can"
    r"|falls)\s(?:\w+\s){0,6}re-?schedule"
    r"|re-?schedule (?:or cancel|link|here)|re-?scheduling (?:needs|requests?|policy)",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"(?:which|what) (?:\w+ ){0,3}(?:times?|slots?|days?|dates?)\b[^.?!\n]{0,40}(?:work|suit|best"
    r"|prefer|available)|following (?:\w+ )?(?:times|slots|dates|options|time slots)"
    r"|any of (?:these|the following|the below)|(?:are you|would you be) (?:available|free)"
    r"|your availability|times that work|one of the|pick a|choose a"
    r"|let (?:me|us) know (?:what|which|when|if)|welcher termin|folgende termine|terminvorschläge"
    r"|wann (?:es )?(?:ihnen|dir)|vos disponibilités",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:when|date(?: and time| & time|/time)?|time|wann|datum|termin|scheduled (?:for|on)"
    r"|confirmed for|set for|booked for|takes? place on|new time|am|quand"
    r"|interview (?:is |will be )?on|interview date|moved to|rescheduled (?:to|for)|see you on"
    r"|speak(?:ing)? (?:with you )?on|meet(?:ing)? on|for|on|le)\s?[:?-]?\s*$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:^|\n|[.;,] )[ ]{0,8}(?:[-\u2022][ ]{0,3})?(?:location|where|place|address|venue|meeting link"
    r"|video link|zoom link|link|ort|wo|adresse|lieu|standort|how|via"
    r"|format|platform|dial-in)\??\s?:\s*(?P<place>[^\n]{2,160})",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    (
        r"\b(?:via|over|on|through|using|über|per)\s(?:a\s)?(?P<medium>zoom|microsoft teams"
        r"|ms teams|google meet|teams|skype|webex|phone|google hangouts|video call|whereby)\b"
    ),
    re.IGNORECASE,
)
_LENGTH = re.compile(
    (
        r"\b(?P<minutes>15|20|25|30|40|45|50|60|75|90|120)[\s-]?(?:min(?:ute)?s?|minuten)\b"
        r"|\b(?P<hours>one|an|1|2|two)[\s-]hours?\b"
    ),
    re.IGNORECASE,
)
_CANCEL_WORDS = ("cancel", "absag", "abgesagt", "storni", "annul")
_MOVE_WORDS = (
    "resched",
    "re-sched",
    "new ",
    "updated",
    "moved",
    "postpone",
    "pushed",
    "changed",
    "verscho",
    "verschieb",
    "verlegt",
    "neuer termin",
    "report\u00e9",
    "nouvelle date",
)
_OR = re.compile(r"[\s,]*(?:or|oder|ou)(?:\s(?:on|am|den|le))?\s*", re.IGNORECASE)
_PAST_SLACK = timedelta(hours=12)


def find_interview(
    email: EmailValue, reading: Reading, email_class: EmailClass
) -> tuple[InterviewValue | None, tuple[Evidence, ...]]:
    """The interview and the evidence of its time. Only an invitation is read from words; a calendar part
    speaks in every job-related mail."""
    if email_class in _SILENT:
        return None, ()
    zone = mail_zone(email.received_at)
    if email.calendar:
        value = read_calendar(email.calendar, zone)
        if value is not None:
            summary = calendar_words(email.calendar).lower()
            words = f"{reading.subject.lower}\n{summary}\n{reading.text.lower[:4000]}"
            place = value.place or _link(email, reading)
            return replace(value, round=_round(words), place=place), ()
    if email_class is not EmailClass.INTERVIEW_REQUEST:
        return None, ()
    return _from_words(email, reading)


def _from_words(email: EmailValue, reading: Reading) -> tuple[InterviewValue | None, tuple[Evidence, ...]]:
    zone = mail_zone(email.received_at)
    plain = reading.text.plain
    method = _method(reading)
    part, when = (
        reading.text,
        _choose(plain, _ahead(find_dates(reading.text, email.received_at), email.received_at), method),
    )
    if when is None:
        subject_dates = [
            d for d in _ahead(find_dates(reading.subject, email.received_at), email.received_at) if d.at
        ]
        if len(subject_dates) == 1:
            part, when = reading.subject, subject_dates[0]
    starts_at = when.moment(zone) if when is not None else None
    ends_at = when.until_moment(zone) if when is not None else None
    if starts_at is not None and ends_at is None and (length := _LENGTH.search(plain)) is not None:
        hours = {"two": 2, "2": 2}.get((length.group("hours") or "").lower(), 1)
        ends_at = starts_at + (
            timedelta(minutes=int(length.group("minutes")))
            if length.group("minutes")
            else timedelta(hours=hours)
        )
    words = f"{reading.subject.lower}\n{reading.text.lower[:6000]}"
    value = InterviewValue(
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=when.zone_name if when is not None and starts_at is not None else None,
        place=_place(email, reading),
        round=_round(words),
        method=method,
    )
    if value == InterviewValue():
        return None, ()  # an invitation that says nothing about the interview itself
    if starts_at is None or when is None:
        return value, ()
    return value, (part.evidence(when.start, when.end, "interview"),)


def _ahead(dates: list[FoundDate], received_at: datetime | None) -> list[FoundDate]:
    if received_at is None:
        return dates
    zone = mail_zone(received_at)
    return [
        found
        for found in dates
        if (moment := found.moment(zone)) is None or moment >= received_at - _PAST_SLACK
    ]


def _choose(plain: str, dates: list[FoundDate], method: str) -> FoundDate | None:
    """The one date that is meant; None when several times are only offered."""
    timed = [found for found in dates if found.at is not None]
    if not timed:
        return None
    if any(_OR.fullmatch(plain, a.end, b.start) for a, b in pairwise(dates)):
        return None  # "Wednesday or Thursday, each at 8:30"
    moments = {(found.day, found.at) for found in timed}
    if len(moments) == 1:
        return timed[0]
    if method == "reschedule":
        moved = [
            f
            for f in timed
            if re.search(
                r"(?:\bto|new (?:time|date)|now|auf(?: den)?|au)\s?:?\s*(?:the )?$",
                plain[max(0, f.start - 20) : f.start],
                re.IGNORECASE,
            )
        ]
        return moved[-1] if moved else timed[-1]
    if _OFFERED.search(plain):
        return None
    labelled = [found for found in timed if _LABEL.search(plain[max(0, found.start - 30) : found.start])]
    return labelled[0] if labelled else timed[0]


def _method(reading: Reading) -> str:
    head = f"{reading.subject.lower}\n{reading.text.lower[:3000]}"
    moved = (
        any(word in head for word in _MOVE_WORDS)
        and _RESCHEDULE.search(_RESCHEDULE_OFFER.sub(" ", head)) is not None
    )
    if (
        any(word in head for word in _CANCEL_WORDS)
        and _CANCEL.search(head)
        and not re.search(r"if you (?:need|have|want|wish)[^.\n]{0,30}cancel", head)
    ):
        return "reschedule" if moved else "cancel"
    return "reschedule" if moved else "request"


def _round(words: str) -> str | None:
    return next((name for name, pattern in _ROUNDS if pattern.search(words)), None)


def _link(email: EmailValue, reading: Reading) -> str | None:
    for link in email.links[:60]:
        if MEETING_LINK.match(link):
            return link
    found = MEETING_LINK.search(reading.text.source)
    return found.group() if found is not None else None


def _place(email: EmailValue, reading: Reading) -> str | None:
    link = _link(email, reading)
    if link is not None:
        return link
    stated = _PLACE.search(reading.text.plain)
    if stated is not None:
        place = reading.text.quote(stated.start("place"), stated.end("place")).strip(" .,;")
        if any(char.isalpha() for char in place) and not place.startswith("["):
            return place
    medium = _MEDIUM.search(reading.text.plain) or _MEDIUM.search(reading.subject.plain)
    return (
        reading.text.quote(*medium.span("medium"))
        if medium is not None and medium.string is reading.text.plain
        else None
    )
