"""Companies that a mail mentions without stating them: "Fernhollow call tomorrow", from a calendar.

What may be a name is taken from the mail alone; it counts only when other mail of the component names that company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from app.companies import service as companies
from app.correlation.keys import SAME_COMPANY, conversation_subject, domain_name, is_short_form, is_short_name
from app.correlation.values import MailFacts

_MOST = 24
_WORDS_PER_NAME = 4
_TOKEN = re.compile(r"[^\s,;:|()\[\]<>\"“”„!?/]+|[,;:|()\[\]<>\"“”„!?/]")
_AT = re.compile(r"\s(?:at|from|@|bei|von|chez)\s+(.+)$|\s[|,@-]\s*(.+)$", re.IGNORECASE)
_INSIDE = frozenset({"&", "+", "and", "und", "et", "of", "de"})
# Words of subjects: "Data" is not "Data Dynamics", nor is "Offer" anybody.
_ORDINARY = companies.word_set(
    """
    account administrator alert analyst application architect assessment assistant associate availability
    business call candidate candidacy career careers challenge client coding confirmation congratulations
    consultant customer data date design designer details developer development digital director employment
    engineer engineering exam exercise feedback finance financial first follow followup global good great head
    hello hiring home human information intern international internship interview introduction invitation job
    join junior lead letter manager marketing meet meeting message mobile next news offer open opening
    opportunity people phone platform position possible product program project question quick receipt recruiter
    recruiting reminder request research resume review role sales schedule scheduling screen screening second
    senior service software solutions staff start status step support system systems talent team technical
    technology test thank thanks think time today tomorrow update upcoming urgent video welcome work world your
    anfrage bewerbung einladung gespraech interesse rueckmeldung stelle termin unterlagen vielen vorstellung
    """
)


@lru_cache(maxsize=4096)
def mentioned_names(subject: str, sender_name: str) -> tuple[str, ...]:
    """Company keys that a subject and a sender's display name may hold, the longest first; at most 24."""
    base = subject[:200]
    if conversation_subject(base)[1]:
        base = base.partition(":")[2]
    found: dict[str, int] = {}
    for words in _capitalised(base):
        for start in range(len(words)):
            for end in range(start + 1, min(start + _WORDS_PER_NAME, len(words)) + 1):
                _note(found, words[start:end])
    for name in _from_sender(sender_name[:120]):
        _note(found, name.split())
    ordered = sorted(found, key=lambda key: (-len(key.split()), found[key]))
    return tuple(ordered[:_MOST])


def with_mentions(mails: Sequence[MailFacts]) -> list[MailFacts]:
    """The mails; those that state no company state the one that they mention and that others name."""
    named = {
        mail.company_key for mail in mails if mail.company_key and mail.direction == "in" and not mail.unsure
    }
    if not named:
        return list(mails)
    by_first: dict[str, list[str]] = {}
    for name in sorted(named):
        by_first.setdefault(name.partition(" ")[0], []).append(name)
    return [_resolve(mail, named, by_first) for mail in mails]


def _resolve(mail: MailFacts, named: set[str], by_first: dict[str, list[str]]) -> MailFacts:
    if mail.company_key or not mail.mentions or mail.direction == "out":
        return mail
    called = domain_name(mail.sender_domain)
    if called and any(
        is_short_form(called, name) or called == name for name in _near(called, named, by_first)
    ):
        return mail  # whose domain it comes from says more than what it mentions
    found: list[str] = []
    for mention in mail.mentions:
        if any(mention in longer for longer in found):
            continue
        if mention in named:
            found.append(mention)
        elif " " not in mention:
            found += [name for name in by_first.get(mention, ()) if is_short_form(mention, name)]
    if not found or any(companies.company_similarity(found[0], other) < SAME_COMPANY for other in found[1:]):
        return mail
    return replace(mail, company_key=found[0])


def _near(called: str, named: set[str], by_first: dict[str, list[str]]) -> Iterable[str]:
    return {called} & named | set(by_first.get(called.partition(" ")[0], ()))


def _capitalised(text: str) -> list[list[str]]:
    """Runs of words that begin with a capital or hold a digit."""
    runs: list[list[str]] = [[]]
    for token in _TOKEN.findall(text):
        word = token.strip(".'’-–—*#")
        capital = bool(word) and (word[0].isupper() or any(char.isdigit() for char in word))
        if capital or (runs[-1] and word.lower() in _INSIDE):
            runs[-1].append(word)
        else:
            runs.append([])
    return [run for run in runs if run]


def _from_sender(name: str) -> list[str]:
    after = _AT.search(name)
    return [name, *filter(None, after.groups() if after else ())]


def _note(found: dict[str, int], words: Sequence[str]) -> None:
    if not words or words[0].lower() in _INSIDE or words[-1].lower() in _INSIDE:
        return
    key = companies.company_key(" ".join(words))
    if " " not in key and (key in _ORDINARY or not _telling(key, words)):
        return
    if key and not companies.is_provider_name(key):
        found.setdefault(key, len(found))


def _telling(key: str, words: Sequence[str]) -> bool:
    """A short name in capitals ("BRZ") tells as much as a long one."""
    return is_short_name(key) or (len(key) >= 2 and all(word.isupper() for word in words))
