"""One client per configured model and process; a vendor's library loads when its first client is made."""

from __future__ import annotations

import threading

from app.llm.values import LlmConfig, Provider
from app.llm.wire import ModelClient

_lock = threading.Lock()
_clients: dict[LlmConfig, ModelClient] = {}


def client_of(config: LlmConfig) -> ModelClient:
    """The process's client for this model; its library loads when the first one is made."""
    with _lock:
        if config not in _clients:
            _clients[config] = _make(config)
        return _clients[config]


def _make(config: LlmConfig) -> ModelClient:
    if config.provider is Provider.ANTHROPIC:
        from app.llm.anthropic_client import AnthropicClient

        return AnthropicClient(config)
    from app.llm.openai_client import OpenAiClient

    return OpenAiClient(config)
