"""Company names mined from a mail's words, each with the weight of the phrases that named it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.classification.entities.company_checks import FIRM_WORD, plausible_name, trim_name
from app.classification.entities.company_frames import (
    BEHIND,
    BEHIND_NAME,
    CLOSING_LINES,
    FRAMES,
    PLACE_LINE,
    SUBJECT_FRAMES,
    Frame,
)
from app.classification.entities.reading import Part, Reading, TriggerIndex, occurrences
from app.classification.entities.words import (
    SERVICES,
    is_person_name,
    is_role_word,
)
from app.companies import service as companies
from app.companies.service import word_set

ACCEPT = 1.9  # the score from which on a mined name is believed
_SETTLED = 7.0  # above it, phrases that say little are not looked at
_STRONG_FRAMES = TriggerIndex((frame.trigger, frame) for frame in FRAMES if frame.weight > 1.0)
_WEAK_FRAMES = TriggerIndex((frame.trigger, frame) for frame in FRAMES if frame.weight <= 1.0)
_STRONG_BEHIND = TriggerIndex(entry for entry in BEHIND if entry[1] > 1.0)
_WEAK_BEHIND = TriggerIndex(entry for entry in BEHIND if entry[1] <= 1.0)
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
_SUBJECT_PLAIN = frozenset({"your X application", "roles at X", "X application"})
_JOINED = re.compile(r"\s(?:and|&|for|und|et|of)\s")
_TITLE_START = re.compile(
    r"\s(?:[-\u2013|]\s)?(?:Senior|Junior|Sr\.?|Jr\.?|Staff|Principal|Lead|Software|Front[- ]?[Ee]nd"
    r"|Back[- ]?[Ee]nd|Full[- ]?[Ss]tack|Data|Product"
    r"|Machine|Web|Mobile|Associate|Entry|Project|Program|Account|Business|Marketing|Sales|Technical|QA"
    r"|DevOps|Cloud|Security|Research|UX"
    r"|Mechanical|Electrical|Financial|Graduate|Summer|Student|iOS|Android|Java|Python|ML|AI|Intern|SDE"
    r"|SWE|Engineering|Development)\b.*$"
)
_SIDE_WORDS = re.compile(
    r"\s(?:Global|Early|Corporate|Tech|Technical|University|Campus|Candidate|Internal|Student|College)$"
)
_SIGN_OFF = word_set(
    "best regards sincerely thanks thank cheers kind warm mit viele freundliche cordialement hi hello dear"
)
_MEETS = frozenset(
    {
        "interview with",
        "conversation with",
        "subject of X",
        "closing line",
        "closing role",
        "with",
        "subject end",
    }
)
_TWO_NAMES = re.compile(r"[^\W\d_]+ (?:and )?[^\W\d_]+$")


@dataclass(slots=True)
class Candidate:
    """A name as written, its score, the phrases that named it, and its best place."""

    name: str
    part: Part
    start: int
    end: int
    score: float = 0.0
    frames: set[str] = field(default_factory=set)


def mine_companies(reading: Reading, facts: companies.SenderFacts) -> dict[str, Candidate]:
    """Every name that the mail's words bring up, by company key, scored."""
    found: dict[str, Candidate] = {}
    _phrases(found, reading, _STRONG_FRAMES, _STRONG_BEHIND)
    for pattern, weight, name in SUBJECT_FRAMES:
        for hit in pattern.finditer(reading.subject.plain):
            _add(found, reading.subject, hit.start("company"), hit.end("company"), weight, name)
    for hit in PLACE_LINE.finditer(reading.text.plain, 0, 2_000):
        if companies.is_place(hit.group("place")):
            _add(found, reading.text, hit.start("company"), hit.end("company"), 2.5, "line with place")
    _closing(found, reading)
    if max((candidate.score for candidate in found.values()), default=0.0) < _SETTLED:
        _phrases(found, reading, _WEAK_FRAMES, _WEAK_BEHIND)
    for candidate in list(found.values()):
        provider = companies.is_provider_name(candidate.name) or candidate.name.lower() in SERVICES
        if provider and not _employs_itself(candidate, facts.relay or ""):
            del found[companies.company_key(candidate.name)]
    _weigh(found, reading)
    return found


def _phrases(
    found: dict[str, Candidate], reading: Reading, ahead: TriggerIndex[Frame], behind: TriggerIndex[float]
) -> None:
    for part, factor in ((reading.subject, 1.1), (reading.text, 1.0)):
        for _, frame in ahead.present(part):
            for at in occurrences(part.lower, frame.trigger, 6):
                _ahead(found, part, frame, at, factor)
        _behind(found, part, behind, factor)


