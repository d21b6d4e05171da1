"""The decision: which rule speaks when, and what the model's shares become."""

from __future__ import annotations

import pytest

from app.classification.decision import (
    MISS_COST,
    apply_rules,
    collect_signs,
    decide,
    expected_cost,
    temper,
)
from app.classification.model import MAX_CONFIDENCE, Prediction
from app.classification.reading import Reading, read
from app.classification.values import (
    Direction,
    EmailClass,
    EmailValue,
    HeaderFacts,
    ThreadContext,
)

INVITATION = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Talk\nEND:VEVENT\nEND:VCALENDAR\n"
CANCELLATION = INVITATION.replace("REQUEST", "CANCEL")
IN_APPLICATION = ThreadContext((EmailClass.APPLICATION_RECEIVED,), (Direction.IN,))
DIGEST = "\n\n".join(
    f"Data Analyst {n}\nBluefern - Springfield, IL\n{n} days ago\nApply now" for n in range(2, 9)
)


def reading_of(
    text: str = "", subject: str = "", context: ThreadContext | None = None, **fields: object
) -> Reading:
    values = {"sender_name": "", "sender_email": "", **fields}
    return read(EmailValue(subject=subject, text=text, **values), context or ThreadContext())  # type: ignore[arg-type]


def rule_of(reading: Reading) -> tuple[str, str] | None:
    call = apply_rules(reading, collect_signs(reading))
    return None if call is None else (call.name, call.email_class.value)


def shares(**given: float) -> Prediction:
    """A prediction with these class shares, the rest spread evenly; the gate is what they add up to."""
    rest = (1.0 - sum(given.values())) / (len(EmailClass) - len(given))
    classes = {c: given.get(c.value, rest) for c in EmailClass}
    not_job = classes[EmailClass.NOT_JOB_RELATED] + classes[EmailClass.JOB_ALERT]
    return Prediction(classes, 1.0 - not_job)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (
            reading_of("Interview with Bluefern", calendar=INVITATION),
            ("calendar_invitation", "INTERVIEW_REQUEST"),
        ),
        (
            reading_of("See you then.", calendar=CANCELLATION, context=IN_APPLICATION),
            ("calendar_invitation", "INTERVIEW_REQUEST"),
        ),
        (reading_of("Dinner at our place on Friday?", calendar=INVITATION), None),
        (reading_of("Weekly budget review", calendar=INVITATION), None),
        (
            reading_of("New for you", sender_email="jobalerts-noreply@linkedin.com"),
            ("alert_sender", "JOB_ALERT"),
        ),
        (reading_of("Here are new jobs for you.\n\n" + DIGEST), ("list_of_jobs", "JOB_ALERT")),
        (reading_of("We have received your application.\n\nHere are new jobs for you.\n\n" + DIGEST), None),
        (reading_of("Your verification code is 4421.", "Your code"), ("account_mail", "NOT_JOB_RELATED")),
        (
            reading_of(
                "Verify your email address.", "Candidate account", sender_email="no-reply@greenhouse.io"
            ),
            ("account_mail", "NOT_JOB_RELATED"),
        ),
        (
            reading_of(
                "> a patch\nThe parser breaks on long lines.",
                headers=HeaderFacts(list_id="users.example.org"),
            ),
            ("mailing_list", "NOT_JOB_RELATED"),
        ),
        (
            reading_of("Thank you for your application. Unfortunately, we have chosen another candidate."),
            ("plain_rejection", "REJECTION"),
        ),
        (
            reading_of(
                "Unfortunately, we have chosen another candidate. Please share your availability for a call."
            ),
            None,
        ),
        (
            reading_of(
                "If you do not hear from us, your application was not successful. Thank you for applying."
            ),
            None,
        ),
        (
            reading_of("We have received your application.", "Application received: Nurse"),
            ("plain_receipt", "APPLICATION_RECEIVED"),
        ),
        (
            reading_of(
                "We have received your application. It is still under review.", "Application received"
            ),
            None,
        ),
        (reading_of("Good morning"), None),
    ],
)
def test_rules(reading: Reading, expected: tuple[str, str] | None) -> None:
    assert rule_of(reading) == expected


def test_a_class_without_its_own_acts_is_all_but_ruled_out() -> None:
    reading = reading_of("Thank you for your time, the team liked you.", context=IN_APPLICATION)
    after = temper(reading, collect_signs(reading), shares(OFFER=0.6, STATUS_UPDATE=0.3))
    assert after[EmailClass.OFFER] < after[EmailClass.STATUS_UPDATE]
    assert sum(after.values()) == pytest.approx(1.0)


