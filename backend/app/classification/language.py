"""Which language a mail is written in, as far as the cues need to know."""

from __future__ import annotations

import re
from enum import StrEnum


class Language(StrEnum):
    """The languages with full cues, and everything else."""

    EN = "en"
    DE = "de"
    FR = "fr"
    OTHER = "other"


_STOPWORDS = {
    Language.EN: re.compile(
        r"(?<!\w)(?:the|you|your|for|and|to|of|we|with|our|this|is|have|will|are|that|on|in|be|it|i|at|from|as|not)(?!\w)"
    ),
    Language.DE: re.compile(
        r"(?<!\w)(?:die|der|und|sie|ihre|für|wir|uns|mit|ihnen|ihr|nicht|das|ein|eine|zu|den|von|auf|haben|ist|bei|ich"
        r"|dass|im)(?!\w)"
    ),
    Language.FR: re.compile(
        r"(?<!\w)(?:le|la|les|vous|nous|votre|et|de|des|pour|est|une|un|que|dans|avec|notre|sur|pas|à|au|du|ce|par)(?!\w)"
    ),
}
MAX_CHARACTERS = 3000


def detect_language(text: str) -> Language:
    """The language by its commonest words; English for a few words that prove nothing.

    `text` is lower case. Only the first 3,000 characters count.
    """
    text = text[:MAX_CHARACTERS]
    words = text.split()
    if len(words) < 4:
        return Language.EN
    found = {language: stop.findall(text) for language, stop in _STOPWORDS.items()}
    best = max(found, key=lambda language: len(found[language]))
    share = len(found[best]) / len(words)
    different = len(set(found[best]))
    # Other languages share a short word or two with ours ("on", "die", "de"), hardly ever three.
    if different >= 3 and share >= 0.05:
        return best
    foreign = sum(1 for word in words if not word.isascii()) > 0.2 * len(words)
    return Language.OTHER if len(words) >= 12 or foreign else best
