"""The job title: candidates mined from subject and text by many phrases, cleaned, checked, ranked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from app.classification.entities.reading import Part, Reading, TriggerIndex, occurrences
from app.classification.entities.title_frames import (
    AHEAD,
    BEHIND,
    DATED,
    LEAD_JUNK,
    MARK,
    SKIP,
    STOP,
    SUBJECT_SPLIT,
    TAIL_JUNK,
    WITHIN,
)
from app.classification.entities.words import (
    ALONE_NOT_TITLE,
    FIRST_NAMES,
    GENERIC,
    NOT_IN_TITLE,
    TITLE_MODIFIERS,
    is_role_word,
    names_field,
    names_profession,
)
from app.classification.values import Evidence, EvidenceField
from app.companies import service as companies

MAX_TITLE = 80
_SETTLED = 4.0  # above it, phrases that say little are not looked at
_STRONG_AHEAD = TriggerIndex(entry for entry in AHEAD if entry[1] >= 2.0)
_WEAK_AHEAD = TriggerIndex(entry for entry in AHEAD if entry[1] < 2.0)
_STRONG_BEHIND = TriggerIndex(entry for entry in BEHIND if entry[1] >= 2.0)
_WEAK_BEHIND = TriggerIndex(entry for entry in BEHIND if entry[1] < 2.0)
_MAX_WORDS = 12
_WINDOW = 130
_SENTENCE = re.compile(
    r"(?:(?<!\bSr)(?<!\bJr)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bInc))[.!?]\s+(?=[A-Z\"])|\n|;\s"
)
_WORD = re.compile(r"[\w'+#/*:&.-]+")
_BAD = re.compile(
    r"[\[\]]|https?:|www\.|@|[{}<>=\\]|\$\s?\d|\d{1,2}:\d\d|\bXX|_{2}|\d{3}[-.\s]\d{3,4}", re.IGNORECASE
)
_MARKED = re.compile(r"\(?[mwfhd]\s?/\s?[mwfhd](?:\s?/\s?[dxig*]\)?)?|\(all genders?\)|\(gn\)", re.IGNORECASE)
# "discuss the AI Researcher", "and the Data Engineer": words in small letters before a capitalised title.
_LEADING_SMALL = re.compile(r"^(?:[a-z][a-z'-]*\s+)+(?=[A-Z(\d][\w.)/-]*(?:\s|$))")
# "Applications Engineer" and "Call Center Agent" are jobs; otherwise these are words of a mail.
_HARMLESS = re.compile(
    (
        r"\bapplications?\s(?=(?:software|engineer|developer|architect|support|security|scientist"
        r"|programmer|specialist|analyst)\b)"
        r"|\b(?:call|contact)[ -](?=cent(?:er|re)\b)|(?<=full[ -])time\b|(?<=part[ -])time\b"
        r"|\breview\s(?=(?:attorney|analyst)\b)|\bjob\s(?=(?:coach|developer)\b)"
    ),
    re.IGNORECASE,
)
# What a mail adds behind a title: ", still deciding", ": portfolio", "(due Friday 13 March)".
_TRAILING_SMALL = re.compile(
    r"(?:[,:]\s(?!(?:and|und|et)\s)[a-z\u00df-\u00ff][^,:]*|\s\((?:due|until|by|bis)\s[^)]*\))$"
)
_LAST_SMALL = re.compile(r"\s(?P<word>[a-z\u00df-\u00ff][\w'-]*)$")
_LEADING_OWNER = re.compile(r"^(?:Inc|LLC|Ltd|Corp|GmbH)'s\s")
_ACCEPT = 2.0
_JOINERS = frozenset({"and", "of", "for", "the", "in", "to", "und", "f\u00fcr", "et", "de", "des", "du"})
_NO_END = frozenset({"and", "or", "of", "for", "the", "in", "to", "und", "et", "de"})
_CAPITALS = frozenset({"it", "us", "i", "hr", "who"})


@dataclass(slots=True)
class _Candidate:
    title: str
    part: Part
    start: int
    end: int
    score: float = 0.0
    frames: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class TitleFound:
    """The cleaned title, the wording it was cut from, and where that stands."""

    title: str
    raw: str
    evidence: Evidence


def find_title(reading: Reading, company: str | None) -> TitleFound | None:
    """The job title or None. `company` (the name already found) is cut off a title and never is one."""
    found: dict[str, _Candidate] = {}
    company_key = companies.company_key(company) if company else ""
    _mine(found, reading, _STRONG_AHEAD, _STRONG_BEHIND, company_key)
    _subject_pieces(found, reading.subject, company_key)
    _above_company(found, reading.text, company, company_key)
    if max((candidate.score for candidate in found.values()), default=0.0) < _SETTLED:
        _mine(found, reading, _WEAK_AHEAD, _WEAK_BEHIND, company_key)
    for key, candidate in found.items():
        candidate.score += _shape_score(candidate)
        longer = [
            o
            for other, o in found.items()
            if other != key and (other.startswith(key + " ") or other.endswith(" " + key))
        ]
        candidate.score += 0.4 * sum(1 for _ in longer)
        candidate.score += 0.4 * sum(
            1
            for other in found
            if other != key and (key.startswith(other + " ") or key.endswith(" " + other))
        )
    best = max(found.values(), key=lambda c: (round(c.score, 3), len(c.title), c.title), default=None)
    if best is None or best.score < _ACCEPT:
        return None
    raw = best.part.quote(best.start, best.end)
    title = best.title
    at = best.part.plain.find(title, best.start, best.end)
    start, end = (at, at + len(title)) if at >= 0 else (best.start, best.end)
    return TitleFound(title, raw, best.part.evidence(start, end, "job_title"))


def _mine(
    found: dict[str, _Candidate],
    reading: Reading,
    ahead: TriggerIndex[float],
    behind: TriggerIndex[float],
    company_key: str,
) -> None:
    for part in reading.parts:
        factor = 1.15 if part.field is EvidenceField.SUBJECT else 1.0
        _ahead(found, part, ahead, company_key, factor)
        _behind(found, part, behind, company_key, factor)


def _above_company(found: dict[str, _Candidate], text: Part, company: str | None, company_key: str) -> None:
    """The line above the company's own line, as boards print a job: "Data Analyst" / "Acme - Berlin"."""
    at = text.plain.find(f"\n{company}") if company else -1
    if at <= 0 or not company:
        return
    after = text.plain[at + 1 + len(company) : at + 4 + len(company)]
    start = text.plain.rfind("\n", 0, at) + 1
    if re.match(r"\s?(?:[\u00b7\u2022|\u2013-]|\n|$)", after) and names_profession(text.plain[start:at]):
        _add(found, text, start, at, 2.4, "line above the company", company_key)


