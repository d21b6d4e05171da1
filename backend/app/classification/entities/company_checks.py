"""Cutting a captured company name to size, and telling whether it can be one."""

from __future__ import annotations

import re

from app.classification.entities.company_frames import ROLE_NOUN_NEXT
from app.classification.entities.reading import Part
from app.classification.entities.words import (
    GENERIC,
    NOT_COMPANY,
    TITLE_MODIFIERS,
    is_person_name,
    is_role_word,
)
from app.companies import service as companies
from app.companies.service import word_set

LEAD = re.compile(
    r"^(?:(?i:the|our|team|dear|hi|hello|hey|hr|recruiting|at|with|an?|your|thank you from|thanks"
    r"|welcome|re|fwd|fw|aw|wg|careers at|jobs at"
    r"|update|message|from|about|follow|career)[\s:]+)+(?=\S)"
)
_TAIL_WORDS = re.compile(
    r"(?:\s|-(?=[Tt]eam))(?i:our|is|the|this|team|attraction|recruiting|recruitment|recruiters?|talent"
    r"|acquisition|hiring|careers?|hr|human resources|people|employment|jobs?"
    r"|staffing|application|interview|opportunity|candidate experience|page|website|phone|via|thank"
    r"|thanks|hi|dear|we|please"
    r"|resume|code|phone|assessment|challenge|campus|university relations|university recruiting|online"
    r"|on-site|onsite|technical|coding)$"
)
_LEGAL_TAIL = re.compile(
    r"(?:inc|ltd|llc|corp|co|s\.a|l\.p|b\.v|n\.v|e\.v|s\.r\.l|s\.p\.a|plc|llp)\.$", re.IGNORECASE
)
_AFTER_YOUR = re.compile(r"^.*\b(?i:your|our|my|ihre|ihrer|deine|votre)\s+(?=\S)")
FIRM_WORD = re.compile(
    r"\b(?:Group|Inc|LLC|Ltd|GmbH|AG|SE|Labs?|Technolog(?:y|ies)|Systems|Solutions|Software|Partners"
    r"|Ventures|Health|Bank|Capital|Networks?"
    r"|Industries|Holdings?|Consulting|Corp|Company|Institute|University|Universit\u00e4t|Studios?"
    r"|Foundation|Robotics|Energy|Media|Insurance"
    r"|Services|International|Airlines|Motors|Pharma\w*|Logistics|Analytics|Digital|Games|Entertainment)\b"
)
_NOT_SMALL = NOT_COMPANY | GENERIC
_NOT_ALONE = NOT_COMPANY | GENERIC | TITLE_MODIFIERS
_MAY_BEGIN = word_set(
    "new open first next all great good best may spring note sr people job talent career careers hr"
)
_NOT_A_NAME_NEXT = re.compile(r" (?i:engineer|develop|analyst|intern\b|manager)|\s?,\s?[A-Z]{2}\b(?!\.)")
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})|%|\d{4,}$")


def trim_name(part: Part, start: int, end: int) -> tuple[int, int]:
    """Cut team words, possessives and full stops off a capture."""
    for _ in range(5):
        name = part.plain[start:end]
        before = (start, end)
        lead = LEAD.match(name)
        if lead is not None:
            start += lead.end()
            continue
        greeting = re.search(r"\s(?:Dear|Hi|Hello|Hallo|Thank|Thanks)\b", name)
        if greeting is not None:
            end = start + greeting.start()
            continue
        yours = _AFTER_YOUR.match(name)
        if yours is not None:
            start += yours.end()
            continue
        stripped = re.sub(r"\s(?:and|und|et|of|for|the)$", "", name.rstrip(" ,;:!?-&'\"(\u2013"))
        if stripped.endswith(".") and not _LEGAL_TAIL.search(stripped):
            stripped = stripped[:-1]
        end = start + len(stripped)
        tail = _TAIL_WORDS.search(stripped)
        if tail is not None:
            end = start + tail.start()
        elif stripped.endswith("'s") and not (
            part.plain[end : end + 1].isspace() and part.plain[end + 1 : end + 2].isupper()
        ):
            end -= 2
        elif (possessive := re.search(r"'s (?=[A-Z])", stripped)) is not None and _titled(
            stripped[possessive.end() :], part, end
        ):
            end = start + possessive.start()
        if (start, end) == before:
            break
    return start, end


def _titled(rest: str, part: Part, end: int) -> bool:
    return (
        any(is_role_word(word) for word in rest.lower().split())
        or ROLE_NOUN_NEXT.match(part.plain, end) is not None
    )


def plausible_name(name: str, part: Part, end: int, *, small: bool) -> bool:
    if not 2 <= len(name) <= 60 or "\n" in name or _MONEY.search(name) or name.replace(" ", "").isdigit():
        return False
    bare = [word.strip(".,'&") for word in name.lower().split()]
    if small and (bare[0] in _NOT_SMALL or len(bare[0]) < 4 or bare[0].endswith(("ing", "ed", "ly"))):
        return False
    if all(word in _NOT_ALONE or word.isdigit() for word in bare) or "remote" in bare:
        return False
    if bare[0] in NOT_COMPANY and bare[0] not in _MAY_BEGIN:
        return False
    if any(is_role_word(word) for word in bare[-2:]) and not has_legal_form(name):
        return False
    if (
        companies.is_place(name)
        or (name.isupper() and name.lower() in companies.US_STATE_CODES)
        or (len(bare) <= 3 and is_person_name(name))
    ):
        return False
    # A title ("Acme role", "Data engineer") or a town ("Raritan, NJ") goes on behind the capture.
    return not (ROLE_NOUN_NEXT.match(part.plain, end) or _NOT_A_NAME_NEXT.match(part.plain, end))


def has_legal_form(name: str) -> bool:
    """Whether the name ends in a legal form ("Acme Consultant GmbH")."""
    return companies.company_key(name) != companies.company_key(name + " x")[:-2]
