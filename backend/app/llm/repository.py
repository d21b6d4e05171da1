"""Rows of calls, days and cached answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import ReadSession, WriteSession
from app.llm.models import CachedAnswer, LlmCall, LlmDay

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over some calls. `unpriced` calls are those whose cost is unknown: `cost_usd` leaves them out."""

    calls: int
    items: int
    failed: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    unpriced: int


def end_call(session: WriteSession, call_id: int, values: Mapping[str, Any]) -> None:
    """Write down how a call ended; one that is gone with its user stays gone."""
    session.execute(
        update(LlmCall)
        .where(LlmCall.id == call_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def calls(
    session: ReadSession, user_id: int, *, run_id: str | None, before: int | None, limit: int
) -> Sequence[LlmCall]:
    """The user's calls, newest first."""
    query = select(LlmCall).where(LlmCall.user_id == user_id)
    if run_id is not None:
        query = query.where(LlmCall.run_id == run_id)
    if before is not None:
        query = query.where(LlmCall.id < before)
    return session.scalars(query.order_by(LlmCall.id.desc()).limit(limit)).all()


def totals(session: ReadSession, user_id: int, *, since: datetime | None, run_id: str | None) -> Totals:
    """What the user's calls come to."""
    query = _only(select(*_SUMS), user_id, since)
    if run_id is not None:
        query = query.where(LlmCall.run_id == run_id)
    return _totals(tuple(session.execute(query).one()))


def totals_by_day(session: ReadSession, user_id: int, since: datetime) -> list[tuple[date, Totals]]:
    """Per day (UTC), newest first."""
    day = func.date(func.timezone("UTC", LlmCall.started_at))
    if session.get_bind().dialect.name == "sqlite":
        day = func.date(LlmCall.started_at)
    rows = session.execute(
        _only(select(day, *_SUMS), user_id, since).group_by(day).order_by(day.desc())
    ).all()
    return [(date.fromisoformat(str(row[0])), _totals(tuple(row)[1:])) for row in rows]


def totals_by_run(
    session: ReadSession, user_id: int, since: datetime, limit: int
) -> list[tuple[str, datetime, Totals]]:
    """Per run, the one that asked last first: id, when it asked last, sums."""
    last = func.max(LlmCall.id)
    query = _only(select(LlmCall.run_id, func.max(LlmCall.started_at), *_SUMS), user_id, since)
    rows = session.execute(
        query.where(LlmCall.run_id.is_not(None)).group_by(LlmCall.run_id).order_by(last.desc()).limit(limit)
    ).all()
    return [(row[0], row[1], _totals(tuple(row)[2:])) for row in rows]


def day_of(session: ReadSession, day: date) -> LlmDay | None:
    return session.get(LlmDay, day)


def _ensure_day(session: WriteSession, day: date) -> None:
    """Have a row for the day; two at once make one."""
    values = {
        "day": day,
        "spent_usd": 0.0,
        "reserved_usd": 0.0,
        "calls": 0,
        "input_tokens": 0,
        "output_tokens": 0,
    }
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(LlmDay).values(values).on_conflict_do_nothing())


def reserve(session: WriteSession, day: date, amount: float, budget: float) -> bool:
    """Set money aside unless the day's budget would be passed; one statement, so that two can't both have it."""
    _ensure_day(session, day)
    return _change_day(
        session,
        day,
        {"reserved_usd": LlmDay.reserved_usd + amount},
        LlmDay.spent_usd + LlmDay.reserved_usd + amount <= budget,
    )


def settle(
    session: WriteSession, day: date, *, reserved: float, spent: float, tokens: tuple[int, int]
) -> None:
    """Give back what was set aside, and count what a call came to."""
    left = LlmDay.reserved_usd - reserved
    values = {
        "reserved_usd": case((left < 0, 0.0), else_=left),
        "spent_usd": LlmDay.spent_usd + spent,
        "calls": LlmDay.calls + 1,
        "input_tokens": LlmDay.input_tokens + tokens[0],
        "output_tokens": LlmDay.output_tokens + tokens[1],
    }
    if not _change_day(session, day, values):
        _ensure_day(session, day)
        _change_day(session, day, values)


def _change_day(
    session: WriteSession, day: date, values: Mapping[str, Any], *conditions: ColumnElement[bool]
) -> bool:
    changed = session.execute(
        update(LlmDay)
        .where(LlmDay.day == day, *conditions)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(changed, "rowcount", 0))


def cached(session: ReadSession, user_id: int, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The stored answers among these keys."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        rows = session.execute(
            select(CachedAnswer.key, CachedAnswer.answer).where(
                CachedAnswer.user_id == user_id, CachedAnswer.key.in_(some)
            )
        )
        found.update((key, answer) for key, answer in rows)
    return found


def store(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Write answers; one that is there already stays."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(CachedAnswer).on_conflict_do_nothing(), list(rows))


def forget_before(session: WriteSession, moment: datetime, limit: int) -> int:
    """Delete up to `limit` calls and as many answers older than `moment`; how many went."""
    gone = 0
    for id_column, at in (
        (LlmCall.id, LlmCall.started_at),
        (CachedAnswer.key, CachedAnswer.created_at),
    ):
        old = list(session.scalars(select(id_column).where(at < moment).limit(limit)))
        if old:
            session.execute(delete(id_column.class_).where(id_column.in_(old)))
        gone += len(old)
    return gone


_SUMS: tuple[ColumnElement[Any], ...] = (
    func.count(LlmCall.id),
    func.coalesce(func.sum(LlmCall.items), 0),
    func.coalesce(func.sum(case((LlmCall.outcome == "failed", 1), else_=0)), 0),
    func.coalesce(func.sum(LlmCall.input_tokens), 0),
    func.coalesce(func.sum(LlmCall.output_tokens), 0),
    func.coalesce(func.sum(LlmCall.cost_usd), 0.0),
    func.coalesce(
        func.sum(case((LlmCall.cost_usd.is_(None) & (LlmCall.outcome != "failed"), 1), else_=0)), 0
    ),
)


def _only(query: Select[Any], user_id: int, since: datetime | None) -> Select[Any]:
    query = query.where(LlmCall.user_id == user_id)
    return query if since is None else query.where(LlmCall.started_at >= since)


def _totals(row: Sequence[Any]) -> Totals:
    return Totals(
        int(row[0]), int(row[1]), int(row[2]), int(row[3]), int(row[4]), round(float(row[5]), 6), int(row[6])
    )