def _ahead(
    found: dict[str, _Candidate], part: Part, index: TriggerIndex[float], company_key: str, factor: float
) -> None:
    for trigger, weight in index.present(part):
        for at in occurrences(part.lower, trigger, 4):
            start = at + len(trigger)
            skip = SKIP.match(part.plain, start)
            start = skip.end() if skip else start
            stop = STOP.search(part.plain, start, min(len(part.plain), start + _WINDOW))
            end = stop.start() if stop else min(len(part.plain), start + _WINDOW)
            _add(found, part, start, end, weight * factor, trigger.strip(), company_key)


def _behind(
    found: dict[str, _Candidate], part: Part, index: TriggerIndex[float], company_key: str, factor: float
) -> None:
    for trigger, base in index.present(part):
        weight = base * factor
        at = part.lower.find(trigger)
        for _ in range(5):
            if at < 0:
                break
            after = part.lower[at + len(trigger) : at + len(trigger) + 1]
            if trigger.endswith(" ") or not after.isalpha() or after == "s":
                _left_of(found, part, at, weight, trigger.strip(), company_key)
            at = part.lower.find(trigger, at + len(trigger))


def _left_of(
    found: dict[str, _Candidate], part: Part, at: int, weight: float, frame: str, company_key: str
) -> None:
    """The longest plausible title that ends at `at` and begins at a mark, a sentence or a line."""
    low = max(0, at - _WINDOW, part.plain.rfind("\n", 0, at) + 1)
    window = part.plain[low:at]
    sentence = 0
    for sentence_end in _SENTENCE.finditer(window):
        sentence = sentence_end.end()
    # No title reaches across a word that no title has.
    reach = len(window)
    for word in reversed(window[sentence:].split(" ")):
        reach -= len(word) + 1
        bare = word.strip(",:()\"'.!-")
        if bare.lower() in NOT_IN_TITLE and not bare.isupper() and not _HARMLESS.match(window, reach + 1):
            sentence = max(sentence, reach + 1 + len(word))
            break
    starts = [sentence] + [mark.end() for mark in MARK.finditer(window, sentence)]
    for start in starts[-9:]:
        if _add(found, part, low + start, at, weight, frame, company_key):
            return


