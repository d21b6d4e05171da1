"""What left the house for a language model, what it cost, and whether the configured one works."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from app.auth.dependencies import AdminUser, CurrentUser
from app.auth.errors import AdminOnly
from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.pagination import Feed, InvalidCursor, Limit, decode_cursor, encode_cursor
from app.core.settings import Settings, get_settings
from app.core.web import ReadDb, problems
from app.llm import page_settings, repository, service
from app.llm.errors import (
    AddressRefused,
    BadAnswer,
    BudgetUsedUp,
    CreditUsedUp,
    KeyRefused,
    ModelUnknown,
    NotConfigured,
    OfflineMode,
    PriceUnknown,
    RateLimited,
    RequestRefused,
    ServerTrouble,
    SetByEnvironment,
    SettingsDisagree,
    TooManyTests,
    TooSlow,
    Unreachable,
)
from app.llm.page_settings import ClassifierPatch
from app.llm.schemas import (
    LlmCallOut,
    LlmDayOut,
    LlmRunOut,
    LlmSettingsOut,
    LlmTestOut,
    LlmTotals,
    LlmUsage,
)

router = APIRouter(tags=["llm"])
_RUNS_AT_MOST = 50


@router.get("/llm/calls", response_model=Feed[LlmCallOut], responses=problems(InvalidCursor))
def list_llm_calls(
    session: ReadDb,
    user: CurrentUser,
    run_id: Annotated[str | None, Query(max_length=32)] = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
) -> Feed[LlmCallOut]:
    """Every request with the user's mail, newest first: what was sent (redacted), to whom, tokens and cost."""
    before = _id_in(cursor) if cursor else None
    rows = repository.calls(session, user.id, run_id=run_id, before=before, limit=limit + 1)
    more = len(rows) > limit
    shown = rows[:limit]
    return Feed(
        items=[LlmCallOut.of(row) for row in shown],
        next_cursor=encode_cursor(shown[-1].id) if more else None,
    )


@router.get("/llm/usage", response_model=LlmUsage)
def get_llm_usage(
    session: ReadDb,
    user: CurrentUser,
    days: Annotated[int, Query(ge=1, le=180, description="How many days to look back")] = 30,
) -> LlmUsage:
    """Tokens and cost of the user's mail, per day and per run."""
    since = now() - timedelta(days=days)
    return LlmUsage(
        days=days,
        total=LlmTotals.of(repository.totals(session, user.id, since=since, run_id=None)),
        by_day=[
            LlmDayOut(day=day, totals=LlmTotals.of(totals))
            for day, totals in repository.totals_by_day(session, user.id, since)
        ],
        by_run=[
            LlmRunOut(run_id=run_id, last_call_at=at, totals=LlmTotals.of(totals))
            for run_id, at, totals in repository.totals_by_run(session, user.id, since, _RUNS_AT_MOST)
        ],
    )


@router.get("/settings/llm", response_model=LlmSettingsOut)
def get_llm_settings(session: ReadDb, user: CurrentUser) -> LlmSettingsOut:
    """Who classifies mail and how, the configured model, today's budget, and what stands in its way."""
    settings = service.settings_in_force()
    return _settings_out(session, settings, user)


@router.patch(
    "/settings/llm",
    response_model=LlmSettingsOut,
    responses=problems(AdminOnly, AddressRefused, SetByEnvironment, SettingsDisagree),
)
def change_llm_settings(user: AdminUser, patch: ClassifierPatch) -> LlmSettingsOut:
    """Change who classifies mail, for the whole installation. Keys are stored encrypted and never told again; what
    the environment sets stays."""
    service.check_addresses(patch)
    with db.transaction() as session:
        made = service.change_settings(session, get_settings(), patch)
    page_settings.forget_reading()
    with db.read_session() as session:
        return _settings_out(session, made, user)


@router.post(
    "/settings/llm/test",
    response_model=LlmTestOut,
    responses=problems(
        NotConfigured,
        OfflineMode,
        AddressRefused,
        BudgetUsedUp,
        PriceUnknown,
        KeyRefused,
        CreditUsedUp,
        ModelUnknown,
        RequestRefused,
        RateLimited,
        ServerTrouble,
        Unreachable,
        TooSlow,
        BadAnswer,
        TooManyTests,
        AdminOnly,
        SetByEnvironment,
        SettingsDisagree,
    ),
)
def test_llm(user: CurrentUser, patch: ClassifierPatch | None = None) -> LlmTestOut:  # noqa: PT028 (no test of ours)
    """Ask the configured model one small question, or, for administrators, the one that `patch` would configure; it
    is not stored. No mail is sent."""
    settings = service.settings_in_force()
    if patch is not None and patch.changes():
        if not user.is_admin:
            raise AdminOnly
        service.check_addresses(patch)
        with db.read_session() as session:
            settings = service.would_be(session, get_settings(), patch)
    return LlmTestOut.of(settings, service.test_connection(settings, user.id))


def _settings_out(session: db.ReadSession, settings: Settings, user: User) -> LlmSettingsOut:
    fixed = page_settings.fixed_names(get_settings())
    return LlmSettingsOut.of(settings, service.standing(session, settings), fixed, may_change=user.is_admin)


def _id_in(cursor: str) -> int:
    value = decode_cursor(cursor, 1)[0]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise InvalidCursor
    return value
