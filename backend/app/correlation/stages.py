"""The five stages that look for the application of a mail; each asks the book, none changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.companies import service as companies
from app.correlation.candidacies import (
    APPLICATION_RECEIVED,
    REJECTION,
    SHORT_NAME,
    Book,
    Candidacy,
    at_company,
    company_match,
    current,
    names_other_company,
    other_identifier,
)
from app.correlation.keys import SAME_COMPANY, conversation_of, is_nameless
from app.correlation.values import MailFacts, Method

SAME_TITLE = 0.80
SILENCE = timedelta(days=180)  # after it an application counts as over
CLEAR_MARGIN = 0.05
ANOTHER_CONFIRMATION = timedelta(days=30)  # by then a confirmation is of another application
SAME_CONFIRMATION = timedelta(days=7)  # board and company confirm one application within it
INSTANT = timedelta(days=1)  # rejection and confirmation cross on their way
NEAR_EACH_OTHER = timedelta(days=120)
_NEVER = 2.0
SAME_SUBJECT = timedelta(days=60)
AFTERWARDS = frozenset({REJECTION, "STATUS_UPDATE"})  # what may still come when all is over

Allowed = Callable[[Candidacy], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """What a stage found: one application, or several between which it can't decide."""

    method: Method
    candidacy: Candidacy | None = None
    score: float = 0.0
    margin: float | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    candidates: tuple[Candidacy, ...] = ()


def by_thread(book: Book, mail: MailFacts, allowed: Allowed) -> Match | None:
    """Replies to a linked mail; then the provider's thread, or an answer to the same unseen mail.

    Providers also put equal-looking automatic mail into one thread: without a reference, a mail that names
    another company, or confirms another job, is not taken.
    """
    for name in reversed(mail.references):
        for one in current(book.by_message.get(name, ())):
            if allowed(one):
                return Match(Method.THREAD, one, 1.0, evidence={"reference": name})
    if mail.message_id:
        for one in current(book.by_reference.get(mail.message_id, ())):
            if allowed(one):
                return Match(Method.THREAD, one, 1.0, evidence={"answered_by": mail.message_id})
    shared = [(book.by_reference.get(name, ()), {"shared_reference": name}) for name in mail.references]
    threads = [(book.by_thread.get(name, ()), {"thread": name}) for name in mail.threads]
    for entries, evidence in [*threads, *shared]:
        fitting = [one for one in current(entries) if allowed(one) and not _only_looks_alike(book, mail, one)]
        if fitting:
            best = max(fitting, key=lambda one: companies.title_similarity(mail.title_key, one.title_key))
            return Match(Method.THREAD, best, 0.97, evidence=evidence)
    return _by_subject(book, mail, allowed)


def _by_subject(book: Book, mail: MailFacts, allowed: Allowed) -> Match | None:
    """An answer that lost its references, by the subject that only one conversation of late had; or the same subject
    again about the same job, where one of the two says no more. Of several, the one with these people."""
    base, answers = conversation_of(mail)
    fitting = [
        one
        for one in current(book.by_subject.get(base, ()))
        if (answers or base in one.answered_subjects or _repeats_itself(base, mail, one))
        and one.begun_at - SAME_SUBJECT <= mail.received_at <= one.last_at + SAME_SUBJECT
        and allowed(one)
        and not _only_looks_alike(book, mail, one)
    ]
    if len(fitting) > 1 and mail.sender_domain:
        fitting = [one for one in fitting if mail.sender_domain in one.domains]
    if len(fitting) != 1:
        return None
    return Match(Method.THREAD, fitting[0], 0.9, evidence={"subject": base})


def _repeats_itself(base: str, mail: MailFacts, candidacy: Candidacy) -> bool:
    """Whether a subject that names the job comes again, and nothing says that it is another company's job."""
    if not mail.title_key or mail.title_key != candidacy.title_key or mail.title_key not in base:
        return False
    elsewhere = mail.sender_domain and candidacy.domains and mail.sender_domain not in candidacy.domains
    return not elsewhere and (is_nameless(mail) or not candidacy.company_keys)


