"""Anthropic's wire format (messages). The middle rung is a tool that must be used, since there is no JSON mode."""

from __future__ import annotations

import json
from typing import Any

from app.core.outgoing import Refused
from app.llm.errors import BadAnswer
from app.llm.values import Form, LlmConfig, Question, Reply, Turn
from app.llm.wire import http_client, problem_of, rules_for, timeout, too_slow, unreachable


class AnthropicClient:
    """A `ModelClient`. No temperature is sent: current models take none."""

    def __init__(self, config: LlmConfig) -> None:
        import anthropic

        self._config = config
        self._errors = anthropic
        self._client = anthropic.Anthropic(
            api_key=config.key or "none",
            base_url=config.base_url,
            max_retries=0,
            http_client=http_client(config),
        )

    def ask(self, question: Question, form: Form, turn: Turn | None, timeout_s: float) -> Reply:
        request: dict[str, Any] = {
            "model": self._config.model,
            "max_tokens": self._config.max_tokens,
            "system": rules_for(question, form),
            "messages": _messages(question, turn),
            "timeout": timeout(timeout_s),
        }
        if form is Form.SCHEMA:
            request["output_config"] = {"format": {"type": "json_schema", "schema": dict(question.schema)}}
        elif form is Form.OBJECT:
            request["tools"] = [
                {
                    "name": question.purpose,
                    "description": "The answer.",
                    "input_schema": dict(question.schema),
                }
            ]
            request["tool_choice"] = {"type": "tool", "name": question.purpose}
        try:
            message: Any = self._client.messages.create(**request)
        except self._errors.APITimeoutError as error:
            raise too_slow(self._config, timeout_s) from error
        except self._errors.APIStatusError as error:
            kind = getattr(error, "type", None)
            raise problem_of(
                self._config, error.status_code, error.response.headers, kind, str(error.message)
            ) from error
        except (self._errors.APIConnectionError, Refused) as error:
            raise unreachable(self._config, error) from error
        except (self._errors.AnthropicError, ValueError) as error:
            raise BadAnswer(f"{self._config.host} sent something that is no answer.") from error
        return self._read(message)

    def _read(self, message: Any) -> Reply:
        try:
            text = "".join(_words(block) for block in message.content)
            cut_off = message.stop_reason == "max_tokens"
        except (AttributeError, TypeError) as error:
            raise BadAnswer(
                f"{self._config.host} does not speak Anthropic's format at this address."
            ) from error
        usage = getattr(message, "usage", None)
        return Reply(text, _count(usage, "input_tokens"), _count(usage, "output_tokens"), cut_off=cut_off)


def _words(block: Any) -> str:
    if block.type == "text":
        return str(block.text)
    return json.dumps(block.input) if block.type == "tool_use" else ""


def _messages(question: Question, turn: Turn | None) -> list[dict[str, str]]:
    messages = [{"role": "user", "content": question.user}]
    if turn is not None:
        messages += [
            {"role": "assistant", "content": turn.answer},
            {"role": "user", "content": turn.complaint},
        ]
    return messages


def _count(usage: Any, name: str) -> int | None:
    value = getattr(usage, name, None)
    return value if isinstance(value, int) and value >= 0 else None
