"""Lists of applications: what they are narrowed to, in which order they stand, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.applications.listing import figures
from app.applications.models import OPEN_STAGES, Application, ApplicationTag, Tag
from app.applications.reaching import reached_conditions
from app.core.db import ReadSession

_SORTS: dict[str, Any] = {
    "last_activity": Application.last_activity_at,
    "received_date": Application.received_date,
    "company": Application.company_key,
    "title": Application.title_key,
    "stage": Application.stage,
    "next_due": Application.next_due_at,
}
_FEW = 1_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of applications is narrowed to; None leaves a side open."""

    stage: str | None = None
    category: str | None = None
    source: str | None = None
    q: str | None = None
    company: str | None = None
    stale_before: datetime | None = None
    waiting_on: str | None = None
    after: datetime | None = None
    before: datetime | None = None
    needs_review: bool | None = None
    pinned: bool | None = None
    reached: str | None = None
    level: str | None = None
    archived: bool | None = False  # None: those and the others
    deleted: bool = False
    tag: str | None = None
    figures: Sequence[str] = ()


def page(
    session: ReadSession, user_id: int, filters: Filters, *, sort: str, offset: int, limit: int
) -> tuple[Sequence[Application], int]:
    """The user's applications and how many match.

    Few are found by what they are narrowed to, and put in order; many are found along the order, in which the next
    that fits is never far.
    """
    behind = figures.conditions_of(session, user_id, filters.figures)
    wanted = [*conditions(user_id, filters), *behind]
    found = list(session.scalars(select(Application.id).where(*wanted).limit(_FEW + 1)))
    if len(found) <= _FEW:
        total, query = len(found), select(Application.id).where(Application.id.in_(found))
    else:
        total = session.scalar(select(func.count()).select_from(Application).where(*wanted)) or 0
        sorted_by_filter = sort.removeprefix("-") == "stage" and filters.stage is not None
        along = wanted if sorted_by_filter else [*conditions(user_id, filters, looked_up=False), *behind]
        query = select(Application.id).where(*along)
    if offset >= total:
        return [], total
    in_time = filters.after or filters.before or filters.stale_before
    ids = _ids_in_order(session, query, sort, offset, limit, total, along=not in_time)
    rows = {row.id: row for row in session.scalars(select(Application).where(Application.id.in_(ids)))}
    return [rows[one] for one in ids if one in rows], total


def ids(session: ReadSession, user_id: int, filters: Filters, *, sort: str | None = None) -> list[int]:
    """The ids of all that match: in that order (those without a date last), or as they were made."""
    behind = figures.conditions_of(session, user_id, filters.figures)
    wanted = [*conditions(user_id, filters), *behind]
    query = select(Application.id).where(*wanted).execution_options(yield_per=5_000)
    if sort is None:
        return list(session.scalars(query.order_by(Application.id)))
    column: Any = _SORTS[sort.removeprefix("-")]
    return list(session.scalars(query.order_by(column.is_(None), *_in_order(column, sort))))


def _ids_in_order(
    session: ReadSession, query: Select[int], sort: str, offset: int, limit: int, total: int, *, along: bool
) -> list[int]:
    """The ids of one page. What is narrowed to a time is not looked for `along` an order by time: all that fits may
    stand at its other end."""
    name = sort.removeprefix("-")
    column: Any = _SORTS[name]
    if name in {"last_activity", "received_date"} and not along:
        column = _Unindexed(column)
    if name != "next_due":
        return list(session.scalars(query.order_by(*_in_order(column, sort)).offset(offset).limit(limit)))
    dated = query.where(column.is_not(None)).order_by(*_in_order(column, sort))
    found = list(session.scalars(dated.offset(offset).limit(limit)))
    if len(found) < min(limit, total - offset):  # those without a date come last, whatever the direction
        number = session.scalar(select(func.count()).select_from(dated.order_by(None).subquery())) or 0
        undated = query.where(column.is_(None)).order_by(Application.id.desc())
        found += session.scalars(undated.offset(max(0, offset - number)).limit(limit - len(found)))
    return found


