"""Tables of other trackers: what is guessed, what is asked, what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.portability.tables.dates import OrderUnknown, order_of, read_moment
from app.portability.tables.errors import NotATable, TableTooLong
from app.portability.tables.guessing import guess_columns, guess_source, guess_stage
from app.portability.tables.planning import Planned, Scheme, map_table, plan
from app.portability.tables.reading import MOST_ROWS, read_table

ZONE = ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def planned(text: str, encoding: str = "utf-8") -> tuple[Scheme, list[Planned]]:
    table = read_table(text.encode(encoding))
    scheme = map_table(table)
    return scheme, plan(table, scheme, ZONE, NOW)


TRACKERS = {
    "board": "Company Name,Job Title,List Name,Location,Salary,Job Url,Date Added,Date Applied,Notes\n"
    "Larkspur,Gardener,Interview,Vienna,50k,https://larkspur.example/1,2026-01-05,2026-01-10,Call Mara\n",
    "saves": "Job Position,Company,Status,Location,Max. Salary,Date Saved,Date Applied,Follow up\n"
    "Gardener,Larkspur,Interviewing,Vienna,,2026-01-05T10:00:00.000Z,2026-01-10T10:00:00.000Z,\n",
    "fills": "jobTitle,companyName,jobUrl,appliedDate,status\n"
    'Gardener,Larkspur,https://larkspur.example/1,"Jan 10, 2026",SCREEN\n',
    "german": "Meine Bewerbungen;;;;\n;;;;\nFirma;Stelle (m/w/d);Beworben am;Status;Ansprechpartner\n"
    "Larkspur;Gardener;10.1.2026;Vorstellungsgespräch;Mara Sample mara@larkspur.example\n",
    "ours": "Application ID,Company,Job title,Stage,Applied\n7,Larkspur,Gardener,interview,2026-01-10 12:00\n",
}


@pytest.mark.parametrize("name", TRACKERS)
def test_tables_of_known_kinds_need_no_help(name: str) -> None:
    scheme, (row,) = planned(TRACKERS[name])
    assert row.problems == []
    assert (row.fields["company_name"], row.fields["job_title"]) == ("Larkspur", "Gardener")
    assert row.stage == "interview"
    assert row.applied_at is not None
    assert row.applied_at.astimezone(ZONE).date().isoformat() == "2026-01-10"
    assert [stage for stage, _ in row.stages] == ["applied", "interview"]
    assert not scheme.asks_order


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found(encoding: str, separator: str) -> None:
    lines = [["Firma", "Stelle", "Notiz"], ["Gärtnerei Süd", "Gärtner", "a, b; c"], ["Nord", "Koch", "x"]]
    text = "\r\n".join(separator.join(f'"{c}"' for c in line) for line in lines)
    table = read_table(text.encode(encoding))
    assert (table.separator, table.rows[0].cells) == (separator, ("Gärtnerei Süd", "Gärtner", "a, b; c"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04rest",
        b"%PDF-1.7",
        b"\x00\x01\x02\x03",
        b"Company\n",
        b'Company\n"' + b"x" * 200_000,
    ],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(NotATable):
        read_table(content)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(TableTooLong):
        read_table(b"Company\n" + b"Larkspur\n" * (MOST_ROWS + 1))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        table = read_table(content)
    except NotATable:
        return
    assert all(len(row.cells) == len(table.headings) for row in table.rows)
    plan(table, map_table(table), ZONE, NOW)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-10", "2026-01-10"),
        ("2026-01-10T23:30:00Z", "2026-01-11"),
        ("2026/1/10 08:05", "2026-01-10"),
        ("10.01.2026", "2026-01-10"),
        ("10.1.26", "2026-01-10"),
        ("1/25/2026", "2026-01-25"),
        ("25/1/2026 4:05 PM", "2026-01-25"),
        ("January 10, 2026", "2026-01-10"),
        ("Sat, Jan 10, 2026", "2026-01-10"),
        ("10 Mar 2025", "2025-03-10"),
        ("10. März 2025", "2025-03-10"),
        ("Montag, 10. Feber 2025", "2025-02-10"),
        ("46032", "2026-01-10"),
        ("1768046400", "2026-01-10"),
        ("2.3.2026", "2026-03-02"),
    ],
)
def test_dates_are_read(text: str, day: str) -> None:
    at = read_moment(text, None, ZONE, NOW)
    assert at is not None
    assert at.astimezone(ZONE).date().isoformat() == day
    assert at <= NOW


@pytest.mark.parametrize("text", ["soon", "31.2.2026", "13/13/2026", "0", "99999", "2026-13-01", "1.1.1850"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_moment(text, "dmy", ZONE, NOW) is None


def test_days_and_months_are_told_apart_or_asked_for() -> None:
    with pytest.raises(OrderUnknown):
        read_moment("03/02/2026", None, ZONE, NOW)
    for order, month in (("dmy", 2), ("mdy", 3)):
        at = read_moment("03/02/2026", order, ZONE, datetime(2027, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]
        assert at is not None
        assert at.month == month
    assert order_of(["03/02/2026", "25/01/2026"]) == "dmy"
    assert order_of(["03/02/2026", "01/25/2026"]) == "mdy"
    assert order_of(["03/02/2026", "04/01/2026"]) is None
    scheme, (row,) = planned("Company,Applied\nLarkspur,02/01/2026\n")
    assert scheme.asks_order
    assert scheme.examples == ("02/01/2026",)
    assert row.problems == ["The date \u201802/01/2026\u2019 can be read in two ways."]


def test_each_bad_row_says_why() -> None:
    scheme, rows = planned(
        "Company,Status,Applied,Link\n"
        ",Applied,2026-01-10,\n"
        "Larkspur,Hovering,2026-01-10,\n"
        "Larkspur,Applied,some day,\n"
        "Larkspur,Applied,2027-01-10,\n"
        "Larkspur,Rejected,2026-01-10,javascript:alert(1)\n"
    )
    assert [row.problems for row in rows[:4]] == [
        ["There is no company."],
        ["What does the status \u2018Hovering\u2019 mean?"],
        ["\u2018some day\u2019 is no date."],
        ["The day of the application is still to come."],
    ]
    assert rows[4].problems == []
    assert rows[4].warnings[0] == "The link is no web address and is left out."
    assert "latest date of the row" in rows[4].warnings[1]
    assert "job_url" not in rows[4].fields
    assert scheme.stages["Hovering"] is None


def test_a_row_twice_is_one_and_no_moment_comes_before_what_it_follows() -> None:
    text = "Company,Status,Applied,Interview\nLarkspur,Rejected,2026-01-10,2026-01-05\n"
    _, (row, again) = planned(text + text.split("\n")[1] + "\n")
    assert (row.same_as_row, again.same_as_row) == (None, row.number)
    moments = [at for _, at in row.stages]
    assert moments == sorted(moments)
    assert [stage for stage, _ in row.stages] == ["applied", "interview", "rejected"]


def test_words_of_trackers_are_known() -> None:
    said = {"Wishlist": "saved", "No Response": "applied", "Phone screen": "interview", "Absage": "rejected"}
    said |= {
        "Negotiating": "offer",
        "I Withdrew": "withdrawn",
        "Hired": "accepted",
        "Coding Challenge": "assessment",
    }
    assert {word: guess_stage(word) for word in said} == said
    assert guess_stage("Archived") is None
    assert (guess_source("LinkedIn"), guess_source("Karriereseite"), guess_source("a bird")) == (
        "linkedin",
        "company_site",
        "other",
    )
    assert guess_columns(["Link?", "Company", "Employer"], [["https://a.example"], ["a"], ["b"]]) == [
        "job_url",
        "company_name",
        None,
    ]
