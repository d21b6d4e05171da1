"""Pairs of applications that may be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.companies import service as companies
from app.intake.duplicates import MOST_PAIRS, Row, compare, find_duplicates

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def row(number: int, company: str, title: str = "", day: float = 0, **more: object) -> Row:
    at = START + timedelta(days=day)
    made = Row(
        number,
        companies.company_key(company),
        companies.title_key(title) if title else "",
        None,
        None,
        at,
        at + timedelta(days=5),
        None,
    )
    return replace(made, **more)  # type: ignore[arg-type]


ONE = row(1, "Larkspur Systems GmbH", "Data Engineer (m/w/d)")


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (row(2, "Larkspur Systems", "Data Engineer", 3), ("same_company", "same_title")),
        (row(2, "Larkspur Sytems", "Data Engineer", 3), ("similar_company", "same_title")),
        (row(2, "Larkspur Systems", "", 3), ("same_company", "no_title")),
    ],
    ids=["the same", "a slip", "no title"],
)
def test_doubles(other: Row, reasons: tuple[str, ...]) -> None:
    pair = compare(other, ONE)
    assert pair is not None
    assert (pair.first_id, pair.second_id, pair.reasons) == (1, 2, reasons)
    assert 0.5 < pair.score <= 1


@pytest.mark.parametrize(
    "other",
    [
        row(2, "Larkspur Systems", "Head Gardener", 3),
        row(2, "Larkspur Systems", "Senior Data Engineer", 3),
        row(2, "Foxglove Labs", "Data Engineer", 3),
        row(2, "Larkspur Systems", "", 60),
        row(2, "Larkspur Systems", "Data Engineer", 300),
    ],
    ids=["another job", "another level", "another company", "no title and far", "again"],
)
def test_no_doubles(other: Row) -> None:
    assert compare(ONE, other) is None


def test_identifiers_decide() -> None:
    link = "https://boards.greenhouse.io/larkspur/jobs/42?gh_src=mail"
    page = "https://job-boards.greenhouse.io/larkspur/jobs/42"
    other = row(2, "Bluebell Holding", "Gardener", 3, job_url=page)
    pair = compare(replace(ONE, job_url=link), other)
    assert pair is not None
    assert (pair.score, pair.reasons) == (1.0, ("same_link",))
    same = row(2, "Larkspur Systems", "Engineer for data", 3, requisition_id="R-7")
    pair = compare(replace(ONE, requisition_id="r-7"), same)
    assert pair is not None
    assert "same_requisition" in pair.reasons
    twin = row(2, "Larkspur Systems", "Data Engineer", 3, requisition_id="R-8")
    assert compare(replace(ONE, requisition_id="R-7"), twin) is None


def test_an_application_made_again_is_no_double() -> None:
    over = replace(ONE, ended_at=START + timedelta(days=10))
    assert compare(over, row(2, "Larkspur Systems", "Data Engineer", 12)) is None
    assert compare(over, row(2, "Larkspur Systems", "Data Engineer", 8)) is not None


def test_likeliest_first_and_dismissed_ones_left_out() -> None:
    rows = [ONE, row(2, "Larkspur Systems", "", 3), row(3, "Larkspur Systems", "Data Engineer", 4)]
    found = find_duplicates(rows)
    assert [(p.first_id, p.second_id) for p in found] == [(1, 3), (1, 2), (2, 3)]
    left = find_duplicates(rows[::-1], {frozenset((1, 3))})
    assert [(p.first_id, p.second_id) for p in left] == [(1, 2), (2, 3)]


def test_many_of_one_company_end_soon() -> None:
    rows = [row(n, "Larkspur Systems", "Data Engineer", n / 100) for n in range(3_000)]
    assert len(find_duplicates(rows)) == MOST_PAIRS
