"""The web application: rooms' routers under /api, the page everywhere else.

`uvicorn app.main:create_app --factory`, or `uvicorn app.main:app`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from sqlalchemy.exc import OperationalError, ProgrammingError
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute

from app import wiring
from app.admin.egress_router import router as egress_router
from app.admin.operating_router import get_metrics
from app.admin.operating_router import router as operating_router
from app.admin.router import router as admin_router
from app.admin.users_router import router as users_router
from app.analytics.router import router as analytics_router
from app.applications.agenda.router import router as agenda_router
from app.applications.keeping.router import router as keeping_router
from app.applications.router import router as applications_router
from app.auth import service as accounts
from app.auth import tokens
from app.auth.google_router import router as google_router
from app.auth.router import router as auth_router
from app.auth.two_step_router import router as two_step_router
from app.core import api_docs, api_schema, db, egress, metrics, problems, rate_limit, spa
from app.core.logging import configure_logging
from app.core.middleware import METRICS_PATH, BodyLimit, HostAllowList, RequestContext
from app.core.places import PAGE
from app.core.settings import Settings, load_settings, use_settings
from app.core.version import VERSION
from app.demo.router import router as demo_router
from app.intake.lately_router import router as lately_router
from app.intake.managing_router import router as managing_router
from app.intake.planning_router import router as planning_router
from app.intake.reprocess.router import router as reprocess_router
from app.intake.review_router import router as review_router
from app.intake.router import router as intake_router
from app.llm.router import router as llm_router
from app.mail.router import finish_gmail_auth
from app.mail.router import router as mail_router
from app.mailsync.accounts import router as accounts_router
from app.mailsync.checks_router import router as checks_router
from app.mailsync.gmail_router import router as gmail_router
from app.mailsync.ingest_router import router as ingest_router
from app.mailsync.router import router as mailsync_router
from app.mailsync.schedules_router import router as schedules_router
from app.mailsync.uploads_router import router as uploads_router
from app.portability.archive.router import router as archive_router
from app.portability.sheets.router import router as sheets_router
from app.portability.tables.router import router as tables_router
from app.replies.calendar_router import router as calendar_router
from app.replies.router import router as replies_router
from app.runs import executors
from app.runs.router import router as runs_router

ROUTERS: tuple[APIRouter, ...] = (
    auth_router,
    two_step_router,
    google_router,
    mail_router,
    accounts_router,
    mailsync_router,
    gmail_router,
    checks_router,
    schedules_router,
    ingest_router,
    uploads_router,
    runs_router,
    intake_router,
    review_router,
    managing_router,
    lately_router,
    planning_router,
    reprocess_router,
    replies_router,
    calendar_router,
    agenda_router,
    applications_router,
    keeping_router,
    analytics_router,
    tables_router,
    sheets_router,
    archive_router,
    llm_router,
    demo_router,
    egress_router,
    admin_router,
    users_router,
    operating_router,
)
_THREADS_AT_MOST = 40


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application. Touches no database until it starts."""
    chosen = settings or load_settings()
    use_settings(chosen)
    made = FastAPI(
        title="Jobtrail",
        version=VERSION,
        description="Keeps your job search up to date from your inbox.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        routes=list(_routes()),
        lifespan=_lifespan,
        middleware=[
            Middleware(RequestContext, settings=chosen),
            Middleware(HostAllowList, allowed=chosen.host_allow_list),
            Middleware(BodyLimit),
            Middleware(
                CORSMiddleware,
                allow_origins=chosen.cors_origins,
                allow_credentials=True,
                allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
                allow_headers=["Authorization", "Content-Type", "X-CSRF-Token", chosen.api_key_header],
                expose_headers=["X-Request-ID", "Retry-After"],
            ),
        ],
    )
    made.state.settings = chosen
    rate_limit.configure(chosen)
    problems.install(made)
    spa.install(made, PAGE)
    made.openapi = lambda: api_schema.describe(made)  # type: ignore[method-assign]
    return made


@cache
def _routes() -> list[BaseRoute]:
    """Every endpoint, once per process: working out what they take and give costs 0.4 s and 5 MB, and depends on
    no settings."""
    everything = APIRouter(generate_unique_id_function=_operation_id)
    for router in ROUTERS:
        everything.include_router(router, prefix="/api")
    everything.include_router(_hidden_addresses())
    return everything.routes


def _hidden_addresses() -> APIRouter:
    """What is answered but not described: older names of the Gmail endpoints, and the description itself."""
    hidden = APIRouter(include_in_schema=False)
    hidden.include_router(mail_router)
    hidden.include_router(gmail_router)
    hidden.add_api_route("/gmail/auth/callback", finish_gmail_auth, response_model=None)

    hidden.add_api_route(METRICS_PATH, get_metrics, response_model=None)

    def show_docs(request: Request) -> HTMLResponse:
        return HTMLResponse(api_docs.render(request.app.openapi()))

    hidden.add_api_route("/docs", show_docs, response_class=HTMLResponse)
    return hidden


def _operation_id(route: APIRoute) -> str:
    return route.name


@asynccontextmanager
async def _lifespan(made: FastAPI) -> AsyncIterator[None]:
    settings: Settings = made.state.settings
    settings.ensure_secrets()
    if not logging.getLogger().hasHandlers():
        configure_logging(settings.log_level, settings.log_format)
    metrics.forget_dead_processes(settings)
    opened = _open_database(settings)
    anyio.to_thread.current_default_thread_limiter().total_tokens = _threads(settings)
    try:
        await anyio.to_thread.run_sync(_print_setup_code, settings)
        wiring.connect()
        await anyio.to_thread.run_sync(partial(executors.start, settings, ticking=True))
        yield
    finally:
        await anyio.to_thread.run_sync(executors.stop)
        await anyio.to_thread.run_sync(egress.flush)
        if opened:
            db.dispose()


def _open_database(settings: Settings) -> bool:
    """Open the database, unless this process has it open already (tests); whether it was opened here."""
    try:
        already = db.engine().url.render_as_string(hide_password=False) == settings.database_url
    except RuntimeError:
        already = False
    if not already:
        db.configure(settings)
    return not already


def _threads(settings: Settings) -> int:
    """As many requests at once as there are database connections for."""
    if settings.is_sqlite:
        return _THREADS_AT_MOST
    return min(_THREADS_AT_MOST, settings.db_pool_size + settings.db_max_overflow)


def _print_setup_code(settings: Settings) -> None:
    """Tell whoever sees the terminal what the first person from another machine must know."""
    try:
        with db.read_session() as session:
            owner_exists = accounts.has_owner(session)
    except (OperationalError, ProgrammingError) as error:
        raise RuntimeError("The database can't be used as it is. Is it there, and migrated?") from error
    only_from_here = settings.on_loopback and not settings.public_url
    if owner_exists or only_from_here:
        return
    sys.stdout.write(f"\n  Nobody has an account yet. Setup code: {tokens.setup_code(settings)}\n\n")
    sys.stdout.flush()


def __getattr__(name: str) -> Any:
    """`app`, built when it is first asked for: importing this module must not read any settings."""
    if name != "app":
        raise AttributeError(name)
    made = globals()["app"] = create_app()
    return made
