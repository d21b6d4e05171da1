"""The company that a mail is about: display name, the relay's tenant, body phrases, the sender's own domain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.classification.entities.company_frames import (
    BEHIND,
    BEHIND_NAME,
    CLOSING_LINES,
    FRAMES,
    ROLE_NOUN_NEXT,
    SUBJECT_FRAMES,
)
from app.classification.entities.reading import Part, Reading, TriggerIndex, occurrences
from app.classification.entities.words import (
    FIRST_NAMES,
    GENERIC,
    NOT_COMPANY,
    SERVICES,
    TITLE_MODIFIERS,
    is_person_name,
    is_role_word,
)
from app.classification.values import EmailValue, Evidence
from app.companies import service as companies

ACCEPT = 1.9
_FRAME_INDEX = TriggerIndex((frame.trigger, frame) for frame in FRAMES)
_BEHIND_INDEX = TriggerIndex(BEHIND)
_RELAYED = frozenset({companies.SenderKind.ATS, companies.SenderKind.JOB_BOARD})
_DISPLAY_SPLIT = re.compile(
    r"\s+(?:from|at|of|von|bei|de chez|chez|@)\s+|\s*[|/\u2013\u2014]\s*|\s-\s|\s*\(|,\s"
)
_DISPLAY_TAIL = re.compile(
    r"[\s,|-]+(?i:(?:the )?(?:(?:global|early|university|campus|tech|technical|corporate|candidate|internal|us|uk) )*"
    r"(?:hiring|recruiting|recruitment|recruiters?|talent|acquisition|attraction|careers?|jobs?|human resources|hr|people|candidate experience"
    r"|no[- ]?reply|do not reply|notifications?|team|staffing|bewerbungsmanagement|bewerbungen|bewerbung|karriere|personal"
    r"|personalabteilung|recrutement|engineering|operations|ops|culture|workday|portal|system|updates?|support|mailer|admin"
    r"|department|via \w+|university|campus|events?|partner|manager|coordinator|and|&|interviews?|scheduling|online|application"
    r"|applications|experience|success|onboarding))$"
)
_VIA = re.compile(r"\s+(?:via|through|über|\u00fcber|powered by)\s.*$", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?i:the|our|team|dear|hi|hello|hey|hr|recruiting|at|with|an?|your|thank you from|thanks|welcome|re|fwd|fw|aw|wg|careers at|jobs at"
    r"|update|message|from|about|follow|career)[\s:]+)+(?=\S)"
)
_TAIL_WORDS = re.compile(
    r"(?:\s|-(?=[Tt]eam))(?i:our|is|the|this|team|attraction|recruiting|recruitment|recruiters?|talent|acquisition|hiring|careers?|hr|human resources|people|employment|jobs"
    r"|staffing|application|interview|opportunity|candidate experience|page|website|phone|via|thank|thanks|hi|dear|we|please"
    r"|resume|code|phone|assessment|challenge|campus|university relations|university recruiting|online|on-site|onsite|technical|coding)$"
)
_LEGAL_TAIL = re.compile(
    r"(?:inc|ltd|llc|corp|co|s\.a|l\.p|b\.v|n\.v|e\.v|s\.r\.l|s\.p\.a|plc|llp)\.$", re.IGNORECASE
)
_BOARDS = frozenset(
    {"linkedin", "indeed", "glassdoor", "monster", "ziprecruiter", "hackerrank", "codility", "codesignal"}
)
_PLAIN_FRAMES = frozenset(
    {
        "applying",
        "application",
        "interest in",
        "applied",
        "closing team",
        "career at",
        "career with",
        "position at",
        "role at",
        "opportunities at",
        "opportunity at",
        "opportunity with",
        "interview at",
        "offer from",
        "recruiter at",
        "recruiter with",
        "welcome to",
        "joining",
        "here at",
        "closing desk",
        "us at",
    }
)
_SUBJECT_PLAIN = frozenset({"your X application", "roles at X", "X application"})  # fmt: skip
_AFTER_YOUR = re.compile(r"^.*\b(?i:your|our|my|ihre|ihrer|deine|votre)\s+(?=\S)")
_JOINED = re.compile(r"\s(?:and|&|for|und|et|of)\s")
_TITLE_START = re.compile(
    r"\s(?:[-\u2013|]\s)?(?:Senior|Junior|Sr\.?|Jr\.?|Staff|Principal|Lead|Software|Front[- ]?[Ee]nd|Back[- ]?[Ee]nd|Full[- ]?[Ss]tack|Data|Product"
    r"|Machine|Web|Mobile|Associate|Entry|Project|Program|Account|Business|Marketing|Sales|Technical|QA|DevOps|Cloud|Security|Research|UX"
    r"|Mechanical|Electrical|Financial|Graduate|Summer|Student|iOS|Android|Java|Python|ML|AI|Intern|SDE|SWE|Engineering|Development)\b.*$"
)
_FIRM_WORD = re.compile(
    r"\b(?:Group|Inc|LLC|Ltd|GmbH|AG|SE|Labs?|Technolog(?:y|ies)|Systems|Solutions|Software|Partners|Ventures|Health|Bank|Capital|Networks?"
    r"|Industries|Holdings?|Consulting|Corp|Company|Institute|University|Universit\u00e4t|Studios?|Foundation|Robotics|Energy|Media|Insurance"
    r"|Services|International|Airlines|Motors|Pharma\w*|Logistics|Analytics|Digital|Games|Entertainment)\b"
)
_SIDE_WORDS = re.compile(
    r"\s(?:Global|Early|Corporate|Tech|Technical|University|Campus|Candidate|Internal|Student|College)$"
)
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})|%|\d{4,}$")


@dataclass(slots=True)
class _Candidate:
    name: str
    score: float = 0.0
    frames: set[str] = field(default_factory=set)
    part: Part | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class CompanyFound:
    """The name as written, and where (no evidence when only the sender says so)."""

    name: str
    evidence: tuple[Evidence, ...] = ()


def find_company(
    email: EmailValue, reading: Reading, facts: companies.SenderFacts, slugs: tuple[str, ...]
) -> CompanyFound | None:
    """The company or None. `slugs` are the employers' names in the mail's job links."""
    stated = _stated(reading, facts)
    if (display := _display_name(email, facts, stated)) is not None:
        return _spelled(display, stated, reading)
    if facts.tenant is not None:
        return _from_slug(facts.tenant, stated, reading)
    domain = companies.employer_domain(email.sender_email)
    label = domain.split(".")[0] if domain else None
    for hint, weight in [(label, 2.0), *((slug, 2.0) for slug in slugs)]:
        for key, candidate in stated.items():
            if hint and _same_slug(hint, key):
                candidate.score += weight
    best = _best(stated)
    if best is not None and best.score >= ACCEPT:
        return _with_evidence(best)
    if len(slugs) == 1:
        return _from_slug(slugs[0], stated, reading)
    if label and len(label) > 2 and facts.kind is companies.SenderKind.OWN_DOMAIN:
        return _from_slug(label, stated, reading)
    return None


def _stated(reading: Reading, facts: companies.SenderFacts) -> dict[str, _Candidate]:
    """Every name that the mail's words bring up, by company key, scored."""
    found: dict[str, _Candidate] = {}
    for part, factor in ((reading.subject, 1.1), (reading.text, 1.0)):
        for _, frame in _FRAME_INDEX.present(part):
            for at in occurrences(part.lower, frame.trigger, 6):
                hit = frame.pattern.match(part.plain, at + len(frame.trigger))
                if hit is None:
                    continue
                if hit.group("company"):
                    weight = frame.weight
                    if weight <= 1.0 and any(
                        is_role_word(w.strip(".,)")) for w in part.lower[max(0, at - 45) : at].split()[-4:]
                    ):
                        weight = 2.6  # "Data Analyst with Acme"
                    _add(found, part, hit.start("company"), hit.end("company"), weight * factor, frame.name)
                elif frame.weight >= 2.5:
                    _add(found, part, hit.start("small"), hit.end("small"), 1.0, frame.name, small=True)
        _behind(found, part, factor)
    for pattern, weight, name in SUBJECT_FRAMES:
        for hit in pattern.finditer(reading.subject.plain):
            _add(found, reading.subject, hit.start("company"), hit.end("company"), weight, name)
    _closing(found, reading)
    relay = facts.relay or ""
    for candidate in list(found.values()):
        provider = companies.is_provider_name(candidate.name) or candidate.name.lower() in SERVICES
        if provider and not _employs_itself(candidate, relay):
            del found[companies.company_key(candidate.name)]
    _weigh(found, reading)
    return found


