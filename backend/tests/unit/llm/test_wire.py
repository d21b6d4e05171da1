"""What an error status of a provider means."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
import time_machine

from app.core.clock import now
from app.llm import errors
from app.llm.values import LlmConfig, Provider
from app.llm.wire import problem_of, retry_after

CONFIG = LlmConfig(
    Provider.OPENAI, "some-model", "https://models.example.com/v1", "sk-secret", 0.2, 100, 5, 3
)


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (401, "invalid_api_key", "Incorrect API key provided: sk-secret", errors.KeyRefused),
        (403, None, "no access", errors.KeyRefused),
        (404, "model_not_found", "The model does not exist", errors.ModelUnknown),
        (429, "insufficient_quota", "You exceeded your current quota", errors.CreditUsedUp),
        (400, None, "Your credit balance is too low", errors.CreditUsedUp),
        (402, None, "pay", errors.CreditUsedUp),
        (429, "rate_limit_exceeded", "slow down", errors.RateLimited),
        (408, None, "", errors.TooSlow),
        (500, None, "", errors.ServerTrouble),
        (529, "overloaded_error", "Overloaded", errors.ServerTrouble),
        (501, None, "not implemented", errors.RequestRefused),
        (400, None, "response_format is not supported", errors.RequestRefused),
        (302, None, "", errors.RequestRefused),
    ],
)
def test_a_status_is_said_in_words(
    status: int, code: str | None, message: str, kind: type[errors.LlmProblem]
) -> None:
    problem = problem_of(CONFIG, status, {}, code, message)
    assert type(problem) is kind
    assert "models.example.com" in problem.detail
    assert "sk-secret" not in problem.detail


def test_a_request_that_is_too_long_is_told_apart() -> None:
    problem = problem_of(CONFIG, 400, {}, "context_length_exceeded", "maximum context length is 8192 tokens")
    assert isinstance(problem, errors.RequestRefused)
    assert problem.too_long


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "inf"}, 86_400.0),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_a_date_to_wait_for(clock: time_machine.Traveller) -> None:
    assert retry_after({"retry-after": format_datetime(now() + timedelta(seconds=30))}) == pytest.approx(30)
