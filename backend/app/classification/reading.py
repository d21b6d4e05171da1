"""Everything that is read off one mail before anybody decides: segments, sentences with their acts, facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.classification.acts import ActHit, find_acts_normalised, normalise
from app.classification.facts import Facts, collect_facts
from app.classification.language import Language, detect_language
from app.classification.segments import (
    Segmented,
    Sentence,
    segment,
    sentences,
    voting_sentences,
)
from app.classification.values import EmailValue, ThreadContext

MAX_VOTING = 160
_REPLY_PREFIX = re.compile(
    r"^(?:\s*(?:re|aw|sv|antw|fwd?|wg|tr|rv|enc)\s?(?:\[\d+\])?\s?:)+\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One voting sentence, its normalised form and its acts."""

    sentence: Sentence
    normalised: str
    acts: tuple[ActHit, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One mail, read. `subject` is the subject without Re:/Fwd:, read like a sentence."""

    email: EmailValue
    context: ThreadContext
    segmented: Segmented
    subject_normalised: str
    subject_acts: tuple[ActHit, ...]
    voting: tuple[SentenceReading, ...]
    facts: Facts
    language: Language


def read(email: EmailValue, context: ThreadContext) -> Reading:
    """Read one mail. Pure and linear in the mail's length."""
    segmented = segment(email.text)
    voting = tuple(
        SentenceReading(s, text, find_acts_normalised(text))
        for s in voting_sentences(sentences(segmented))[:MAX_VOTING]
        for text in (normalise(email.text[s.start : s.end]),)
    )
    subject = normalise(_REPLY_PREFIX.sub("", email.subject))
    facts = collect_facts(email, context, segmented)
    return Reading(
        email,
        context,
        segmented,
        subject,
        find_acts_normalised(subject),
        voting,
        facts,
        detect_language(" ".join([subject, *(s.normalised for s in voting)])),
    )
