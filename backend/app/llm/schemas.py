"""What the API tells about models: calls, sums, the configured one, a test."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel

from app.core.settings import Settings
from app.llm import prices
from app.llm.models import LlmCall
from app.llm.repository import Totals
from app.llm.service import Standing, Tested, effective_mode


class LlmCallOut(BaseModel):
    """One request. `preview` is what was sent, redacted and shortened; `cost_usd` is null when the price is unknown."""

    id: int
    run_id: str | None
    purpose: str
    provider: str
    model: str
    host: str
    form: str
    items: int
    sent_chars: int
    preview: str
    outcome: str
    error_code: str | None
    error_detail: str | None
    tries: int
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: float | None
    started_at: datetime
    duration_ms: int | None

    @classmethod
    def of(cls, call: LlmCall) -> Self:
        return cls(**{name: getattr(call, name) for name in cls.model_fields})


class LlmTotals(BaseModel):
    """Sums over calls; `unpriced` of them have no known cost and are not in `cost_usd`."""

    calls: int
    items: int
    failed: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    unpriced: int

    @classmethod
    def of(cls, totals: Totals) -> Self:
        return cls(**{name: getattr(totals, name) for name in cls.model_fields})


class LlmDayOut(BaseModel):
    day: date
    totals: LlmTotals


class LlmRunOut(BaseModel):
    run_id: str
    last_call_at: datetime
    totals: LlmTotals


class LlmUsage(BaseModel):
    """What the user's mail cost: altogether, per day (UTC) and per run, the newest first."""

    days: int
    total: LlmTotals
    by_day: list[LlmDayOut]
    by_run: list[LlmRunOut]


class LlmProblemOut(BaseModel):
    code: str
    detail: str


class ClassifierValues(BaseModel):
    """What is in force. Keys are never told, only whether there is one."""

    classification_mode: str
    llm_provider: str | None
    openai_base_url: str | None
    openai_model: str
    has_openai_api_key: bool
    anthropic_base_url: str | None
    anthropic_model: str
    has_anthropic_api_key: bool
    llm_budget_usd_per_day: float | None
    llm_price_input: float | None
    llm_price_output: float | None
    classification_local_confidence_threshold: float
    review_confidence_threshold: float

    @classmethod
    def of(cls, settings: Settings) -> Self:
        same = {name: getattr(settings, name) for name in cls.model_fields if hasattr(settings, name)}
        for name in ("llm_provider", "openai_base_url", "anthropic_base_url"):
            same[name] = same[name] or None
        return cls(
            **same,
            has_openai_api_key=bool(settings.openai_api_key.get_secret_value()),
            has_anthropic_api_key=bool(settings.anthropic_api_key.get_secret_value()),
        )


class LlmSettingsOut(BaseModel):
    """The configured model. `values` are in force; `from_environment` names those that only the environment can
    change; `may_change` is true for administrators. `spent_usd` and `calls` are this installation's today (UTC), of all
    its users.

    `budget_used_up` stops every further call today. `price_known` false means that costs are null; with a budget
    nothing is sent then.
    """

    mode: str
    provider: str | None
    model: str | None
    host: str | None
    offline: bool
    budget_usd_per_day: float | None
    spent_usd: float
    calls: int
    budget_used_up: bool
    price_known: bool
    prices_as_of: date
    problem: LlmProblemOut | None
    values: ClassifierValues
    from_environment: list[str]
    may_change: bool

    @classmethod
    def of(cls, settings: Settings, standing: Standing, fixed: list[str], *, may_change: bool) -> Self:
        config, problem = standing.config, standing.problem
        budget = settings.llm_budget_usd_per_day
        return cls(
            mode=effective_mode(settings),
            provider=config.provider.value if config else None,
            model=config.model if config else None,
            host=config.host if config else None,
            offline=settings.offline,
            budget_usd_per_day=budget,
            spent_usd=standing.spent_usd,
            calls=standing.calls,
            budget_used_up=budget is not None and standing.spent_usd >= budget,
            price_known=config is not None and prices.price_of(config) is not None,
            prices_as_of=prices.AS_OF,
            problem=LlmProblemOut(code=problem.code, detail=problem.detail) if problem else None,
            values=ClassifierValues.of(settings),
            from_environment=fixed,
            may_change=may_change,
        )


class LlmTestOut(BaseModel):
    """The model answered. `form` is the strictest way of asking that it takes."""

    ok: bool = True
    provider: str
    model: str
    host: str
    form: str
    duration_ms: int

    @classmethod
    def of(cls, settings: Settings, tested: Tested) -> Self:
        from app.llm.config import configured

        config = configured(settings)
        return cls(
            provider=config.provider.value if config else "",
            model=config.model if config else "",
            host=config.host if config else "",
            form=tested.form.value,
            duration_ms=tested.duration_ms,
        )
