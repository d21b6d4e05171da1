"""Gmail searches for job mail, as several short queries: senders, words, and the rest of the window.

Gmail finds whole words, not their parts ("Bewerbungsgespräch" is not found by "Bewerbung"), ignores case and
accents, and reads dates as Pacific time; moments are therefore given in epoch seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.companies.service import job_alert_addresses, job_mail_domains
from app.mail.gmail.query_terms import VOCABULARIES
from app.mail.sources import Search, Tier, Window

_NOT_MAIL = "-in:spam -in:trash -in:drafts -in:chats"
_PERSONAL = "-category:promotions -category:social -category:forums"
_SENDERS_PER_QUERY = 40
_QUERY_CHARACTERS = 1100
_FIRST_MOMENT = 100_000_000

_ASSESSMENT_AND_CALENDAR = [
    "calendly.com",
    "goodtime.io",
    "modernloop.io",
    "hackerrank.com",
    "hackerrankforwork.com",
    "codesignal.com",
    "codility.com",
    "testgorilla.com",
    "hirevue.com",
    "sparkhire.com",
    "coderbyte.com",
    "coderpad.io",
    "shl.com",
    "karat.io",
    "byteboard.dev",
    "criteriacorp.com",
]


def build_queries(search: Search) -> tuple[str, ...]:
    """The values of `q` that together find what `search` asks for; a message may be found by several. Spam,
    trash, drafts and chats never are. Digests of job boards, which are many and never a candidacy, are left to the
    rest."""
    tail = " ".join(part for part in (_window(search.window), _NOT_MAIL) if part)
    if search.tier is Tier.REST:
        return (tail,)
    tail = f"-from:({_any(job_alert_addresses())}) {tail}"
    heads = _senders(search.senders) if search.tier is Tier.SENDERS else _terms()
    return tuple(f"{head} {tail}" for head in heads)


def build_window(window: Window) -> str:
    """The value of `q` for everything in the window; empty when both sides are open."""
    return _window(window)


def job_senders(more: Sequence[str] = ()) -> tuple[str, ...]:
    """Domains and addresses that send job mail, `more` first."""
    return tuple(dict.fromkeys([*more, *job_mail_domains(), *_ASSESSMENT_AND_CALENDAR]))


def subject_words() -> tuple[str, ...]:
    """Words and phrases that stand in subjects of job mail, in all languages."""
    return tuple(dict.fromkeys(word for words in VOCABULARIES.values() for word in words.subjects))


def body_phrases() -> tuple[tuple[str, ...], ...]:
    """Phrases that stand in the body of job mail, by language."""
    return tuple(words.phrases for words in VOCABULARIES.values())


def _senders(more: Sequence[str]) -> Iterator[str]:
    names = job_senders(more)
    for start in range(0, len(names), _SENDERS_PER_QUERY):
        yield f"from:({_any(names[start : start + _SENDERS_PER_QUERY])})"


def _terms() -> Iterator[str]:
    """Subjects first: they say most."""
    for some in _short_enough(subject_words()):
        yield f"subject:({some})"
    for some in _short_enough([phrase for phrases in body_phrases() for phrase in phrases]):
        yield f"({some})"
    for some in _short_enough([word for words in VOCABULARIES.values() for word in words.weak]):
        yield f"({some}) {_PERSONAL}"
    yield f"filename:ics {_PERSONAL}"  # an invitation need not say what it is for


def _short_enough(terms: Sequence[str]) -> Iterator[str]:
    """The terms joined by OR, in pieces that are no longer than a query should be."""
    some: list[str] = []
    length = 0
    for term in dict.fromkeys(terms):
        if some and length + len(term) > _QUERY_CHARACTERS:
            yield _any(some)
            some, length = [], 0
        some.append(term)
        length += len(term) + len('"" OR ')
    if some:
        yield _any(some)


def _any(terms: Sequence[str]) -> str:
    return " OR ".join(f'"{cleaned}"' if " " in (cleaned := _clean(term)) else cleaned for term in terms)


def _clean(term: str) -> str:
    """A term without what Gmail would read as an operator."""
    return "".join(" " if char in '"(){}' else char for char in term).strip().lstrip("-")


def _window(window: Window) -> str:
    """Whether Gmail counts the second that is named is not documented: a second more on either side. Numbers of
    eight digits and less are no moments to it; there is no mail from before March 1973 anyway."""
    parts = []
    if window.after is not None and window.after.timestamp() > _FIRST_MOMENT:
        parts.append(f"after:{int(window.after.timestamp()) - 1}")
    if window.before is not None:
        parts.append(f"before:{max(int(window.before.timestamp()) + 1, _FIRST_MOMENT)}")
    return " ".join(parts)
