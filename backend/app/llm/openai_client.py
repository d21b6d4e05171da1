"""OpenAI's wire format (chat completions), which many servers speak."""

from __future__ import annotations

from typing import Any

from app.core.outgoing import Refused
from app.llm.errors import BadAnswer, LlmProblem
from app.llm.values import Form, LlmConfig, Question, Reply, Turn
from app.llm.wire import http_client, problem_of, rules_for, timeout, too_slow, unreachable

_OWN_HOST = "api.openai.com"


class OpenAiClient:
    """A `ModelClient`. Remembers which parameters the model refuses."""

    def __init__(self, config: LlmConfig) -> None:
        import openai

        self._config = config
        self._errors = openai
        self._limit = "max_completion_tokens" if config.host == _OWN_HOST else "max_tokens"
        self._with_temperature = True
        self._client = openai.OpenAI(
            api_key=config.key or "none",
            base_url=config.base_url,
            max_retries=0,
            http_client=http_client(config),
        )

    def ask(self, question: Question, form: Form, turn: Turn | None, timeout_s: float) -> Reply:
        """One request, or up to three when the model refuses parameters that others want."""
        for _ in range(2):
            try:
                return self._once(question, form, turn, timeout_s)
            except self._errors.BadRequestError as error:
                if not self._adapt(error):
                    raise self._problem(error) from error
        return self._finally(question, form, turn, timeout_s)

    def _finally(self, question: Question, form: Form, turn: Turn | None, timeout_s: float) -> Reply:
        try:
            return self._once(question, form, turn, timeout_s)
        except self._errors.BadRequestError as error:
            raise self._problem(error) from error

    def _once(self, question: Question, form: Form, turn: Turn | None, timeout_s: float) -> Reply:
        request: dict[str, Any] = {
            "model": self._config.model,
            "messages": _messages(question, form, turn),
            "timeout": timeout(timeout_s),
            self._limit: self._config.max_tokens,
        }
        if self._with_temperature:
            request["temperature"] = self._config.temperature
        if form is Form.SCHEMA:
            schema = {"name": question.purpose, "strict": True, "schema": dict(question.schema)}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif form is Form.OBJECT:
            request["response_format"] = {"type": "json_object"}
        try:
            completion: Any = self._client.chat.completions.create(**request)
        except self._errors.BadRequestError:
            raise
        except self._errors.APITimeoutError as error:
            raise too_slow(self._config, timeout_s) from error
        except self._errors.APIStatusError as error:
            raise self._problem(error) from error
        except (self._errors.APIConnectionError, Refused) as error:
            raise unreachable(self._config, error) from error
        except (self._errors.OpenAIError, ValueError) as error:
            raise BadAnswer(f"{self._config.host} sent something that is no answer.") from error
        return self._read(completion)

    def _read(self, completion: Any) -> Reply:
        try:
            choice = completion.choices[0]
            text = choice.message.content or ""
            cut_off = choice.finish_reason == "length"
        except (AttributeError, IndexError, TypeError) as error:
            raise BadAnswer(f"{self._config.host} does not speak OpenAI's format at this address.") from error
        usage = getattr(completion, "usage", None)
        return Reply(
            str(text), _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"), cut_off=cut_off
        )

    def _adapt(self, error: Any) -> bool:
        """Learn from a refused parameter; whether there was something to learn."""
        said = str(error).lower()
        if self._limit == "max_tokens" and "max_completion_tokens" in said:
            self._limit = "max_completion_tokens"
            return True
        if self._limit == "max_completion_tokens" and "max_completion_tokens" in said:
            self._limit = "max_tokens"
            return True
        if self._with_temperature and "temperature" in said:
            self._with_temperature = False
            return True
        return False

    def _problem(self, error: Any) -> LlmProblem:
        return problem_of(
            self._config, error.status_code, error.response.headers, error.code, str(error.message)
        )


def _messages(question: Question, form: Form, turn: Turn | None) -> list[dict[str, str]]:
    messages = [
        {"role": "system", "content": rules_for(question, form)},
        {"role": "user", "content": question.user},
    ]
    if turn is not None:
        messages += [
            {"role": "assistant", "content": turn.answer},
            {"role": "user", "content": turn.complaint},
        ]
    return messages


def _count(usage: Any, name: str) -> int | None:
    value = getattr(usage, name, None)
    return value if isinstance(value, int) and value >= 0 else None
