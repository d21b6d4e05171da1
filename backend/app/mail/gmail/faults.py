"""What Google's error answers mean. The same limit comes as 403 or 429, and not every 403 is a limit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

from app.core.clock import now

_RETRY_TEXT = re.compile(r"Retry after\s+(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)", re.IGNORECASE)
_RATE_REASONS = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RESOURCE_EXHAUSTED"}
)
_SCOPE_REASONS = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
_OFF_REASONS = frozenset({"accessNotConfigured", "SERVICE_DISABLED", "domainPolicy", "failedPrecondition"})
LONGEST_WAIT_S = 86_400.0  # moments that Google names are sometimes wrong


class FaultKind(StrEnum):
    """What to do about an error answer."""

    GONE = "gone"  # the thing does not exist (any more)
    RETRY = "retry"  # Google's trouble: back off
    RATE = "rate"  # wait for the allowance to refill
    CONCURRENT = "concurrent"  # fewer at once
    DAILY = "daily"  # over for today
    AUTH = "auth"  # the token is not accepted, even a fresh one
    SCOPE = "scope"  # the grant does not cover it
    DISABLED = "disabled"  # the project or the administrator forbids it
    REFUSED = "refused"  # this request will never work


@dataclass(frozen=True, slots=True)
class Fault:
    """One error answer. `retry_after` is in seconds from now, None when nothing was said."""

    kind: FaultKind
    status: int
    reason: str = ""
    retry_after: float | None = None


# An answer that can't be read (a part that is missing, a body that is not JSON), and none at all.
GARBLED = Fault(FaultKind.RETRY, 0, "garbled")
UNREACHED = Fault(FaultKind.RETRY, 0, "unreached")


def read_fault(status: int, headers: Mapping[str, str], content: bytes) -> Fault:
    """The meaning of an error answer, of a single call or a part of a batch. Header names are lower case."""
    reasons, message = _body(content)
    kind = _kind(status, reasons, message)
    reason = next((r for r in reasons if r), "")
    wait = _retry_after(headers.get("retry-after", ""), message)
    return Fault(kind, status, reason, wait)


def _kind(status: int, reasons: frozenset[str], message: str) -> FaultKind:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return FaultKind.GONE
    if status == HTTPStatus.UNAUTHORIZED:
        return FaultKind.AUTH
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FaultKind.RETRY
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.FORBIDDEN):
        return _limit_or_refusal(status, reasons, message)
    if status == HTTPStatus.BAD_REQUEST and "failedPrecondition" in reasons:
        # "Precondition check failed." passes by itself; "Mail service not enabled" is an account without
        # Gmail.
        return FaultKind.DISABLED if "not enabled" in message else FaultKind.RETRY
    return FaultKind.REFUSED


def _limit_or_refusal(status: int, reasons: frozenset[str], message: str) -> FaultKind:
    if "concurrent" in message.lower():
        return FaultKind.CONCURRENT
    if "dailyLimitExceeded" in reasons:
        return FaultKind.DAILY
    if reasons & _RATE_REASONS or status == HTTPStatus.TOO_MANY_REQUESTS:
        return FaultKind.RATE
    if reasons & _SCOPE_REASONS or "insufficient authentication scopes" in message:
        return FaultKind.SCOPE
    if reasons & _OFF_REASONS:
        return FaultKind.DISABLED
    return FaultKind.REFUSED


def _body(content: bytes) -> tuple[frozenset[str], str]:
    """The reasons (of both generations of Google's error format) and the message."""
    try:
        error = json.loads(content)["error"]
    except (ValueError, KeyError, TypeError):
        return frozenset(), ""
    if not isinstance(error, dict):
        return frozenset(), ""
    rows = [*_rows(error.get("errors")), *_rows(error.get("details"))]
    reasons = {str(row["reason"]) for row in rows if row.get("reason")}
    if (status := str(error.get("status", ""))) in _RATE_REASONS:
        reasons.add(status)
    return frozenset(reasons), str(error.get("message", ""))


def _rows(value: object) -> list[dict[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _retry_after(header: str, message: str) -> float | None:
    """Seconds to wait, a day at most: the later of the header and the moment named in the text. Past moments say
    nothing, nor does what makes no sense."""
    waits = [
        min(wait, LONGEST_WAIT_S)
        for wait in (_from_header(header.strip()), _from_text(message))
        if wait is not None and wait > 0
    ]
    return max(waits, default=None)


def _from_header(value: str) -> float | None:
    if value.isascii() and value.isdigit():
        return float(value[:9])
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now()).total_seconds()


def _from_text(message: str) -> float | None:
    found = _RETRY_TEXT.search(message)
    if found is None:
        return None
    try:
        return (datetime.fromisoformat(found.group(1)) - now()).total_seconds()
    except ValueError:
        return None
