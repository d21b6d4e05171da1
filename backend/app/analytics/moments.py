"""Time in SQL, with the same result on SQLite and PostgreSQL: whole seconds since 1970, and days in a zone."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, case, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

DAY = 86_400
_NEVER = 2**62
_LAST_YEAR = 2200


class Epoch(FunctionElement[int]):
    """Whole seconds since 1970, rounded down, of a column of moments."""

    name = "jobtrail_epoch"
    type = BigInteger()
    inherit_cache = True


class _Least(FunctionElement[int]):
    """The smallest of several numbers, none of which is null."""

    name = "jobtrail_least"
    type = BigInteger()
    inherit_cache = True


class _Greatest(FunctionElement[int]):
    """The largest of several numbers, none of which is null."""

    name = "jobtrail_greatest"
    type = BigInteger()
    inherit_cache = True


@compiles(Epoch, "postgresql")
def _epoch_on_postgres(element: Epoch, compiler: Any, **how: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **how)})) AS BIGINT)"


@compiles(Epoch, "sqlite")
def _epoch_on_sqlite(element: Epoch, compiler: Any, **how: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **how)}) AS INTEGER)"


@compiles(_Least, "postgresql")
def _least_on_postgres(element: _Least, compiler: Any, **how: Any) -> str:
    return f"least({compiler.process(element.clauses, **how)})"


@compiles(_Least, "sqlite")
def _least_on_sqlite(element: _Least, compiler: Any, **how: Any) -> str:
    return f"min({compiler.process(element.clauses, **how)})"


@compiles(_Greatest, "postgresql")
def _greatest_on_postgres(element: _Greatest, compiler: Any, **how: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **how)})"


@compiles(_Greatest, "sqlite")
def _greatest_on_sqlite(element: _Greatest, compiler: Any, **how: Any) -> str:
    return f"max({compiler.process(element.clauses, **how)})"


def earliest(*columns: Any) -> ColumnElement[int]:
    """The first of these moments in seconds, whichever of them are known; null when none is."""
    if len(columns) == 1:
        return Epoch(columns[0])
    return func.nullif(
        _Least(*(func.coalesce(Epoch(c), literal(_NEVER, BigInteger)) for c in columns)), _NEVER
    )


def not_after(moment: ColumnElement[int], limit: int) -> ColumnElement[int]:
    """`moment`, or `limit` where it is unknown or later."""
    return _Least(func.coalesce(moment, literal(limit, BigInteger)), literal(limit, BigInteger))


def whole_days(
    start: ColumnElement[int], end: ColumnElement[int], *, begun: ColumnElement[bool]
) -> ColumnElement[int]:
    """Days from `start` to `end`, never negative: a day that has begun counts where `begun` holds, else not."""
    seconds = _Greatest(end - start, literal(0, BigInteger))
    return (seconds + case((begun, DAY - 1), else_=0)) // DAY


def local_day(column: Any, zone: ZoneInfo, first: datetime, last: datetime) -> ColumnElement[int]:
    """The day (0 = 1 January 1970) that it was in `zone`. Right for moments between `first` and `last`."""
    changes = _offsets(str(zone), first.year, last.year)
    offset: ColumnElement[int] = literal(changes[-1][1], BigInteger)
    if len(changes) > 1:
        # Comparing the column itself is quick; its seconds are computed once, whatever the number of changes.
        offset = case(
            *(
                (column < datetime.fromtimestamp(until, UTC), ahead)
                for (until, _), (_, ahead) in zip(changes[1:], changes[:-1], strict=True)
            ),
            else_=changes[-1][1],
        )
    seconds: ColumnElement[int] = Epoch(column)
    return (seconds + offset) // DAY


@lru_cache(maxsize=64)
def _offsets(zone_name: str, first_year: int, last_year: int) -> tuple[tuple[int, int], ...]:
    """(from which second on, how many seconds ahead of UTC) over these years, oldest first."""
    zone = ZoneInfo(zone_name)
    begin = datetime(max(1970, first_year), 1, 1, tzinfo=UTC) - timedelta(days=1)
    end = datetime(min(_LAST_YEAR, last_year) + 1, 1, 2, tzinfo=UTC)
    found = [(int(begin.timestamp()), _offset(zone, int(begin.timestamp())))]
    day = begin
    while day < end:
        following = day + timedelta(days=7)
        before, after = int(day.timestamp()), int(following.timestamp())
        new = _offset(zone, after)
        if new != found[-1][1]:
            seconds = range(before, after + 1)
            old = found[-1][1]
            changed = bisect_left(seconds, True, key=lambda second: _offset(zone, second) != old)
            found.append((seconds[changed], new))
        day = following
    return tuple(found)


def _offset(zone: ZoneInfo, second: int) -> int:
    ahead = datetime.fromtimestamp(second, zone).utcoffset()
    return int(ahead.total_seconds()) if ahead is not None else 0
