"""What a mail asks the user to do, by when, and where."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.classification.values import EmailClass
from tests.unit.entities.mails import actions, make_email
from tests.unit.entities.test_calendars import make_calendar

INTERVIEW, TEST, OFFER = EmailClass.INTERVIEW_REQUEST, EmailClass.ASSESSMENT, EmailClass.OFFER
OUTREACH, STATUS = EmailClass.RECRUITER_OUTREACH, EmailClass.STATUS_UPDATE


@pytest.mark.parametrize(
    ("text", "email_class", "kinds"),
    [
        ("Please let me know your availability for a call next week.", INTERVIEW, ["reply"]),
        ("Welche Termine passen Ihnen? Bitte nennen Sie Ihre Verfügbarkeit.", INTERVIEW, ["reply"]),
        ("Your interview is on March 12 at 3 pm. Please confirm your attendance.", INTERVIEW, ["reply"]),
        ("Your interview is on March 12 at 3 pm. See you there!", INTERVIEW, []),
        ("Please pick a time for your interview in the portal.", INTERVIEW, ["schedule"]),
        ("Your interview on March 12 at 3 pm has been cancelled.", INTERVIEW, []),
        ("Please complete the coding test within 5 days.", TEST, ["assessment"]),
        ("Thank you for completing the assessment. We will review it.", TEST, []),
        (
            "We are pleased to offer you the job. Please sign the attached letter by March 20.",
            OFFER,
            ["sign_offer"],
        ),
        ("We are pleased to offer you the job! Let us talk on Monday.", OFFER, ["reply"]),
        ("Are you open to a new role? I would love to chat.", OUTREACH, ["reply"]),
        ("We wish you a great week. News from our agency.", OUTREACH, []),
        ("Please send us two references so that we can go on.", STATUS, ["provide_information"]),
        ("Could you confirm that you may work in Canada?", STATUS, ["reply"]),
        ("If you are selected, please provide references.", STATUS, []),
        ("Your application is still under review.", STATUS, []),
        (
            "Please upload your transcript to finish.",
            EmailClass.APPLICATION_RECEIVED,
            ["provide_information"],
        ),
        ("Thank you for applying.", EmailClass.APPLICATION_RECEIVED, []),
        ("Please complete our survey. You were not selected.", EmailClass.REJECTION, []),
        ("Apply now! Please send your resume.", EmailClass.JOB_ALERT, []),
        ("Please sign the form.", EmailClass.NOT_JOB_RELATED, []),
    ],
)
def test_kinds(text: str, email_class: EmailClass, kinds: list[str]) -> None:
    assert [item.kind for item in actions(make_email(text), email_class)] == kinds


@pytest.mark.parametrize(
    ("text", "email_class", "due"),
    [
        ("Please complete the test by Friday, March 6.", TEST, datetime(2026, 3, 6, 23, 59, tzinfo=UTC)),
        ("Please complete the test within 7 days.", TEST, datetime(2026, 3, 9, 23, 59, tzinfo=UTC)),
        (
            "We offer you the job. Please sign by March 20 at 5 pm.",
            OFFER,
            datetime(2026, 3, 20, 17, tzinfo=UTC),
        ),
        ("Please complete the test. It was due on February 20.", TEST, None),
        ("We offer you the job. Please sign. You start by June 15.", OFFER, None),
        ("Please complete the test.", TEST, None),
    ],
)
def test_due_dates(text: str, email_class: EmailClass, due: datetime | None) -> None:
    assert [item.due_at for item in actions(make_email(text), email_class)] == [due]


@pytest.mark.parametrize(
    ("link", "email_class", "kind"),
    [
        ("https://calendly.com/mia/30min", INTERVIEW, "schedule"),
        ("https://calendly.com/mia/30min", OUTREACH, "schedule"),
        ("https://app.codility.com/test/ABC", TEST, "assessment"),
        ("https://www.oakhaven.com/assessment/start?key=1", TEST, "assessment"),
        ("https://na3.docusign.net/Signing/x", OFFER, "sign_offer"),
    ],
)
def test_links(link: str, email_class: EmailClass, kind: str) -> None:
    (item,) = actions(make_email("Please use this link: " + link, links=(link,)), email_class)
    assert (item.kind, item.link) == (kind, link)
    assert actions(make_email("Please use this link: " + link), email_class)[0].kind == kind


def test_the_title_names_the_company() -> None:
    (item,) = actions(make_email("Thanks for applying at Oakhaven. Please complete the online test."), TEST)
    assert item.title == "Complete the assessment for Oakhaven"
    (bare,) = actions(make_email("Please complete the online test."), TEST)
    assert bare.title == "Complete the assessment"


def test_a_fixed_calendar_time_needs_no_scheduling() -> None:
    email = make_email(
        "See the invitation. To reschedule use https://calendly.com/reschedulings/x",
        calendar=make_calendar("DTSTART:20260312T140000Z"),
        links=("https://calendly.com/reschedulings/x",),
    )
    assert actions(email, INTERVIEW) == ()


def test_a_cancelled_interview_with_a_question_wants_a_new_time() -> None:
    email = make_email(
        "We had to cancel the interview. When are you free next week? Please share your availability."
    )
    assert [item.title for item in actions(email, INTERVIEW)] == ["Propose a new time"]
