"""The sentences that carried a decision, as exact offsets: what the page lights up in the mail."""

from __future__ import annotations

from app.classification.act_names import Act
from app.classification.acts import ActHit
from app.classification.reading import Reading, SentenceReading
from app.classification.values import EmailClass, Evidence, EvidenceField

MOST = 3

# Per class, the acts that speak for it, the most telling first.
TELLING: dict[EmailClass, tuple[Act, ...]] = {
    EmailClass.APPLICATION_RECEIVED: (Act.RECEIVED, Act.WILL_REVIEW, Act.CONTACT_IF_MATCH, Act.THANKS),
    EmailClass.INTERVIEW_REQUEST: (Act.INVITE_TALK, Act.FIXED_SLOT, Act.ASK_AVAILABILITY, Act.TALK_TOPIC),
    EmailClass.ASSESSMENT: (Act.TEST_INVITE, Act.TEST_TOPIC),
    EmailClass.OFFER: (Act.OFFER_TERMS,),
    EmailClass.REJECTION: (Act.DECLINE, Act.FILLED, Act.REGRET, Act.KEEP_ON_FILE, Act.PRELUDE),
    EmailClass.STATUS_UPDATE: (
        Act.PROGRESS,
        Act.TEST_DONE,
        Act.ASK_INFO,
        Act.AFTER_TALK,
        Act.WILL_REVIEW,
        Act.CONTACT_IF_MATCH,
    ),
    EmailClass.RECRUITER_OUTREACH: (Act.PITCH, Act.JOB_TERMS, Act.INVITE_TALK),
    EmailClass.JOB_ALERT: (Act.DIGEST_ITEM,),
    EmailClass.NOT_JOB_RELATED: (
        Act.OTHER_APPLICATION,
        Act.ACCOUNT,
        Act.COMMERCE,
        Act.PROMOTION,
        Act.EMPLOYEE,
        Act.CHATTER,
    ),
}
_CONDITIONAL_COUNTS = frozenset({Act.CONTACT_IF_MATCH, Act.KEEP_ON_FILE, Act.PITCH})


def find_evidence(reading: Reading, email_class: EmailClass) -> tuple[Evidence, ...]:
    """Up to three spans for the class, the hero sentence first; empty when nothing quotable speaks for it."""
    telling = TELLING[email_class]
    scored: list[tuple[float, int, SentenceReading, Act]] = []
    for index, sentence in enumerate(reading.voting):
        acts = [h.act for h in sentence.acts if h.act in telling and _counts(h)]
        if acts:
            best = min(acts, key=telling.index)
            scored.append((_score(sentence, best, telling), index, sentence, best))
    scored.sort(key=lambda item: (-item[0], item[1]))
    found = [
        Evidence(EvidenceField.TEXT, s.sentence.start, s.sentence.end, act.value)
        for _, _, s, act in scored[:MOST]
    ]
    in_subject = [h.act for h in reading.subject_acts if h.act in telling and _counts(h)]
    subject = reading.email.subject
    if in_subject and subject.strip() and len(found) < MOST:
        start = len(subject) - len(subject.lstrip())
        act = min(in_subject, key=telling.index)
        found.append(Evidence(EvidenceField.SUBJECT, start, len(subject.rstrip()), act.value))
    if not found and reading.email.calendar and email_class is EmailClass.INTERVIEW_REQUEST:
        found.append(Evidence(EvidenceField.CALENDAR, 0, len(reading.email.calendar), "calendar"))
    return tuple(found) or _fallback(reading)


def _counts(hit: ActHit) -> bool:
    return not hit.negated and (not hit.conditional or hit.act in _CONDITIONAL_COUNTS)


def _score(sentence: SentenceReading, act: Act, telling: tuple[Act, ...]) -> float:
    score = 10.0 * (len(telling) - telling.index(act))
    present = {h.act for h in sentence.acts}
    score += 0.5 * len(present & set(telling))
    if act is Act.DECLINE and Act.REGRET in present:
        score += 4.0
    if act is Act.RECEIVED and Act.THANKS in present:
        # "Thank you for applying" says less than "we have received your application".
        score -= 3.0
    if Act.CANDIDACY in present:
        score += 1.0
    # A heading or a two-word line is a poor quotation.
    return score - 6.0 if len(sentence.normalised) < 20 else score


def _fallback(reading: Reading) -> tuple[Evidence, ...]:
    """The first sentence with some substance, for a class that no single act announces."""
    for sentence in reading.voting[:6]:
        if any(h.act is Act.CANDIDACY for h in sentence.acts) and len(sentence.normalised) >= 20:
            return (
                Evidence(EvidenceField.TEXT, sentence.sentence.start, sentence.sentence.end, "candidacy"),
            )
    return ()