def _subject_pieces(found: dict[str, _Candidate], subject: Part, company_key: str) -> None:
    """Pieces of the subject between separators: "Interview Scheduled - Data Analyst - Acme"."""
    at = 0
    plain = subject.plain
    for hit in [*SUBJECT_SPLIT.finditer(plain), None]:
        end = hit.start() if hit else len(plain)
        piece = plain[at:end]
        if piece.strip() and len(piece) <= 90 and names_profession(piece):
            _add(found, subject, at, end, 1.5, "subject piece", company_key)
        at = hit.end() if hit else end


def _add(
    found: dict[str, _Candidate],
    part: Part,
    start: int,
    end: int,
    weight: float,
    frame: str,
    company_key: str,
) -> bool:
    start, end = _clean_span(part.plain, start, end)
    raw = part.plain[start:end]
    title = clean_title(raw, company_key)
    if not plausible_title(title) or (company_key and company_key in companies.company_key(title)):
        return False
    strong = weight >= 2.4
    if not names_profession(title) and not _MARKED.search(raw) and not (strong and _capitalised(title)):
        return False
    if title.islower() and weight < 1.9:  # "as a travel agent": small letters need a phrase that means a job
        return False
    key = companies.title_key(title)
    if not key:
        return False
    candidate = found.get(key)
    if candidate is None:
        candidate = found[key] = _Candidate(part.quote(*_inside(part, title, start, end)), part, start, end)
    if frame in candidate.frames:
        candidate.score += 0.15
    else:
        candidate.score += weight if not candidate.frames else 0.45 * weight
        candidate.frames.add(frame)
    return True


def _inside(part: Part, title: str, start: int, end: int) -> tuple[int, int]:
    at = part.plain.find(title, start, end)
    return (at, at + len(title)) if at >= 0 else (start, end)


def _clean_span(plain: str, start: int, end: int) -> tuple[int, int]:
    lead = LEAD_JUNK.match(plain, start, end)
    if lead is not None:
        start = lead.end()
    for _ in range(4):
        tail = TAIL_JUNK.search(plain, max(start, end - 60), end)
        if tail is None or tail.end() != end or tail.start() <= start:
            break
        end = tail.start()
    return start, max(start, end)


@lru_cache(maxsize=4096)
def clean_title(raw: str, company_key: str = "") -> str:
    """A captured stretch as a bare title: without company, requisition number, gender mark or place."""
    title = _LEADING_SMALL.sub("", " ".join(raw.split()))
    title = DATED.sub("", WITHIN.sub("", title))
    if (mark := _MARKED.search(title)) is not None and mark.start() > 4:
        title = title[: mark.end()]  # behind "(m/w/d)" come places and additions
    title = companies.strip_title_tails(title)
    if company_key:
        title = _without_company(title, company_key)
    title = _LEADING_SMALL.sub("", _LEADING_OWNER.sub("", _without_name(title)))
    title = _without_small_end(_TRAILING_SMALL.sub("", title))
    if title.count("(") != title.count(")"):
        title = title.rstrip(" (") if title.endswith("(") else title
        if title.count("(") > title.count(")") and " (" in title:
            title = title[: title.rindex(" (")]
        elif title.count(")") > title.count("("):
            title = title.rstrip(")")
    return title.rstrip(" ,;:|\"'\u2013\u2014-.!?*").lstrip(" ,;:|\"'\u2013\u2014-!?*")


