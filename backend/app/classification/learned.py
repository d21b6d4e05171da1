"""What a person's corrections say about other mail: the nearest corrected mail decides, if it is near enough.

Two mails are alike when they come from the same sender domain and their words, with names, numbers and dates
masked, point in almost the same direction. Plain word weights (1 + log of the count) are used: a handful of
corrections is too little to tell from them which words are rare.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.classification.values import EmailClass, EmailValue

ALIKE = 0.85
TEXT_CHARS = 6_000  # what a mail says, it says in the beginning
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
_NAME = re.compile(r"(?<=[^.!?\n] )[A-ZÄÖÜÉ][\w'’-]+")  # a capital within a sentence
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One correction: which mail (as weights), from where, and what it was said to be."""

    decision_id: int
    sender_domain: str
    weights: Weights
    email_class: EmailClass


def weights_of(email: EmailValue) -> Weights:
    """The mail's masked words with weights of length 1 together; empty for a mail without words."""
    masked = _NAME.sub(" ", _ADDRESS.sub(" ", f"{email.subject}.\n{email.text[:TEXT_CHARS]}"))
    words = [w for w in _WORD.findall(masked.lower()) if not w.isdigit()]
    counted = Counter([*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))])
    weighed = {word: 1 + math.log(count) for word, count in counted.items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {word: weight / length for word, weight in weighed.items()} if length else {}


def likeness(one: Weights, other: Weights) -> float:
    """The cosine between two mails, 0..1."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large[word] for word, weight in small.items() if word in large)


def sender_domain(email: EmailValue) -> str:
    return email.sender_email.rpartition("@")[2].lower()


def lesson_from(decision_id: int, email: EmailValue, email_class: EmailClass) -> Lesson:
    return Lesson(decision_id, sender_domain(email), weights_of(email), email_class)


def nearest(email: EmailValue, lessons: Iterable[Lesson]) -> Lesson | None:
    """The lesson that this mail is most like, None when none is near enough; of equals the newest."""
    domain = sender_domain(email)
    here = [lesson for lesson in lessons if lesson.sender_domain == domain and domain]
    if not here:
        return None
    own = weights_of(email)
    best = max(here, key=lambda lesson: (likeness(own, lesson.weights), lesson.decision_id))
    return best if likeness(own, best.weights) >= ALIKE else None


def groups_of(emails: Sequence[EmailValue]) -> list[list[int]]:
    """Places of mails that are alike, in the order of their first; each mail stands in one group."""
    weights = [weights_of(email) for email in emails]
    groups: list[list[int]] = []
    for place, email in enumerate(emails):
        for group in groups:
            first = group[0]
            same_door = sender_domain(emails[first]) == sender_domain(email)
            if same_door and likeness(weights[first], weights[place]) >= ALIKE:
                group.append(place)
                break
        else:
            groups.append([place])
    return groups
