"""Everything that is read off one mail before anybody decides: segments, sentences with their acts, facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.classification.acts import ActHit, find_acts_normalised, normalise
from app.classification.segments import (
    Segmented,
    SegmentKind,
    Sentence,
    segment,
    sentences,
    voting_sentences,
)
from app.classification.values import Direction, EmailClass, EmailValue, ThreadContext
from app.companies import service as companies

MAX_VOTING = 160
FORWARD_SUBJECT = re.compile(r"^\s*(?:fwd?|wg|tr|rv|enc|doorgest)\s?:", re.IGNORECASE)
_REPLY_PREFIX = re.compile(r"^(?:\s*(?:re|aw|sv|antw|fwd?|wg|tr|rv|enc)\s?(?:\[\d+\])?\s?:)+\s*", re.IGNORECASE)
_METHOD = re.compile(r"^METHOD:\s*([A-Z]+)", re.MULTILINE | re.IGNORECASE)
_LABEL = re.compile(r"^[ \t>*•·\-–]{0,6}([^\W\d_]{2,12}(?: [^\W\d_]{2,12})?)\*{0,2}\s?(?:[:–]|:?-(?= ))", re.MULTILINE)
_SLOT_LABELS = frozenset(
    "date time mode format platform interviewer interviewers panel when venue datum uhrzeit ort wann wo wer horaire lieu "
    "hora fecha lugar duration agenda".split()
)
_JOB_LABELS = frozenset(
    "role position title location duration rate client skills experience type visa budget payrate rolle einsatzort".split()
)
_OFFER_LABELS = frozenset(
    "salary compensation ctc package joining reporting start stipend probation benefits gehalt eintritt remuneration".split()
)
_CANCELLED = re.compile(r"^STATUS:\s*CANCELLED", re.MULTILINE | re.IGNORECASE)


class Language(StrEnum):
    """The languages with full cues, and everything else."""

    EN = "en"
    DE = "de"
    FR = "fr"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One voting sentence, its normalised form and its acts."""

    sentence: Sentence
    normalised: str
    acts: tuple[ActHit, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What headers, links and the thread say, as plain words such as `sender:ats` or `link:scheduling`."""

    names: frozenset[str]
    calendar_method: str | None = None  # request | cancel | reply | publish | None

    def __contains__(self, name: str) -> bool:
        return name in self.names


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
        for s in voting_sentences(segmented, sentences(segmented))[:MAX_VOTING]
        for text in (normalise(email.text[s.start : s.end]),)
    )
    subject = normalise(_REPLY_PREFIX.sub("", email.subject))
    facts = _facts(email, context, segmented)
    return Reading(
        email, context, segmented, subject, find_acts_normalised(subject), voting, facts, _language(subject, voting)
    )


def _facts(email: EmailValue, context: ThreadContext, segmented: Segmented) -> Facts:
    names: set[str] = set()
    sender = companies.sender_facts(email.sender_email, email.sender_name)
    names.add(f"sender:{sender.kind.value}")
    headers = email.headers
    if headers.list_unsubscribe:
        names.add("list:unsubscribe")
    if headers.list_id:
        names.add("list:id")
    if (headers.precedence or "").strip().lower() in {"bulk", "list", "junk"}:
        names.add("bulk")
    if (headers.auto_submitted or "no").strip().lower() not in {"no", ""}:
        names.add("auto")
    if headers.is_reply:
        names.add("reply")
    if FORWARD_SUBJECT.match(email.subject):
        names.add("forwarded")
    local = email.sender_email.partition("@")[0].lower()
    if re.search(r"no-?_?reply|do-?not-?reply|notification", local):
        names.add("noreply")
    if re.search(r"newsletter|marketing|promo|news\b|deals|offers|store|orders?\b|billing|receipts?|shipping", local):
        names.add("marketing")
    if re.search(r"recruit|talent|career|jobs?\b|hiring|\bhr\b|people|bewerb|candidat", f"{local} {email.sender_name.lower()}"):
        names.add("hiring_sender")
    names.update(f"label:{label.lower()}" for label in headers.labels if label.upper().startswith("CATEGORY_"))
    names.update(_link_facts(email))
    names.update(_shape_facts(segmented))
    names.update(_label_facts(email.text))
    names.update(_thread_facts(context))
    return Facts(frozenset(names), _calendar_method(email))


def _link_facts(email: EmailValue) -> set[str]:
    kinds: set[str] = set()
    for url in email.links[:60]:
        kind = companies.link_kind(url)
        if kind is not None:
            kinds.add(f"link:{kind}")
    return kinds


def _shape_facts(segmented: Segmented) -> set[str]:
    total = max(1, len(segmented.text))
    sizes: dict[SegmentKind, int] = {}
    for part in segmented.segments:
        sizes[part.kind] = sizes.get(part.kind, 0) + part.end - part.start
    names = set()
    digest = sizes.get(SegmentKind.DIGEST, 0)
    if digest:
        names.add("shape:digest")
    if digest > 0.35 * total or digest > 1500:
        names.add("shape:mostly_digest")
    if sizes.get(SegmentKind.JOB_DESCRIPTION, 0) > 150:
        names.add("shape:job_description")
    if sizes.get(SegmentKind.QUOTED, 0):
        names.add("shape:quoted")
    if sizes.get(SegmentKind.FORWARDED, 0):
        names.add("shape:forwarded")
    return names


def _label_facts(text: str) -> set[str]:
    """Which kind of "Label: value" lines a mail has: two of a kind make a fact."""
    words = [word for m in _LABEL.finditer(text[:6000]) for word in set(m.group(1).lower().split())]
    names = set()
    for name, labels in (("slot", _SLOT_LABELS), ("job", _JOB_LABELS), ("offer", _OFFER_LABELS)):
        if len(set(words) & labels) >= 2:
            names.add(f"shape:{name}_labels")
    return names


_APPLICATION_CLASSES = frozenset(
    {
        EmailClass.APPLICATION_RECEIVED,
        EmailClass.INTERVIEW_REQUEST,
        EmailClass.ASSESSMENT,
        EmailClass.OFFER,
        EmailClass.REJECTION,
        EmailClass.STATUS_UPDATE,
    }
)


def _thread_facts(context: ThreadContext) -> set[str]:
    names = set()
    if context.previous_classes:
        names.add(f"thread:{context.previous_classes[-1].value}")
        if any(c in _APPLICATION_CLASSES for c in context.previous_classes):
            names.add("thread:application")
        if any(c in _APPLICATION_CLASSES or c is EmailClass.RECRUITER_OUTREACH for c in context.previous_classes):
            names.add("thread:job")
    if Direction.OUT in context.previous_directions:
        names.add("thread:own")
    return names


def _calendar_method(email: EmailValue) -> str | None:
    if not email.calendar:
        return None
    head = email.calendar[:20000]
    method = _METHOD.search(head)
    if _CANCELLED.search(head):
        return "cancel"
    return method.group(1).lower() if method else "publish"


_STOPWORDS = {
    Language.EN: frozenset("the you your for and to of we with our this is have will are that on in be it i at from as not".split()),
    Language.DE: frozenset("die der und sie ihre für wir uns mit ihnen ihr nicht das ein eine zu den von auf haben ist bei ich dass im".split()),
    Language.FR: frozenset("le la les vous nous votre et de des pour est une un que dans avec notre sur pas à au du ce par".split()),
}


def _language(subject: str, voting: tuple[SentenceReading, ...]) -> Language:
    words = " ".join([subject, *(s.normalised for s in voting[:40])]).split()
    if len(words) < 4:
        return Language.EN
    counts = {language: sum(w in stop for w in words) for language, stop in _STOPWORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best] >= 0.12 * len(words) or (best is Language.EN and counts[best] >= 0.05 * len(words)):
        return best
    foreign = sum(1 for w in words if not w.isascii())
    if counts[best] == 0 and (len(words) >= 12 or foreign > 0.2 * len(words)):
        return Language.OTHER
    return Language.OTHER if counts[best] < 0.05 * len(words) and len(words) >= 12 else best
