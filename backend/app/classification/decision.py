"""From a reading and the model's probabilities to a class: a few near-certain rules, then tempered shares.

The rules stand in order and each has a name that ends up in the verdict's `reasoning`. Where none applies,
the model decides, but a class whose own acts are missing from the mail is all but ruled out, whatever words
it shares with such mail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.classification.act_names import Act
from app.classification.language import Language
from app.classification.model import MAX_CONFIDENCE, Prediction
from app.classification.reading import Reading
from app.classification.values import EmailClass, RunnerUp, Said
from app.classification.version import PIPELINE_VERSION

UNSURE_LOW = 0.36
UNSURE_HIGH = 0.62
REVIEW_CONFIDENCE_THRESHOLD = 0.6
LEARNED_CONFIDENCE = 0.95
MISSING = 0.08
IN_THREAD = 0.12

# What it costs to miss a class: a missed offer weighs more than a doubtful update.
MISS_COST: Mapping[EmailClass, float] = {
    EmailClass.OFFER: 2.0,
    EmailClass.INTERVIEW_REQUEST: 1.5,
    EmailClass.ASSESSMENT: 1.5,
    EmailClass.REJECTION: 1.2,
    EmailClass.APPLICATION_RECEIVED: 1.0,
    EmailClass.STATUS_UPDATE: 0.8,
    EmailClass.RECRUITER_OUTREACH: 0.7,
    EmailClass.JOB_ALERT: 0.5,
    EmailClass.NOT_JOB_RELATED: 0.5,
}
NOISE = frozenset(
    {
        Act.ACCOUNT,
        Act.COMMERCE,
        Act.PROMOTION,
        Act.CHATTER,
        Act.EMPLOYEE,
        Act.OTHER_APPLICATION,
        Act.DIGEST_ITEM,
    }
)
NOT_JOB = frozenset({EmailClass.NOT_JOB_RELATED, EmailClass.JOB_ALERT})

# One of these acts or facts must be there for the class to be likely.
REQUIRED: Mapping[EmailClass, tuple[frozenset[Act], frozenset[str]]] = {
    EmailClass.OFFER: (frozenset({Act.OFFER_TERMS}), frozenset({"link:esignature"})),
    EmailClass.REJECTION: (frozenset({Act.DECLINE, Act.FILLED, Act.REGRET}), frozenset()),
    EmailClass.ASSESSMENT: (frozenset({Act.TEST_INVITE, Act.TEST_TOPIC}), frozenset({"link:assessment"})),
    EmailClass.INTERVIEW_REQUEST: (
        frozenset({Act.INVITE_TALK, Act.ASK_AVAILABILITY, Act.FIXED_SLOT, Act.TALK_TOPIC}),
        frozenset({"link:scheduling", "shape:slot_labels"}),
    ),
    EmailClass.JOB_ALERT: (
        frozenset({Act.DIGEST_ITEM}),
        frozenset({"shape:digest", "sender:alert", "sender:job_board"}),
    ),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """The class of one mail. `confidence` is calibrated and at most 0.97."""

    email_class: EmailClass
    confidence: float
    runner_ups: tuple[RunnerUp, ...]
    unsure: bool
    needs_review: bool
    reasoning: tuple[str, ...]
    classified_by: str


def follow(decision: Decision, said: Said) -> Decision:
    """A person's word in place of the machine's; what the machine thought stays visible as runner-up."""
    thought = RunnerUp(decision.email_class, decision.confidence)
    others = [r for r in (thought, *decision.runner_ups) if r.email_class != said.email_class]
    return Decision(
        email_class=said.email_class,
        confidence=1.0 if said.by == "user" else LEARNED_CONFIDENCE,
        runner_ups=tuple(others[:2]),
        unsure=False,
        needs_review=False,
        reasoning=(said.because,),
        classified_by=said.by,
    )


@dataclass(frozen=True, slots=True)
class Signs:
    """The acts that a mail asserts, by where: the rules read nothing else of the sentences."""

    subject: frozenset[Act]
    opening: frozenset[Act]
    anywhere: frozenset[Act]

    @property
    def mail(self) -> frozenset[Act]:
        return self.subject | self.anywhere


@dataclass(frozen=True, slots=True)
class RuleCall:
    """What a rule is sure of."""

    email_class: EmailClass
    confidence: float
    name: str


Rule = Callable[[Reading, Signs], RuleCall | None]


def collect_signs(reading: Reading) -> Signs:
    """The asserted acts: neither conditional nor denied."""

    def asserted(first: int | None) -> frozenset[Act]:
        return frozenset(
            h.act for s in reading.voting[:first] for h in s.acts if not h.conditional and not h.negated
        )

    subject = frozenset(h.act for h in reading.subject_acts if not h.conditional and not h.negated)
    return Signs(subject, asserted(4), asserted(None))


def decide(reading: Reading, prediction: Prediction) -> Decision:
    """The class of one mail. Pure; the same reading and prediction give the same decision."""
    signs = collect_signs(reading)
    shares = temper(reading, signs, prediction)
    call = apply_rules(reading, signs)
    if call is not None:
        return _from_rule(call, shares)
    related = sum(share for c, share in shares.items() if c not in NOT_JOB)
    ranked = sorted(shares, key=lambda c: (-shares[c], c.value))
    best = ranked[0]
    confidence = min(shares[best], MAX_CONFIDENCE)
    unknown = reading.language is Language.OTHER
    if unknown:
        confidence = min(confidence, 0.7 if signs.mail else 0.5)
    unsure = UNSURE_LOW < related < UNSURE_HIGH
    if best is EmailClass.NOT_JOB_RELATED and Act.CANDIDACY in signs.mail and not signs.mail & NOISE:
        # It has the words of job mail and nothing of other mail: a person should look before it disappears.
        unsure = True
    runner_ups = tuple(RunnerUp(c, round(shares[c], 4)) for c in ranked[1:4] if shares[c] >= 0.01)
    review = unsure or expected_cost(shares, best) >= 1.0 - REVIEW_CONFIDENCE_THRESHOLD
    review = review or (unknown and best not in NOT_JOB)
    return Decision(
        best, round(confidence, 4), runner_ups, unsure, review, _reasons(signs), f"local:{PIPELINE_VERSION}"
    )


def expected_cost(shares: Mapping[EmailClass, float], chosen: EmailClass) -> float:
    """What choosing `chosen` is expected to miss, weighted by how much each miss matters."""
    return sum(share * MISS_COST[c] for c, share in shares.items() if c is not chosen)


def temper(reading: Reading, signs: Signs, prediction: Prediction) -> dict[EmailClass, float]:
    """The model's probabilities after the gate and without classes that lack their own acts; sums to 1."""
    shares = dict(prediction.classes)
    for email_class, (acts, facts) in REQUIRED.items():
        if (
            not (acts & signs.mail)
            and not (facts & reading.facts.names)
            and not _calendar_helps(email_class, reading)
        ):
            shares[email_class] *= MISSING
    if Act.DECLINE in signs.mail and Act.OFFER_TERMS not in signs.subject:
        shares[EmailClass.OFFER] *= 0.3
        shares[EmailClass.INTERVIEW_REQUEST] *= 0.5
        shares[EmailClass.APPLICATION_RECEIVED] *= 0.3
    if Act.PROGRESS in signs.subject:
        shares[EmailClass.JOB_ALERT] *= 0.2
    gate = prediction.job_related
    if "thread:job" in reading.facts:
        # An answer in a conversation about a job is about that job, however casual it sounds.
        gate = 1.0 - (1.0 - gate) * IN_THREAD
        shares[EmailClass.NOT_JOB_RELATED] *= IN_THREAD
        shares[EmailClass.JOB_ALERT] *= IN_THREAD
    if "thread:application" in reading.facts:
        shares[EmailClass.RECRUITER_OUTREACH] *= 0.5
    total = sum(shares.values())
    shares = {c: share / total for c, share in shares.items()}
    related = sum(share for c, share in shares.items() if c not in NOT_JOB)
    wanted = (related + gate) / 2
    wanted = min(max(wanted, 0.003), 0.997)
    related = min(max(related, 1e-6), 1 - 1e-6)
    return {
        c: s * (wanted / related if c not in NOT_JOB else (1 - wanted) / (1 - related))
        for c, s in shares.items()
    }


