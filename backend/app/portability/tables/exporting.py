"""Applications as rows of a table, a portion at a time: no list of any length is held, nor a transaction kept open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from app.applications.listing import repository as listing
from app.applications.listing.repository import Filters
from app.core import db
from app.core.db import ReadSession
from app.portability.tables import repository
from app.portability.tables.cells import csv_lines
from app.portability.tables.columns import KEPT, Column, cells_of, heading

AT_ONCE = 250  # each piece is made in another thread, and each thread keeps the memory that it once had
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
Cells = list[str | int | float]


def stream_csv(
    user_id: int,
    zone: ZoneInfo,
    filters: Filters,
    columns: Sequence[Column],
    *,
    sort: str = "-last_activity",
    separator: str = ",",
) -> Iterator[bytes]:
    """The CSV in pieces. What is listed is settled at the beginning; each piece shows how its rows stand by then."""
    with db.read_session() as session:
        ids = listing.ids(session, user_id, filters, sort=sort)
    yield (_BYTE_ORDER_MARK + csv_lines([[heading(c) for c in columns]], separator)).encode()
    for start in range(0, len(ids), AT_ONCE):
        with db.read_session() as session:
            rows = rows_of(session, user_id, ids[start : start + AT_ONCE], columns, zone)
        yield csv_lines([cells for _, cells in rows], separator).encode("utf-8", "replace")


def rows_of(
    session: ReadSession, user_id: int, ids: Sequence[int], columns: Sequence[Column], zone: ZoneInfo
) -> list[tuple[int, Cells]]:
    """(id, cells) of these applications, in their order; those that are gone are left out."""
    rows = repository.rows(session, user_id, ids, [c for c in columns if c not in KEPT])
    kept = _kept(session, user_id, ids, columns)
    return [(one, cells_of(columns, rows[one], kept, zone)) for one in ids if one in rows]


def _kept(
    session: ReadSession, user_id: int, ids: Sequence[int], columns: Sequence[Column]
) -> Mapping[str, Mapping[int, Sequence[str]]]:
    wanted = KEPT.intersection(columns)
    if not wanted:
        return {}
    homes = repository.homes(session, user_id, ids)
    reading = {"tags": repository.tags, "contacts": repository.contacts, "notes": repository.notes}
    return {name: reading[name](session, user_id, homes) for name in wanted}
