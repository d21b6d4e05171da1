"""What begins a second application, what joins an earlier one late, and what begins none."""

from __future__ import annotations

import pytest

from app.correlation.partition import partition
from tests.factories.links import (
    ALERT,
    ASSESSMENT,
    INTERVIEW,
    OFFER,
    OTHER,
    OUTREACH,
    RECEIVED,
    REJECTION,
    UPDATE,
    ids,
    make_facts,
    make_own,
    methods,
)


def test_reapplication_after_a_rejection_and_mail_that_follows_it() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", identifiers=("req:r-7",)),
            make_facts(2, 10, REJECTION, "Fernhollow", "Data Engineer"),
            make_facts(3, 40, RECEIVED, "Fernhollow", "Data Engineer", identifiers=("req:r-7",)),
            make_facts(4, 50, INTERVIEW, "Fernhollow", "Data Engineer"),
            make_facts(5, 55, UPDATE, "Fernhollow", "Data Engineer", references=("<1>",)),
            make_facts(6, 60, REJECTION, "Fernhollow", "Data Engineer", identifiers=("req:r-7",)),
        ]
    )
    assert ids(result) == [[1, 2, 5], [3, 4, 6]]


def test_reapplication_after_long_silence() -> None:
    confirmations = [
        make_facts(n, day, RECEIVED, "Fernhollow", "Data Engineer") for n, day in ((1, 0), (2, 181))
    ]
    assert ids(partition(confirmations)) == [[1], [2]]
    again = [make_facts(n, day, RECEIVED, "Fernhollow", "Data Engineer") for n, day in ((1, 0), (2, 180))]
    assert ids(partition(again)) == [[1, 2]]


def test_an_instant_rejection_that_overtakes_the_confirmation() -> None:
    result = partition(
        [
            make_facts(1, 0, REJECTION, "Fernhollow", "Data Engineer"),
            make_facts(2, 0.01, RECEIVED, "Fernhollow", "Data Engineer"),
        ]
    )
    assert ids(result) == [[1, 2]]


@pytest.mark.parametrize("title", ["Data Engineer", ""])
@pytest.mark.parametrize("day", [20, 90, 300])
def test_a_late_rejection_of_a_closed_application_makes_no_new_one(title: str, day: int) -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 10, REJECTION, "Fernhollow", "Data Engineer"),
            make_facts(3, day, REJECTION, "Fernhollow", title),
        ]
    )
    assert ids(result) == [[1, 2, 3]]


def test_a_late_rejection_belongs_to_the_new_candidacy_when_there_is_one() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 10, REJECTION, "Fernhollow", "Data Engineer"),
            make_facts(3, 80, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(4, 90, REJECTION, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1, 2], [3, 4]]


def test_an_invitation_without_title_after_a_rejection_is_a_new_application() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 10, REJECTION, "Fernhollow", "Data Engineer"),
            make_facts(3, 14, UPDATE, "Fernhollow"),
            make_facts(4, 30, INTERVIEW, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1, 2, 3], [4]]


@pytest.mark.parametrize("email_class", [INTERVIEW, ASSESSMENT, OFFER, REJECTION, UPDATE])
def test_news_without_earlier_mail_begins_an_application(email_class: str) -> None:
    assert ids(partition([make_facts(1, 0, email_class, "Fernhollow")])) == [[1]]
    assert ids(partition([make_facts(1, 0, email_class, "", "Data Engineer")])) == [[1]]


def test_what_says_nothing_is_left_for_review() -> None:
    result = partition([make_facts(1, 0, INTERVIEW)])
    assert ids(result) == []
    assert [(u.email_id, u.reason) for u in result.unplaced] == [(1, "nothing_fits")]


def test_a_nameless_confirmation_is_an_application_all_the_same() -> None:
    assert ids(partition([make_facts(1, 0, RECEIVED)])) == [[1]]
    assert ids(partition([make_facts(1, 0, RECEIVED, message_id=None)])) == []


def test_the_employers_domain_is_the_company() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 3, INTERVIEW, sender_domain="fernhollow.com"),
            make_facts(3, 5, REJECTION, "", "Data Engineer", sender_domain="fernhollow.com"),
        ]
    )
    assert ids(result) == [[1, 2, 3]]


def test_an_agencys_domain_joins_no_clients() -> None:
    agency = "brightpeople.com"
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", sender_domain=agency),
            make_facts(2, 1, RECEIVED, "Marlowe Labs", "Data Engineer", sender_domain=agency),
        ]
    )
    assert ids(result) == [[1], [2]]


def test_a_domain_under_no_public_suffix_proves_nothing_by_itself() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "", "Data Engineer", sender_domain="unknown.example"),
            make_facts(2, 1, RECEIVED, "", "Nurse", sender_domain="unknown.example"),
            make_facts(3, 1, REJECTION, "", sender_domain="unknown.example"),
        ]
    )
    assert ids(result) == [[1], [2]]