def _calendar_helps(email_class: EmailClass, reading: Reading) -> bool:
    return email_class is EmailClass.INTERVIEW_REQUEST and reading.facts.calendar_method is not None


def apply_rules(reading: Reading, signs: Signs) -> RuleCall | None:
    """The first rule that is sure, or None."""
    for rule in RULES:
        call = rule(reading, signs)
        if call is not None:
            return call
    return None


_ABOUT_CANDIDACY = frozenset(
    {Act.CANDIDACY, Act.RECEIVED, Act.INVITE_TALK, Act.TEST_INVITE, Act.OFFER_TERMS, Act.PROGRESS}
)
_OUTCOMES = frozenset(
    {Act.DECLINE, Act.FILLED, Act.OFFER_TERMS, Act.INVITE_TALK, Act.TEST_INVITE, Act.RECEIVED}
)


def _calendar_invitation(reading: Reading, signs: Signs) -> RuleCall | None:
    """A calendar part from somebody whose mail or thread is about a candidacy is an interview."""
    if reading.facts.calendar_method not in {"request", "cancel", "publish"} or Act.CHATTER in signs.mail:
        return None
    facts = reading.facts
    about = "thread:job" in facts or "sender:ats" in facts or bool(_ABOUT_CANDIDACY & signs.mail)
    return RuleCall(EmailClass.INTERVIEW_REQUEST, 0.95, "calendar_invitation") if about else None


