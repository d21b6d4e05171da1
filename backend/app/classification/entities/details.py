"""The smaller facts of a mail: place, pay, requisition number and link of the job."""

from __future__ import annotations

import re

from app.classification.entities.reading import Reading
from app.classification.values import EmailClass, EmailValue, Evidence
from app.companies import service as companies

Fact = tuple[str | None, tuple[Evidence, ...]]
_NOTHING: Fact = (None, ())
MAX_LINKS = 60

_LOCATION_LINE = re.compile(
    (
        r"(?:^|\n)[ \u2022-]{0,8}(?P<label>job location|work location|position location|location"
        r"|standort|arbeitsort|einsatzort|lieu(?: de travail)?"
        r"|based in)\s?:\s*(?P<place>[^\n]{2,80})"
    ),
    re.IGNORECASE,
)
_PLACE_LABELS = frozenset({"location", "standort", "arbeitsort", "einsatzort", "lieu", "based"})
_LOCATED = re.compile(
    r"\b(?:based|located|location is|office|offices|position|role|team|onsite|on-site|hybrid|opening"
    r"|opportunity)\s(?:is\s)?(?:based\s|located\s|here\s)?in\s(?:our\s)?"
    r"(?P<place>[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,2}(?:,\s[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,2}){0,2})"
)
_AT_COMPANY_IN = re.compile(
    r"\b(?:at|with"
    r"|bei)\s[A-Z][\w&.'\u00b0-]*(?:\s[\w&.'-]+){0,4}?\sin\s(?P<place>[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,2}(?:,\s[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,2}){0,2})"
)
_REMOTE = re.compile(
    (
        r"\b(?P<place>(?:fully |100% )?remote)\s(?:position|role|job|opportunity|\w+ (?:position"
        r"|role))\b|\bposition is (?P<other>(?:fully |100% )?remote)\b"
    ),
    re.IGNORECASE,
)
_CURRENCY = r"(?:US\$|USD|EUR|GBP|CHF|CAD|AUD|SGD|INR|A\$|C\$|Rs\.?|LPA|[$\u20ac\u00a3\u20b9])"
_AMOUNT = r"\d{1,3}(?:[,.' \u202f]\d{2,3}){1,3}(?!\d)(?:[.,]\d{2})?|\d{1,7}(?:[.,]\d{1,2})?"
_PER = (
    r"(?:\s?(?:/|per|an?|pro|par|p\.)\s?(?:year|yr|annum|a\.|hour|hr|h|month|week|day|jahr|monat|stunde"
    r"|an|mois)\b|\s?(?:annually|yearly|hourly|monthly|p\.a\.|pa\b|ctc|lpa"
    r"|brutto(?:\s?(?:jahresgehalt|im jahr|pro jahr))?|gross(?: per year)?|base(?: salary)?))"
)
_SALARY = re.compile(
    rf"(?:(?<![\w.])(?P<front>{_CURRENCY})\s?(?P<low>{_AMOUNT})\s?(?P<k>[kK](?![\w]))?"
    rf"|(?<![\w.,$])(?P<low2>{_AMOUNT})\s?(?P<k2>[kK])?\s?(?P<back>{_CURRENCY}|euro|dollars?|lakhs?)(?![\w]))"
    rf"(?:\s?(?:-|\u2013|\u2014|to|bis|and"
    rf"|\u00e0)\s?(?:{_CURRENCY}\s?)?(?P<high>{_AMOUNT})\s?(?P<k3>[kK](?!\w))?(?:\s?(?:{_CURRENCY}"
    rf"|euro)(?!\w))?)?(?:\s?(?:USD|EUR|GBP|CHF|CAD))?"
    rf"(?P<per>{_PER})?",
    re.IGNORECASE,
)
_PAY_WORD = re.compile(
    (
        r"\b(?:salary|compensation|pay|base|remuneration|wage|stipend|package|ctc|rate|gehalt"
        r"|verg\u00fctung|jahresgehalt|salaire|r\u00e9mun\u00e9ration|earn|ote)\b"
    ),
    re.IGNORECASE,
)
_NOT_PAY = re.compile(
    (
        r"\s?(?:m|mm|bn|b|million|billion|mio|mrd)\b|\+?\s?(?:in )?(?:funding|raised|revenue|series"
        r"|arr|valuation|investment)"
    ),
    re.IGNORECASE,
)
_REQUISITION = re.compile(
    r"(?<![\w/])(?:(?:(?:job|position|posting|requisition|req|vacancy|role|stellen|opening|referenz"
    r"|reference|ref|ausschreibungs|kenn|job-?)[\s.\-]{0,2}"
    r"(?:id|no|nr|number|nummer|code|ziffer|req(?:uisition)?(?:\sid)?)|requisition|req|ref|referenz"
    r"|reference)\b\.?\s?[:#\-(]{0,2}\s?#?\s?(?P<a>(?:[A-Za-z]{1,6}[-_ ]?)?\d[\w\-]{2,18}"
    r"|[A-Za-z]{1,4}-\d{2,10})"
    r"|(?P<b>(?:JR|REQ|Req|R|JO|JOB|REF)[-_]?\d{4,10}(?:-\d{1,3})?)|(?<=[#])(?P<c>[A-Z]{0,4}-?\d{4,10})"
    r"|[(\[](?P<d>[A-Z]{0,4}[-_]?\d{5,10})[)\]])(?![\w/])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d\d")
