"""Lists are `{items, total, offset, limit}`; feeds are `{items, next_cursor}` with an opaque cursor."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from app.core.errors import BadRequest

Item = TypeVar("Item")

Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many items to leave out")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many items at most")]


class InvalidCursor(BadRequest):
    code = "cursor.invalid"
    title = "This cursor is not one of ours"


class Page(BaseModel, Generic[Item]):
    """One page of a list; `total` counts all that match."""

    items: list[Item]
    total: int
    offset: int
    limit: int


class Feed(BaseModel, Generic[Item]):
    """One page of a feed; `next_cursor` is null at its end."""

    items: list[Item]
    next_cursor: str | None = None


def encode_cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """The values that `encode_cursor` was given. Raises InvalidCursor."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise InvalidCursor from error
    if not isinstance(values, list) or len(values) != length:
        raise InvalidCursor
    return values
