"""When two messages are one email: rules of identity across accounts and doors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from app.mail.models import Email
from app.mail.values import ParsedMail

SAME_TEXT = 0.9
NEAR = timedelta(hours=24)


def identity_hash(email: Email) -> str:
    """What the message is, whatever door it came through (hex); the tie-breaker of linking."""
    told = [email.rfc822_message_id or email.received_at.isoformat(), email.sender_email, email.content_hash]
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()


def find_same(parsed: ParsedMail, candidates: Iterable[tuple[Email, str]]) -> tuple[Email | None, int]:
    """The candidate that is this very message, and how many were only nearly the same."""
    near_misses = 0
    for email, text in candidates:
        if _told_alike(parsed, email) and (
            email.content_hash == parsed.content_hash or _alike(parsed.text, text)
        ):
            return email, near_misses
        near_misses += 1
    return None, near_misses


def _told_alike(parsed: ParsedMail, email: Email) -> bool:
    """Same sender, about the same moment; without a Message-ID the same subject too."""
    same_subject = bool(parsed.rfc822_message_id) or email.subject == parsed.subject
    return email.sender_email == parsed.sender_email and same_subject and _near(parsed, email)


def _near(parsed: ParsedMail, email: Email) -> bool:
    return parsed.date is None or abs(parsed.date - email.received_at) <= NEAR


def _alike(one: str, other: str) -> bool:
    """A mailing list's footer is tolerated; texts that differ more are two messages."""
    from rapidfuzz.fuzz import ratio

    longer = max(len(one), len(other))
    if longer == 0 or min(len(one), len(other)) / longer < 0.8:
        return False
    return ratio(one[:20_000], other[:20_000]) / 100 >= SAME_TEXT