def by_identifier(book: Book, mail: MailFacts, allowed: Allowed) -> Match | None:
    """The same requisition, ATS number or job page; the newest application that has it."""
    for identifier in mail.identifiers:
        for one in current(book.by_identifier.get(identifier, ())):
            foreign = identifier.startswith("req:") and names_other_company(mail, one)
            if allowed(one) and not foreign and not is_reapplication(mail, one):
                return Match(Method.IDENTIFIER, one, 0.98, evidence={"identifier": identifier})
    return None


def by_exact_names(book: Book, mail: MailFacts, allowed: Allowed) -> Match | None:
    """The same company key and title key; the newest such application."""
    if not (mail.company_key and mail.title_key):
        return None
    for one in current(book.by_company.get(mail.company_key, ())):
        same = mail.company_key in one.company_keys and one.title_key == mail.title_key
        if same and allowed(one) and not other_identifier(mail, one) and not is_reapplication(mail, one):
            evidence = {"company": mail.company_key, "title": mail.title_key}
            return Match(Method.EXACT, one, 0.95, evidence=evidence)
    return None


def by_similar_names(book: Book, mail: MailFacts, allowed: Allowed) -> Match | None:
    """Company and title alike enough; two that fit about equally well are left to the user.

    A rejection or an update may also meet an application that is closed already: neither begins another.
    """
    if not mail.title_key:
        return None
    found: list[tuple[float, Candidacy, dict[str, Any]]] = []
    for one in _with_similar_names(book, mail):
        alive = not one.is_closed(mail.received_at) and mail.received_at - one.last_at <= SILENCE
        if not one.title_key or not allowed(one) or not (alive or mail.email_class in AFTERWARDS):
            continue
        title = companies.title_similarity(mail.title_key, one.title_key)
        company = company_match(mail, one) if one.company_keys or one.domains else 0.0
        if _both_unnamed(mail, one):
            company = SAME_COMPANY
        if title < _title_needed(mail, one, company) or company < SAME_COMPANY or other_identifier(mail, one):
            continue
        evidence = {
            "title": one.title_key,
            "title_similarity": title,
            "company_similarity": round(company, 4),
        }
        found.append((round(company * title - (0.0 if alive else 0.2), 4), one, evidence))
    found.sort(key=lambda entry: (-entry[0], -entry[1].begun_at.timestamp(), -entry[1].number))
    if not found:
        return None
    (score, best, evidence), others = found[0], found[1:]
    margin = round(score - others[0][0], 4) if others else None
    if (
        margin is not None
        and margin < CLEAR_MARGIN
        and companies.title_similarity(mail.title_key, best.title_key) < 1.0
    ):
        if mail.email_class == APPLICATION_RECEIVED:
            return None
        near = tuple(one for value, one, _ in found if score - value < CLEAR_MARGIN)
        return Match(Method.FUZZY, candidates=near)
    return Match(Method.FUZZY, best, score, margin, evidence)


def by_company(book: Book, mail: MailFacts, allowed: Allowed) -> Match | None:
    """Mail without a title meets the one open application to its company; mail with a title meets the one
    that has none yet, or the only one there is when it words the same title shorter or longer. What only a
    closed application explains (a second rejection, a survey) goes to it."""
    needed = SAME_COMPANY if mail.email_class != APPLICATION_RECEIVED else SHORT_NAME + 0.01
    known = [
        one
        for one in at_company(book, mail)
        if allowed(one) and company_match(mail, one) >= needed and not other_identifier(mail, one)
    ]
    if mail.title_key:
        alive = [one for one in known if not one.is_closed(mail.received_at)]
        if not alive and mail.email_class in AFTERWARDS:
            alive = known
        if len(alive) == 1 and _same_title_reworded(mail, alive[0]):
            return _choose(mail, alive, 0.7)
        known = [one for one in known if not one.title_key]
    if mail.email_class == APPLICATION_RECEIVED:
        known = [one for one in known if not is_reapplication(mail, one) and not _confirmed_before(mail, one)]
    opened = [one for one in known if not one.is_closed(mail.received_at)]
    if opened:
        return _choose(mail, opened, 0.75)
    if mail.email_class in AFTERWARDS and known:
        return _choose(mail, known, 0.5)
    return None


