"""What comes out of a table of ours runs in nobody's spreadsheet, and reads back as it was."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.portability.tables import weekly
from app.portability.tables.cells import csv_lines, harmless, text_of, unguarded
from app.portability.tables.columns import COLUMNS, heading
from app.portability.tables.errors import ReportBackwards, ReportTooLong

STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("start", [*STARTS, "\n", " =", "＝"])
def test_what_begins_like_a_formula_is_none(start: str) -> None:
    assert harmless(f"{start}HYPERLINK(1)").startswith("'")


@given(st.text())
def test_no_cell_is_a_formula_and_every_cell_reads_back(text: str) -> None:
    line = csv_lines([["first", text]])
    ((_, cell),) = csv.reader(io.StringIO(line, newline=""))
    assert not cell.startswith(STARTS)
    if not text.startswith("'"):
        assert unguarded(cell) == text


def test_an_apostrophe_of_ones_own_stays() -> None:
    assert unguarded(harmless("'s Hertogenbosch")) == "'s Hertogenbosch"


def test_moments_are_written_where_the_person_is() -> None:
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert text_of(at, ZoneInfo("Europe/Vienna")) == "2026-03-03 00:30"
    assert text_of(None, ZoneInfo("UTC")) == ""
    assert text_of(["remote", "garden"], ZoneInfo("UTC")) == "remote, garden"


def test_every_column_has_its_own_heading() -> None:
    assert len({heading(column) for column in COLUMNS}) == len(COLUMNS)


def test_a_report_covers_the_weeks_that_are_asked_for() -> None:
    wednesday = date(2026, 3, 4)
    assert weekly.period(None, None, wednesday) == (date(2026, 2, 9), wednesday)
    assert weekly.period(date(2026, 5, 1), None, wednesday) == (date(2026, 5, 1), date(2026, 5, 1))
    with pytest.raises(ReportBackwards):
        weekly.period(date(2026, 3, 2), date(2026, 3, 1), wednesday)
    with pytest.raises(ReportTooLong):
        weekly.period(date(2024, 3, 2), date(2026, 3, 1), wednesday)
