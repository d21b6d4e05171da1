"""The keys by which mails find each other: mails that share one are recomputed together.

A key only widens a component. Whether two mails of a component belong together is decided by the partition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.companies import service as companies
from app.correlation.values import MailFacts

SAME_COMPANY = 0.90
KEY_LIMIT = 300  # characters, as stored
_JOINERS = frozenset({"and", "und", "et"})


def component_keys(mail: MailFacts) -> tuple[str, ...]:
    """The keys of one mail, each once, in a stable order.

    Prefixes: `msg:` its own Message-ID and those it refers to, `thread:`, `id:`, `company:`, `domain:`.
    Relays and mailbox providers give no domain, because `sender_domain` is None for them.
    """
    keys = [f"msg:{name}" for name in (mail.message_id, *mail.references) if name]
    keys += [f"thread:{thread}" for thread in mail.threads]
    keys += [f"id:{identifier}" for identifier in mail.identifiers]
    keys += company_keys(mail.company_key)
    if mail.sender_domain:
        keys.append(f"domain:{mail.sender_domain}")
    return tuple(dict.fromkeys(key[:KEY_LIMIT] for key in keys))


def company_keys(company_key: str) -> list[str]:
    """The `company:` keys of a company: its letters, and those without a last weak word ("Group")."""
    if not company_key:
        return []
    words = company_key.split()
    shorter = (" ".join(words[:end]) for end in range(1, len(words)))
    spellings = [
        company_key,
        *(s for s in shorter if companies.company_similarity(company_key, s) >= SAME_COMPANY),
    ]
    return [f"company:{_letters(spelling)}" for spelling in spellings]


def similar_company_keys(company_key: str, known: Iterable[str]) -> list[str]:
    """Those of `known` (company keys) that name the same company in another spelling, typos included."""
    buckets = company_buckets(company_key)
    return [
        other
        for other in known
        if other != company_key
        and buckets & company_buckets(other)
        and companies.company_similarity(company_key, other) >= SAME_COMPANY
    ]


def company_buckets(company_key: str) -> frozenset[str]:
    """First letters, of the whole and of the alphabetically first word: similar names share one."""
    words = [word for word in company_key.split() if word not in _JOINERS] or [company_key]
    return frozenset({words[0][:1], min(words)[:1]})


def components(mails: Sequence[MailFacts]) -> list[list[MailFacts]]:
    """All mails in components, those in order of their first mail. For rebuilding everything at once."""
    parents = list(range(len(mails)))
    owners: dict[str, int] = {}
    first_named: dict[str, int] = {}
    by_bucket: dict[str, set[str]] = defaultdict(set)
    for index, mail in enumerate(mails):
        for key in component_keys(mail):
            _union(parents, index, owners.setdefault(key, index))
        name = mail.company_key
        if name and name not in first_named:
            first_named[name] = index
            buckets = company_buckets(name)
            known = set().union(*(by_bucket[bucket] for bucket in buckets))
            for other in similar_company_keys(name, known):
                _union(parents, index, first_named[other])
            for bucket in buckets:
                by_bucket[bucket].add(name)
    found: dict[int, list[MailFacts]] = {}
    for index, mail in enumerate(mails):
        found.setdefault(_root(parents, index), []).append(mail)
    return list(found.values())


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
