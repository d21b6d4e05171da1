"""Queries over runs. Everything a person asks for is scoped to their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, case, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import ReadSession, UtcDateTime, WriteSession
from app.runs.errors import RunNotFound
from app.runs.models import ACTIVE, Run, RunAccount, RunDay, RunState, RunTurn

_RUNS = cast("Table", Run.__table__)  # plain statements for what is written with every batch


def moment(session: ReadSession) -> datetime:
    """What time it is by the one clock that all holders of leases share: the database's."""
    if session.get_bind().dialect.name == "sqlite":
        return now()  # all its processes are on one machine
    return session.scalars(select(func.clock_timestamp(type_=UtcDateTime))).one()


def get(session: ReadSession, user_id: int, run_id: str) -> Run:
    """The user's run. Raises RunNotFound."""
    found = session.scalar(select(Run).where(Run.id == run_id, Run.user_id == user_id))
    if found is None:
        raise RunNotFound
    return found


def load(session: ReadSession, run_id: str) -> Run | None:
    """A run whoever owns it, for the executor."""
    return session.get(Run, run_id)


def page(
    session: ReadSession, user_id: int, *, kind: str | None, state: str | None, offset: int, limit: int
) -> tuple[Sequence[Run], int]:
    """The user's runs, newest first, and how many there are."""
    wanted = [Run.user_id == user_id]
    if kind:
        wanted.append(Run.kind == kind)
    if state:
        wanted.append(Run.state == state)
    rows = session.scalars(
        select(Run).where(*wanted).order_by(Run.created_at.desc(), Run.id).offset(offset).limit(limit)
    ).all()
    return rows, session.scalar(select(func.count()).select_from(Run).where(*wanted)) or 0


def find_active(session: ReadSession, user_id: int, dedupe_key: str) -> Run | None:
    """The user's active run under `dedupe_key`."""
    return session.scalar(
        select(Run).where(Run.user_id == user_id, Run.dedupe_key == dedupe_key, Run.state.in_(ACTIVE))
    )


def newest(session: ReadSession, user_id: int, kinds: Collection[str]) -> Run | None:
    """The user's newest run of `kinds`, an active one before ended ones."""
    active_first = case((Run.state.in_(ACTIVE), 0), else_=1)
    return session.scalar(
        select(Run)
        .where(Run.user_id == user_id, Run.kind.in_(kinds))
        .order_by(active_first, Run.created_at.desc())
        .limit(1)
    )


def holding(session: ReadSession, account_ids: Collection[int], lane: str | None) -> str | None:
    """The id of a run that holds one of these accounts in `lane`, or in any lane at all."""
    wanted: list[ColumnElement[bool]] = [RunAccount.mail_account_id.in_(account_ids)]
    if lane is not None:
        wanted.append(RunAccount.lane == lane)
    return session.scalar(select(RunAccount.run_id).where(*wanted).limit(1))


def release_accounts(session: WriteSession, run_id: str) -> None:
    session.execute(delete(RunAccount).where(RunAccount.run_id == run_id))


def claimable(session: ReadSession, at: datetime) -> Sequence[tuple[str, str, int]]:
    """(id, kind, priority) of runs that wait and may start, and of runs whose holder is gone; what comes first is
    first."""
    waiting = and_(Run.state == RunState.QUEUED, or_(Run.not_before.is_(None), Run.not_before <= at))
    orphaned = and_(Run.state == RunState.RUNNING, Run.lease_until < at)
    rows = session.execute(
        select(Run.id, Run.kind, Run.priority)
        .where(or_(waiting, orphaned))
        .order_by(Run.priority.desc(), Run.created_at)
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]


def claim(
    session: WriteSession, run_id: str, *, token: str, holder: str, at: datetime, until: datetime
) -> bool:
    """Take the run by compare-and-set; False when somebody else has it or it is over."""
    waiting = and_(Run.state == RunState.QUEUED, or_(Run.not_before.is_(None), Run.not_before <= at))
    orphaned = and_(Run.state == RunState.RUNNING, Run.lease_until < at)
    taken = session.execute(
        update(Run)
        .where(Run.id == run_id, or_(waiting, orphaned))
        .values(
            state=RunState.RUNNING,
            lease_token=token,
            lease_until=until,
            holder=holder,
            attempt=Run.attempt + 1,
            not_before=None,
            started_at=func.coalesce(Run.started_at, at),
            rev=Run.rev + 1,
        )
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(taken, "rowcount", 0))