def _in_order(column: Any, sort: str) -> Sequence[Any]:
    """Equal values follow their ids in the same direction, so that one index serves both directions."""
    columns = [column, Application.id]
    if sort.removeprefix("-") == "stage":
        columns.insert(1, Application.stage_since)
    return [one.desc() if sort.startswith("-") else one.asc() for one in columns]


def count_and_middle_by_stage(
    session: ReadSession, user_id: int, filters: Filters
) -> Mapping[str, tuple[int, datetime]]:
    """For each stage that somebody stands at: how many do, and since when the middle one of them."""
    stage, since = Application.stage, Application.stage_since
    wanted = [*conditions(user_id, filters), *figures.conditions_of(session, user_id, filters.figures)]
    counted = session.execute(select(stage, func.count()).where(*wanted).group_by(stage)).all()
    found = {}
    for name, number in counted:
        middle = (
            select(since).where(*wanted, stage == name).order_by(since).offset((number - 1) // 2).limit(1)
        )
        found[name] = (number, session.scalars(middle).one())
    return found


def conditions(user_id: int, filters: Filters, *, looked_up: bool = True) -> list[ColumnElement[bool]]:
    """What an application must be to match. Without `looked_up` SQLite looks none of the filters up in an index."""
    a = Application
    at: Callable[[Any], Any] = (lambda column: column) if looked_up else _Unindexed
    wanted: list[ColumnElement[bool]] = [
        a.user_id == user_id,
        a.merged_into.is_(None),
        *_in_sight(user_id, filters),
    ]
    wanted += [
        at(column) == value
        for column, value in (
            (a.stage, filters.stage),
            (a.category, filters.category),
            (a.source, filters.source),
            (a.needs_review, filters.needs_review),
            (a.pinned, filters.pinned),
        )
        if value is not None
    ]
    words = filters.q.lower().split()[:8] if filters.q else []
    wanted += [a.search_text.like(f"%{_escaped(word)}%", escape="\\") for word in words]
    if filters.company:  # the first line
        name = " ".join(filters.company.lower().split())
        wanted.append(a.search_text.like(f"%{_escaped(name)}%\n%", escape="\\"))
    if filters.stale_before is not None:
        wanted += [_Unindexed(a.last_activity_at) < filters.stale_before, at(a.stage).in_(OPEN_STAGES)]
    wanted += reached_conditions(filters.reached, filters.level)
    if filters.waiting_on == "me":
        wanted.append(a.requires_action.is_(True))
    elif filters.waiting_on == "them":
        theirs = at(a.last_direction) == "out"
        wanted += [a.requires_action.is_(False), theirs, at(a.stage).in_(OPEN_STAGES)]
    if filters.after is not None:
        wanted.append(at(a.received_date) >= filters.after)
    if filters.before is not None:
        wanted.append(at(a.received_date) < filters.before)
    return wanted


def _in_sight(user_id: int, filters: Filters) -> list[ColumnElement[bool]]:
    """Archived and deleted applications show only where they are asked for, tagged ones by their tag."""
    wanted: list[ColumnElement[bool]] = [Application.deleted_at.is_not(None)]
    if not filters.deleted:
        archived = Application.archived_at
        wanted = [Application.deleted_at.is_(None)]
        if filters.archived is not None:
            wanted.append(archived.is_not(None) if filters.archived else archived.is_(None))
    if filters.tag:
        tagged = (
            select(ApplicationTag.application_id)
            .join(Tag, Tag.id == ApplicationTag.tag_id)
            .where(Tag.user_id == user_id, Tag.name_key == filters.tag)
        )
        wanted.append(Application.id.in_(tagged))
    return wanted


class _Unindexed(FunctionElement[Any]):
    """The column as it is; on SQLite no index is searched for it."""

    inherit_cache = True

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(_Unindexed)
def _as_column(element: _Unindexed, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


@compiles(_Unindexed, "sqlite")
def _as_plus(element: _Unindexed, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.clauses, **more)}"


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