def _without_company(title: str, company_key: str) -> str:
    pieces = re.split(r"(\s+[-\u2013\u2014|@,]\s*|,\s+|\s+(?:at|for|with|bei|chez)\s+)", title)
    if len(pieces) > 2 and companies.company_key(pieces[-1]) == company_key:
        return "".join(pieces[:-2])
    if len(pieces) > 2 and companies.company_key(pieces[0]) == company_key:
        return "".join(pieces[2:])
    if (
        len(pieces) == 1
        and title.endswith(")")
        and companies.company_key(title.partition(" (")[0]) == company_key
    ):
        return title.partition(" (")[2][:-1]  # "Acme (Data Scientist)"
    words = title.split()
    size = len(company_key.split())
    if len(words) > size + 1 and companies.company_key(" ".join(words[:size])) == company_key:
        return " ".join(words[size:])
    return title


def _without_small_end(title: str) -> str:
    """Cut words in small letters behind capitalised ones, unless they belong to a title ("Data analyst")."""
    for _ in range(3):
        last = _LAST_SMALL.search(title)
        if last is None or not title[:1].isupper() or " " not in title[: last.start()]:
            return title
        if is_role_word(last.group("word")) or last.group("word") in TITLE_MODIFIERS:
            return title
        title = title[: last.start()].rstrip(" ,;:-")
    return title


def _without_name(title: str) -> str:
    """Cut the reader's name behind a comma or dash: "Data Analyst, Mia" ends at the comma."""
    pieces = re.split(r"(?:,|\s[-\u2013|])\s+", title)
    last = pieces[-1].split()
    if len(pieces) > 1 and 1 <= len(last) <= 2 and last[0].lower().strip(".") in FIRST_NAMES:
        return title[: title.rindex(pieces[-1])].rstrip(" ,-\u2013|")
    return title


@lru_cache(maxsize=4096)
def plausible_title(title: str) -> bool:
    """Whether `title` could be one: 2 to 80 characters, no URL, sentence, place, money or boilerplate."""
    if not 2 <= len(title) <= MAX_TITLE or "\n" in title or _BAD.search(title):
        return False
    title = _HARMLESS.sub("", title)
    words = _WORD.findall(title)
    if not 1 <= len(words) <= _MAX_WORDS or not any(char.isalpha() for char in title):
        return False
    bare = [word.lower().strip("'.:*-/&") for word in words]
    if title.lower() in ALONE_NOT_TITLE or bare[-1] in _NO_END:
        return False
    # "IT", "US" and "I" (a level) are words of a sentence only when written small.
    if any(
        word in NOT_IN_TITLE and not (raw.isupper() and word in _CAPITALS)
        for word, raw in zip(bare, words, strict=True)
    ):
        return False
    if ": " in title and not names_profession(title.partition(": ")[0]):
        return False
    if len(bare) == 1 and (bare[0] in FIRST_NAMES or (bare[0] in GENERIC and not is_role_word(bare[0]))):
        return False
    if all(word in GENERIC for word in bare) and not names_profession(title):
        return False
    return not companies.is_place(title)


def _capitalised(title: str) -> bool:
    words = title.split()
    return len(words) <= 8 and all(not word[:1].islower() or word in _JOINERS for word in words)


def _shape_score(candidate: _Candidate) -> float:
    title = candidate.title
    score = 1.0 if names_profession(title) else 0.5 if names_field(title) else 0.0
    words = title.split()
    if sum(word[:1].isupper() for word in words if len(word) > 3) * 2 >= sum(
        1 for word in words if len(word) > 3
    ):
        score += 0.5
    if len(words) > 8:
        score -= 0.5
    if len(words) == 1:
        score -= 0.6
    return score
