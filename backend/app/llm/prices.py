"""What tokens cost, in USD per million, as the providers' price pages said on `AS_OF`.

A model that isn't listed has no known price: its tokens are counted and its cost is null, never guessed. The
settings LLM_PRICE_INPUT and LLM_PRICE_OUTPUT go before this table.
"""

from __future__ import annotations

import re
from datetime import date

from app.llm.values import LlmConfig

AS_OF = date(2026, 3, 31)
_OWN_HOSTS = {"api.openai.com", "api.anthropic.com"}
# The provider's own name of the model, without a date at its end: input, output.
PRICES: dict[str, tuple[float, float]] = {
    "gpt-4o-mini": (0.15, 0.60),
    "gpt-4o": (2.50, 10.00),
    "gpt-4.1": (2.00, 8.00),
    "gpt-4.1-mini": (0.40, 1.60),
    "gpt-4.1-nano": (0.10, 0.40),
    "gpt-5": (1.25, 10.00),
    "gpt-5-mini": (0.25, 2.00),
    "gpt-5-nano": (0.05, 0.40),
    "claude-haiku-4-5": (1.00, 5.00),
    "claude-sonnet-4-5": (3.00, 15.00),
    "claude-opus-4-5": (5.00, 25.00),
}
_DATE = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$")


def price_of(config: LlmConfig) -> tuple[float, float] | None:
    """USD per million input and output tokens; None when nobody knows."""
    if config.price_input is not None and config.price_output is not None:
        return config.price_input, config.price_output
    if config.host not in _OWN_HOSTS:
        return None  # the same name elsewhere may cost anything, or nothing
    return PRICES.get(_DATE.sub("", config.model))


def cost_of(config: LlmConfig, input_tokens: int | None, output_tokens: int | None) -> float | None:
    """USD for these tokens; None when the price or the tokens are unknown."""
    price = price_of(config)
    if price is None or input_tokens is None or output_tokens is None:
        return None
    return (input_tokens * price[0] + output_tokens * price[1]) / 1_000_000


def most_it_can_cost(config: LlmConfig, chars: int) -> float | None:
    """An upper bound in USD for a request of `chars` characters: two to a token, and the longest answer."""
    price = price_of(config)
    if price is None:
        return None
    return (chars / 2 * price[0] + config.max_tokens * price[1]) / 1_000_000
