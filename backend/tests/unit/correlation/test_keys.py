"""Which mails are looked at together."""

from __future__ import annotations

import pytest

from app.correlation.keys import (
    KnownNames,
    component_keys,
    components,
    conversation_subject,
    is_short_form,
    linking_domain,
)
from tests.factories.links import INTERVIEW, RECEIVED, make_facts


def test_keys_of_a_mail() -> None:
    mail = make_facts(
        7,
        0,
        RECEIVED,
        "Fernhollow Group",
        "Data Engineer",
        references=("<3>",),
        threads=("1:t",),
        identifiers=("req:r-7",),
        sender_domain="fernhollow.com",
    )
    assert component_keys(mail) == (
        "msg:<7>",
        "msg:<3>",
        "thread:1:t",
        "id:req:r-7",
        "company:fernhollowgroup",
        "company:fernhollow",
        "initials:fg",
        "domain:fernhollow.com",
    )


def test_only_conversations_of_people_have_a_subject_key() -> None:
    automatic = make_facts(1, 0, RECEIVED, subject="Thank you for applying")
    answer = make_facts(2, 0, RECEIVED, subject="Re: Thank you for applying")
    assert not any(key.startswith("subject:") for key in component_keys(automatic))
    assert "subject:thank you for applying" in component_keys(answer)


def test_a_key_fits_into_its_column() -> None:
    mail = make_facts(1, 0, RECEIVED, references=("<" + "x" * 900 + ">",))
    assert max(map(len, component_keys(mail))) <= 300


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ada@mail.fernhollow.co.uk", "fernhollow.co.uk"),
        ("ada@fernhollow.example", "fernhollow.example"),
        ("no-reply@us.greenhouse-mail.io", None),
        ("someone@gmail.com", None),
        ("no-reply@calendly.com", None),
        ("not an address", None),
        ("root@localhost", None),
        ("ada@10.0.0.1", None),
    ],
)
def test_the_domain_to_compare_senders_by(address: str, domain: str | None) -> None:
    assert linking_domain(address) == domain


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        ("Your application", ("your application", False)),
        ("RE: AW: Re[2]: Your  application!", ("your application", True)),
        ("Re: Hello", ("", True)),
        ("Regarding your application", ("regarding your application", False)),
        ("", ("", False)),
    ],
)
def test_what_a_conversation_is_called(subject: str, wanted: tuple[str, bool]) -> None:
    assert conversation_subject(subject) == wanted


def test_short_forms() -> None:
    assert is_short_form("northwind", "northwind robotics")
    assert is_short_form("northwind robotics", "northwind")
    assert not is_short_form("northwind", "northwind")
    assert not is_short_form("northwind foods", "northwind robotics")
    assert not is_short_form("berlin", "berlin robotics")
    assert not is_short_form("", "northwind")


def test_names_with_a_slip_are_found() -> None:
    known = ["northwind robotics", "fernhollow", "marlowe"]
    assert KnownNames(known).similar("northwnid robotics") == ["northwind robotics"]
    assert KnownNames(known).similar("robotics northwind") == ["northwind robotics"]


def test_components_join_over_several_bridges() -> None:
    mails = [
        make_facts(1, 0, RECEIVED, "Fernhollow", "Nurse"),
        make_facts(2, 1, INTERVIEW, "Fernholow"),
        make_facts(3, 2, INTERVIEW, "Fernholow", threads=("1:t",)),
        make_facts(4, 3, INTERVIEW, threads=("1:t",)),
        make_facts(5, 3, RECEIVED, "Marlowe", "Nurse"),
    ]
    assert [[mail.email_id for mail in component] for component in components(mails)] == [[1, 2, 3, 4], [5]]
