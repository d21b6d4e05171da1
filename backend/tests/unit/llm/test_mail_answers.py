"""What of a model's answers counts."""

from __future__ import annotations

from typing import Any

import pytest

from app.classification.asking.answers import find_quote, is_stated, match_answers, read_item
from app.classification.values import EmailClass, EmailValue, EvidenceField

MAIL = EmailValue(
    "Your application at Larkspur",
    "Larkspur Jobs",
    "jobs@larkspur.example",
    "Dear Alex,\n\nthank you. We’re sorry: we have decided to go\nwith other candidates.\n\nBest",
)


def item(mail_id: str = "a", **more: Any) -> dict[str, Any]:
    return {"id": mail_id, "email_class": "OFFER", "confidence": 0.9, **more}


def test_answers_are_matched_by_id() -> None:
    found = match_answers({"answers": [item("b"), item("a", email_class="REJECTION")]}, ["a", "b"])
    assert found["a"].email_class is EmailClass.REJECTION
    assert found["b"].email_class is EmailClass.OFFER


def test_an_id_named_twice_counts_for_nothing() -> None:
    found = match_answers({"answers": [item("a"), item("a", email_class="REJECTION"), item("b")]}, ["a", "b"])
    assert set(found) == {"b"}


def test_foreign_ids_are_passed_over() -> None:
    assert set(match_answers({"answers": [item("zzz"), item("a")]}, ["a", "b"])) == {"a"}


@pytest.mark.parametrize(
    "content", [{}, {"answers": None}, {"answers": {"a": item()}}, {"answers": ["x", 3, None]}]
)
def test_other_shapes_hold_no_answer(content: dict[str, Any]) -> None:
    assert match_answers(content, ["a"]) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"email_class": "HIRED"},
        {"email_class": None},
        {"email_class": "offer"},
        {"confidence": 1.2},
        {"confidence": -0.1},
        {"confidence": "0.9"},
        {"confidence": True},
        {"confidence": float("nan")},
        {"confidence": None},
        {"quote": 5},
        {"company_name": ["Larkspur"]},
    ],
)
def test_one_wrong_field_makes_an_answer_invalid(wrong: dict[str, Any]) -> None:
    assert read_item(item(**wrong)) is None


def test_names_that_are_no_names_are_none() -> None:
    found = read_item(item(company_name="x" * 300, job_title="null", quote="  "))
    assert found is not None
    assert (found.company_name, found.job_title, found.quote) == (None, None, None)


def test_a_whole_number_is_a_confidence() -> None:
    found = read_item(item(confidence=1))
    assert found is not None
    assert found.confidence == 1.0


@pytest.mark.parametrize(
    "quote",
    [
        "we have decided to go\nwith other candidates.",
        "We have decided to go with other candidates",
        '"we have decided to go with other candidates..."',
        "We're sorry: we have decided to go with other candidates",
    ],
)
def test_a_quote_is_found_whatever_its_blanks_and_marks(quote: str) -> None:
    span = find_quote(MAIL, quote)
    assert span is not None
    assert MAIL.text[span.start : span.end].endswith("candidates")


def test_a_quote_from_the_subject() -> None:
    span = find_quote(MAIL, "application at Larkspur")
    assert span is not None
    assert span.field is EvidenceField.SUBJECT


@pytest.mark.parametrize("quote", [None, "", "Dear", "...", "we have decided to hire you"])
def test_words_that_stand_nowhere_are_no_quote(quote: str | None) -> None:
    assert find_quote(MAIL, quote) is None


def test_a_name_must_be_stated() -> None:
    assert is_stated(MAIL, "LARKSPUR")
    assert not is_stated(MAIL, "Bluefern")
    assert not is_stated(MAIL, "!")
