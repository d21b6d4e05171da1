"""Lines of the ledger: what became of each message that was looked at, and how a run counts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.mail.sources import FailureReason, FetchFailure
from app.mail.values import ParsedMail, RawMail
from app.mailsync.models import Outcome, Reason
from app.runs.context import RunContext

_COUNTED = {Outcome.STORED: "created", Outcome.SKIPPED: "skipped", Outcome.FAILED: "errors"}
_WORDS = {Outcome.SKIPPED: "skipped", Outcome.FAILED: "failed"}


@dataclass(frozen=True, slots=True)
class Line:
    """One message of an account and what became of it. The columns of EmailLog, without whose it is."""

    provider_message_id: str
    outcome: Outcome
    reason: Reason | None = None
    email_id: int | None = None
    subject: str = ""
    sender: str = ""
    received_at: datetime | None = None
    error: str | None = None
    attempts: int = 1

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def line_of(
    raw: RawMail,
    outcome: Outcome,
    *,
    reason: Reason | None = None,
    email_id: int | None = None,
    parsed: ParsedMail | None = None,
) -> Line:
    """The line of a message that arrived."""
    return Line(
        raw.provider_message_id,
        outcome,
        reason,
        email_id,
        _plain(parsed.subject)[:300] if parsed else "",
        _plain(parsed.sender_email)[:320] if parsed else "",
        (parsed.date if parsed else None) or raw.internal_date,
    )


def failure_line(failure: FetchFailure) -> Line:
    """The line of a message that did not arrive."""
    gone = failure.reason == FailureReason.GONE
    return Line(
        failure.provider_message_id,
        Outcome.SKIPPED if gone else Outcome.FAILED,
        Reason.GONE if gone else Reason.FETCH_FAILED,
        error=None if gone else failure.detail,
        attempts=failure.attempts,
    )


def count(ctx: RunContext, line: Line) -> None:
    """Put the line into the run's figures."""
    ctx.counts["processed"] += 1
    if name := _COUNTED.get(line.outcome):
        ctx.counts[name] += 1
    word = _WORDS.get(line.outcome, str(line.outcome))
    ctx.result[word] = ctx.result.get(word, 0) + 1
    ctx.result["fetched"] = ctx.result.get("fetched", 0) + 1


def _plain(value: str) -> str:
    return value.replace("\x00", "").encode("utf-8", "replace").decode()