def _alert_sender(reading: Reading, signs: Signs) -> RuleCall | None:
    """Alert addresses send nothing but alerts."""
    if (
        "sender:alert" in reading.facts
        and not (signs.mail & {Act.DECLINE, Act.FILLED})
        and Act.RECEIVED not in signs.subject
    ):
        return RuleCall(EmailClass.JOB_ALERT, 0.96, "alert_sender")
    return None


def _list_of_jobs(reading: Reading, signs: Signs) -> RuleCall | None:
    """A mail that is mostly a list of advertised jobs, with nothing said about an application."""
    if "shape:mostly_digest" not in reading.facts or Act.DIGEST_ITEM not in signs.mail:
        return None
    if signs.opening & _OUTCOMES or signs.subject & _OUTCOMES:
        return None
    return RuleCall(EmailClass.JOB_ALERT, 0.93, "list_of_jobs")


def _account_mail(reading: Reading, signs: Signs) -> RuleCall | None:
    """Codes, passwords and address checks are not about an application, even when an ATS sends them."""
    if len(reading.voting) > 9 or Act.ACCOUNT not in signs.subject | signs.opening:
        return None
    if signs.mail & (
        _OUTCOMES | {Act.PROGRESS, Act.THANKS, Act.WILL_REVIEW, Act.ASK_INFO, Act.FIXED_SLOT, Act.PITCH}
    ):
        return None
    return RuleCall(EmailClass.NOT_JOB_RELATED, 0.93, "account_mail")


def _mailing_list(reading: Reading, signs: Signs) -> RuleCall | None:
    """A discussion list that never speaks of jobs."""
    if "list:id" in reading.facts and not signs.mail & (
        _ABOUT_CANDIDACY | {Act.PITCH, Act.DIGEST_ITEM, Act.JOB_TERMS}
    ):
        return RuleCall(EmailClass.NOT_JOB_RELATED, 0.95, "mailing_list")
    return None


