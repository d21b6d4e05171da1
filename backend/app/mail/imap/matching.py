"""Whether a mail looks like job mail by its sender or its subject, as a full sync sorts it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from app.companies.service import job_alert_addresses
from app.mail.gmail.query import job_senders, subject_words


def sender_test(more: Sequence[str]) -> Callable[[str], bool]:
    """A test of lower-case addresses: sent by a service that carries job mail, or by one of `more` (addresses or
    domains). Digests of the same services fail it: they are many, and never a candidacy."""
    names = frozenset(name.strip().lower() for name in job_senders(more))
    alerts = frozenset(job_alert_addresses())

    def is_job_sender(address: str) -> bool:
        if not address or address in alerts:
            return False
        domain = address.rpartition("@")[2]
        return address in names or any(part in names for part in _parents(domain))

    return is_job_sender


def has_job_subject(subject: str) -> bool:
    """Whether the subject has one of the words of job mail, whole, in whatever case and accents."""
    return _subject_pattern().search(_fold(subject)) is not None


@cache
def _subject_pattern() -> re.Pattern[str]:
    words = sorted({_fold(word) for word in subject_words()}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)")


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _parents(domain: str) -> list[str]:
    """A domain and all it is part of: a.b.example, b.example, example."""
    labels = domain.split(".")
    return [".".join(labels[place:]) for place in range(len(labels))]
