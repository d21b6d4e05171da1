"""Which of the user's resumes fits the job that a mail is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.classification.reading import Reading
from app.classification.segments import SegmentKind
from app.classification.values import Entities, ResumeMatch, ResumeValue

_WORD = re.compile(r"[a-z][a-z0-9+#.-]{2,}")
_COMMON = frozenset(
    [
        "about",
        "above",
        "after",
        "also",
        "and",
        "any",
        "are",
        "based",
        "been",
        "before",
        "being",
        "below",
        "best",
        "both",
        "but",
        "can",
        "client",
        "come",
        "company",
        "could",
        "day",
        "days",
        "description",
        "details",
        "each",
        "email",
        "experience",
        "find",
        "following",
        "for",
        "from",
        "full",
        "get",
        "give",
        "good",
        "great",
        "have",
        "help",
        "here",
        "hiring",
        "how",
        "into",
        "its",
        "job",
        "join",
        "just",
        "know",
        "let",
        "like",
        "location",
        "look",
        "looking",
        "made",
        "make",
        "more",
        "most",
        "must",
        "need",
        "new",
        "next",
        "not",
        "now",
        "off",
        "one",
        "open",
        "opportunity",
        "other",
        "our",
        "out",
        "over",
        "part",
        "please",
        "position",
        "preferred",
        "required",
        "requirements",
        "responsibilities",
        "role",
        "salary",
        "send",
        "should",
        "skills",
        "some",
        "strong",
        "such",
        "team",
        "than",
        "thank",
        "thanks",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "time",
        "title",
        "to",
        "today",
        "type",
        "use",
        "using",
        "very",
        "want",
        "was",
        "way",
        "week",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "within",
        "work",
        "working",
        "would",
        "year",
        "years",
        "you",
        "your",
    ]
)


def match_resume(reading: Reading, entities: Entities, resumes: Iterable[ResumeValue]) -> ResumeMatch | None:
    """The resume that covers most of the job's words, the title counting double; None when none does.

    Scores are 0..1; of equals the first given wins.
    """
    wanted = _job_words(reading, entities)
    if not wanted:
        return None
    best: ResumeMatch | None = None
    total = sum(wanted.values())
    for resume in resumes:
        words = set(_WORD.findall(f"{resume.title} {resume.text}".lower()))
        score = sum(weight for word, weight in wanted.items() if word in words) / total
        if score > 0 and (best is None or score > best.score):
            best = ResumeMatch(resume.resume_id, round(score, 4))
    return best


def _job_words(reading: Reading, entities: Entities) -> dict[str, float]:
    described = reading.segmented.text_of(SegmentKind.JOB_DESCRIPTION)
    body = described or reading.segmented.text_of(SegmentKind.BODY, SegmentKind.FORWARDED)
    words = {word: 1.0 for word in _WORD.findall(body[:6000].lower()) if word not in _COMMON}
    words.update(
        {word: 2.0 for word in _WORD.findall((entities.job_title or "").lower()) if word not in _COMMON}
    )
    return words
