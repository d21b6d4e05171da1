"""The keys by which mails find each other: mails that share one are recomputed together.

A key only widens a component. Whether two mails of a component belong together is decided by the partition.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from app.companies import service as companies
from app.correlation.values import MailFacts

SAME_COMPANY = 0.90
# Mail with the first kind of key finds mail with the second, and nothing else: two mails that may mention a company
# have nothing in common unless a third names it, nor have two companies that share their initials.
ASKING = {"said:": "company:", "acronym:": "initials:"}
_ASKED = {asked: asking for asking, asked in ASKING.items()}
_SILENT = ("said:", "acronym:", "initials:", "slips:")
KEY_LIMIT = 300  # characters, as stored
_SLIP_LENGTH = 6
_JOINERS = frozenset({"and", "und", "et"})
_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwort|sv|rif|ref|fwd?|wg|tr|rv|enc)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_MARKS = re.compile(r"[\W_]+")


def component_keys(mail: MailFacts) -> tuple[str, ...]:
    """The keys of one mail, each once, in a stable order.

    Prefixes: `msg:` its own Message-ID and those it refers to, `thread:`, `id:`, `company:`, `domain:`, and
    for what people write `subject:`, for mail that tells nothing else `title:`. Relays and mailbox providers
    give no domain, because `sender_domain` is None for them. `said:` and `acronym:` only ask (see `ASKING`).
    """
    keys = [f"msg:{name}" for name in (mail.message_id, *mail.references) if name]
    keys += [f"thread:{thread}" for thread in mail.threads]
    keys += [f"id:{identifier}" for identifier in mail.identifiers]
    keys += company_keys(mail.company_key)
    if is_acronym(mail.company_key):
        keys.append(f"acronym:{mail.company_key}")
    if short := initials(mail.company_key):
        keys.append(f"initials:{short}")
    keys += [f"said:{_letters(name)}" for name in mail.mentions if not mail.company_key]
    if mail.sender_domain:
        keys += company_keys(domain_name(mail.sender_domain))
        if is_public(mail.sender_domain):
            keys.append(f"domain:{mail.sender_domain}")
    if conversation := conversation_of(mail)[0]:
        keys.append(f"subject:{conversation}")
    if mail.title_key and is_nameless(mail):
        keys.append(f"title:{mail.title_key}")
    return tuple(dict.fromkeys(key[:KEY_LIMIT] for key in keys))


def company_keys(company_key: str) -> list[str]:
    """The `company:` keys of a company: its letters, those without a last weak word ("Group"), and the first
    word of a longer name, by which people call it."""
    if not company_key:
        return []
    spellings = _spellings(company_key)
    first_word = company_key.partition(" ")[0]
    if is_short_name(first_word):
        spellings.append(first_word)
    return [f"company:{spelling}" for spelling in spellings]


def is_short_name(word: str) -> bool:
    """Whether the first word of a company's name may stand for it alone."""
    telling = len(word) >= 4 if word.isalpha() else len(word) >= 2
    return telling and not word.isdigit() and not companies.is_place_word(word)


def is_short_form(a_key: str, b_key: str) -> bool:
    """Whether one of two company keys is the other's beginning ("northwind", "northwind robotics")."""
    short, long = sorted((a_key.split(), b_key.split()), key=len)
    return len(short) < len(long) and long[: len(short)] == short and bool(short) and is_short_name(short[0])


def initials(company_key: str) -> str:
    """The first letters of a name of two to five words ("zillow group" is "zg"); "" for any other."""
    words = company_key.split()
    return "".join(word[0] for word in words) if 2 <= len(words) <= 5 else ""


def is_acronym(company_key: str) -> bool:
    return 2 <= len(company_key) <= 5 and company_key.isalpha()


def stands_for(a_key: str, b_key: str) -> bool:
    """Whether one company key is made of the other's first letters."""
    return any(is_acronym(a) and a == initials(b) for a, b in ((a_key, b_key), (b_key, a_key)))


@lru_cache(maxsize=4096)
def linking_domain(address: str) -> str | None:
    """The domain to compare senders by: the employer's own, or None for relays, boards and mailbox providers.

    A domain under no public suffix (a company's intranet, reserved names) is kept too: its name may be an
    employer's, while being the same says nothing (`is_public`).
    """
    found = companies.employer_domain(address)
    if found is not None:
        return found
    facts = companies.sender_facts(address, "")
    host = address.strip().lower().rpartition("@")[2]
    labels = host.split(".")
    if (
        facts.kind != companies.SenderKind.UNKNOWN
        or facts.relay
        or len(labels) < 2
        or not labels[-1].isalpha()
    ):
        return None
    return ".".join(labels[-2:]) if all(labels) else None


@lru_cache(maxsize=4096)
def is_public(domain: str) -> bool:
    return companies.registrable_domain(domain) is not None


@lru_cache(maxsize=4096)
def domain_name(domain: str | None) -> str:
    """The company key that a domain reads like: "northwind-robotics.example" is "northwind robotics"."""
    return companies.company_key((domain or "").partition(".")[0].replace("-", " "))


