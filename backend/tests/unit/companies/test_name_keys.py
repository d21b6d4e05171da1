"""Company keys and how alike they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companies.service import company_key, company_similarity

SAME = [
    ("Acme, Inc.", "ACME"),
    ("The Quillstone Company", "Quillstone"),
    ("Acme Robotics Hiring Team", "Acme Robotics"),
    ("Acme Robotics via Greenhouse", "acme robotics"),
    ("Müller & Söhne GmbH", "Mueller und Soehne"),
    ("Müller & Söhne GmbH & Co. KG", "MÜLLER UND SÖHNE"),
    ("Oakhaven Pvt. Ltd.", "Oakhaven"),
    ("Grupo Roble S.A. de C.V.", "Grupo Roble"),
    ("Jodła Sp. z o.o.", "Jodla"),
    ("Fjordlys A/S", "Fjordlys"),
    ("L'Érable", "LErable"),
    ("www.oakhaven.com", "Oakhaven"),
    ("Oakhaven.com", "Oakhaven"),
    ("Quillstone Talent Acquisition Team", "Quillstone"),
    ("Team Quillstone", "Quillstone"),
    ("Marrow & Pine", "Marrow and Pine"),
    ("Marrow\u200b \u00a0Pine", "Marrow Pine"),
]


@pytest.mark.parametrize(("written", "other"), SAME)
def test_spellings_of_one_company_share_a_key(written: str, other: str) -> None:
    joined = {"and", "und"}
    assert [w for w in company_key(written).split() if w not in joined] == [
        w for w in company_key(other).split() if w not in joined
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Inc", "inc"),
        ("X", "x"),
        ("", ""),
        ("   ", ""),
        ("Quillstone Group", "quillstone group"),
        ("Careers", "careers"),
        ("A.B.C. Partners LLC", "abc partners"),
        ("98point6", "98point6"),
        ("株式会社オーク", "株式会社オーク"),
    ],
)
def test_a_key_keeps_what_makes_the_name(name: str, key: str) -> None:
    assert company_key(name) == key


@given(st.text(max_size=120))
def test_keys_are_idempotent(name: str) -> None:
    key = company_key(name)
    assert company_key(key) == key
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Quillstone Group", "Quillstone"),
        ("Northwind Traders", "Northwnd Traders"),
        ("Acme Robotics", "AcmeRobotics"),
        ("Müller Optik", "Muller Optik"),
        ("Oakhaven Technologies Inc.", "Oakhaven"),
    ],
)
def test_near_spellings_may_be_joined(a: str, b: str) -> None:
    assert company_similarity(company_key(a), company_key(b)) >= 0.90


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Deutsche Bank", "Deutsche Bahn"),
        ("Oak Labs", "Oak Software"),
        ("Cobalt", "Cobalt Ridge"),
        ("Harbor Health", "Harbor Wealth"),
        ("First Energy", "First Synergy"),
        ("Studio 54", "Studio 64"),
        ("Meta", "Beta"),
        ("", "Acme"),
    ],
)
def test_different_companies_stay_apart(a: str, b: str) -> None:
    assert company_similarity(company_key(a), company_key(b)) < 0.90


@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_is_symmetric_and_bounded(a: str, b: str) -> None:
    a, b = company_key(a), company_key(b)
    assert company_similarity(a, b) == company_similarity(b, a)
    assert 0.0 <= company_similarity(a, b) <= 1.0
    assert company_similarity(a, a) == (1.0 if a else 0.0)
