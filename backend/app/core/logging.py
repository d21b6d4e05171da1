"""Structured logs: a console for people, JSON lines for machines; tokens in URLs never reach either."""

from __future__ import annotations

import logging
import re
import sys
from contextvars import ContextVar
from typing import Any

import structlog

_SECRET_IN_URL = re.compile(
    r"([?&](?:token|code|state|access_token|refresh_token|key)=)[^&\s\"']+", re.IGNORECASE
)
_SECRET_KEYS = frozenset(
    {
        "password",
        "token",
        "access_token",
        "refresh_token",
        "secret",
        "authorization",
        "credentials",
        "api_key",
    }
)


# What is known of the request under way. It is shared, not copied, with the threads that work on it: who asks is
# found out in one of them, and all lines of the request are to tell it.
request_facts: ContextVar[dict[str, Any] | None] = ContextVar("jobtrail_request_facts", default=None)
_TOLD_OF_REQUESTS = ("request_id", "user_id")


def configure_logging(level: str, fmt: str) -> None:
    """Set up structlog and the standard library's loggers. `fmt` is `console` or `json`."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _add_request,
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,  # as text, without local variables: those may hold secrets
        _redact,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if fmt == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in (
        "uvicorn.access",
        "httpx",
        "httpcore",
        "httpx2",
        "httpcore2",
        "openai",
        "anthropic",
        "googleapiclient.discovery_cache",
        "googleapiclient.http",
        "alembic.runtime.plugins",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)


def _add_request(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    facts = request_facts.get() or {}
    for name in _TOLD_OF_REQUESTS:
        if facts.get(name) is not None:
            event.setdefault(name, facts[name])
    return event


def _redact(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    for key, value in event.items():
        if key.lower() in _SECRET_KEYS:
            event[key] = "[redacted]"
        elif isinstance(value, str) and "=" in value:
            event[key] = _SECRET_IN_URL.sub(r"\1[redacted]", value)
    return event