@lru_cache(maxsize=4096)
def conversation_subject(subject: str) -> tuple[str, bool]:
    """What a conversation is called, and whether this is an answer in it; "" for too common a subject."""
    lead = _REPLY.match(subject)
    base = _MARKS.sub(" ", (subject[lead.end() :] if lead else subject).casefold()).strip()
    return (base if len(base) >= 10 and " " in base else ""), lead is not None


def conversation_of(mail: MailFacts) -> tuple[str, bool]:
    """As `conversation_subject`, but "" for mail that a machine wrote: its subjects are all alike."""
    base, answers = conversation_subject(mail.subject)
    written = answers or mail.direction == "out" or mail.sender_email
    return (base if written else ""), answers


def is_nameless(mail: MailFacts) -> bool:
    """Whether neither the mail nor its sender's domain says which company it is about."""
    public = mail.sender_domain is not None and is_public(mail.sender_domain)
    return not mail.company_key and not public


class KnownNames:
    """Company keys, found by those that name the same company in another spelling, typos included."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_bucket: dict[str, set[str]] = defaultdict(set)
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        for bucket in company_buckets(name):
            self._by_bucket[bucket].add(name)

    def similar(self, name: str) -> list[str]:
        """The others that name the same company, in alphabetical order."""
        near = set().union(*(self._by_bucket.get(bucket, ()) for bucket in company_buckets(name)))
        return sorted(
            other
            for other in near
            if other != name and companies.company_similarity(name, other) >= SAME_COMPANY
        )


@lru_cache(maxsize=65536)
def company_buckets(company_key: str) -> frozenset[str]:
    """Words of which two similar names always share one: other spacing, a left-out weak word, or slips.

    A slip is only forgiven in words of six letters or more and never in the first, so shorter words and the
    first letters of the longer ones are the same in both names.
    """
    return frozenset({_slips(company_key), *_spellings(company_key)})


def slips_key(company_key: str) -> str:
    """The key under which names are found that may be this one with a slip. It connects nothing by itself."""
    return f"slips:{_slips(company_key)}"[:KEY_LIMIT]


def _slips(company_key: str) -> str:
    words = [word for word in company_key.split() if word not in _JOINERS] or [company_key]
    return " ".join(sorted(word if len(word) < _SLIP_LENGTH else f"{word[0]}~" for word in words))


def _spellings(company_key: str) -> list[str]:
    words = company_key.split()
    shorter = (" ".join(words[:end]) for end in range(1, len(words)))
    similar = (name for name in shorter if companies.company_similarity(company_key, name) >= SAME_COMPANY)
    return [_letters(name) for name in (company_key, *similar)]


def keys_to_ask(keys: Iterable[str]) -> set[str]:
    """Every key under which the mails are found that these keys lead to."""
    found: set[str] = set()
    for key in keys:
        prefix = key[: key.index(":") + 1]
        if not key.startswith(_SILENT):
            found.add(key)
        for other in (ASKING.get(prefix), _ASKED.get(prefix)):
            if other is not None:
                found.add(other + key[len(prefix) :])
    return found


def connect(keys: Mapping[int, Collection[str]]) -> list[list[int]]:
    """The components of mails (email id -> keys): ids in ascending order, components by their first."""
    order = sorted(keys)
    places = {email_id: place for place, email_id in enumerate(order)}
    parents = list(range(len(order)))
    holders: dict[str, list[int]] = defaultdict(list)
    for email_id in order:
        for key in keys[email_id]:
            holders[key].append(places[email_id])
    for key, places_of_key in holders.items():
        asked = ASKING.get(key[: key.index(":") + 1])
        if asked is not None:
            found = holders.get(asked + key.partition(":")[2], ())
            for place in places_of_key if found else ():
                for other in found:
                    _union(parents, place, other)
        elif not key.startswith(_SILENT):
            for other in places_of_key[1:]:
                _union(parents, places_of_key[0], other)
    groups: dict[int, list[int]] = {}
    for place, email_id in enumerate(order):
        groups.setdefault(_root(parents, place), []).append(email_id)
    return list(groups.values())


def components(mails: Sequence[MailFacts]) -> list[list[MailFacts]]:
    """All mails in components, those in order of their first mail. For rebuilding everything at once."""
    keys: dict[int, set[str]] = {}
    names = KnownNames()
    for index, mail in enumerate(mails):
        keys[index] = set(component_keys(mail))
        if mail.company_key:
            for other in names.similar(mail.company_key):
                keys[index].update(company_keys(other))
            names.add(mail.company_key)
    return [[mails[index] for index in group] for group in connect(keys)]


def _letters(company_key: str) -> str:
    return "".join(word for word in company_key.split() if word not in _JOINERS) or company_key


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _union(parents: list[int], a: int, b: int) -> None:
    first, second = sorted((_root(parents, a), _root(parents, b)))
    parents[second] = first