def write_as_holder(session: WriteSession, run_id: str, token: str, values: dict[str, Any]) -> bool:
    """Change the run, if `token` still holds it; False when the lease was lost."""
    session.flush()
    held = and_(_RUNS.c.id == run_id, _RUNS.c.lease_token == token, _RUNS.c.state == RunState.RUNNING)
    changed = session.execute(update(_RUNS).where(held).values(**values))
    return bool(getattr(changed, "rowcount", 0))


def cancel_requested(session: ReadSession, run_id: str) -> bool:
    return bool(session.scalar(select(Run.cancel_requested).where(Run.id == run_id)))


def running(session: ReadSession) -> Sequence[Run]:
    return session.scalars(select(Run).where(Run.state == RunState.RUNNING)).all()


def end_lease(session: WriteSession, run_id: str, token: str | None, at: datetime) -> None:
    """Let others claim the run from `at` on, if `token` still holds it."""
    session.execute(
        update(Run)
        .where(Run.id == run_id, Run.lease_token == token, Run.state == RunState.RUNNING)
        .values(lease_until=at)
        .execution_options(synchronize_session=False)
    )


def revisions(
    session: ReadSession, user_ids: Collection[int], since: datetime
) -> Sequence[tuple[str, int, int]]:
    """(id, user id, rev) of what is active or ended lately, for the watcher."""
    rows = session.execute(
        select(Run.id, Run.user_id, Run.rev).where(
            Run.user_id.in_(user_ids), or_(Run.state.in_(ACTIVE), Run.finished_at >= since)
        )
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]


def recent(session: ReadSession, user_id: int, since: datetime) -> Sequence[Run]:
    """The user's active runs and those that ended lately, oldest first."""
    return session.scalars(
        select(Run)
        .where(Run.user_id == user_id, or_(Run.state.in_(ACTIVE), Run.finished_at >= since))
        .order_by(Run.created_at)
    ).all()


def active(session: ReadSession) -> Sequence[Run]:
    """All runs that wait or run, whoever owns them."""
    return session.scalars(select(Run).where(Run.state.in_(ACTIVE))).all()


def ended_before(session: ReadSession, moment: datetime) -> Sequence[str]:
    """Ids of runs that ended before `moment`."""
    return session.scalars(select(Run.id).where(Run.state.not_in(ACTIVE), Run.finished_at < moment)).all()


def forget(session: WriteSession, run_id: str) -> None:
    """Delete an ended run."""
    session.execute(delete(Run).where(Run.id == run_id, Run.state.not_in(ACTIVE)))


def turn_is_free(session: ReadSession, user_id: int, name: str, run_id: str) -> bool:
    """Whether no other live run of the user has this turn now."""
    turn = session.get(RunTurn, (user_id, name))
    if turn is None or turn.run_id in (None, run_id):
        return True
    return session.scalar(_alive(session).where(Run.id == turn.run_id)) is None


def take_turn(session: WriteSession, user_id: int, name: str, run_id: str) -> bool:
    """Make it this run's turn, by compare-and-set; False when another run was quicker."""
    mine = and_(RunTurn.user_id == user_id, RunTurn.name == name)
    free = or_(RunTurn.run_id.is_(None), RunTurn.run_id == run_id, RunTurn.run_id.not_in(_alive(session)))
    taken = session.execute(update(RunTurn).where(mine, free).values(run_id=run_id))
    if getattr(taken, "rowcount", 0):
        return True
    try:
        with session.begin_nested():
            session.add(RunTurn(user_id=user_id, name=name, run_id=run_id))
    except IntegrityError:
        return False
    return True


def end_turn(session: WriteSession, user_id: int, name: str, run_id: str) -> None:
    session.execute(
        delete(RunTurn).where(RunTurn.user_id == user_id, RunTurn.name == name, RunTurn.run_id == run_id)
    )


def count(session: WriteSession, kind: str, state: str, amounts: Mapping[str, float]) -> None:
    """Add to today's figures; two at once both count."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"day": now().date(), "kind": kind, "state": state}
    nothing = {c.name: 0 for c in RunDay.__table__.columns if c.name not in values}
    fresh = insert(RunDay).values(values | nothing | dict(amounts))
    grown = {name: getattr(RunDay, name) + fresh.excluded[name] for name in amounts}
    session.execute(
        fresh.on_conflict_do_update(index_elements=[RunDay.day, RunDay.kind, RunDay.state], set_=grown)
    )


def _alive(session: ReadSession) -> Select[str]:
    return select(Run.id).where(Run.state == RunState.RUNNING, Run.lease_until > moment(session))
