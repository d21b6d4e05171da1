"""What calls cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.llm.prices import cost_of, most_it_can_cost
from app.llm.values import LlmConfig, Provider

OPENAI = LlmConfig(Provider.OPENAI, "gpt-4o-mini", "https://api.openai.com/v1", "k", 0.2, 1000, 60, 15)


def test_a_known_model_has_its_price() -> None:
    assert cost_of(OPENAI, 1_000_000, 500_000) == pytest.approx(0.15 + 0.30)


def test_a_date_at_the_end_of_the_name_changes_nothing() -> None:
    assert cost_of(replace(OPENAI, model="gpt-4o-mini-2024-07-18"), 1_000_000, 0) == pytest.approx(0.15)
    claude = LlmConfig(
        Provider.ANTHROPIC, "claude-haiku-4-5-20251001", "https://api.anthropic.com", "k", 0, 1, 1, 1
    )
    assert cost_of(claude, 1_000_000, 0) == pytest.approx(1.0)


def test_an_unknown_model_costs_nobody_knows_what() -> None:
    assert cost_of(replace(OPENAI, model="brand-new"), 10, 10) is None


def test_the_same_name_at_another_address_has_no_known_price() -> None:
    assert cost_of(replace(OPENAI, base_url="http://127.0.0.1:11434/v1"), 10, 10) is None


def test_a_price_that_a_person_set_goes_first() -> None:
    mine = replace(OPENAI, price_input=0.0, price_output=0.0)
    assert cost_of(mine, 10, 10) == 0.0


def test_untold_tokens_make_an_unknown_cost() -> None:
    assert cost_of(OPENAI, None, 10) is None


def test_the_bound_is_above_what_dense_text_costs() -> None:
    bound = most_it_can_cost(OPENAI, 4000)
    dense = cost_of(OPENAI, 2000, OPENAI.max_tokens)
    assert bound is not None
    assert dense is not None
    assert bound >= dense
