"""What the fake Google does wrong, on request: a plan that tests and the control endpoint set."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

_SAME = {"messages.list": 5, "history.list": 2, "getProfile": 1, "labels.list": 1}
PRICES = {
    "2026": {"messages.get": 20, "threads.get": 40} | _SAME,
    "legacy": {"messages.get": 5, "threads.get": 10} | _SAME,
}
UNITS_PER_MINUTE = {"2026": 6_000, "legacy": 15_000}


@dataclass
class Reply:
    """One answer; `body` is JSON unless it is bytes. `fault` names what the transport has to break."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass
class FaultPlan:
    """Faults by name (see `error_reply`; besides: not_json, truncated, hang; of parts missing and odd, which is
    JSON of another shape; of requests dropped, which is no answer at all).

    `next_parts` and `next_requests` are used up in order, then shares (0..1 by name) are drawn. Parts are
    single gets (of messages or threads), alone or in a batch; requests are whole HTTP requests to the API.
    `always` holds for one message or thread id. An access token works for `token_uses` requests.

    The quota is `units_per_minute` per mailbox at the `prices` of 2026 or legacy, in a `bucket` that refills
    evenly or in `fixed` minutes; a minute takes `minute_s`, which is how a clock is scaled. `empty_pages` pages
    of history come without rows before the others, and every page of a listing or of history begins with the
    last `repeated_rows` rows of the page before. `decoded_headers` says whether parsed messages show header
    values decoded or as they were sent.
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
    token_uses: int | None = None
    prices: str = "2026"
    units_per_minute: int | None = None
    minute_s: float = 60.0
    window: str = "fixed"
    empty_pages: int = 0
    repeated_rows: int = 0
    decoded_headers: bool = True
    batch_paths: tuple[str, ...] = ("/batch", "/batch/gmail/v1")
    hang_s: float = 3.0


class Faults:
    """The plan in use, with its dice, its meter and its log. Safe for several threads."""

    def __init__(self, seed: int = 1) -> None:
        self.plan = FaultPlan()
        self.odd_answers: list[Any] = []  # what the next single calls answer instead, whatever they ask
        self.spoilers: set[str] = set()  # a batch in which an address has one of these in it fails as a whole
        self.log: list[dict[str, Any]] = []
        self.units = 0
        self.refused = 0  # calls that the quota had no units for
        self.calls: Counter[str] = Counter()
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self._minutes: dict[
            str, tuple[float, float]
        ] = {}  # by mailbox: begin of the minute, units used in it
        self._script: list[tuple[int, Callable[[], object]]] = []

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

    def limit(self, prices: str, minute_s: float = 60.0) -> None:
        """Enforce the quota of that price table, in minutes of that length."""
        units = UNITS_PER_MINUTE[prices]
        self.set(prices=prices, units_per_minute=units, minute_s=minute_s, window="bucket")

    def after(self, calls: int, action: Callable[[], object]) -> None:
        """Do something to a mailbox when the API has been called so many times more, parts of batches each."""
        with self._lock:
            self._script.append((sum(self.calls.values()) + calls, action))

    def charge(self, method: str, mailbox: str = "") -> bool:
        """Count one call; False when this minute's units are used up."""
        with self._lock:
            self.calls[method] += 1
            count = sum(self.calls.values())
            due = [action for at, action in self._script if at <= count]
            self._script = [entry for entry in self._script if entry[0] > count]
            allowed = self._spend(PRICES[self.plan.prices].get(method, 0), mailbox)
        for action in due:
            action()
        return allowed

    def _spend(self, price: int, mailbox: str) -> bool:
        most = self.plan.units_per_minute
        if most is not None:
            moment = time.monotonic()
            start, used = self._minutes.get(mailbox, (moment, 0.0))
            if self.plan.window == "bucket":
                start, used = moment, max(0.0, used - (moment - start) * most / self.plan.minute_s)
            elif moment - start >= self.plan.minute_s:
                start, used = moment, 0.0
            fits = used + price <= most
            self._minutes[mailbox] = (start, used + price if fits else used)
            if not fits:
                self.refused += 1
                return False
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
