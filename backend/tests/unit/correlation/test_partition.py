"""The five stages, and the cases in which a tracker goes wrong."""

from __future__ import annotations

from app.correlation.partition import partition
from tests.factories.links import (
    INTERVIEW,
    RECEIVED,
    REJECTION,
    UPDATE,
    ids,
    make_facts,
    methods,
)


def test_a_reply_joins_whatever_it_says() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 3, INTERVIEW, "Talent Desk", references=("<1>",)),
            make_facts(3, 4, UPDATE, threads=("1:t9",), references=("<2>",)),
            make_facts(4, 5, UPDATE, threads=("1:t9",)),
        ]
    )
    assert ids(result) == [[1, 2, 3, 4]]
    assert methods(result) == {1: "new", 2: "thread", 3: "thread", 4: "thread"}


def test_equal_looking_automatic_mail_in_one_thread_stays_apart() -> None:
    """Providers thread by subject: two confirmations of one system are two applications."""
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", threads=("1:t",)),
            make_facts(2, 1, RECEIVED, "Marlowe Labs", "Data Engineer", threads=("1:t",)),
            make_facts(3, 2, RECEIVED, "Fernhollow", "Product Designer", threads=("1:t",)),
            make_facts(4, 3, REJECTION, "Fernhollow", "Product Designer", threads=("1:t",)),
        ]
    )
    assert ids(result) == [[1], [2], [3, 4]]


def test_an_identifier_beats_other_words_for_the_title() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", identifiers=("req:r-7",)),
            make_facts(2, 1, RECEIVED, "Fernhollow", "Analytics Engineer", identifiers=("req:r-8",)),
            make_facts(3, 9, REJECTION, "Fernhollow", "Engineer in our data team", identifiers=("req:r-7",)),
        ]
    )
    assert ids(result) == [[1, 3], [2]]
    assert methods(result)[3] == "identifier"


def test_a_short_requisition_number_means_nothing_at_another_company() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", identifiers=("req:1001",)),
            make_facts(2, 1, RECEIVED, "Marlowe Labs", "Nurse", identifiers=("req:1001",)),
        ]
    )
    assert ids(result) == [[1], [2]]


def test_same_title_with_two_requisitions_is_two_openings() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer", identifiers=("req:r-7",)),
            make_facts(2, 1, RECEIVED, "Fernhollow", "Data Engineer", identifiers=("req:r-9",)),
            make_facts(3, 8, REJECTION, "Fernhollow", "Data Engineer", identifiers=("req:r-7",)),
        ]
    )
    assert ids(result) == [[1, 3], [2]]


def test_same_company_twice_senior_and_staff() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow GmbH", "Senior Software Engineer (m/w/d)"),
            make_facts(2, 1, RECEIVED, "Fernhollow", "Staff Software Engineer"),
            make_facts(3, 9, INTERVIEW, "Fernhollow", "Staff Software Engineer"),
            make_facts(4, 12, REJECTION, "Fernhollow", "Sr. Software Engineer"),
        ]
    )
    assert ids(result) == [[1, 4], [2, 3]]
    assert set(methods(result).values()) == {"new", "exact"}


def test_spellings_of_company_and_title_are_fuzzy_links_with_their_evidence() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow Group", "Software Engineer, Payments"),
            make_facts(2, 20, INTERVIEW, "Fernhollow", "Software Engineer"),
        ]
    )
    assert ids(result) == [[1, 2]]
    link = result.groups[0].mails[1]
    assert link.method == "fuzzy"
    assert link.margin is None
    assert link.evidence["title_similarity"] >= 0.80
    assert link.evidence["company_similarity"] >= 0.90


def test_fuzzy_between_two_equally_good_ones_asks() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Software Engineer, Payments"),
            make_facts(2, 1, RECEIVED, "Fernhollow", "Software Engineer, Platform"),
            make_facts(3, 9, INTERVIEW, "Fernhollow", "Software Engineer"),
        ]
    )
    assert ids(result) == [[1], [2]]
    assert [(u.email_id, u.reason, u.candidates) for u in result.unplaced] == [(3, "ambiguous", (1, 2))]


def test_fuzzy_needs_an_open_application_heard_of_lately() -> None:
    first = make_facts(1, 0, RECEIVED, "Fernhollow", "Software Engineer, Payments")
    assert ids(partition([first, make_facts(2, 179, INTERVIEW, "Fernhollow", "Software Engineer")])) == [
        [1, 2]
    ]
    closed = make_facts(3, 5, REJECTION, "Fernhollow", "Software Engineer, Payments")
    later = make_facts(4, 9, INTERVIEW, "Fernhollow", "Software Engineer")
    assert ids(partition([first, closed, later])) == [[1, 3], [4]]


def test_company_only_joins_the_one_open_application() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 1, RECEIVED, "Fernhollow", "Product Designer"),
            make_facts(3, 4, REJECTION, "Fernhollow", "Data Engineer"),
            make_facts(4, 6, INTERVIEW, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1, 3], [2, 4]]
    assert methods(result)[4] == "company"


def test_company_only_between_several_asks_which_one() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 1, RECEIVED, "Fernhollow", "Product Designer"),
            make_facts(3, 4, REJECTION, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1], [2]]
    assert result.unplaced[0].reason == "ambiguous"
    assert result.unplaced[0].candidates == (1, 2)


def test_the_recruiter_who_wrote_before_decides_between_several() -> None:
    ada = "ada.sample@fernhollow.example"
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 1, RECEIVED, "Fernhollow", "Product Designer"),
            make_facts(3, 4, INTERVIEW, "Fernhollow", "Product Designer", sender_email=ada),
            make_facts(4, 6, UPDATE, "Fernhollow", sender_email=ada),
        ]
    )
    assert ids(result) == [[1], [2, 3, 4]]


def test_of_two_applications_far_apart_the_active_one_is_meant() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 150, RECEIVED, "Fernhollow", "Product Designer"),
            make_facts(3, 156, INTERVIEW, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1], [2, 3]]


def test_a_board_and_the_company_confirm_one_application() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 0.1, RECEIVED, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1, 2]]


def test_a_second_confirmation_months_later_is_a_second_application() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 60, RECEIVED, "Fernhollow"),
        ]
    )
    assert ids(result) == [[1], [2]]


def test_the_title_comes_later() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow"),
            make_facts(2, 5, INTERVIEW, "Fernhollow", "Data Engineer"),
            make_facts(3, 8, REJECTION, "Fernhollow", "Data Engineer"),
        ]
    )
    assert ids(result) == [[1, 2, 3]]
    assert methods(result) == {1: "new", 2: "company", 3: "exact"}


def test_a_title_worded_shorter_joins_the_only_open_application() -> None:
    first = make_facts(1, 0, RECEIVED, "Fernhollow", "Cross-Regional Professional Software Developer")
    assert ids(partition([first, make_facts(2, 5, REJECTION, "Fernhollow", "Software Developer")])) == [
        [1, 2]
    ]
    assert ids(partition([first, make_facts(2, 5, RECEIVED, "Fernhollow", "Software Developer")])) == [
        [1],
        [2],
    ]


def test_another_level_is_another_job() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Software Engineer"),
            make_facts(2, 5, INTERVIEW, "Fernhollow", "Senior Software Engineer"),
        ]
    )
    assert ids(result) == [[1], [2]]