def test_people_call_a_company_by_its_first_word() -> None:
    first = make_facts(1, 0, RECEIVED, "Tidewater Analytics", "Data Engineer")
    assert ids(partition([first, make_facts(2, 3, INTERVIEW, "Tidewater")])) == [[1, 2]]
    assert ids(partition([first, make_facts(2, 3, RECEIVED, "Tidewater")])) == [[1], [2]]


def test_alerts_and_other_mail_never_link() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", threads=("1:t",)),
            make_facts(2, 1, ALERT, "Fernhollow", "Data Engineer"),
            make_facts(3, 2, OTHER, "Fernhollow", references=("<1>",)),
            make_facts(4, 3, INTERVIEW, references=("<3>",)),
        ]
    )
    assert ids(result) == [[1, 4]]
    assert result.unplaced == ()


def test_pitches_and_own_mail_begin_nothing() -> None:
    result = partition(
        [make_facts(1, 0, OUTREACH, "Fernhollow", "Nurse"), make_own(2, 1, references=("<1>",))]
    )
    assert ids(result) == []
    assert result.unplaced == ()


def test_a_pitch_that_becomes_an_application() -> None:
    """The conversation is the application's, from the pitch on; the reply names nothing by itself."""
    result = partition(
        [
            make_facts(1, 0, OUTREACH, "Fernhollow", "Data Engineer"),
            make_own(2, 1, references=("<1>",)),
            make_facts(3, 2, INTERVIEW, references=("<2>", "<1>")),
            make_facts(4, 9, REJECTION, "Fernhollow", "Data Engineer"),
        ]
    )
    assert ids(result) == [[1, 2, 3, 4]]
    assert methods(result) == {1: "thread", 2: "thread", 3: "new", 4: "exact"}


def test_own_mail_that_began_the_conversation_joins_it() -> None:
    result = partition([make_own(1, 0), make_facts(2, 1, RECEIVED, "Fernhollow", references=("<1>",))])
    assert ids(result) == [[1, 2]]


def test_an_answer_without_references_is_found_by_its_subject() -> None:
    subject = "Your application at Fernhollow"
    result = partition(
        [
            make_facts(1, 0, INTERVIEW, "Fernhollow", subject=subject, sender_email="ada@fernhollow.example"),
            make_own(2, 1, subject=f"AW: Re: {subject}"),
            make_own(3, 2, subject=subject),
            make_own(4, 100, subject=f"Re: {subject}"),
        ]
    )
    assert ids(result) == [[1, 2, 3]]


def test_unsure_mail_links_firmly_or_asks() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 1, REJECTION, "Fernhollow", "Data Engineer", unsure=True),
            make_facts(3, 2, UPDATE, unsure=True, references=("<1>",)),
            make_facts(4, 3, UPDATE, "Fernhollow", unsure=True),
            make_facts(5, 4, INTERVIEW, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1, 2, 3, 5]]
    assert [(u.email_id, u.reason, u.candidates) for u in result.unplaced] == [(4, "unsure", (1,))]


def test_one_mail_is_never_in_two_groups_and_none_is_lost() -> None:
    mails = [
        make_facts(
            n, n / 3, [RECEIVED, INTERVIEW, REJECTION, UPDATE][n % 4], ["Fernhollow", "Marlowe"][n % 2]
        )
        for n in range(1, 40)
    ]
    result = partition(mails)
    seen = [email for group in ids(result) for email in group] + [u.email_id for u in result.unplaced]
    assert sorted(seen) == list(range(1, 40))


def test_an_ambiguous_mail_is_placed_by_a_later_answer() -> None:
    mails = [
        make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
        make_facts(2, 1, RECEIVED, "Fernhollow", "Product Designer"),
        make_facts(3, 4, INTERVIEW, "Fernhollow"),
        make_own(4, 5, references=("<3>",)),
    ]
    assert ids(partition(mails)) == [[1], [2]]
    answer = make_facts(5, 6, INTERVIEW, "Fernhollow", "Product Designer", references=("<3>", "<4>"))
    result = partition([*mails, answer])
    assert ids(result) == [[1], [2, 3, 4, 5]]
    assert result.unplaced == ()


def test_a_survey_after_the_end_begins_nothing() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Software Engineer, Payments"),
            make_facts(2, 9, REJECTION, "Fernhollow", "Software Engineer, Payments"),
            make_facts(3, 12, UPDATE, "Fernhollow", "Software Engineer"),
            make_facts(4, 14, UPDATE, "Fernhollow", "Engineer"),
        ]
    )
    assert ids(result) == [[1, 2, 3, 4]]


def test_a_domain_that_serves_two_companies_is_nobodys() -> None:
    relay = {"sender_domain": "hirepost.com"}
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", **relay),
            make_facts(2, 5, REJECTION, "", "Data Engineer", **relay),
            make_facts(3, 9, RECEIVED, "Marlowe Labs", "Nurse", **relay),
        ]
    )
    assert ids(result) == [[1], [2], [3]]