def _ahead(found: dict[str, Candidate], part: Part, frame: Frame, at: int, factor: float) -> None:
    hit = frame.pattern.match(part.plain, at + len(frame.trigger))
    if hit is None:
        return
    if not hit.group("company"):
        if frame.weight >= 2.5:
            _add(found, part, hit.start("small"), hit.end("small"), 1.0, frame.name, small=True)
        return
    weight, name = frame.weight, frame.name
    if weight <= 1.0 and any(
        is_role_word(w.strip(".,)")) for w in part.lower[max(0, at - 45) : at].split()[-4:]
    ):
        weight, name = 2.6, "role " + name  # "Data Analyst with Acme"
    _add(found, part, hit.start("company"), hit.end("company"), weight * factor, name)


def _employs_itself(candidate: Candidate, relay: str) -> bool:
    """A provider may be somebody's employer, but only said plainly, twice, and not in mail that it relays."""
    if candidate.name.lower() in SERVICES - _BOARDS:
        return not relay and bool(candidate.frames & (_PLAIN_FRAMES | _SUBJECT_PLAIN))
    return not relay and len(candidate.frames & _PLAIN_FRAMES) >= 2


def _behind(found: dict[str, Candidate], part: Part, index: TriggerIndex[float], factor: float) -> None:
    for trigger, weight in index.present(part):
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


def _closing(found: dict[str, Candidate], reading: Reading) -> None:
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
    lines = lines[-14:]
    for index, (start, text) in enumerate(lines):
        if text.partition(" ")[0].rstrip(",.!").lower() in _SIGN_OFF:
            continue
        for pattern, weight, name in CLOSING_LINES:
            hit = pattern.match(text)
            if hit is not None:
                begin, end = start + hit.start("company"), start + hit.end("company")
                _add(found, reading.text, begin, end, weight, name)
                break
        else:
            last = start >= reading.closing or index >= len(lines) - 2
            _bare_line(found, reading, start, text.rstrip(".,!"), last=last)


def _bare_line(found: dict[str, Candidate], reading: Reading, start: int, bare: str, *, last: bool) -> None:
    """A line that may be the company's name and nothing else."""
    if len(bare) > 50 or not bare[:1].isupper() or bare.count(" ") > 5:
        return
    key = companies.company_key(bare)
    if not key or is_person_name(bare):
        return
    if key in found:
        found[key].score += 1.5
        found[key].frames.add("closing line")
    elif reading.text.plain.count(bare) + reading.subject.plain.count(bare) >= 2:
        _add(found, reading.text, start, start + len(bare), 1.2, "closing line")
    elif last:
        weight = 1.8 if FIRM_WORD.search(bare) else 0.8
        _add(found, reading.text, start, start + len(bare), weight, "closing line")


def _add(
    found: dict[str, Candidate],
    part: Part,
    start: int,
    end: int,
    weight: float,
    frame: str,
    *,
    small: bool = False,
) -> None:
    start, end = trim_name(part, start, end)
    name = part.plain[start:end]
    if frame == "closing team":
        side = _SIDE_WORDS.search(name)
        end = start + side.start() if side else end
        name = part.plain[start:end]
    # "Acme opportunity" in a subject: the word behind the name belongs to the phrase.
    behind = len(part.plain) if frame == "X application" else end
    if not plausible_name(name, part, behind, small=small):
        # "Acme and the Data Engineer role", "Acme Data Engineer interview": the first part may be it.
        cut = (
            _TITLE_START.search(name)
            if any(is_role_word(w) or w.endswith("ing") for w in name.lower().split())
            else None
        )
        cut = cut or _JOINED.search(name)
        if cut is None:
            return
        start, end = trim_name(part, start, start + cut.start())
        name = part.plain[start:end]
        if not plausible_name(name, part, end, small=small):
            return
    key = companies.company_key(name)
    if not key:
        return
    candidate = found.get(key)
    if candidate is None:
        candidate = found[key] = Candidate(part.quote(start, end), part, start, end)
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


def _weigh(found: dict[str, Candidate], reading: Reading) -> None:
    """Names that come up more often weigh more; a short form lends its score to the full name and back."""
    for candidate in found.values():
        if (
            candidate.frames <= _MEETS
            and _TWO_NAMES.match(candidate.name)
            and not FIRM_WORD.search(candidate.name)
        ):
            candidate.score -= 3.2  # "interview with Theo Beispiel": most likely a person
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


def best_candidate(stated: dict[str, Candidate]) -> Candidate | None:
    best = max(stated.values(), key=lambda c: (c.score, len(c.frames), len(c.name), c.name), default=None)
    if best is not None and len(best.name) <= 4:  # an abbreviation of a name that the mail also writes out
        tail = " " + companies.company_key(best.name)
        fuller = [c for key, c in stated.items() if key.endswith(tail) and c.score >= 3.0]
        return max(fuller, key=lambda c: (c.score, c.name), default=best)
    return best