def _employs_itself(candidate: _Candidate, relay: str) -> bool:
    """A provider may be somebody's employer, but only said plainly, twice, and not in mail that it relays."""
    if candidate.name.lower() in SERVICES - _BOARDS:
        return not relay and bool(candidate.frames & (_PLAIN_FRAMES | _SUBJECT_PLAIN))
    return not relay and len(candidate.frames & _PLAIN_FRAMES) >= 2


def _behind(found: dict[str, _Candidate], part: Part, factor: float) -> None:
    for trigger, weight in _BEHIND_INDEX.present(part):
        at = part.lower.find(trigger)
        for _ in range(4):
            if at < 0:
                break
            after = part.lower[at + len(trigger) : at + len(trigger) + 1]
            if not after.isalpha() or after == "s":
                start = max(0, at - 60, part.plain.rfind("\n", 0, at) + 1)
                window = part.plain[start:at]
                if window and (window[-1].isalnum() or window[-1] in ".!)"):
                    window = window.removesuffix("'s")
                    cut = (
                        max(window.rfind(". "), window.rfind("! "), window.rfind(", "), window.rfind(": "))
                        + 2
                    )
                    hit = BEHIND_NAME.search(window, cut if cut > 1 else 0)
                    if hit is not None:
                        _add(
                            found,
                            part,
                            start + hit.start("company"),
                            start + hit.end("company"),
                            weight * factor,
                            trigger.strip(),
                        )
            at = part.lower.find(trigger, at + len(trigger))


