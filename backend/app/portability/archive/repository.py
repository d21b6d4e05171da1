"""Rows as the archive takes and gives them: any table, always for one user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Table, delete, func, insert, select, text, update

from app.core.db import ReadSession, WriteSession
from app.mail.models import Email, MailAccount, QuotaBucket
from app.portability.archive.contents import PROFILE, Part
from app.replies.models import CalendarFeed
from app.runs.models import ACTIVE, Run, RunKind, RunState

_AT_ONCE = 200


def freeze(session: ReadSession) -> None:
    """Let everything that the session reads be of one moment. SQLite's readers see it so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def rows(session: ReadSession, user_id: int, part: Part) -> Iterator[Row[Any]]:
    """The user's rows of a table, a few at a time. Of runs those that ended."""
    query = select(*part.columns).where(_owner(part.table) == user_id).order_by(*part.order)
    if part.name == "runs":
        query = query.where(part.table.c.state.not_in(ACTIVE))
    yield from session.execute(query.execution_options(yield_per=_AT_ONCE))


def count(session: ReadSession, user_id: int, part: Part) -> int:
    return (
        session.scalar(select(func.count()).select_from(part.table).where(_owner(part.table) == user_id)) or 0
    )


def reserve(session: WriteSession, part: Part, amount: int) -> list[int]:
    """So many ids that nobody else gets, ascending."""
    assert part.number is not None  # noqa: S101 (asked for numbered tables only)
    if session.get_bind().dialect.name == "sqlite":  # whoever writes is alone
        last = session.scalar(select(func.max(part.table.c[part.number]))) or 0
        return list(range(last + 1, last + 1 + amount))
    taken = session.scalars(
        text(
            "SELECT nextval(pg_get_serial_sequence(:table_name, :column_name)) FROM generate_series(1, :amount)"
        ),
        {"table_name": part.name, "column_name": part.number, "amount": amount},
    )
    return sorted(taken)


def add(session: WriteSession, table: Table, values: Sequence[dict[str, Any]]) -> None:
    if values:
        session.execute(insert(table), list(values))


def point(session: WriteSession, user_id: int, table: Table, row_id: int, values: dict[str, Any]) -> None:
    """Let a row lead to others of its table."""
    session.execute(update(table).where(table.c.id == row_id, table.c.user_id == user_id).values(**values))


def rename_key(session: WriteSession, user_id: int, email_id: int, old: str, new: str) -> None:
    """Change an email's key where it is the old one: keys are made of the ids of accounts."""
    session.execute(
        update(Email)
        .where(Email.id == email_id, Email.user_id == user_id, Email.dedupe_key == old)
        .values(dedupe_key=new)
    )


def remove_between(
    session: WriteSession, user_id: int, part: Part, first: int, last: int, at_most: int
) -> int:
    """Delete some of the user's rows with these ids, the newest first; how many."""
    column = part.table.c[str(part.number)]
    ids = session.scalars(
        select(column)
        .where(part.table.c.user_id == user_id, column >= first, column <= last)
        .order_by(column.desc())
        .limit(at_most)
    ).all()
    session.execute(delete(part.table).where(part.table.c.user_id == user_id, column.in_(ids)))
    return len(ids)


def remove_all(session: WriteSession, user_id: int, table: Table, at_most: int) -> int:
    """Delete some of the user's rows of a table; how many there were, 0 when none are left."""
    owner = _owner(table)
    keys = list(table.primary_key)
    found = session.execute(select(*keys).where(owner == user_id).limit(at_most)).all()
    if not found:
        return 0
    if len(keys) == 1:
        session.execute(delete(table).where(owner == user_id, keys[0].in_([row[0] for row in found])))
    else:
        session.execute(delete(table).where(owner == user_id))
    return len(found)


def remove_restored_runs(session: WriteSession, user_id: int, mark: str) -> None:
    session.execute(delete(Run).where(Run.user_id == user_id, Run.dedupe_key == mark))


def put_in_place(session: WriteSession, user_id: int, part: Part, values: Sequence[dict[str, Any]]) -> None:
    """Let these rows stand instead of those with the same name, or instead of the one there is."""
    owner = _owner(part.table)
    if part.name == PROFILE:
        for row in values:
            session.execute(update(part.table).where(owner == user_id).values(**row))
        return
    gone = delete(part.table).where(owner == user_id)
    if "name" in part.table.c:
        gone = gone.where(part.table.c.name.in_([row["name"] for row in values]))
    if values:
        session.execute(gone)
        add(session, part.table, [{**row, "user_id": user_id} for row in values])


def failed_restores(session: ReadSession) -> Sequence[Run]:
    """Runs that were to restore an archive and ended otherwise."""
    return session.scalars(
        select(Run).where(Run.kind == RunKind.RESTORE, Run.state.in_((RunState.ERROR, RunState.CANCELED)))
    ).all()


def forget_cursor(session: WriteSession, run_id: str) -> None:
    session.execute(update(Run).where(Run.id == run_id).values(cursor={}))


def active_runs(session: ReadSession, user_id: int) -> Sequence[Run]:
    return session.scalars(select(Run).where(Run.user_id == user_id, Run.state.in_(ACTIVE))).all()


def runs_of(session: ReadSession, user_id: int) -> Sequence[Run]:
    return session.scalars(select(Run).where(Run.user_id == user_id)).all()


def seed_of(session: ReadSession, user_id: int) -> str:
    """What makes the ids of the user's calendar events their own."""
    return (
        session.scalar(select(CalendarFeed.seed).where(CalendarFeed.user_id == user_id)) or f"user-{user_id}"
    )


def forget_quota(session: WriteSession, user_id: int) -> None:
    """Drop the counters of mailboxes that only this user reads."""
    mine = select(MailAccount.address).where(MailAccount.user_id == user_id)
    others = select(MailAccount.address).where(MailAccount.user_id != user_id)
    session.execute(
        delete(QuotaBucket)
        .where(QuotaBucket.address.in_(mine), QuotaBucket.address.not_in(others))
        .execution_options(synchronize_session=False)
    )


def _owner(table: Table) -> Any:
    return table.c.id if table.name == PROFILE else table.c.user_id
