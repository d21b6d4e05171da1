"""docs/classes.md says what the program does: every mail in its tables gets the class beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.classification.values import EmailClass
from tests.unit.classification.conftest import Classify

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "classes.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| (?!mail|class|---|`)(.+?) \| `([A-Z_]+)` \|$", PAGE, re.MULTILINE)


def test_the_page_has_examples_of_every_class() -> None:
    assert len(EXAMPLES) >= 30
    assert {name for _, name in EXAMPLES} == set(EmailClass)


@pytest.mark.parametrize(("text", "email_class"), EXAMPLES)
def test_the_example_holds(classify: Classify, text: str, email_class: str) -> None:
    assert classify(text).email_class == email_class


@pytest.mark.parametrize("email_class", EmailClass)
def test_the_page_names_the_class(email_class: EmailClass) -> None:
    assert f"| `{email_class.value}` |" in PAGE