def _closing(found: dict[str, _Candidate], reading: Reading) -> None:
    """The last short lines: "The Acme Recruiting Team", "Recruiter at Acme", or just "Acme"."""
    plain = reading.text.plain
    tail_start = max(0, min(reading.closing, len(plain)) - 400, len(plain.rstrip()) - 900)
    lines: list[tuple[int, str]] = []
    at = tail_start
    for line in plain[tail_start:].split("\n"):
        text = line.strip(" \r>-_|")
        if 2 <= len(text) <= 70:
            lines.append((at + line.find(text), text))
        at += len(line) + 1
    lines = lines[-24:]
    for index, (start, text) in enumerate(lines):
        for pattern, weight, name in CLOSING_LINES:
            hit = pattern.match(text)
            if hit is not None:
                _add(
                    found,
                    reading.text,
                    start + hit.start("company"),
                    start + hit.end("company"),
                    weight,
                    name,
                )
                break
        else:
            bare = text.rstrip(".,!")
            key = companies.company_key(bare) if len(bare) <= 50 and bare[:1].isupper() else ""
            if key in found:
                found[key].score += 1.5
                found[key].frames.add("closing line")
            elif (
                key
                and reading.text.plain.count(bare) + reading.subject.plain.count(bare) >= 2
                and not is_person_name(bare)
            ):
                _add(found, reading.text, start, start + len(bare), 1.2, "closing line")
            elif key and (start >= reading.closing or index >= len(lines) - 2) and not is_person_name(bare):
                weight = 1.8 if _FIRM_WORD.search(bare) else 0.8
                _add(found, reading.text, start, start + len(bare), weight, "closing line")


def _add(
    found: dict[str, _Candidate],
    part: Part,
    start: int,
    end: int,
    weight: float,
    frame: str,
    *,
    small: bool = False,
) -> None:
    start, end = _trim(part, start, end)
    name = part.plain[start:end]
    if frame == "closing team":
        side = _SIDE_WORDS.search(name)
        end = start + side.start() if side else end
        name = part.plain[start:end]
    if not _plausible(name, part, end, small=small):
        # "Acme and the Software Engineer role", "Acme Software Engineer interview": the first part may be the name.
        cut = (
            _TITLE_START.search(name)
            if any(is_role_word(w) or w.endswith("ing") for w in name.lower().split())
            else None
        )
        cut = cut or _JOINED.search(name)
        if cut is None:
            return
        start, end = _trim(part, start, start + cut.start())
        name = part.plain[start:end]
        if not _plausible(name, part, end, small=small):
            return
    key = companies.company_key(name)
    if not key:
        return
    candidate = found.get(key)
    if candidate is None:
        candidate = found[key] = _Candidate(part.quote(start, end), 0.0, set(), part, start, end)
    elif len(name) > len(candidate.name) and not small:
        candidate.name, candidate.part, candidate.start, candidate.end = (
            part.quote(start, end),
            part,
            start,
            end,
        )
    if frame in candidate.frames:
        candidate.score += 0.2
    else:
        candidate.score += weight
        candidate.frames.add(frame)


