"""What wraps every request (plain ASGI): an id, a log line, security headers, the Host list, body limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core import metrics
from app.core.clock import monotonic
from app.core.logging import request_facts
from app.core.problems import problem
from app.core.settings import Settings, get_settings

log = structlog.get_logger("app.access")

MEGABYTE = 1024 * 1024
JSON_BODY_BYTES = 2 * MEGABYTE
# Uploads stream to disk and count for themselves; None: no limit here. The first that fits counts.
BODY_LIMITS: dict[str, int | None] = {
    "/api/imports/mail/uploads": JSON_BODY_BYTES,  # they come in chunks of half that
    "/api/imports/mail": None,
    "/api/imports/archive": None,
    "/api/imports/csv": 6 * MEGABYTE,
    "/api/langgraph/batch_process": 25 * MEGABYTE,
    "/api/v1/emails/ingest": 25 * MEGABYTE,
}
HEALTH_PREFIX = "/api/v1/health/"
METRICS_PATH = "/metrics"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECRET_PARAMETER = re.compile(
    r"(^|&)([^=&]*(?:token|code|state|key|secret|password)[^=&]*)=[^&]*", re.IGNORECASE
)

# The address of a private calendar is all that it takes to read it.
_SECRET_PATH = re.compile(r"^(/api/calendar/).+")


def redacted(query: str) -> str:
    """A query string without the values of its secret parameters."""
    return _SECRET_PARAMETER.sub(r"\1\2=[redacted]", query)


@dataclass
class _Exchange:
    """One request under way, as the log will tell it."""

    request_id: str
    started: float
    status: int = 0
    answered: float = 0.0


class RequestContext:
    """Outermost: gives the request its id and security headers, writes a log line, answers what blew up."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.public_by_tls = settings.public_url.startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        exchange = _Exchange(given if _SANE_ID.fullmatch(given) else uuid4().hex, monotonic())
        facts = scope.setdefault("state", {})
        facts["request_id"] = exchange.request_id

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status, exchange.answered = message["status"], monotonic()
                self._add_headers(MutableHeaders(scope=message), scope, exchange.request_id)
            await send(message)

        about = request_facts.set(facts)
        with structlog.contextvars.bound_contextvars(request_id=exchange.request_id):
            try:
                await self.app(scope, receive, send_with_headers)
            except ClientDisconnect:
                log.debug("client_went_away")
            except Exception:
                log.exception("request_crashed")
                if exchange.status:
                    raise
                answer = problem(
                    exchange.request_id,
                    500,
                    "internal",
                    "Something went wrong",
                    "An unexpected error; it was written to the log.",
                )
                await answer(scope, receive, send_with_headers)
            finally:
                _write_line(scope, exchange)
                _count(scope, exchange)
                request_facts.reset(about)

    def _add_headers(self, headers: MutableHeaders, scope: Scope, request_id: str) -> None:
        headers["X-Request-ID"] = request_id
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if self.public_by_tls or scope.get("scheme") == "https":
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if scope["path"].startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")


class HostAllowList:
    """Refuses requests that name another host: a page elsewhere can't rebind its name to this server."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self.app = app
        self.names = {_bare(name) for name in allowed if not name.startswith("*.")}
        self.suffixes = tuple(name[1:] for name in allowed if name.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._is_allowed(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _refuse(
                scope,
                400,
                "host.not_allowed",
                "Unknown host",
                "This server does not answer to that name. Add it to ALLOWED_HOSTS if it should.",
            )(scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        # What watches a server knows it by other names; /metrics looks at the name itself.
        if scope["path"].startswith(HEALTH_PREFIX) or scope["path"] == METRICS_PATH or "*" in self.names:
            return True
        name = _bare(Headers(scope=scope).get("host", ""))
        return bool(name) and (name in self.names or name.endswith(self.suffixes or ("\0",)))


class BodyLimit:
    """Refuses bodies above the limit of their path, announced or counted while they arrive."""

    def __init__(self, app: ASGIApp, limits: dict[str, int | None] = BODY_LIMITS) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._limit_of(scope["path"]) if scope["type"] == "http" else None
        if limit is None:
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            await _too_large(scope, limit)(scope, receive, send)
            return
        arrived, refused = 0, False

        async def receive_counted() -> Message:
            nonlocal arrived, refused
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > limit and not refused:
                refused = True
                await _too_large(scope, limit)(scope, receive, send)
            return {"type": "http.disconnect"} if refused else message

        async def send_unless_refused(message: Message) -> None:
            if not refused:
                await send(message)

        try:
            await self.app(scope, receive_counted, send_unless_refused)
        except ClientDisconnect:
            if not refused:
                raise

    def _limit_of(self, path: str) -> int | None:
        for prefix, limit in self.limits.items():
            if path == prefix or path.startswith(prefix + "/"):
                return limit
        return JSON_BODY_BYTES


def _too_large(scope: Scope, limit: int) -> Response:
    detail = f"The request is larger than {limit // MEGABYTE} MB."
    return _refuse(scope, 413, "request.too_large", "Too large", detail, limit_bytes=limit)


def _refuse(scope: Scope, status: int, code: str, title: str, detail: str, **params: Any) -> Response:
    request_id = str(scope.get("state", {}).get("request_id", ""))
    return problem(request_id, status, code, title, detail, params=params)


def _bare(host: str) -> str:
    """A Host header without its port, lower case; empty when it is none."""
    try:
        return urlsplit(f"//{host.strip()}").hostname or ""
    except ValueError:
        return ""


def _count(scope: Scope, exchange: _Exchange) -> None:
    """By the template of the address: who asks for what is nobody's to read there."""
    if not exchange.status:
        return  # the client went away before it was answered
    route = getattr(scope.get("route"), "path", None)
    if route is not None and scope["path"].startswith("/api/"):
        route = f"/api{route}"
    seconds = max(0.0, exchange.answered - exchange.started)
    metrics.count_request(scope["method"], route, exchange.status, seconds)


def _write_line(scope: Scope, exchange: _Exchange) -> None:
    query = scope.get("query_string", b"").decode("latin-1")
    # A person who watches the console wants to see what went wrong, not every poll of the page.
    fine_on_console = get_settings().log_format == "console" and exchange.status < 400
    quiet = fine_on_console or scope["path"].startswith((HEALTH_PREFIX, "/assets/", METRICS_PATH))
    (log.debug if quiet else log.info)(
        "request",
        method=scope["method"],
        path=_SECRET_PATH.sub(r"\1[redacted]", scope["path"]),
        query=redacted(query) if query else None,
        status=exchange.status,
        ms=round((monotonic() - exchange.started) * 1000, 1),
        user_id=scope.get("state", {}).get("user_id"),
    )
