"""Applications while they are being put together, and the book in which mails look them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.companies import service as companies
from app.correlation.keys import (
    SAME_COMPANY,
    KnownNames,
    conversation_of,
    domain_name,
    initials,
    is_public,
    is_short_form,
    is_short_name,
    stands_for,
)
from app.correlation.values import MailFacts, Method, Placed

APPLICATION_RECEIVED = "APPLICATION_RECEIVED"
REJECTION = "REJECTION"
FORWARD = frozenset({"ASSESSMENT", "INTERVIEW_REQUEST", "OFFER"})
SURE_TO_REOPEN = 0.85
FIRM = frozenset({"thread", "identifier", "exact", "user"})
# "Northwind" for "Northwind Robotics": enough for mail that follows, not for a confirmation.
SHORT_NAME = 0.90
_KNOWN_DOMAIN = 0.95
_NAMES_PER_CANDIDACY = 8


@dataclass(slots=True, eq=False)
class Candidacy:
    """One application under construction; grows in order of time.

    `title_key` is the first that was stated. `closed_at` is None while it is open.
    """

    number: int
    begun_at: datetime
    last_at: datetime
    mails: dict[int, MailFacts] = field(default_factory=dict)
    placed: dict[int, Placed] = field(default_factory=dict)
    company_keys: list[str] = field(default_factory=list)
    domains: set[str] = field(default_factory=set)
    title_key: str = ""
    identifiers: set[str] = field(default_factory=set)
    senders: set[str] = field(default_factory=set)
    answered_subjects: set[str] = field(default_factory=set)
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None
    ends: list[datetime] = field(default_factory=list)
    merged_into: Candidacy | None = None

    def is_closed(self, at: datetime) -> bool:
        return self.closed_at is not None or any(end <= at for end in self.ends)


@dataclass(slots=True, eq=False)
class Book:
    """Where to look for applications: by conversation, identifier, company and domain."""

    candidacies: list[Candidacy] = field(default_factory=list)
    holders: dict[int, Candidacy] = field(default_factory=dict)
    by_thread: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_message: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_reference: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_identifier: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_company: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_domain: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_first_word: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_subject: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[str, list[Candidacy]] = field(default_factory=lambda: defaultdict(list))
    similar: dict[str, set[str]] = field(default_factory=dict)
    names: KnownNames = field(default_factory=KnownNames)
    shared_domains: frozenset[str] = frozenset()


def find_shared_domains(mails: Iterable[MailFacts]) -> frozenset[str]:
    """Domains that wrote for several companies, none of which they are named after: agencies and unknown
    relays. That two mails come from one of them says nothing."""
    named: dict[str, set[str]] = defaultdict(set)
    for mail in mails:
        if mail.sender_domain and mail.company_key and mail.direction == "in":
            named[mail.sender_domain].add(mail.company_key)
    return frozenset(domain for domain, names in named.items() if _is_shared(domain, sorted(names)))


def _is_shared(domain: str, names: list[str]) -> bool:
    called = domain_name(domain)
    if any(_alike(called, name) >= SAME_COMPANY for name in names):
        return False
    return any(_alike(names[0], other) < SAME_COMPANY for other in names[1:])


def begin(book: Book, mail: MailFacts) -> Candidacy:
    """A new, empty application that begins with this mail."""
    candidacy = Candidacy(len(book.candidacies), begun_at=mail.received_at, last_at=mail.received_at)
    book.candidacies.append(candidacy)
    return candidacy


def add(book: Book, candidacy: Candidacy, mail: MailFacts, placed: Placed) -> None:
    """Put a mail into an application and learn from it what later mail is compared with."""
    candidacy.mails[mail.email_id] = mail
    candidacy.placed[mail.email_id] = placed
    book.holders[mail.email_id] = candidacy
    candidacy.begun_at = min(candidacy.begun_at, mail.received_at)
    candidacy.last_at = max(candidacy.last_at, mail.received_at)
    follow(book, candidacy, mail)
    if mail.unsure or mail.direction == "out":
        return
    _learn_names(book, candidacy, mail, placed)
    _learn_progress(candidacy, mail, placed)


def follow(book: Book, candidacy: Candidacy, mail: MailFacts) -> None:
    """Make the conversation of a mail lead to the application, whether or not the mail belongs to it."""
    if mail.message_id:
        _enter(book.by_message[mail.message_id], candidacy)
    for reference in mail.references:
        _enter(book.by_reference[reference], candidacy)
    if mail.email_id in candidacy.mails:
        for thread in mail.threads:
            _enter(book.by_thread[thread], candidacy)
        base, answers = conversation_of(mail)
        if base:
            _enter(book.by_subject[base], candidacy)
            candidacy.answered_subjects.update([base] if answers else [])


def current(candidacies: Iterable[Candidacy]) -> list[Candidacy]:
    """Each application once, merged ones replaced by what they became, the newest first."""
    found: dict[int, Candidacy] = {}
    for candidacy in candidacies:
        alive = resolve(candidacy)
        found[alive.number] = alive
    return sorted(found.values(), key=lambda one: (one.begun_at, one.number), reverse=True)


def resolve(candidacy: Candidacy) -> Candidacy:
    while candidacy.merged_into is not None:
        candidacy = candidacy.merged_into
    return candidacy


def merge(book: Book, a: Candidacy, b: Candidacy) -> Candidacy:
    """Make one of two applications; the one that began earlier takes the other in."""
    first, second = sorted((resolve(a), resolve(b)), key=lambda one: (one.begun_at, one.number))
    if first is second:
        return first
    second.merged_into = first
    first.mails.update(second.mails)
    first.placed.update(second.placed)
    book.holders.update(dict.fromkeys(second.mails, first))
    first.last_at = max(first.last_at, second.last_at)
    first.company_keys += [key for key in second.company_keys if key not in first.company_keys]
    first.title_key = first.title_key or second.title_key
    first.domains |= second.domains
    first.identifiers |= second.identifiers
    first.senders |= second.senders
    first.ends += second.ends
    first.confirmed_at = max(filter(None, (first.confirmed_at, second.confirmed_at)), default=None)
    if first.closed_at is None or second.closed_at is None:
        first.closed_at = None  # one of the two is open, so their union is
    else:
        first.closed_at = max(first.closed_at, second.closed_at)
    return first


def at_company(book: Book, mail: MailFacts) -> list[Candidacy]:
    """Applications to the company that the mail names or whose domain it comes from, the newest first."""
    found: list[Candidacy] = []
    for called in filter(None, (mail.company_key, domain_name(mail.sender_domain))):
        for name in (called, *_similar_names(book, called)):
            found += book.by_company.get(name, ())
        found += book.by_first_word.get(called.partition(" ")[0], ())
        found += book.by_company.get(initials(called), ())
    if mail.sender_domain and is_public(mail.sender_domain):
        found += book.by_domain.get(mail.sender_domain, ())
    return current(found)


def company_match(mail: MailFacts, candidacy: Candidacy) -> float:
    """How surely the mail is of the application's company, 0..1.

    A domain that reads like the other's name counts as that name. The same employer domain counts as the same
    company, unless both state names, and neither is the domain's: then an agency may write for two clients.
    """
    by_name = max((_alike(mail.company_key, key) for key in candidacy.company_keys), default=0.0)
    if by_name > SHORT_NAME:
        return by_name
    if by_name == SHORT_NAME and _writes_from_elsewhere(mail, candidacy):
        return 0.0
    called = domain_name(mail.sender_domain)
    by_domain = max((_alike(called, key) for key in candidacy.company_keys), default=0.0)
    for domain in sorted(candidacy.domains):
        by_domain = max(by_domain, _alike(mail.company_key, domain_name(domain)))
    if by_domain < SAME_COMPANY and mail.sender_domain in candidacy.domains and is_public(mail.sender_domain):
        both_named = mail.company_key and candidacy.company_keys
        by_domain = 0.0 if both_named and called != mail.company_key else _KNOWN_DOMAIN
    return max(by_name, min(by_domain, _KNOWN_DOMAIN))


def _writes_from_elsewhere(mail: MailFacts, candidacy: Candidacy) -> bool:
    known = {domain for domain in candidacy.domains if is_public(domain)}
    domain = mail.sender_domain
    return bool(known) and domain is not None and is_public(domain) and domain not in known


def _alike(a_key: str, b_key: str) -> float:
    similarity = companies.company_similarity(a_key, b_key)
    if similarity < SHORT_NAME and (is_short_form(a_key, b_key) or stands_for(a_key, b_key)):
        return SHORT_NAME
    return similarity


def names_other_company(mail: MailFacts, candidacy: Candidacy) -> bool:
    """Whether the mail names a company, and it is not the application's."""
    stated = bool(mail.company_key and candidacy.company_keys)
    return stated and company_match(mail, candidacy) < SAME_COMPANY


