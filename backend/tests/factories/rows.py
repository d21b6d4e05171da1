"""A row of any table, filled by what its columns ask for; every text in it carries the mark."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Float, Integer, LargeBinary, String, Table, insert
from sqlalchemy.types import TypeDecorator

from app import orm
from app.core.clock import now
from app.core.db import WriteSession

_numbers = count(1)
# Columns that hold one of a few words, and links that must not lead anywhere.
_WORDS: dict[str, dict[str, Any]] = {
    "users": {"time_zone": "UTC", "locale": "en", "is_admin": False, "password_hash": None},
    "api_keys": {"scope": "write"},
    "applications": {
        "stage": "interview",
        "source": "unknown",
        "category": "INTERVIEW_REQUEST",
        "last_direction": "in",
        "merged_into": None,
        "archived_at": None,
        "deleted_at": None,
        "job_url": "https://larkspur.example/job",
        "position_level": None,
    },
    "interviews": {"state": "scheduled"},
    "action_items": {"kind": "reply", "link": None, "done_at": None},
    "contacts": {"hidden_at": None},
    "reminders": {"done_at": None, "snoozed_until": None},
    "application_tags": {"decision_id": None},
    "decisions": {"kind": "pin", "payload": {"pinned": True}, "revoked_at": None},
    "timeline_events": {"cause": "user"},
    "mail_accounts": {"provider": "archive", "credentials": None},
    "emails": {"direction": "in"},
    "verdicts": {
        "email_class": "INTERVIEW_REQUEST",
        "classified_by": "rules",
        "error": None,
        "application_stage": "interview",
        "review_reason": None,
    },
    "links": {"method": "thread"},
    "search_entries": {"kind": "email"},
    "runs": {"kind": "import", "state": "queued", "not_before": None, "finished_at": None},
    "email_logs": {"outcome": "stored", "reason": None, "error": None, "classification": None},
    "sync_state": {"status": "idle"},
    "llm_calls": {"run_id": None, "outcome": "answered"},
    "calendar_writes": {"link": "https://calendar.example/1"},
    "schedules": {"kind": "sync", "every_s": None, "failures": 0, "last_run_id": None},
}


def make_row(session: WriteSession, table_name: str, user_id: int, mark: str, **given: Any) -> dict[str, Any]:
    """Store one row of a table for a user, and the rows it points to; the row as stored."""
    table = orm.metadata.tables[table_name]
    values = {**_WORDS.get(table_name, {}), **given}
    for column in table.columns:
        if column.name not in values and not _numbers_itself(table, column):
            values[column.name] = _value(session, table, column, user_id, mark)
    keys = list(table.primary_key)
    stored = session.execute(insert(table).values(values).returning(*keys)).one()
    return {**values, **dict(zip((key.name for key in keys), stored, strict=True))}


def _numbers_itself(table: Table, column: Column[Any]) -> bool:
    return (
        column.primary_key
        and isinstance(column.type, Integer)
        and not column.foreign_keys
        and len(table.primary_key) == 1
    )


def _value(session: WriteSession, table: Table, column: Column[Any], user_id: int, mark: str) -> Any:
    for key in column.foreign_keys:
        target = key.column.table
        if target.name == "users":
            return user_id
        return make_row(session, target.name, user_id, mark)[key.column.name]
    return _plain(table, column, mark)


def _plain(table: Table, column: Column[Any], mark: str) -> Any:
    kind: Any = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, DateTime):
        return _moment(column.name)
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, JSON):
        return _empty(column)
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, Float):
        return 0.5
    if isinstance(kind, LargeBinary):
        return None if column.nullable else mark.encode()
    if isinstance(kind, String):
        return f"{mark}{next(_numbers)}"[: kind.length or 200]
    raise TypeError(f"{table.name}.{column.name}: no idea how to fill {column.type!r}")


def _moment(name: str) -> datetime | None:
    return None if name in {"revoked_at", "lease_until", "not_before"} else now()


def _empty(column: Column[Any]) -> Any:
    if column.default is not None and column.default.is_callable:
        return column.default.arg({})  # type: ignore[attr-defined]
    return {}
