"""Place, pay, requisition number, job link, and interviews from words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.classification.values import EmailClass
from tests.unit.entities.mails import extract, make_email

RECEIVED, REJECTION, INTERVIEW, OFFER = (
    EmailClass.APPLICATION_RECEIVED,
    EmailClass.REJECTION,
    EmailClass.INTERVIEW_REQUEST,
    EmailClass.OFFER,
)


@pytest.mark.parametrize(
    ("text", "location"),
    [
        (
            "Thank you for applying to the Data Analyst position at Oakhaven in Weston, Massachusetts.",
            "Weston, Massachusetts",
        ),
        ("We got your application for Data Analyst (m/f/d) - Berlin. Thank you!", "Berlin"),
        ("A new role.\nJob location: Fern Park, Level 3\nRegards", "Fern Park, Level 3"),
        ("Standort: München\nVielen Dank für Ihre Bewerbung.", "München"),
        ("The team is based in Amsterdam, and we like it.", "Amsterdam"),
        ("This is a fully remote position.", "fully remote"),
        ("Thank you for applying.", None),
        ("Location: https://zoom.us/j/123", None),
    ],
)
def test_location(text: str, location: str | None) -> None:
    assert extract(make_email(text), RECEIVED).location == location


def test_the_place_of_an_interview_is_not_the_place_of_the_job() -> None:
    found = extract(
        make_email("Your interview is on March 12 at 3 pm.\nLocation: Fern Street 12, Room 4"), INTERVIEW
    )
    assert found.location is None
    assert found.interview is not None
    assert found.interview.place == "Fern Street 12, Room 4"


@pytest.mark.parametrize(
    ("text", "salary"),
    [
        ("The base salary is $145,000 per year.", "$145,000 per year"),
        ("Compensation: $120k - $150k", "$120k - $150k"),
        ("The range is €65.000 – €80.000 brutto im Jahr.", "€65.000 – €80.000 brutto im Jahr"),
        ("We pay 55 EUR per hour.", "55 EUR per hour"),
        ("Salary: ₹12,80,000 CTC", "₹12,80,000 CTC"),
        ("an hourly rate of £32/hour", "£32/hour"),
        ("We raised $50M in our Series B.", None),
        ("A $25 gift card for your time.", None),
        ("It costs $5 to park.", None),
        ("Thank you.", None),
    ],
)
def test_salary(text: str, salary: str | None) -> None:
    assert extract(make_email(text), OFFER).salary_text == salary


@pytest.mark.parametrize(
    ("text", "subject", "number"),
    [
        ("Requisition ID: 3142836", "", "3142836"),
        ("We got it.", "Data Analyst (R-23154)", "R-23154"),
        ("Your application for JR-10443 was received.", "", "JR-10443"),
        ("Job ID 1211453 is open.", "", "1211453"),
        ("Ausschreibungsnummer: req22547", "", "req22547"),
        ("We got it.", "Vielen Dank - 1620398 Consultant (m/w/d)", "1620398"),
        ("We got it.", "Data Analyst Req #A-123", "A-123"),
        ("Founded in 2019 with 300 people, call 555 1234.", "Summer 2026", None),
        ("Reference check on March 12", "", None),
    ],
)
def test_requisition(text: str, subject: str, number: str | None) -> None:
    assert extract(make_email(text, subject), RECEIVED).requisition_id == number


def test_the_job_link_is_canonical_and_names_the_company() -> None:
    link = "https://boards.greenhouse.io/redfern/jobs/4455667?gh_src=x"
    found = extract(make_email("See the job again: " + link, links=(link,)), RECEIVED)
    assert found.job_url == "https://job-boards.greenhouse.io/redfern/jobs/4455667"
    assert found.company_name == "Redfern"


def test_a_list_of_jobs_is_not_the_job_of_the_mail() -> None:
    links = tuple(f"https://boards.greenhouse.io/company{n}/jobs/{n}00" for n in range(1, 5))
    assert extract(make_email("Similar jobs", links=links), RECEIVED).job_url is None


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Your interview on March 12 at 3 pm is confirmed.", "request"),
        ("Your interview on March 12 at 3 pm has been cancelled.", "cancel"),
        ("We need to cancel. The interview on March 12 at 3 pm will not happen.", "cancel"),
        ("Your interview has been rescheduled to March 12 at 3 pm.", "reschedule"),
        ("Das Gespräch wurde auf den 12. März um 15 Uhr verschoben.", "reschedule"),
        ("Interview on March 12 at 3 pm. If you need to reschedule, let us know.", "request"),
        ("Interview on March 12 at 3 pm. If you need to cancel, reply to this mail.", "request"),
    ],
)
def test_interview_methods(text: str, method: str) -> None:
    interview = extract(make_email(text), INTERVIEW).interview
    assert interview is not None
    assert interview.method == method
    assert interview.starts_at == datetime(2026, 3, 12, 15, tzinfo=UTC)


def test_a_reschedule_takes_the_new_time() -> None:
    text = "Your interview moved from Tuesday, March 10 at 1 pm to Thursday, March 12 at 3 pm EST."
    interview = extract(make_email(text), INTERVIEW).interview
    assert interview is not None
    assert interview.starts_at == datetime(2026, 3, 12, 19, tzinfo=UTC)
    assert interview.time_zone == "America/New_York"


def test_offered_times_are_no_appointment() -> None:
    text = "Which of these times works for you: Tuesday, March 10 at 1 pm or Thursday, March 12 at 3 pm?"
    interview = extract(make_email(text), INTERVIEW).interview
    assert interview is None or interview.starts_at is None


@pytest.mark.parametrize(
    ("text", "round_name"),
    [
        ("We invite you to a phone screen.", "phone screen"),
        ("We invite you to a technical interview.", "technical"),
        ("We invite you to the final round.", "final"),
        ("Wir laden Sie zum Zweitgespräch ein.", "second"),
        ("Join us for a virtual onsite.", "onsite"),
        ("A chat with the hiring manager.", "hiring manager"),
    ],
)
def test_rounds(text: str, round_name: str) -> None:
    interview = extract(make_email(text), INTERVIEW).interview
    assert interview is not None
    assert interview.round == round_name


def test_an_invitation_that_states_nothing_has_no_interview() -> None:
    assert extract(make_email("We would like to meet you soon."), INTERVIEW).interview is None


def test_words_of_other_mail_are_no_interview() -> None:
    assert (
        extract(make_email("We met on March 12 at 3 pm for a technical interview."), REJECTION).interview
        is None
    )


def test_meeting_links_and_duration() -> None:
    text = "Your 45-minute interview: March 12, 3:00 PM CET. Join at https://meet.google.com/abc-defg-hij"
    interview = extract(make_email(text), INTERVIEW).interview
    assert interview is not None
    assert interview.place == "https://meet.google.com/abc-defg-hij"
    assert interview.ends_at == datetime(2026, 3, 12, 14, 45, tzinfo=UTC)


def test_an_offer_says_nothing_about_interviews() -> None:
    assert extract(make_email("We offer you the job. Start on March 12 at 9 am."), OFFER).interview is None
