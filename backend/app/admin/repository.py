"""Queries about the installation as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import case, func, select, table, text

from app.auth.models import User
from app.core.clock import now
from app.core.db import ReadSession
from app.llm.models import LlmDay
from app.mail.models import MailAccount
from app.runs.models import ACTIVE, Run, RunDay, RunState

# The tables that grow with use.
GROWING = (
    "emails", "email_bodies", "email_sources", "email_logs", "verdicts", "applications", "timeline_events", "runs",
    "llm_calls", "classification_cache",
)  # fmt: skip
_DURATIONS_OF = 5_000


@dataclass(frozen=True, slots=True)
class Queued:
    """Runs of one kind that are not over: `waiting` ones may not start yet. `oldest` could have started since then."""

    kind: str
    ready: int
    waiting: int
    running: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Size:
    """A table. Postgres tells rows as it last counted them, SQLite tells no bytes."""

    name: str
    rows: int
    bytes: int | None


def revision(session: ReadSession) -> str | None:
    """The revision that the database was migrated to. Raises when it never was."""
    found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def server_version(session: ReadSession) -> str:
    """Like `3.45.1` or `17.2`."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    found: str = session.scalar(text("SELECT sqlite_version()" if sqlite else "SHOW server_version")) or "?"
    return found.split(maxsplit=1)[0]


def journal_mode(session: ReadSession) -> str:
    """How SQLite keeps its journal; `wal` is ours."""
    return str(session.scalar(text("PRAGMA journal_mode")))


def runs(
    session: ReadSession,
    *,
    kind: str | None,
    state: str | None,
    username_key: str | None,
    offset: int,
    limit: int,
) -> tuple[list[tuple[Run, str]], int]:
    """Everybody's runs with their owners' names, newest first, and how many there are."""
    wanted = [Run.user_id == User.id]
    if kind:
        wanted.append(Run.kind == kind)
    if state:
        wanted.append(Run.state == state)
    if username_key:
        wanted.append(User.username_key == username_key)
    query = select(Run, User.username).join(User, User.id == Run.user_id).where(*wanted)
    rows = session.execute(query.order_by(Run.created_at.desc(), Run.id).offset(offset).limit(limit)).all()
    counted = select(func.count()).select_from(Run).join(User, User.id == Run.user_id).where(*wanted)
    return [(row[0], row[1]) for row in rows], session.scalar(counted) or 0


def username_of(session: ReadSession, user_id: int) -> str:
    return session.scalar(select(User.username).where(User.id == user_id)) or ""


def run_totals(session: ReadSession, since: date | None = None) -> Sequence[RunDay]:
    """What runs came to per kind and end, all days summed; the rows' day is the first of them."""
    sums = [
        func.sum(getattr(RunDay, name)) for name in
        ("runs", "seconds", "waited_s", "processed", "created", "judged", "skipped", "errors")
    ]  # fmt: skip
    query = select(func.min(RunDay.day), RunDay.kind, RunDay.state, *sums)
    if since is not None:
        query = query.where(RunDay.day >= since)
    rows = session.execute(
        query.group_by(RunDay.kind, RunDay.state).order_by(RunDay.kind, RunDay.state)
    ).all()
    return [
        RunDay(
            day=r[0], kind=r[1], state=r[2], runs=int(r[3]), seconds=float(r[4]), waited_s=float(r[5]),
            processed=int(r[6]), created=int(r[7]), judged=int(r[8]), skipped=int(r[9]), errors=int(r[10]),
        )
        for r in rows
    ]  # fmt: skip


def durations(session: ReadSession, since: datetime) -> list[tuple[str, float]]:
    """(kind, seconds from start to end) of the newest runs that went well, a few thousand at most."""
    rows = session.execute(
        select(Run.kind, Run.started_at, Run.finished_at)
        .where(Run.finished_at >= since, Run.state == RunState.DONE, Run.started_at.is_not(None))
        .order_by(Run.finished_at.desc())
        .limit(_DURATIONS_OF)
    ).all()
    return [(kind, (ended - began).total_seconds()) for kind, began, ended in rows if began and ended]


def queue(session: ReadSession) -> list[Queued]:
    """What waits and runs, per kind."""
    at = now()
    waits = Run.not_before.is_not(None) & (Run.not_before > at)
    ready = (Run.state == RunState.QUEUED) & ~waits
    rows = session.execute(
        select(
            Run.kind,
            func.sum(case((ready, 1), else_=0)),
            func.sum(case(((Run.state == RunState.QUEUED) & waits, 1), else_=0)),
            func.sum(case((Run.state == RunState.RUNNING, 1), else_=0)),
            func.min(case((ready, func.coalesce(Run.not_before, Run.created_at)))),
        )
        .where(Run.state.in_(ACTIVE))
        .group_by(Run.kind)
        .order_by(Run.kind)
    ).all()
    return [Queued(r[0], int(r[1]), int(r[2]), int(r[3]), r[4]) for r in rows]


def llm_total(session: ReadSession) -> LlmDay:
    """All days summed; the row's day is today."""
    names = ("calls", "input_tokens", "output_tokens", "spent_usd")
    row = session.execute(
        select(*(func.coalesce(func.sum(getattr(LlmDay, name)), 0) for name in names))
    ).one()
    return LlmDay(
        day=now().date(),
        calls=int(row[0]),
        input_tokens=int(row[1]),
        output_tokens=int(row[2]),
        spent_usd=float(row[3]),
    )


def llm_days(session: ReadSession, since: date) -> Sequence[LlmDay]:
    """Newest first."""
    return session.scalars(select(LlmDay).where(LlmDay.day >= since).order_by(LlmDay.day.desc())).all()


def people(session: ReadSession) -> tuple[int, int, int]:
    """Users, admins among them, and those who were here within a week."""
    lately = User.last_seen_at >= now() - timedelta(days=7)
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((User.is_admin, 1), else_=0)), 0),
            func.coalesce(func.sum(case((lately, 1), else_=0)), 0),
        ).select_from(User)
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def accounts(session: ReadSession) -> list[tuple[str, bool, int]]:
    """(provider, whether it must be connected again, how many)."""
    rows = session.execute(
        select(MailAccount.provider, MailAccount.needs_reauth, func.count())
        .group_by(MailAccount.provider, MailAccount.needs_reauth)
        .order_by(MailAccount.provider)
    ).all()
    return [(r[0], bool(r[1]), int(r[2])) for r in rows]


def database_bytes(session: ReadSession) -> int:
    """What the database takes on its disk, without SQLite's write-ahead log."""
    if session.get_bind().dialect.name == "sqlite":
        pages = int(session.scalar(text("PRAGMA page_count")) or 0)
        return pages * int(session.scalar(text("PRAGMA page_size")) or 0)
    return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def sizes(session: ReadSession) -> list[Size]:
    """The tables that grow."""
    if session.get_bind().dialect.name == "sqlite":
        return [Size(name, _rows(session, name), None) for name in GROWING]
    rows = session.execute(
        text(
            "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname = ANY(:names)"
        ),
        {"names": list(GROWING)},
    ).all()
    known = {str(r[0]): (int(r[1]), int(r[2])) for r in rows}
    return [
        # -1: never counted, which is so in a small or fresh table
        Size(name, known[name][0] if known[name][0] >= 0 else _rows(session, name), known[name][1])
        for name in GROWING
        if name in known
    ]


def _rows(session: ReadSession, name: str) -> int:
    return session.scalar(select(func.count()).select_from(table(name))) or 0