def test_a_refusal_speaks_against_interview_and_offer() -> None:
    reading = reading_of(
        "Please keep Monday free for a call. The job went to someone else, we hired another candidate."
    )
    before = shares(INTERVIEW_REQUEST=0.5, REJECTION=0.4)
    after = temper(reading, collect_signs(reading), before)
    assert after[EmailClass.REJECTION] > after[EmailClass.INTERVIEW_REQUEST]


def test_the_thread_keeps_casual_answers_related() -> None:
    prediction = shares(NOT_JOB_RELATED=0.7, STATUS_UPDATE=0.2)
    alone = decide(reading_of("Nothing is wrong, we need until Friday."), prediction)
    within = decide(reading_of("Nothing is wrong, we need until Friday.", context=IN_APPLICATION), prediction)
    assert alone.email_class is EmailClass.NOT_JOB_RELATED
    assert within.email_class is EmailClass.STATUS_UPDATE


def test_the_middle_band_is_unsure_and_keeps_the_likeliest_class() -> None:
    decision = decide(
        reading_of("About the position of the sofa"), shares(NOT_JOB_RELATED=0.5, STATUS_UPDATE=0.4)
    )
    assert decision.unsure
    assert decision.needs_review
    sure = decide(reading_of("About the sofa"), shares(NOT_JOB_RELATED=0.95))
    assert not sure.unsure
    assert not sure.needs_review


def test_confidence_is_clipped_and_runner_ups_follow_in_order() -> None:
    decision = decide(
        reading_of("Your application is under review."), shares(STATUS_UPDATE=0.9, APPLICATION_RECEIVED=0.06)
    )
    assert decision.confidence <= MAX_CONFIDENCE
    assert [r.email_class for r in decision.runner_ups][:1] == [EmailClass.APPLICATION_RECEIVED]
    probabilities = [r.probability for r in decision.runner_ups]
    assert probabilities == sorted(probabilities, reverse=True)


def test_review_weighs_a_missed_offer_more_than_a_missed_update() -> None:
    assert max(MISS_COST, key=lambda c: MISS_COST[c]) is EmailClass.OFFER
    offer = expected_cost({EmailClass.STATUS_UPDATE: 0.7, EmailClass.OFFER: 0.3}, EmailClass.STATUS_UPDATE)
    update = expected_cost({EmailClass.OFFER: 0.7, EmailClass.STATUS_UPDATE: 0.3}, EmailClass.OFFER)
    assert offer > update


def test_a_rule_that_the_model_contradicts_asks_for_review() -> None:
    reading = reading_of("Your verification code is 4421.", "Your code")
    agreed = decide(reading, shares(NOT_JOB_RELATED=0.9))
    doubted = decide(reading, shares(INTERVIEW_REQUEST=0.99, NOT_JOB_RELATED=0.0))
    assert agreed.classified_by == doubted.classified_by == "rules"
    assert not agreed.needs_review
    assert doubted.confidence < agreed.confidence
    assert doubted.needs_review


def test_an_unknown_language_is_never_confident() -> None:
    text = (
        "Hakemuksesi on vastaanotettu ja käymme sen läpi mahdollisimman pian, "
        "kiitos mielenkiinnostasi meitä kohtaan tänään"
    )
    decision = decide(reading_of(text), shares(APPLICATION_RECEIVED=0.95))
    assert decision.confidence <= 0.7
    assert decision.needs_review


@pytest.mark.parametrize("title", ["Account Manager", "Credit Analyst", "Insurance Broker", "Loan Officer"])
def test_a_profession_is_no_other_kind_of_application(title: str) -> None:
    """Applying for an account is not applying to look after accounts."""
    text = f"We have received your application for the {title} position and will review it."
    rule = rule_of(reading_of(text, f"Your application for {title}"))
    assert rule is None or rule[1] != "other_application"
    loan = rule_of(reading_of("We have received your application for a loan.", "Your loan application"))
    assert loan == ("other_application", "NOT_JOB_RELATED")


def test_a_system_for_job_applications_carries_no_other_kind() -> None:
    mail = reading_of(
        "We received your application for the Nurse position.",
        "Fernfield Insurance: application received",
        sender_email="no-reply@us.greenhouse-mail.io",
    )
    assert rule_of(mail) != ("other_application", "NOT_JOB_RELATED")