def _other_application(reading: Reading, signs: Signs) -> RuleCall | None:
    """Applications for permits, loans and school places use the words of job applications, and never come from a
    system for job applications ("Insurance: application received" is about a job at an insurer)."""
    job = {Act.INVITE_TALK, Act.TALK_TOPIC, Act.TEST_INVITE, Act.PITCH, Act.DIGEST_ITEM, Act.KEEP_ON_FILE}
    if Act.OTHER_APPLICATION not in signs.mail or signs.mail & job or "sender:ats" in reading.facts:
        return None
    if Act.OFFER_TERMS in signs.mail and Act.CANDIDACY in signs.mail:
        return None
    return RuleCall(EmailClass.NOT_JOB_RELATED, 0.9, "other_application")


def _plain_receipt(_reading: Reading, signs: Signs) -> RuleCall | None:
    """A receipt that says so in its subject, or says what comes next, and says nothing else."""
    quiet = {Act.THANKS, Act.RECEIVED, Act.WILL_REVIEW, Act.CONTACT_IF_MATCH, Act.WISH_LUCK, Act.KEEP_ON_FILE}
    quiet |= {Act.REAPPLY, Act.PRELUDE, Act.CANDIDACY, Act.JOB_TERMS}
    promised = {Act.WILL_REVIEW, Act.CONTACT_IF_MATCH} & signs.mail
    said = Act.RECEIVED in signs.subject or (Act.RECEIVED in signs.opening and promised)
    if not said or Act.CANDIDACY not in signs.mail or signs.mail - quiet:
        return None
    return RuleCall(EmailClass.APPLICATION_RECEIVED, 0.96, "plain_receipt")


_AGAINST_REFUSAL = frozenset(
    {
        Act.OFFER_TERMS,
        Act.TEST_INVITE,
        Act.ASK_AVAILABILITY,
        Act.FIXED_SLOT,
        Act.COMMERCE,
        Act.EMPLOYEE,
        Act.CHATTER,
        Act.PITCH,
        Act.INVITE_TALK,
        Act.ACCOUNT,
        Act.PROMOTION,
    }
)


def _plain_rejection(_reading: Reading, signs: Signs) -> RuleCall | None:
    """A refusal in the words of refusals, with nothing in the mail that offers, invites or asks."""
    if Act.DECLINE not in signs.anywhere or Act.CANDIDACY not in signs.mail or signs.mail & _AGAINST_REFUSAL:
        return None
    manners = {
        Act.THANKS,
        Act.WISH_LUCK,
        Act.KEEP_ON_FILE,
        Act.REAPPLY,
        Act.AFTER_TALK,
        Act.FILLED,
        Act.REGRET,
        Act.PRELUDE,
    }
    count = len(signs.mail & manners)
    return (
        RuleCall(EmailClass.REJECTION, MAX_CONFIDENCE if count > 1 else 0.93, "plain_rejection")
        if count
        else None
    )


RULES: tuple[Rule, ...] = (
    _calendar_invitation,
    _alert_sender,
    _list_of_jobs,
    _account_mail,
    _mailing_list,
    _other_application,
    _plain_rejection,
    _plain_receipt,
)


def _from_rule(call: RuleCall, shares: Mapping[EmailClass, float]) -> Decision:
    """A rule's class with its confidence; when the model disagrees strongly, a person should look."""
    ranked = sorted((c for c in shares if c is not call.email_class), key=lambda c: (-shares[c], c.value))
    rest = 1.0 - call.confidence
    others = sum(shares[c] for c in ranked) or 1.0
    doubtful = shares[call.email_class] < 0.05
    confidence = call.confidence if not doubtful else min(call.confidence, 0.75)
    runner_ups = tuple(
        RunnerUp(c, round(shares[c] / others * rest, 4))
        for c in ranked[:3]
        if shares[c] / others * rest >= 0.01
    )
    return Decision(
        call.email_class, confidence, runner_ups, False, doubtful, (f"rule:{call.name}",), "rules"
    )


def _reasons(signs: Signs) -> tuple[str, ...]:
    quiet = {Act.CANDIDACY, Act.JOB_TERMS}
    named = [f"subject:{act.value}" for act in Act if act in signs.subject and act not in quiet]
    named += [act.value for act in Act if act in signs.anywhere and act not in quiet]
    return tuple(named[:8])
