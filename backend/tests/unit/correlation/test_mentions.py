"""Mail that states no company and mentions one all the same: in its subject, by its sender's name, by initials."""

from __future__ import annotations

import pytest

from app.correlation.keys import connect, keys_to_ask, stands_for
from app.correlation.mentions import mentioned_names
from app.correlation.partition import partition
from app.correlation.values import MailFacts
from tests.factories.links import INTERVIEW, RECEIVED, REJECTION, UPDATE, ids, make_facts


def make_mention(
    email_id: int, day: float, email_class: str, subject: str, sender: str = "", title: str = ""
) -> MailFacts:
    names = mentioned_names(subject, sender)
    return make_facts(email_id, day, email_class, "", title, subject=subject, mentions=names)


@pytest.mark.parametrize(
    ("subject", "sender", "name"),
    [
        ("Fernhollow call today", "", "fernhollow"),
        ("Re: your day at Tidewater Analytics", "", "tidewater analytics"),
        ("News from Müller & Söhne", "", "mueller and soehne"),
        ("BRZ: Ihr Gespräch", "", "brz"),
        ("", "Ada at Fernhollow", "fernhollow"),
        ("", "Fernhollow Recruiting", "fernhollow"),
        ("", "F5", "f5"),
    ],
)
def test_names_in_subject_and_sender(subject: str, sender: str, name: str) -> None:
    assert name in mentioned_names(subject, sender)


def test_ordinary_words_and_systems_are_nobody() -> None:
    names = mentioned_names("Your Application - Phone Interview With Our Team", "Greenhouse")
    assert not {"application", "phone", "interview", "team", "greenhouse"} & set(names)
    assert len(mentioned_names(" ".join(f"Word{n}" for n in range(60)), "")) <= 24


def test_a_mentioned_company_takes_the_mail() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow Group", "Data Engineer"),
            make_facts(2, 1, RECEIVED, "Marlowe", "Data Engineer"),
            make_mention(3, 5, INTERVIEW, "Fernhollow call today"),
        ]
    )
    assert ids(result) == [[1, 3], [2]]


def test_two_companies_of_that_name_are_not_guessed_between() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow Robotics", "Data Engineer"),
            make_facts(2, 1, RECEIVED, "Fernhollow Foods", "Nurse"),
            make_mention(3, 5, UPDATE, "Fernhollow call today"),
        ]
    )
    assert ids(result) == [[1], [2]]
    assert [u.email_id for u in result.unplaced] == [3]


def test_two_mentioned_companies_are_not_guessed_between() -> None:
    result = partition(
        [
            make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
            make_facts(2, 1, RECEIVED, "Marlowe", "Nurse"),
            make_mention(3, 5, UPDATE, "Marlowe and the Fernhollow offer"),
        ]
    )
    assert ids(result) == [[1], [2]]


def test_a_company_signs_with_its_initials() -> None:
    mails = [
        make_facts(1, 0, RECEIVED, "Tidewater Analytics Works", "Data Engineer"),
        make_facts(2, 5, REJECTION, "TAW", "Data Engineer"),
        make_facts(3, 6, RECEIVED, "TAX", "Data Engineer"),
    ]
    assert ids(partition(mails)) == [[1, 2], [3]]
    assert stands_for("taw", "tidewater analytics works")
    assert not stands_for("tidewater analytics works", "tax")


def test_the_same_subject_about_the_same_job_again() -> None:
    subject = 'Ihre Bewerbung "Data Engineer"'
    first = make_facts(1, 0, INTERVIEW, "", "Data Engineer", subject=subject, sender_email="a@b.example")
    again = make_facts(
        2, 9, REJECTION, "Fernhollow", "Data Engineer", subject=subject, sender_email="a@b.example"
    )
    assert ids(partition([first, again])) == [[1, 2]]


def test_asking_keys_join_nobody_by_themselves() -> None:
    keys = {
        1: {"said:phone", "said:fernhollow"},
        2: {"said:phone"},
        3: {"company:fernhollow"},
        4: {"initials:fg"},
        5: {"initials:fg"},
        6: {"initials:mg", "company:marlowe"},
        7: {"acronym:mg"},
    }
    assert connect(keys) == [[1, 3], [2], [4], [5], [6, 7]]
    assert keys_to_ask(["said:x", "company:y", "initials:z"]) == {
        "company:x",
        "company:y",
        "said:y",
        "acronym:z",
    }
