"""What the operator is told."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel


class LiveOut(BaseModel):
    status: Literal["ok"] = "ok"
    version: str


class ReadyOut(BaseModel):
    """`redis` is null where none is configured."""

    status: Literal["ok"] = "ok"
    version: str
    database: bool
    redis: bool | None


class GmailHealth(BaseModel):
    """Booleans only: this answers without a login. `gmail_api`: an OAuth client is configured and readable."""

    status: Literal["ok", "error"]
    timestamp: datetime
    database: bool
    redis: bool | None
    gmail_api: bool
    gmail_configured: bool
