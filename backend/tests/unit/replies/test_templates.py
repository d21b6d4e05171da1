"""Templates: every variable is known, an unknown value still reads, a value is never a template."""

from __future__ import annotations

import pytest

from app.replies import templates

VALUES = {
    "greeting": "Hello Mara,",
    "company": "Larkspur",
    "job_title": "Gardener",
    "your_name": "Alex Sample",
    "interview_time": "Thursday, 12 March, 10:00 (CET)",
    "applied_on": "2 March",
}


@pytest.mark.parametrize("key", templates.SHIPPED)
def test_shipped_ones_use_what_is_known(key: str) -> None:
    body = templates.SHIPPED[key].body
    assert templates.unknown_variables(body) == []
    text, missing = templates.fill_in(body, VALUES)
    assert missing == []
    assert "{" not in text
    assert text.startswith("Hello Mara,")
    assert text.endswith("Alex Sample\n")


@pytest.mark.parametrize("key", templates.SHIPPED)
def test_what_is_not_known_is_said_and_still_reads(key: str) -> None:
    text, missing = templates.fill_in(templates.SHIPPED[key].body, {})
    assert "greeting" in missing
    assert "{" not in text
    assert "None" not in text


def test_a_value_is_no_template_and_no_code() -> None:
    text, _ = templates.fill_in(
        "{company} {job_title}", {"company": "{your_name}", "job_title": "{0.__class__}"}
    )
    assert text == "{your_name} {0.__class__}\n"
    assert templates.unknown_variables("{company.__class__} {nobody} {greeting}") == [
        "company.__class__",
        "nobody",
    ]


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Mara Sample", "Hello Mara,"),
        ("Dr. Jörg Sample", "Hello Jörg,"),
        ("Larkspur", None),
        ("", None),
        (None, None),
        ("recruiting team", None),
        ("X Æ", None),
        ("Acme Hiring Team", None),
        ("Mara from Foxglove", None),
    ],
)
def test_greetings(name: str | None, greeting: str | None) -> None:
    assert templates.greeting_for(name, "Foxglove Labs") == greeting
