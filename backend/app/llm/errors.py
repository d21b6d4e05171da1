"""What can go wrong with a model, as a person should hear it.

LlmProblem
├── NotConfigured, OfflineMode, AddressRefused, BudgetUsedUp, PriceUnknown   nothing was sent
├── KeyRefused, CreditUsedUp, ModelUnknown, RequestRefused   asking again would not help
├── RateLimited, ServerTrouble, Unreachable, TooSlow         may pass; was tried again for a while
└── BadAnswer                                                it answered, but not in the form that was asked for
"""

from __future__ import annotations

from typing import ClassVar

from app.core.errors import AppError


class LlmProblem(AppError):
    """Base. `lasts_s`: for how long nobody needs to try again; 0 when the next question may well succeed."""

    status = 502
    code = "llm.failed"
    title = "The language model could not be used"
    lasts_s: ClassVar[float] = 0.0
    retry_after: float | None = None  # seconds, where the provider named them


class NotConfigured(LlmProblem):
    status = 409
    code = "llm.not_configured"
    title = "No language model is configured"


class OfflineMode(LlmProblem):
    status = 409
    code = "llm.offline"
    title = "Jobtrail is set to stay offline"


class AddressRefused(LlmProblem):
    """The model's host stands where Jobtrail doesn't go: in a private network that is not allowed."""

    status = 422
    code = "llm.address_refused"
    title = "Jobtrail does not go to that address"
    lasts_s = 60.0


class BudgetUsedUp(LlmProblem):
    status = 409
    code = "llm.budget_used_up"
    title = "Today's budget for the language model is used up"


class PriceUnknown(LlmProblem):
    status = 409
    code = "llm.price_unknown"
    title = "The model's price is unknown, so the budget can't be kept"


class KeyRefused(LlmProblem):
    code = "llm.key_refused"
    title = "The provider does not accept the key"
    lasts_s = 300.0


class CreditUsedUp(LlmProblem):
    code = "llm.credit_used_up"
    title = "The account at the provider has no credit left"
    lasts_s = 300.0


class ModelUnknown(LlmProblem):
    code = "llm.model_unknown"
    title = "The provider does not know this model, or the address is wrong"
    lasts_s = 300.0


class RequestRefused(LlmProblem):
    code = "llm.request_refused"
    title = "The provider refused the request"
    too_long: bool = False  # for the model's context: another form would not help


class RateLimited(LlmProblem):
    status = 503
    code = "llm.rate_limited"
    title = "The provider asks for fewer requests"
    lasts_s = 60.0


class ServerTrouble(LlmProblem):
    code = "llm.server_trouble"
    title = "The provider has trouble"
    lasts_s = 60.0


class Unreachable(LlmProblem):
    code = "llm.unreachable"
    title = "The provider can't be reached"
    lasts_s = 60.0


class TooSlow(LlmProblem):
    status = 504
    code = "llm.too_slow"
    title = "The provider did not answer in time"
    lasts_s = 60.0


class BadAnswer(LlmProblem):
    code = "llm.bad_answer"
    title = "The model's answer does not have the form that was asked for"


class TooManyTests(LlmProblem):
    status = 429
    code = "llm.too_many_tests"
    title = "That was tested often just now; wait a minute"


class SetByEnvironment(AppError):
    status = 409
    code = "llm.set_by_environment"
    title = "The environment sets this"


class SettingsDisagree(AppError):
    status = 422
    code = "llm.settings_disagree"
    title = "These settings don't go together"


class AskedToStop(Exception):
    """Whoever wanted the answer no longer does."""
