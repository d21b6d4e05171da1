"""Title keys, how alike they are, and levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companies.service import is_place, position_level, strip_title_tails, title_key, title_similarity


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Sr. Software-Engineer II (m/w/d) - Berlin, #R-123", "senior software engineer 2"),
        ("Senior Software Engineer 2", "senior software engineer 2"),
        ("Software Engineer I", "software engineer 1"),
        ("Data Scientist III, Growth", "data scientist 3 growth"),
        ("R12345 Data Engineer", "data engineer"),
        ("Data Engineer (R12345)", "data engineer"),
        ("Data Engineer - Req #A-123", "data engineer"),
        ("Data Engineer, Job ID 1211453", "data engineer"),
        ("DevOps Engineer (w/m/x), Ausschreibungsnummer: req22547", "devops engineer"),
        ("1620398 Consultant (m/w/d)", "consultant"),
        ("Full-Stack Developer, London, UK", "fullstack developer"),
        ("Full Stack Developer (Remote)", "fullstack developer"),
        ("Front End Developer", "frontend developer"),
        ("Entwickler*in Backend (all genders)", "entwickler backend"),
        ("Softwareentwickler/in", "softwareentwickler"),
        ("Jr. QA Engineer", "junior quality assurance engineer"),
        ("C++ Developer", "c++ developer"),
        ("C# Developer", "c# developer"),
        (".NET Developer", "dotnet developer"),
        ("Vice President, Sales", "vp sales"),
        ("Nurse - Full Time", "nurse"),
        ("Casino 1234 Dealer", "casino 1234 dealer"),
        ("", ""),
    ],
)
def test_title_keys(title: str, key: str) -> None:
    assert title_key(title) == key


@given(st.text(max_size=120))
def test_keys_are_idempotent(title: str) -> None:
    key = title_key(title)
    assert title_key(key) == key


@given(st.text(max_size=120))
def test_stripping_only_shortens(title: str) -> None:
    assert len(strip_title_tails(title)) <= len(title)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Data Analyst (m/f/d) - Munich", "Data Analyst"),
        ("Data Analyst in Austin, TX", "Data Analyst"),
        ("Data Analyst | Remote", "Data Analyst"),
        ("Data Analyst, Growth", "Data Analyst, Growth"),
        ("Manager, Customer Success (Contract)", "Manager, Customer Success (Contract)"),
    ],
)
def test_tails_are_cut_from_the_written_title(title: str, bare: str) -> None:
    assert strip_title_tails(title) == bare


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Software Engineer", "Software Engineer, Payments"),
        ("Engineer, Software", "Software Engineer"),
        ("Customer Success Manager", "Manager, Customer Success"),
        ("Sr Data Engineer", "Senior Data Engineer (Remote)"),
        ("Backend Developer", "Back-end Developer"),
    ],
)
def test_one_job_may_be_joined(a: str, b: str) -> None:
    assert title_similarity(title_key(a), title_key(b)) >= 0.80


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Senior Software Engineer", "Staff Software Engineer"),
        ("Software Engineer", "Senior Software Engineer"),
        ("Software Engineer II", "Software Engineer III"),
        ("Software Engineer", "Software Engineer II"),
        ("Software Engineer L4", "Software Engineer L5"),
        ("Frontend Engineer", "Backend Engineer"),
        ("Product Manager", "Product Marketing Manager"),
        ("Data Engineer", "Data Scientist"),
        ("Software Engineer", "Software Engineering Manager"),
        ("Summer Analyst 2025", "Summer Analyst 2026"),
        ("Junior Buyer", "Senior Buyer"),
        ("", "Buyer"),
    ],
)
def test_different_jobs_stay_apart(a: str, b: str) -> None:
    assert title_similarity(title_key(a), title_key(b)) < 0.80


@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_is_symmetric_and_bounded(a: str, b: str) -> None:
    a, b = title_key(a), title_key(b)
    assert 0.0 <= title_similarity(a, b) <= 1.0
    assert title_similarity(a, b) == pytest.approx(title_similarity(b, a), abs=0.02)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Data Engineer", "senior"),
        ("Sr. Product Manager", "senior"),
        ("Engineering Manager", "manager"),
        ("Senior Engineering Manager", "manager"),
        ("Product Manager", None),
        ("Staff Software Engineer", "staff"),
        ("Staff Accountant", None),
        ("Principal Scientist", "principal"),
        ("Lead Designer", "lead"),
        ("Lead Generation Specialist", None),
        ("Head of Sales", "director"),
        ("VP of Engineering", "executive"),
        ("Chief of Staff", None),
        ("Software Engineering Intern", "intern"),
        ("Werkstudent Marketing", "intern"),
        ("Praktikant (m/w/d) Controlling", "intern"),
        ("Graduate Analyst", "junior"),
        ("Mid-Level Developer", "mid"),
        ("Internal Auditor", None),
        ("Software Engineer", None),
    ],
)
def test_levels_come_from_seniority_words(title: str, level: str | None) -> None:
    assert position_level(title) == level


@pytest.mark.parametrize(
    "place", ["Berlin", "Austin, TX", "Remote (US)", "London or Leeds", "Herndon, VA", "New York, New York"]
)
def test_places(place: str) -> None:
    assert is_place(place)


@pytest.mark.parametrize("text", ["Growth", "Platform, Payments", "in", "", "Data or Product", "x" * 200])
def test_not_places(text: str) -> None:
    assert not is_place(text)