def is_reapplication(mail: MailFacts, candidacy: Candidacy) -> bool:
    """Whether the mail confirms a new application: the known one has ended, or was silent for too long."""
    if mail.email_class != APPLICATION_RECEIVED:
        return False
    if mail.received_at - candidacy.last_at > SILENCE:
        return True
    if not candidacy.is_closed(mail.received_at):
        return False
    unconfirmed = candidacy.confirmed_at is None
    return not (unconfirmed and mail.received_at - candidacy.last_at <= INSTANT)


def _only_looks_alike(book: Book, mail: MailFacts, candidacy: Candidacy) -> bool:
    if names_other_company(mail, candidacy) or is_reapplication(mail, candidacy):
        return True
    if mail.title_key and candidacy.title_key:
        similarity = companies.title_similarity(mail.title_key, candidacy.title_key)
        if similarity < SAME_TITLE:
            elsewhere = by_exact_names(book, mail, lambda one: one is not candidacy)
            return mail.email_class == APPLICATION_RECEIVED or elsewhere is not None
    return False


def _with_similar_names(book: Book, mail: MailFacts) -> list[Candidacy]:
    known = at_company(book, mail)
    if is_nameless(mail):
        known += [one for one in current(book.by_title.get(mail.title_key, ())) if _both_unnamed(mail, one)]
    return list(dict.fromkeys(known))


def _both_unnamed(mail: MailFacts, candidacy: Candidacy) -> bool:
    """Whether mail and application know no company at all, so that the same title of late is all there is."""
    recent = mail.received_at - candidacy.last_at <= SAME_SUBJECT
    unnamed = is_nameless(mail) and all(is_nameless(other) for other in candidacy.mails.values())
    same = mail.title_key == candidacy.title_key
    return same and recent and unnamed and mail.email_class != APPLICATION_RECEIVED


def _same_title_reworded(mail: MailFacts, candidacy: Candidacy) -> bool:
    """Whether one title's words are among the other's; a level that it doesn't have is another job."""
    if mail.email_class == APPLICATION_RECEIVED or not candidacy.title_key:
        return False
    said, known = set(mail.title_key.split()), set(candidacy.title_key.split())
    return said <= known or (known <= said and _level(mail.title_key) == _level(candidacy.title_key))


def _level(title_key: str) -> tuple[str | None, frozenset[str]]:
    return companies.position_level(title_key), frozenset(w for w in title_key.split() if w.isdigit())


def _title_needed(mail: MailFacts, candidacy: Candidacy, company: float) -> float:
    """A confirmation for a company known by half its name, or a second one with another title weeks later,
    is of another application unless the titles agree."""
    confirmed = candidacy.confirmed_at
    if mail.email_class != APPLICATION_RECEIVED:
        return SAME_TITLE
    again = confirmed is not None and mail.received_at - confirmed > SAME_CONFIRMATION
    if company <= SHORT_NAME:
        return _NEVER if again else 0.95
    return 0.95 if again else SAME_TITLE


def _confirmed_before(mail: MailFacts, candidacy: Candidacy) -> bool:
    if candidacy.confirmed_at is None:
        return False
    limit = SAME_CONFIRMATION if mail.title_key else ANOTHER_CONFIRMATION
    return mail.received_at - candidacy.confirmed_at > limit


def _choose(mail: MailFacts, known: list[Candidacy], score: float) -> Match:
    """The only one; else the one that this sender wrote for; else the one active long after the rest."""
    evidence: dict[str, Any] = {"company": known[0].company_keys[:1], "applications": len(known)}
    if len(known) == 1:
        return Match(Method.COMPANY, known[0], score, evidence=evidence)
    if mail.sender_email:
        writers = [one for one in known if mail.sender_email in one.senders]
        if len(writers) == 1:
            evidence["sender"] = mail.sender_email
            return Match(Method.COMPANY, writers[0], score - 0.05, 0.1, evidence)
    newest, second = sorted(known, key=_last_active, reverse=True)[:2]
    if newest.last_at - second.last_at >= NEAR_EACH_OTHER:
        return Match(Method.COMPANY, newest, score - 0.1, CLEAR_MARGIN, evidence)
    return Match(Method.COMPANY, candidates=tuple(known))


def _last_active(candidacy: Candidacy) -> tuple[datetime, int]:
    return candidacy.last_at, candidacy.number