_ID_LABEL_ONLY = re.compile(r"(?:19|20)\d\d$|\d{1,3}$")


def find_location(
    email_class: EmailClass, reading: Reading, raw_title: str | None, title_at: Evidence | None
) -> Fact:
    """The job's place: what was cut off the title, a "Location:" line, "based in X". An interview mail's
    "Location:" is where the interview is, so there only a real place name counts."""
    if raw_title and title_at is not None:
        part = reading.subject if title_at.field is reading.subject.field else reading.text
        after = part.plain[title_at.end : title_at.end + 60]
        tail = re.match(
            (
                r"\s?(?:\([mwfdhx/|*. ]{3,9}\)\s?)?(?:[-\u2013|(,]\s?|\sin\s)(?P<place>[A-Z][^()\n"
                r"|;!?]{1,45}?)\s?(?=[)|;!?\n]|$|\.\s|\.$|\s(?:position|role|at|with|has|is)\b"
                r"|\s[-\u2013]\s)"
            ),
            after,
        )
        if tail is not None and companies.is_place(tail.group("place")):
            start = title_at.end + tail.start("place")
            return _fact(
                reading,
                part.field == reading.subject.field,
                start,
                start + len(tail.group("place")),
                "location",
            )
    text = reading.text.plain
    for line in _LOCATION_LINE.finditer(text) if reading.text.words & _PLACE_LABELS else ():
        start, end = line.span("place")
        end = start + len(line.group("place").rstrip(" .,;"))
        place = text[start:end]
        about_job = (
            line.group("label").lower() != "location" or email_class is not EmailClass.INTERVIEW_REQUEST
        )
        if companies.is_place(place) or (
            about_job
            and re.match(r"[A-Z][\w .,'/()-]{1,60}$", place)
            and not re.search(r"\d{3}|https?:|zoom|teams|link", place, re.IGNORECASE)
        ):
            return _fact(reading, False, start, end, "location")
    for pattern in (_LOCATED, _AT_COMPANY_IN) if " in " in text else ():
        for hit in pattern.finditer(text):
            start, end = hit.span("place")
            end = start + len(hit.group("place").rstrip(" ."))
            if companies.is_place(text[start:end]):
                return _fact(reading, False, start, end, "location")
    remote = _REMOTE.search(text) if "remote" in reading.text.lower else None
    if remote is not None:
        name = "place" if remote.group("place") else "other"
        return _fact(reading, False, remote.start(name), remote.end(name), "location")
    return _NOTHING


