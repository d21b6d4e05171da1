"""What endpoints share: the session dependencies that commit before the answer leaves, and declared problems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from pydantic import BaseModel

from app.core import db
from app.core.errors import AppError
from app.core.settings import Settings


class Problem(BaseModel):
    """RFC 9457 problem details, the one shape of all errors."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any]
    request_id: str
    errors: list[dict[str, Any]] | None = None


def _read() -> Iterator[db.ReadSession]:
    with db.read_session() as session:
        yield session


async def _count_transactions() -> None:
    """Async, so that it acts on the request's own context: threads of this request work on copies of it."""
    db.count_transactions_here()


def _write(_counted: Annotated[None, Depends(_count_transactions)]) -> Iterator[db.WriteSession]:
    with db.transaction() as session:
        yield session


RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]
ReadDb = Annotated[db.ReadSession, Depends(_read, scope="function")]
WriteDb = Annotated[db.WriteSession, Depends(_write, scope="function")]


def problems(*kinds: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of an endpoint that may raise `kinds`."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        known = found.setdefault(kind.status, {"model": Problem, "description": kind.title})
        if kind.title not in known["description"]:
            known["description"] += f" / {kind.title}"
    return found


def origin_of(settings: Settings, request: Request) -> str:
    """The address that people see us at, without a path."""
    return settings.public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
