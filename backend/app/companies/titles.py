"""Keys under which job titles are compared, how alike two keys are, and the level a title states."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from app.companies.name_keys import fold, is_misspelt
from app.companies.places import is_place
from app.companies.tables import word_set

_MAX_TITLE = 300
_GENDER_WORD = (
    r"(?:[mwfdxhgivn]|all|male|female|divers|diverse|any|alle|mann|frau|gn\*?|div|ind|o|a|h|f|e|k|\*)"
)
GENDER_MARK = re.compile(
    rf"[\s\-\u2013]*(?:[(\[]\s*{_GENDER_WORD}\.?(?:\s*[/|,*\\]\s*{_GENDER_WORD}\.?)+\s*[)\]]"
    rf"|[(\[]\s*(?:gn|all genders?|alle geschlechter|any gender|alle|all|div\.?|divers"
    rf"|geschlechtsneutral|x|i)\s*\*?[)\]]"
    rf"|(?<=\s)[mwfhd]\s?[/|]\s?[mwfhd](?:\s?[/|]\s?[dxig*])?(?![\w/]))",
    re.IGNORECASE,
)
_GENDER_END = re.compile(
    r"(?<=[a-zäöü]{4})(?:[*:_]|/-?)in(?:nen)?\b|(?<=[a-zäöü]{4})\((?:in|e|se|ne)\)|(?<=[a-zäöü]{3}[^\s])In\b"
)
_REQ_NUMBER = r"(?:[a-z]{1,5}[\-_ ]?)?\d[\w\-]{2,17}"
_REQ_NOUN = (
    r"(?:job|position|posting|requisition|req|vacancy|role|stellen?|referenz|reference"
    r"|ref|ausschreibung|kenn)s?"
)
REQUISITION_MARK = re.compile(
    r"[\s,\-\u2013|:]*[(\[]?\s*(?<!\w)(?:"
    rf"{_REQ_NOUN}[\s.\-]*(?:id|no|nr|number|nummer|code"
    rf"|ziffer)[\s.:#\-]*(?:[a-z]{{1,5}}[\-_ ]?)?\d[\w\-]{{1,17}}"
    rf"|(?:req|requisition|ref|reference|referenz)[\s.:#\-]*{_REQ_NUMBER}|{_REQ_NOUN}\s?[:#]\s?#?{_REQ_NUMBER}"
    rf"|req[\s.:#]*[a-z]-\d{{2,8}}|(?:id|no|nr)[\s.:#]{{1,3}}{_REQ_NUMBER}"
    r"|(?:jr|req|r|jo|jid)[\-_#]?\d{3,12}|\#\s?[a-z]{0,4}-?\d{2,12}"
    r"|(?<=[(\[])\s*[a-z]{0,4}[\-_]?\d{4,12}(?=\s*[)\]])"
    r"|(?<=[(\[])[a-z]{2,5}[/\-]\d{2,8}(?=[)\]]))(?!\w)\s*[)\]]?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(?i:[\s,\-\u2013|]+[a-z]{0,4}\d{5,12})\s*$|^\d{5,12}[\s,\-\u2013|:]+")
_TAIL = re.compile(
    r"\s*(?:[(\[]([^()\[\]]{1,60})[)\]]|(?:\s[-\u2013\u2014|@]\s?|\s?[|,;]\s?|\s[-\u2013]"
    r"|\s(?:in|at)\s)([^()\[\]|]{1,60}))\s*$"
)
_MAY_HAVE_TAIL = re.compile(r"[^A-Za-z &+']| in | at | m/|\bNo\b|\bRef", re.IGNORECASE)
_TERMS = re.compile(
    r"^(?:full[\s-]?time|part[\s-]?time|vollzeit|teilzeit|voll- (?:oder|/) teilzeit|permanent"
    r"|unbefristet|festanstellung"
    r"|temps plein|cdi|f/t|ft|\d{2,3}\s?(?:-|to|bis|\u2013)\s?\d{2,3}\s?%|\d{2,3}\s?%|new|urgent|hiring"
    r"|immediate start)$",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[^\w+#]+|_+")

_WORDS = {
    "sr": "senior",
    "snr": "senior",
    "jr": "junior",
    "jnr": "junior",
    "mgr": "manager",
    "mngr": "manager",
    "assoc": "associate",
    "asst": "assistant",
    "dev": "developer",
    "eng": "engineer",
    "engr": "engineer",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "swe": "software engineer",
    "sde": "software development engineer",
    "sre": "site reliability engineer",
    "ml": "machine learning",
    "qa": "quality assurance",
    "hr": "human resources",
    "praktikant": "intern",
    "praktikantin": "intern",
    "stagiaire": "intern",
    "internship": "intern",
    "interns": "intern",
    "engineers": "engineer",
    "developers": "developer",
    "programme": "program",
}
_PHRASES = (
    (re.compile(r"\bfull[\s-]*stack\b"), "fullstack"),
    (re.compile(r"\bfront[\s-]*end\b"), "frontend"),
    (re.compile(r"\bback[\s-]*end\b"), "backend"),
    (re.compile(r"\bdev[\s-]*ops\b"), "devops"),
    (re.compile(r"\bvice[\s-]+president\b"), "vp"),
    (re.compile(r"(?<!\w)\.net\b"), "dotnet"),
    (re.compile(r"\bco[\s-]op\b"), "coop"),
    (re.compile(r"\be[\s-]commerce\b"), "ecommerce"),
    (re.compile(r"\b(?:level|lvl|grade)\s*(\d)\b"), r"\1"),
    (re.compile(r"(?<=[a-z]) i\b(?! /)"), " 1"),
)
_LEVELS = (
    (
        "intern",
        (
            r"intern|internship|praktik\w*|stage|stagiaire|werkstudent\w*|working student|coop|co-op"
            r"|summer analyst"
            r"|apprentice\w*|auszubildende\w*|ausbildung|azubi|alternan\w+|alternance|trainee\w*|becari[oa]"
            r"|studentische\w*"
        ),
    ),
    (
        "executive",
        (
            r"chief|ceo|cto|cfo|coo|cio|cpo|cmo|vp|svp|evp|avp|vice president|president|managing director"
            r"|geschaeftsfuehrer\w*"
        ),
    ),
    ("director", r"director|directeur|directrice|direktor\w*|head of|head|leiter|leiterin|bereichsleit\w+"),
    ("principal", r"principal|distinguished|fellow"),
    ("staff", r"staff"),
    ("lead", r"lead|leader|teamleit\w+|team lead|tech lead|leitend\w+"),
    ("manager", r"manager|managerin|responsable|supervisor"),
    ("senior", r"senior|sr|snr|experienced|expert|erfahren\w*|confirme"),
    (
        "junior",
        (
            r"junior|jr|jnr|entry level|entry|graduate|grad|new grad|associate|berufseinsteig\w+"
            r"|debutant\w*|early career"
        ),
    ),
    ("mid", r"mid|mid level|midlevel|intermediate|medior"),
)
_LEVEL_RES = tuple((name, re.compile(rf"\b(?:{pattern})\b")) for name, pattern in _LEVELS)
# "Account Manager", "Product Manager" and "Partner Manager" are professions, "Lead Generation" a task.
_NOT_LEVEL = re.compile(
    r"\b(?:lead generation|partner (?=[a-z])|business partner|staff accountant|chief of staff"
    r"|support staff|staffing"
    r"|stage manager|head office|head hunter|principal investigator|executive assistant"
    r"|(?:product|project|programme?|account|community|customer success|success|marketing|partner"
    r"|partnerships?|case|media"
    r"|brand|content|relationship|category|campaign|delivery|accounts|claims|property|data|risk"
    r"|portfolio|event|produkt"
    r"|projekt|release|change|key account|test|quality|assurance"
    r"|development partner)[ -](?:marketing )?manager(?:in)?)\b"
)
_ROLE_WORDS = word_set(
    """
    engineer developer manager analyst scientist designer architect consultant specialist administrator
    coordinator assistant director intern researcher accountant recruiter technician programmer tester
    writer editor strategist planner representative executive officer associate advisor lead producer
    nurse teacher operator supervisor buyer controller auditor lawyer paralegal sales entwickler
    ingenieur berater
    """
)
_RANKS = word_set(
    """
    intern trainee werkstudent apprentice junior graduate associate mid senior staff principal lead head
    director vp svp chief distinguished fellow manager managing
    """
)
# "Software Engineer I" and "Software Engineer" may be two openings, a year never is a level.
_LEVEL_NUMBER = re.compile(r"^(?:[1-9]|l[1-9]|e[1-9]|ic[1-9]|g[1-9])$")
_YEAR = re.compile(r"^20\d\d$")


@lru_cache(maxsize=8192)
def title_key(title: str) -> str:
    """The key of a job title: "Sr. Software-Engineer II (m/w/d) - Berlin, #R-123" is "senior software
    engineer 2".

    Gender marks, requisition numbers, punctuation and location or working-time tails don't count; levels
    and their numbers do. Idempotent; "" for no title.
    """
    key = title[:_MAX_TITLE]
    for _ in range(8):
        shorter = _shorten(key)
        if shorter == key:
            break
        key = shorter
    return key


def strip_title_tails(title: str) -> str:
    """The title as written, without gender marks, requisition numbers and trailing locations or working
    times."""
    text = " ".join(title[:_MAX_TITLE].split())
    if not _MAY_HAVE_TAIL.search(text):
        return text
    for _ in range(6):
        before = text
        text = GENDER_MARK.sub(" ", text)
        text = REQUISITION_MARK.sub(" ", text)
        text = _BARE_NUMBER.sub("", text)
        tail = _TAIL.search(text)
        if tail and tail.start() > 1:
            inner = (tail.group(1) or tail.group(2) or "").strip()
            if is_place(inner) or _TERMS.match(inner):
                text = text[: tail.start()]
        text = " ".join(text.split()).strip(" ,;:|-\u2013\u2014")
        if text == before:
            break
    return text


def _shorten(title: str) -> str:
    text = _GENDER_END.sub("", title)
    text = fold(strip_title_tails(text) or text)
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    text = text.replace("&", " and ").replace("'", "").replace("\u2019", "")
    words: list[str] = []
    for word in _NOT_WORD.sub(" ", text).split():
        words.extend(_WORDS.get(word, word).split())
    return " ".join(words)


@lru_cache(maxsize=65536)
def title_similarity(a_key: str, b_key: str) -> float:
    """How surely two title keys name one job, 0..1; symmetric. From 0.80 on they may be joined.

    Another level (senior or staff, 2 or 3, stated or not), another year or another profession stays below
    0.80.
    """
    if not a_key or not b_key:
        return 0.0
    if a_key == b_key:
        return 1.0
    a, b = a_key.split(), b_key.split()
    if "".join(a) == "".join(b):
        return 0.98
    if is_misspelt(a, b):
        return 0.95
    score = (_overlap(a, b) + fuzz.token_sort_ratio(a_key, b_key) / 100) / 2
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= 2 and long[: len(short)] == short and not _ROLE_WORDS & set(long[len(short) :]):
        score = max(
            score, 0.84
        )  # a mail that leaves out the team: "Software Engineer" of "Software Engineer, Payments"
    if sorted(a) == sorted(b):
        score = max(score, 0.95)
    elif _ROLE_WORDS & set(a) != _ROLE_WORDS & set(b):
        score = min(score, 0.76)
    a_level, b_level = _level_words(a), _level_words(b)
    if a_level != b_level:
        score = min(score, 0.60 if a_level and b_level else 0.75)
    if {word for word in a if _YEAR.match(word)} ^ {word for word in b if _YEAR.match(word)}:
        years_stated = any(map(_YEAR.match, a)) and any(map(_YEAR.match, b))
        score = min(score, 0.70) if years_stated else score
    return round(min(score, 0.97), 4)


def _overlap(a: list[str], b: list[str]) -> float:
    left = list(b)
    shared = 0
    for word in a:
        match = next(
            (other for other in left if other == word or (len(word) > 5 and fuzz.ratio(word, other) >= 88)),
            None,
        )
        if match is not None:
            left.remove(match)
            shared += 1
    return 2 * shared / (len(a) + len(b))


def _level_words(words: list[str]) -> frozenset[str]:
    return frozenset(word for word in words if word in _RANKS or _LEVEL_NUMBER.match(word))


@lru_cache(maxsize=8192)
def position_level(title: str) -> str | None:
    """The level that a title's words state, or None: intern, junior, mid, senior, lead, staff, principal,
    manager, director or executive. "Senior Engineering Manager" is manager: what a person leads outranks
    how long."""
    text = _NOT_WORD.sub(" ", fold(title[:_MAX_TITLE])).strip()
    text = _NOT_LEVEL.sub(" ", text)
    for name, pattern in _LEVEL_RES:
        if pattern.search(text):
            return name
    return None
