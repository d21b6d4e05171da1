"""Which model is configured, if any."""

from __future__ import annotations

from app.core.settings import Settings
from app.llm.values import LlmConfig, Provider

OPENAI_URL = "https://api.openai.com/v1"
ANTHROPIC_URL = "https://api.anthropic.com"


def configured(settings: Settings) -> LlmConfig | None:
    """The model that the settings name; None without a key and without an address."""
    provider = settings.llm_provider_in_use
    if provider is None:
        return None
    openai = provider == "openai"
    return LlmConfig(
        provider=Provider(provider),
        model=settings.openai_model if openai else settings.anthropic_model,
        base_url=(
            (settings.openai_base_url or OPENAI_URL)
            if openai
            else (settings.anthropic_base_url or ANTHROPIC_URL)
        ).rstrip("/"),
        key=(settings.openai_api_key if openai else settings.anthropic_api_key).get_secret_value(),
        temperature=settings.openai_temperature,
        max_tokens=settings.llm_max_tokens,
        timeout_s=settings.llm_timeout_s,
        max_in_flight=settings.classification_max_concurrency,
        budget_usd_per_day=settings.llm_budget_usd_per_day,
        price_input=settings.llm_price_input,
        price_output=settings.llm_price_output,
        offline=settings.offline,
    )
