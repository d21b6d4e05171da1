"""What the operator is told."""

from __future__ import annotations

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