def _trim(part: Part, start: int, end: int) -> tuple[int, int]:
    """Cut team words, possessives and full stops off a capture."""
    for _ in range(5):
        name = part.plain[start:end]
        before = (start, end)
        lead = _LEAD.match(name)
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


def _plausible(name: str, part: Part, end: int, *, small: bool) -> bool:
    if not 2 <= len(name) <= 60 or "\n" in name or _MONEY.search(name):
        return False
    words = name.lower().split()
    bare = [word.strip(".,'&") for word in words]
    if small and (
        bare[0] in NOT_COMPANY
        or bare[0] in GENERIC
        or len(bare[0]) < 4
        or bare[0].endswith(("ing", "ed", "ly"))
    ):
        return False
    if all(
        word in NOT_COMPANY or word in GENERIC or word in TITLE_MODIFIERS or word.isdigit() for word in bare
    ):
        return False
    if bare[0] in NOT_COMPANY and bare[0] not in {"new", "open", "first", "next", "all", "great", "good", "best", "may", "spring", "note",
                                                  "people", "job", "talent", "career", "careers", "hr"}:  # fmt: skip
        return False
    if name.lower() in {"company name", "your company", "our company", "company"}:
        return False
    if any(
        is_role_word(word) for word in (bare[-1], bare[-2] if len(bare) > 1 else "")
    ) and not _has_legal_form(name):
        return False
    if ROLE_NOUN_NEXT.match(part.plain, end):
        return False
    following = part.plain[end : end + 12].lower()
    if re.match(r" (?:engineer|develop|analyst|intern\b|manager)", following):
        return False
    if re.match(r"\s?,\s?[A-Z]{2}\b(?!\.)", part.plain[end : end + 8]) or "remote" in bare:
        return False  # a town: "Raritan, NJ"
    if companies.is_place(name) or (len(bare) <= 3 and is_person_name(name)):
        return False
    return not name.replace(" ", "").isdigit()


def _has_legal_form(name: str) -> bool:
    return companies.company_key(name) != companies.company_key(name + " x")[:-2]


def _weigh(found: dict[str, _Candidate], reading: Reading) -> None:
    """Names that come up more often weigh more; a short form lends its score to the full name and back."""
    for candidate in found.values():
        count = reading.text.plain.count(candidate.name) + reading.subject.plain.count(candidate.name)
        candidate.score += 0.25 * min(count, 5)
    scores = {key: candidate.score for key, candidate in found.items()}
    for key, candidate in found.items():
        for other, score in scores.items():
            if other != key and (
                other.startswith(key + " ")
                or key.startswith(other + " ")
                or other.endswith(" " + key)
                or key.endswith(" " + other)
            ):
                candidate.score += 0.5 * score


def _best(stated: dict[str, _Candidate]) -> _Candidate | None:
    best = max(stated.values(), key=lambda c: (c.score, len(c.frames), len(c.name), c.name), default=None)
    if best is not None and len(best.name) <= 4:  # an abbreviation of a name that the mail also writes out
        tail = " " + companies.company_key(best.name)
        fuller = [c for key, c in stated.items() if key.endswith(tail) and c.score >= 3.0]
        return max(fuller, key=lambda c: (c.score, c.name), default=best)
    return best


