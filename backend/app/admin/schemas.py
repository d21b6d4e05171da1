"""What the operator is told."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel

from app.core.clock import now
from app.core.findings import Finding, Level, worst


class LiveOut(BaseModel):
    status: Literal["ok"] = "ok"
    version: str


class ReadyOut(BaseModel):
    """`redis` is null where none is configured, `broker` where no work is given to Celery workers. `degraded`: one of
    them does not answer; people and mail syncs are served all the same, work for workers waits."""

    status: Literal["ok", "degraded"]
    version: str
    database: bool
    redis: bool | None
    broker: bool | None


class GmailHealth(BaseModel):
    """Booleans only: this answers without a login. `gmail_api`: an OAuth client is configured and readable."""

    status: Literal["ok", "error"]
    timestamp: datetime
    database: bool
    redis: bool | None
    gmail_api: bool
    gmail_configured: bool


class FindingOut(BaseModel):
    """One check: a sentence, and one thing to do about it (null where there is none)."""

    code: str
    status: Level
    sentence: str
    action: str | None
    mail_account_id: int | None


class DoctorOut(BaseModel):
    """`status` is the worst of the checks."""

    status: Level
    checked_at: datetime
    items: list[FindingOut]

    @classmethod
    def of(cls, findings: list[Finding]) -> Self:
        items = [
            FindingOut(
                code=each.code,
                status=each.level,
                sentence=each.sentence,
                action=each.action,
                mail_account_id=each.mail_account_id,
            )
            for each in findings
        ]
        return cls(status=worst(findings), checked_at=now(), items=items)