def other_identifier(mail: MailFacts, candidacy: Candidacy) -> bool:
    """Whether both state a number of the same system, and not the same one: two openings."""
    for identifier in mail.identifiers:
        system = identifier.rpartition(":")[0]
        if system.startswith("url") or identifier in candidacy.identifiers:
            continue
        numbers = [known for known in candidacy.identifiers if known.rpartition(":")[0] == system]
        if numbers:
            return True
    return False


def _learn_names(book: Book, candidacy: Candidacy, mail: MailFacts, placed: Placed) -> None:
    if mail.email_class == "RECRUITER_OUTREACH":
        return  # an agency's name and domain stand for all its clients
    if placed.method == Method.THREAD and names_other_company(mail, candidacy):
        return  # a conversation may mention other companies; they are not this one's names
    name = mail.company_key
    if name and name not in candidacy.company_keys and len(candidacy.company_keys) < _NAMES_PER_CANDIDACY:
        candidacy.company_keys.append(name)
    if mail.sender_domain and mail.sender_domain not in book.shared_domains:
        candidacy.domains.add(mail.sender_domain)
        _enter(book.by_domain[mail.sender_domain], candidacy)
    for called in filter(None, (name, domain_name(mail.sender_domain))):
        _enter(book.by_company[called], candidacy)
        _register(book, called)
        first_word = called.partition(" ")[0]
        if is_short_name(first_word):
            _enter(book.by_first_word[first_word], candidacy)
        if short := initials(called):
            _enter(book.by_first_word[short], candidacy)
    if mail.title_key:
        _enter(book.by_title[mail.title_key], candidacy)
    if mail.sender_email:
        candidacy.senders.add(mail.sender_email)
    candidacy.title_key = candidacy.title_key or mail.title_key
    for identifier in mail.identifiers:
        candidacy.identifiers.add(identifier)
        _enter(book.by_identifier[identifier], candidacy)


def _learn_progress(candidacy: Candidacy, mail: MailFacts, placed: Placed) -> None:
    if mail.email_class == APPLICATION_RECEIVED:
        candidacy.confirmed_at = max(filter(None, (candidacy.confirmed_at, mail.received_at)))
    elif mail.email_class == REJECTION:
        candidacy.closed_at = mail.received_at
    elif mail.email_class in FORWARD and placed.method in FIRM and mail.confidence >= SURE_TO_REOPEN:
        candidacy.closed_at = None


def _register(book: Book, name: str) -> None:
    if name in book.similar:
        return
    book.similar[name] = set(book.names.similar(name))
    for other in book.similar[name]:
        book.similar[other].add(name)
    book.names.add(name)


def _similar_names(book: Book, name: str) -> list[str]:
    if name not in book.similar:
        _register(book, name)
    return sorted(book.similar[name])


def _enter(entries: list[Candidacy], candidacy: Candidacy) -> None:
    if candidacy not in entries:
        entries.append(candidacy)