def _display_name(
    email: EmailValue, facts: companies.SenderFacts, stated: dict[str, _Candidate]
) -> str | None:
    """The company in the sender's display name; a person's or a provider's name is none."""
    name = _VIA.sub("", " ".join(email.sender_name[:200].split())).strip("\"' ")
    if not name or "@" in name:
        return None
    pieces = [piece.strip(" )\"'") for piece in _DISPLAY_SPLIT.split(name) if piece and piece.strip(" )\"'")]
    named_by_team = len(pieces) > 1
    cleaned: list[tuple[str, bool]] = []
    by_place = re.search(r"\s(?:from|at|of|von|bei|chez|@)\s", name) is not None
    for piece in reversed(pieces) if by_place else pieces:
        bare = piece
        for _ in range(5):
            shorter = _DISPLAY_TAIL.sub("", bare)
            if shorter == bare:
                break
            bare = shorter
        bare = _LEAD.sub("", bare)
        cleaned.append((bare, bare != piece))
    for piece, had_tail in cleaned:
        key = companies.company_key(piece)
        if not key or not _display_plausible(piece) or companies.is_provider_name(piece):
            continue
        if key in stated or any(_same_slug(key.replace(" ", ""), other) for other in stated):
            return piece
        person = is_person_name(piece) or _is_address_name(piece, email.sender_email)
        if (had_tail or named_by_team) and not person:
            return piece
        if not person and facts.kind is companies.SenderKind.OWN_DOMAIN:
            domain = (companies.employer_domain(email.sender_email) or "").split(".")[0]
            if _same_slug(domain, key):
                return piece
        if (
            not person
            and facts.kind in _RELAYED
            and not stated
            and len(piece.split()) <= 4
            and not _looks_like_person(piece)
        ):
            return piece
    return None


def _display_plausible(piece: str) -> bool:
    words = [word.strip(".,'&") for word in piece.lower().split()]
    if not 2 <= len(piece) <= 60 or not words or not any(char.isalpha() for char in piece):
        return False
    if piece.startswith("[") or all(word in NOT_COMPANY or word in GENERIC for word in words):
        return False
    return not (is_role_word(words[-1]) and not _has_legal_form(piece))


def _is_address_name(piece: str, address: str) -> bool:
    """Whether the name stands in the address's local part ("Mia Beispiel" of mia.beispiel@...)."""
    local = address.lower().split("@", 1)[0]
    words = [word for word in companies.company_key(piece).split() if len(word) > 2]
    return len(words) >= 2 and sum(word in local for word in words) >= 1


def _looks_like_person(piece: str) -> bool:
    words = piece.split()
    return (
        len(words) in (2, 3)
        and all(word.isalpha() and word.istitle() for word in words)
        and words[0].lower() in FIRST_NAMES
    )


def _same_slug(slug: str, key: str) -> bool:
    slug, compact = re.sub(r"[^a-z0-9]", "", slug.lower()), key.replace(" ", "")
    if not slug or not compact:
        return False
    return slug == compact or (
        min(len(slug), len(compact)) >= 4 and (compact.startswith(slug) or slug.startswith(compact))
    )


def _spelled(name: str, stated: dict[str, _Candidate], reading: Reading) -> CompanyFound:
    key = companies.company_key(name)
    fuller = _best({other: found for other, found in stated.items() if other.startswith(key + " ")})
    if fuller is not None and fuller.score >= 4.0 and (key not in stated or fuller.score > stated[key].score):
        return _with_evidence(fuller)
    candidate = stated.get(key)
    if candidate is not None:
        return CompanyFound(name, _with_evidence(candidate).evidence)
    return CompanyFound(name, _literal(name, reading))


def _from_slug(slug: str, stated: dict[str, _Candidate], reading: Reading) -> CompanyFound:
    """A slug as the mail spells it when it does ("acmerobotics" is "Acme Robotics"), else with capitals."""
    fitting = {key: candidate for key, candidate in stated.items() if _same_slug(slug, key)}
    if (best := _best(fitting)) is not None:
        return _with_evidence(best)
    name = " ".join(
        word if any(map(str.isdigit, word)) else word.capitalize()
        for word in re.split(r"[-_]+", slug)
        if word
    )
    for part in reading.parts:
        at = part.lower.find(name.lower())
        if at >= 0 and part.plain[at : at + 1].isupper():
            return CompanyFound(
                part.quote(at, at + len(name)), (part.evidence(at, at + len(name), "company_name"),)
            )
    return CompanyFound(name)


def _literal(name: str, reading: Reading) -> tuple[Evidence, ...]:
    for part in reading.parts:
        at = part.plain.find(name)
        if at >= 0:
            return (part.evidence(at, at + len(name), "company_name"),)
    return ()


def _with_evidence(candidate: _Candidate) -> CompanyFound:
    assert candidate.part is not None  # every candidate comes from a part
    return CompanyFound(
        candidate.name, (candidate.part.evidence(candidate.start, candidate.end, "company_name"),)
    )
