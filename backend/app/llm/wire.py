"""The one Protocol behind which the vendors stand, and what their wire formats have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from app.core import http
from app.core.clock import now
from app.core.outgoing import Offline, Purpose
from app.llm.errors import (
    AddressRefused,
    CreditUsedUp,
    KeyRefused,
    LlmProblem,
    ModelUnknown,
    OfflineMode,
    RateLimited,
    RequestRefused,
    ServerTrouble,
    TooSlow,
    Unreachable,
)
from app.llm.redaction import redact
from app.llm.values import Form, LlmConfig, Question, Reply, Turn

CONNECT_S = 10.0
_TOLD_CHARS = 200
_TOO_LONG = ("context_length", "context length", "too long", "too many tokens", "maximum context")
_NO_CREDIT = ("insufficient_quota", "credit balance", "billing")


class ModelClient(Protocol):
    """One vendor's wire format. Raises LlmProblem, and nothing else, for whatever the other side does."""

    def ask(self, question: Question, form: Form, turn: Turn | None, timeout_s: float) -> Reply: ...


def http_client(config: LlmConfig) -> Any:
    """Our own HTTP client for a vendor's library: bounded in time and number, it follows no redirect, goes only where
    hosts may be, and is listed.

    A redirect would carry the key and the mail to a host that nobody configured. A proxy of the environment is used
    for hosts elsewhere.
    """
    return http.client(
        Purpose.LLM,
        within_s=config.timeout_s,
        max_connections=config.max_in_flight + 2,
        proxy=http.proxy_for(config.base_url),
    )


def timeout(seconds: float) -> Any:
    """What one request may take, its connection at most ten seconds of that."""
    import httpx2

    return httpx2.Timeout(seconds, connect=min(CONNECT_S, seconds), pool=seconds)


def unreachable(config: LlmConfig, error: Exception) -> LlmProblem:
    """Why no connection came about: our own refusal, or theirs."""
    refused = http.refusal_in(error)
    if isinstance(refused, Offline):
        return OfflineMode("OFFLINE is set: nothing is sent to a language model.")
    if refused is not None:
        return AddressRefused(refused.detail, host=config.host)
    cause = type(error.__cause__ or error).__name__
    return Unreachable(f"{config.host} can't be reached ({cause}).", host=config.host)


def too_slow(config: LlmConfig, seconds: float) -> LlmProblem:
    return TooSlow(f"{config.host} gave no answer within {seconds:g} seconds.", host=config.host)


def problem_of(
    config: LlmConfig, status: int, headers: Mapping[str, str], code: str | None, message: str
) -> LlmProblem:
    """What an HTTP error status means, in a sentence for a person that repeats no mail and no key."""
    said = f"{code or ''} {message}".lower()
    told = redact(message.strip())[:_TOLD_CHARS]
    wait = retry_after(headers)
    if status == 401:
        return KeyRefused(f"{config.host} does not accept the key (401).", host=config.host)
    if status == 402 or (status in {400, 403, 429} and any(mark in said for mark in _NO_CREDIT)):
        return CreditUsedUp(f"{config.host} says that there is no credit left ({status}).", host=config.host)
    if status == 403:
        return KeyRefused(f"{config.host} does not let this key use {config.model} (403).", host=config.host)
    if status == 404:
        return ModelUnknown(
            f"{config.host} knows no model {config.model!r} at this address (404).", model=config.model
        )
    problem: LlmProblem
    if status == 429:
        problem = RateLimited(f"{config.host} asks for fewer requests (429).", host=config.host)
    elif status == 408:
        problem = TooSlow(f"{config.host} gave up on the request (408).", host=config.host)
    elif status >= 500 and status != 501:
        problem = ServerTrouble(f"{config.host} has trouble ({status}).", host=config.host)
    else:
        refused = RequestRefused(f"{config.host} refused the request ({status}): {told}", host=config.host)
        refused.too_long = status == 413 or any(mark in said for mark in _TOO_LONG)
        return refused
    problem.retry_after = wait
    return problem


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the other side asks to wait for: `retry-after-ms`, or `Retry-After` in seconds or as a date."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name)
        if value is None:
            continue
        try:
            return max(0.0, min(float(value) * unit, 86_400.0))
        except ValueError:
            pass
        try:
            until = parsedate_to_datetime(value)
        except ValueError:
            continue
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return max(0.0, min((until - now()).total_seconds(), 86_400.0))
    return None


def rules_for(question: Question, form: Form) -> str:
    """The rules, with the schema in words where the form alone doesn't carry it."""
    if form is Form.SCHEMA:
        return question.system
    schema = json.dumps(question.schema, separators=(",", ":"))
    wanted = "Answer with one JSON object and nothing else. It must match this JSON Schema:"
    return f"{question.system}\n\n{wanted}\n{schema}"