def find_salary(reading: Reading) -> Fact:
    """The pay as written, with its range and period; None for funding sums, gift cards and bare prices."""
    text = reading.text.plain
    if not re.search(r"[$\u20ac\u00a3\u20b9]|USD|EUR|GBP|CHF|CAD|euro|lakh|INR|Rs", text):
        return _NOTHING
    for count, hit in enumerate(_SALARY.finditer(text)):
        if count > 20:
            break
        if _NOT_PAY.match(text, hit.end()):
            continue
        amount = _value(
            hit.group("low") or hit.group("low2"), bool(hit.group("k") or hit.group("k2") or hit.group("k3"))
        )
        near = _PAY_WORD.search(text, max(0, hit.start() - 70), min(len(text), hit.end() + 40)) is not None
        said = (hit.group("per") and amount >= 5) or (near and amount >= 10)
        if said or (hit.group("high") and amount >= 10_000):
            end = hit.start() + len(hit.group().rstrip(" .,"))
            return _fact(reading, False, hit.start(), end, "salary_text")
    return _NOTHING


def _value(text: str, thousands: bool) -> float:
    digits = re.sub(r"[^\d]", "", re.sub(r"[.,]\d{1,2}$", "", text))
    return float(digits or 0) * (1000 if thousands else 1)


def find_requisition(reading: Reading) -> Fact:
    """The employer's number for the job, as written ("R12345", "JR-0042", "1620398")."""
    for in_subject, part in ((True, reading.subject), (False, reading.text)):
        for count, digits in enumerate(_NUMBER.finditer(part.plain)):
            if count > 40:
                break
            hit = _REQUISITION.search(
                part.plain, max(0, digits.start() - 48), min(len(part.plain), digits.end() + 20)
            )
            if hit is None:
                continue
            name = next(group for group in ("a", "b", "c", "d") if hit.group(group))
            token = hit.group(name).strip()
            if _ID_LABEL_ONLY.match(token) or sum(map(str.isdigit, token)) < 2:
                continue
            start = hit.start(name)
            return _fact(reading, in_subject, start, start + len(token.rstrip("-_ ")), "requisition_id")
    lead = re.search(r"(?:^|[-\u2013|:]\s)(?P<id>\d{6,9})(?=\s[-\u2013(A-Z])", reading.subject.plain)
    if lead is not None:
        return _fact(reading, True, lead.start("id"), lead.end("id"), "requisition_id")
    return _NOTHING


def find_job_url(email: EmailValue, reading: Reading) -> tuple[Fact, tuple[str, ...]]:
    """The link of the one job that the mail is about (canonical), and the employers' slugs in its job links.

    Three or more different jobs are a list, not the job of this mail.
    """
    links = list(email.links[:MAX_LINKS])
    if not links and "http" in reading.text.lower:
        links = [
            hit.group().rstrip(".,;)")
            for hit in re.finditer(r"https?://[^\s<>\"'\]]{4,500}", reading.text.plain)
        ][:MAX_LINKS]
    jobs: dict[str, str] = {}
    slugs: list[str] = []
    for link in links:
        reference = companies.job_reference(link)
        canonical = companies.canonical_job_url(link)
        if canonical is not None:
            jobs.setdefault(canonical, link)
        if reference is not None and reference.tenant and reference.tenant not in slugs:
            slugs.append(reference.tenant)
    if not jobs or len(jobs) > 2:
        return _NOTHING, tuple(slugs) if len(jobs) <= 2 else ()
    canonical, link = next(iter(jobs.items()))
    at = reading.text.source.find(link)
    evidence = (reading.text.evidence(at, at + len(link), "job_url"),) if at >= 0 else ()
    return (canonical, evidence), tuple(slugs)


def _fact(reading: Reading, in_subject: bool, start: int, end: int, label: str) -> Fact:
    part = reading.subject if in_subject else reading.text
    value = part.quote(start, end)
    return (value, (part.evidence(start, end, label),)) if value else _NOTHING
