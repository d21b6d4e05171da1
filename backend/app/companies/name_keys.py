"""Keys under which company names are compared, and how alike two keys are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from app.companies.tables import word_set

_MAX_NAME = 300
_UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ø": "oe",
        "å": "a",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
    }
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_VIA = re.compile(r"\s+(?:via|through|über|ueber|powered by|on behalf of)\s.*$")
_WEB = re.compile(
    r"^(?:https?://)?(?:www\.)?([\w-]+)(?:\.[\w-]+)*\.(?:com|net|org|de|io|co|fr|ch|at|eu|co\.uk)/?$"
)
_DOT_COM = re.compile(r"\.(?:com|net|org|io|co)\b")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b(?:[^\W\d_]\.)+[^\W\d_]\b")
_SLASHED = re.compile(r"\b([as])/([sb])\b")
_OTHER = re.compile(r"[^\w]+|_+")
_TAIL_TEAM = re.compile(
    r"[\s,|:-]+(?:the\s+)?(?:(?:global|early|university|campus|tech|technical|corporate|candidate"
    r"|people|us|uk|emea)\s+)*"
    r"(?:hiring(?: team| manager)?|recruiting|recruitment|recruiters?|recruiter team"
    r"|talent(?: acquisition| team| partner)?"
    r"|talent acquisition|careers?|jobs?|human resources|hr|people(?: team| ops| operations| and culture)?"
    r"|candidate experience|no ?reply|notifications?|team|staffing team|bewerbungsmanagement|bewerbung"
    r"|karriere"
    r"|personalabteilung|recrutement|ressources humaines|rh)"
    r"(?:\s+(?:team|department|group|office|staff|coordinator|operations|portal))*$"
)
_LEAD = re.compile(r"^(?:the team at|your friends at|team|the|equipe)\s+(?=\S)")

_LEGAL = word_set(
    """
    inc incorporated corp corporation co company llc llp lp ltd limited plc gmbh mbh ggmbh ag kg kgaa gesmbh
    ohg gbr ug se eg ev sa sas sasu sarl srl spa sl slu bv nv cv vof as asa ab oy oyj aps kft zrt nyrt
    rt sro doo dd ad ood ead eood pty pte pvt private ltda eireli kk gk bhd sdn fzco fze ltee pllc pbc
    pc psc snc scop sagl sp zoo tbk jsc pjsc haftungsbeschraenkt cokg gmbhcokg
    """
)
_LEGAL_ENDS = (
    ("s", "a", "de", "c", "v"),
    ("sa", "de", "cv"),
    ("sp", "z", "o", "o"),
    ("sp", "z", "oo"),
    ("s", "r", "o"),
    ("d", "o", "o"),
)
_LAST_OF_LEGAL = frozenset(end[-1] for end in _LEGAL_ENDS)
_JOINERS = frozenset({"and", "und", "et"})
# Words that a mail may leave out without meaning another company.
_WEAK = word_set(
    """
    group gruppe groupe holding holdings international global technologies technology tech labs software
    systems solutions services studios ventures partners consulting digital
    """
)


def fold(text: str) -> str:
    """Lower case without accents; umlauts as two letters (ä is ae), which is how German mail writes them."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(char for char in plain if not unicodedata.combining(char)))


@lru_cache(maxsize=8192)
def company_key(name: str) -> str:
    """The key of a company name: "The Müller & Söhne GmbH" is "mueller and soehne". Idempotent; "" for no
    name.

    Case, accents, punctuation, legal forms, "via Greenhouse", "Hiring Team", a leading "The" and ".com"
    don't count. Words such as "Group" stay: they may tell two companies apart (`company_similarity`
    weighs them).
    """
    key = name[:_MAX_NAME]
    for _ in range(8):
        shorter = _shorten(key)
        if shorter == key:
            break
        key = shorter
    return key


def _shorten(name: str) -> str:
    text = fold(name).strip()
    if not text.isascii():
        text = _INVISIBLE.sub("", text).strip()
    text = _VIA.sub("", text)
    if not text.replace(" ", "").isalnum():
        text = _without_marks(text)
    text = " ".join(text.split())
    if " " not in text:
        return text
    text = _TAIL_TEAM.sub("", text) or text
    text = _LEAD.sub("", text) or text
    words = text.split()
    while len(words) > 1:
        last = words[-1]
        if last in _LAST_OF_LEGAL and (ending := _legal_end(words)):
            words = words[:-ending]
        elif last in _LEGAL or last in _JOINERS:
            words.pop()
        else:
            break
    while len(words) > 1 and words[0] in _JOINERS:
        words.pop(0)
    return " ".join(words)


def _legal_end(words: list[str]) -> int:
    """How many words at the end are a legal form in several words ("s a de c v"), never all of them."""
    return next((len(e) for e in _LEGAL_ENDS if len(words) > len(e) and tuple(words[-len(e) :]) == e), 0)


def _without_marks(text: str) -> str:
    web = _WEB.match(text)
    if web:
        text = web.group(1)
    text = _APOSTROPHE.sub("", _DOT_COM.sub(" ", text))
    text = _SLASHED.sub(r"\1\2", text)
    text = _INITIALS.sub(lambda found: found.group().replace(".", "") + " ", text)
    text = text.replace("&", " and ").replace("+", " and ")
    return _OTHER.sub(" ", text)


@lru_cache(maxsize=65536)
def company_similarity(a_key: str, b_key: str) -> float:
    """How surely two company keys name one company, 0..1; symmetric. From 0.90 on they may be joined.

    Only a typo in a long word, another spacing or a left-out weak word ("Group") reaches 0.90: names that
    differ by a real word ("Deutsche Bank", "Deutsche Bahn") stay below however alike their letters are.
    """
    if not a_key or not b_key:
        return 0.0
    if a_key == b_key:
        return 1.0
    a_words, b_words = _plain(a_key), _plain(b_key)
    if "".join(a_words) == "".join(b_words):
        return 0.97
    a_core, b_core = _core(a_words), _core(b_words)
    if a_core == b_core and (a_core == a_words or b_core == b_words) and len("".join(a_core)) >= 4:
        return 0.93
    score = max(fuzz.ratio(a_key, b_key), fuzz.token_sort_ratio(a_key, b_key)) / 100
    if score >= 0.86 and is_misspelt(a_words, b_words):
        return min(max(score, 0.90), 0.96)
    return min(score, 0.85)


def _plain(key: str) -> list[str]:
    return [word for word in key.split() if word not in _JOINERS]


def _core(words: list[str]) -> list[str]:
    while len(words) > 1 and words[-1] in _WEAK:
        words = words[:-1]
    return words


def is_misspelt(a_words: list[str], b_words: list[str]) -> bool:
    """Whether the words are the same but for one slip each in words of six letters or more, never in
    the first letter ("Harbor Health", "Harbor Wealth") or a digit."""
    if len(a_words) != len(b_words):
        return False
    for a, b in zip(sorted(a_words), sorted(b_words), strict=True):
        if a == b:
            continue
        if a[0] != b[0] or min(len(a), len(b)) < 6 or any(char.isdigit() for char in a + b):
            return False
        if DamerauLevenshtein.distance(a, b, score_cutoff=1) > 1:
            return False
    return True
