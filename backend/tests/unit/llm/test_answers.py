"""From a model's words to JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.llm.answers import read_answer


@pytest.mark.parametrize(
    "text",
    [
        '{"answers": [1]}',
        '```json\n{"answers": [1]}\n```',
        'Here you are:\n{"answers": [1]}\nAnything else?',
        '\ufeff {"answers": [1]} {"answers": [2]}',
    ],
)
def test_the_object_is_found(text: str) -> None:
    found = read_answer(text, cut_off=False)
    assert found is not None
    assert found.content == {"answers": [1]}
    assert found.whole


@pytest.mark.parametrize("text", ["", "I cannot do that.", "[1, 2]", '{"answers": [', "{" * 100_000, "null"])
def test_anything_else_is_no_answer(text: str) -> None:
    assert read_answer(text, cut_off=False) is None


def test_what_is_whole_of_a_cut_off_answer_is_kept() -> None:
    text = json.dumps({"answers": [{"id": "a", "x": {"y": 1}}, {"id": "b"}, {"id": "c"}]})
    found = read_answer(text[: text.index('"c"')], cut_off=True)
    assert found is not None
    assert found.content == {"answers": [{"id": "a", "x": {"y": 1}}, {"id": "b"}]}
    assert not found.whole


def test_a_cut_off_answer_without_a_whole_part_is_none() -> None:
    assert read_answer('{"answers": [{"id": "a"', cut_off=True) is None


@given(st.text(), st.booleans())
def test_no_text_breaks_it(text: str, cut_off: bool) -> None:
    found = read_answer(text, cut_off=cut_off)
    assert found is None or isinstance(found.content, dict)
