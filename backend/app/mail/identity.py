"""When two messages are one email: rules of identity across accounts and doors.

With a Message-ID: the same one, the same sender, dates within a day, and the same text, a mailing list's footer
tolerated. Without: the same date, sender, subject and text. Whatever only comes near stays apart and is counted:
senders use Message-IDs twice, and say the same thing to the same person more than once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.mail.models import Email
from app.mail.values import ParsedMail

SAME_TEXT = 0.9
NEAR = timedelta(hours=24)
SAME_MOMENT = timedelta(seconds=1)
_BY_LETTERS = 20_000  # longer texts are compared by words


@dataclass(frozen=True, slots=True)
class Fresh:
    """A message that is about to become an email, as far as it says who it is. `number` tells which."""

    number: int
    rfc822_message_id: str | None
    sender_email: str
    subject: str
    received_at: datetime
    content_hash: str


def identity_hash(email: Email) -> str:
    """What the message is, whatever door it came through (hex); the tie-breaker of linking."""
    told = [email.rfc822_message_id or email.received_at.isoformat(), email.sender_email, email.content_hash]
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()


def find_same(
    parsed: ParsedMail, candidates: Iterable[tuple[Email | Fresh, str]]
) -> tuple[Email | Fresh | None, int]:
    """The candidate that is this very message, and how many were only nearly the same. Candidates come with
    their texts, and share the Message-ID, or without one the text."""
    near_misses = 0
    for email, text in candidates:
        if _is_same(parsed, email, text):
            return email, near_misses
        near_misses += 1
    return None, near_misses


def _is_same(parsed: ParsedMail, email: Email | Fresh, text: str) -> bool:
    if parsed.sender_email != email.sender_email:
        return False
    same_text = email.content_hash == parsed.content_hash
    if parsed.rfc822_message_id and email.rfc822_message_id:
        return _within(parsed, email, NEAR) and (same_text or is_alike(parsed.text, text))
    if parsed.rfc822_message_id or email.rfc822_message_id or parsed.date is None:
        return False
    return same_text and parsed.subject == email.subject and _within(parsed, email, SAME_MOMENT)


def _within(parsed: ParsedMail, email: Email | Fresh, distance: timedelta) -> bool:
    return parsed.date is None or abs(parsed.date - email.received_at) <= distance


def is_alike(one: str, other: str) -> bool:
    """Whether two texts differ by no more than a mailing list's footer."""
    from rapidfuzz.fuzz import ratio

    longer = max(len(one), len(other))
    if longer == 0 or min(len(one), len(other)) / longer < 0.8:
        return False
    if longer <= _BY_LETTERS:
        return ratio(one, other) / 100 >= SAME_TEXT
    return ratio(one.split(), other.split()) / 100 >= SAME_TEXT
