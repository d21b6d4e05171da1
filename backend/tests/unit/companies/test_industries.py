"""The shipped table of industries stands on the keys that companies are compared by."""

from __future__ import annotations

import pytest

from app.companies.industries import INDUSTRIES, UNKNOWN, industry_of
from app.companies.industries import _names as names_of_table
from app.companies.service import company_key


def test_names_are_keys() -> None:
    assert {key for key in names_of_table() if company_key(key) != key} == set()


@pytest.mark.parametrize(
    ("name", "industry"),
    [
        ("Siemens AG", "hardware"),
        ("Finch & Barrow Bank", "finance"),
        ("Osprey Freight Ltd.", "logistics"),
        ("Heron Hill Hospital", "health"),
        ("Ruhrwerk Logistik GmbH", "logistics"),
        ("Gridlark", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_industry(name: str, industry: str) -> None:
    assert industry_of(company_key(name)) == industry
    assert industry == UNKNOWN or industry in INDUSTRIES
