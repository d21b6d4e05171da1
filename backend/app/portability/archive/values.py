"""How single values travel: as JSON, and checked against their column when they come back."""

from __future__ import annotations

import base64
import binascii
import math
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.applications.models import DecisionKind, Source, Stage
from app.mail.models import Provider
from app.runs.models import RunState

_INT32 = 2**31
_INT64 = 2**63
_HTML_BYTES = 64 * 1024 * 1024  # what one mail may unpack to
_DEEPEST = 40
_EARLIEST, _LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
# Columns whose words the program knows; another one would have to be of a newer version.
ONE_OF: dict[tuple[str, str], frozenset[str]] = {
    ("applications", "stage"): frozenset(Stage),
    ("applications", "source"): frozenset(Source),
    ("applications", "last_direction"): frozenset({"in", "out"}),
    ("emails", "direction"): frozenset({"in", "out"}),
    ("decisions", "kind"): frozenset(DecisionKind),
    ("mail_accounts", "provider"): frozenset(Provider),
    ("runs", "state"): frozenset({RunState.DONE, RunState.ERROR, RunState.CANCELED}),
    ("search_entries", "kind"): frozenset({"email", "application"}),
}
# Addresses that a person clicks.
ADDRESSES = frozenset({("applications", "job_url"), ("action_items", "link"), ("calendar_writes", "link")})
PACKED = frozenset({("email_bodies", "html")})


class Unfit(ValueError):
    """A value that its column can't hold; says why."""


def to_json(value: Any) -> Any:
    """A stored value as JSON has it: moments in UTC with a Z, bytes in base64."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    return value


def from_json(column: Column[Any], value: Any) -> Any:
    """What the column is to hold. Raises Unfit."""
    if value is None:
        if not column.nullable:
            raise Unfit("is empty")
        return None
    name = (column.table.name, column.name)
    made = _READERS[_kind(column.type)](column, value)
    if name in ONE_OF and made not in ONE_OF[name]:
        raise Unfit("is a word that is not known here")
    if name in ADDRESSES and not str(made).lower().startswith(("https://", "http://", "mailto:")):
        raise Unfit("is no web address")
    if name in PACKED:
        _check_packed(made)
    return made


def default_of(column: Column[Any]) -> Any:
    """What a new row gets where nothing is said; None where the model names nothing."""
    value = getattr(column.default, "arg", None)
    return value(None) if callable(value) else value


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _kind(kind: TypeEngine[Any]) -> type[TypeEngine[Any]]:
    plain = _plain(kind)
    return next(known for known in _READERS if isinstance(plain, known))


def _whole(column: Column[Any], value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unfit("is no whole number")
    limit = _INT64 if "BIG" in str(column.type).upper() else _INT32
    if not -limit <= value < limit:
        raise Unfit("is too large a number")
    return value


def _truth(_column: Column[Any], value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit("is neither true nor false")
    return value


def _number(_column: Column[Any], value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unfit("is no number")
    return float(value)


def _text(column: Column[Any], value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit("is no text")
    _check_text(value)
    length = getattr(_plain(column.type), "length", None)
    if length is not None and len(value) > length:
        raise Unfit(f"is longer than {length} characters")
    return value


def _check_text(value: str) -> None:
    """What Postgres stores: no NUL, no halves of characters."""
    if "\x00" in value:
        raise Unfit("holds a NUL")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unfit("holds half a character") from None


def _moment(_column: Column[Any], value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unfit("is no moment in time") from None
    if found.tzinfo is None:
        raise Unfit("is a moment without a time zone")
    if not _EARLIEST <= found <= _LATEST:
        raise Unfit("is no moment that can be stored")
    return found.astimezone(UTC)


def _day(_column: Column[Any], value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unfit("is no date") from None


def _bytes(_column: Column[Any], value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise Unfit("is not in base64") from None


def _tree(column: Column[Any], value: Any) -> Any:
    empty = default_of(column)
    if isinstance(empty, list | dict) and not isinstance(value, type(empty)):
        raise Unfit(f"is no {'list' if isinstance(empty, list) else 'map'}")
    _check_tree(value, 0)
    return value


def _check_tree(value: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise Unfit("nests too deep")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise Unfit("holds a number without end")
    elif isinstance(value, list):
        for one in value:
            _check_tree(one, depth + 1)
    elif isinstance(value, dict):
        for name, one in value.items():
            _check_text(name)
            _check_tree(one, depth + 1)


def _check_packed(value: bytes) -> None:
    """Compressed text that unpacks to all memory would bring the reader down, long after the import."""
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(value, _HTML_BYTES)
    except zlib.error:
        raise Unfit("is not compressed as it should be") from None
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise Unfit("is cut short, or unpacks to more than 64 MB")


_Reader = Callable[[Column[Any], Any], Any]
_READERS: dict[type[TypeEngine[Any]], _Reader] = {
    Boolean: _truth,
    Integer: _whole,
    Float: _number,
    String: _text,
    DateTime: _moment,
    Date: _day,
    LargeBinary: _bytes,
    JSON: _tree,
}
