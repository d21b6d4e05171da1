"""What the fake Google does wrong, on request: a plan that tests and the control endpoint set."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

PRICES = {
    "messages.get": 20,
    "threads.get": 40,
    "messages.list": 5,
    "history.list": 2,
    "getProfile": 1,
    "labels.list": 1,
}


@dataclass
class Reply:
    """One answer; `body` is JSON unless it is bytes. `fault` names what the transport has to break."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass
class FaultPlan:
    """Faults by name (see `error_reply`; besides: not_json, missing, truncated, hang).

    `next_parts` and `next_requests` are used up in order, then shares (0..1 by name) are drawn. Parts are
    single gets, alone or in a batch; requests are whole HTTP requests to the API. `always` holds for one
    message id.
    """

    latency_s: float = 0.0
    next_parts: list[str] = field(default_factory=list)
    next_requests: list[str] = field(default_factory=list)
    part_shares: dict[str, float] = field(default_factory=dict)
    request_shares: dict[str, float] = field(default_factory=dict)
    always: dict[str, str] = field(default_factory=dict)
    retry_after_s: float | None = None
    retry_after_header: bool = False
    token_life_s: int = 3600
    rotate_refresh_tokens: bool = False
    require_pkce: bool = True
    units_per_minute: int | None = None
    minute_s: float = 60.0
    batch_paths: tuple[str, ...] = ("/batch", "/batch/gmail/v1")
    hang_s: float = 3.0


class Faults:
    """The plan in use, with its dice, its meter and its log. Safe for several threads."""

    def __init__(self, seed: int = 1) -> None:
        self.plan = FaultPlan()
        self.log: list[dict[str, Any]] = []
        self.units = 0
        self.calls: Counter[str] = Counter()
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self._minute = (0.0, 0)

    def set(self, **changes: Any) -> None:
        """Change fields of the plan."""
        with self._lock:
            for name, value in changes.items():
                if name not in asdict(self.plan):
                    raise KeyError(name)
                setattr(self.plan, name, value)

    def draw_part(self, message_id: str) -> str:
        with self._lock:
            if message_id in self.plan.always:
                return self.plan.always[message_id]
            return self._draw(self.plan.next_parts, self.plan.part_shares)

    def draw_request(self) -> str:
        with self._lock:
            return self._draw(self.plan.next_requests, self.plan.request_shares)

    def charge(self, method: str) -> bool:
        """Count one call; False when this minute's units are used up."""
        price = PRICES.get(method, 0)
        with self._lock:
            self.calls[method] += 1
            if self.plan.units_per_minute is not None:
                start, used = self._minute
                if time.monotonic() - start >= self.plan.minute_s:
                    start, used = time.monotonic(), 0
                if used + price > self.plan.units_per_minute:
                    self._minute = (start, used)
                    return False
                self._minute = (start, used + price)
            self.units += price
            return True

    def note(self, **entry: Any) -> None:
        with self._lock:
            self.log.append(entry)

    def error_reply(self, name: str) -> Reply:
        """The answer that Google gives for the fault of that name."""
        status, reason, message, word = _ERRORS[name]
        headers = {}
        if self.plan.retry_after_s is not None and status in (403, 429):
            until = datetime.now(UTC) + timedelta(seconds=self.plan.retry_after_s)
            message = f"User-rate limit exceeded.  Retry after {until:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
            if self.plan.retry_after_header:
                headers["Retry-After"] = str(max(1, round(self.plan.retry_after_s)))
        rows = [{"message": message, "domain": "global", "reason": reason}]
        body = {"error": {"code": status, "message": message, "errors": rows, "status": word}}
        return Reply(status, body, headers)

    def _draw(self, script: list[str], shares: dict[str, float]) -> str:
        if script:
            return script.pop(0)
        roll = self._dice.random()
        for name, share in shares.items():
            if roll < share:
                return name
            roll -= share
        return ""


_QUOTA = (
    "Quota exceeded for quota metric 'Total Query Cost' and limit 'Units per minute per user' of service "
    "'gmail.googleapis.com' for consumer 'project_number:1'."
)
_NO_SCOPE = "Request had insufficient authentication scopes."
_ERRORS = {
    "400": (400, "invalidArgument", "Invalid id value", "INVALID_ARGUMENT"),
    "page_token": (400, "invalidArgument", "Invalid pageToken", "INVALID_ARGUMENT"),
    "precondition": (400, "failedPrecondition", "Precondition check failed.", "FAILED_PRECONDITION"),
    "no_mailbox": (400, "failedPrecondition", "Mail service not enabled", "FAILED_PRECONDITION"),
    "401": (401, "authError", "Invalid Credentials", "UNAUTHENTICATED"),
    "403": (403, "rateLimitExceeded", _QUOTA, "PERMISSION_DENIED"),
    "daily": (403, "dailyLimitExceeded", "Daily Limit Exceeded", "PERMISSION_DENIED"),
    "scope": (403, "insufficientPermissions", _NO_SCOPE, "PERMISSION_DENIED"),
    "off": (403, "accessNotConfigured", "Gmail API has not been used in project 1.", "PERMISSION_DENIED"),
    "404": (404, "notFound", "Requested entity was not found.", "NOT_FOUND"),
    "429": (
        429,
        "rateLimitExceeded",
        "Resource has been exhausted (e.g. check quota).",
        "RESOURCE_EXHAUSTED",
    ),
    "concurrent": (429, "rateLimitExceeded", "Too many concurrent requests for user.", "RESOURCE_EXHAUSTED"),
    "500": (500, "backendError", "Internal error encountered.", "INTERNAL"),
    "503": (503, "backendError", "The service is currently unavailable.", "UNAVAILABLE"),
}
