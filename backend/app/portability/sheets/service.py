"""Keeping one sheet of a spreadsheet up to date with applications.

A row belongs to the application whose id stands in it. Columns are known by their headings, wherever the person has put
them; what we have no heading for is theirs and never written. New applications come in below everything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.applications import repository as applications
from app.applications.listing import repository as listing
from app.applications.listing.repository import Filters
from app.applications.service import log_event
from app.core import db
from app.core.db import ReadSession, WriteSession
from app.core.settings import Settings
from app.portability.sheets import client
from app.portability.sheets.client import Cell, Sheet, Spreadsheet
from app.portability.sheets.errors import (
    SheetsNotConfigured,
    SheetsOffline,
    SheetsUnavailable,
    SpreadsheetUnknown,
)
from app.portability.tables import exporting
from app.portability.tables.columns import Column, heading
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.errors import RetryAfter
from app.runs.models import Run, RunKind

AT_ONCE = 500
SHEET = "Jobtrail"
_IN_ADDRESS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{20,100})")
_BARE = re.compile(r"[A-Za-z0-9_-]{20,100}")
_LONGEST_CELL = 49_000  # Google takes 50,000 characters
_TRIES = 5
_MOMENTS = ("stale_before", "after", "before")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where our columns stand in the sheet (0 is the first)."""

    places: Mapping[Column, int]

    @property
    def of_id(self) -> int:
        return self.places["id"]


def spreadsheet_id(address: str) -> str:
    """The id in a spreadsheet's address, or the id itself. Raises SpreadsheetUnknown."""
    text = address.strip()
    found = _IN_ADDRESS.search(text)
    if found:
        return found[1]
    if _BARE.fullmatch(text):
        return text
    raise SpreadsheetUnknown("Open the spreadsheet at Google and copy the address of the page.")


def start(
    session: WriteSession,
    settings: Settings,
    user_id: int,
    *,
    address: str,
    sheet: str,
    columns: Sequence[Column],
    filters: Filters,
    time_zone: str,
) -> Run:
    """Queue the export. Raises SheetsOffline, SheetsNotConfigured, SpreadsheetUnknown, RunAlreadyActive."""
    if settings.offline:
        raise SheetsOffline
    client.service_account(settings)
    params = {
        "spreadsheet_id": spreadsheet_id(address),
        "sheet": sheet,
        "columns": list(dict.fromkeys(("id", *columns))),
        "filters": _stored(filters),
        "time_zone": time_zone,
    }
    return runs.create(session, user_id=user_id, kind=RunKind.EXPORT, params=params, priority=10)


def newest(session: ReadSession, user_id: int) -> Run | None:
    """The user's newest export to a spreadsheet."""
    return runs.newest_of(session, user_id, RunKind.EXPORT)


def share_with(settings: Settings) -> str | None:
    """The address that spreadsheets must be shared with; None when exports can't be made."""
    try:
        return None if settings.offline else str(client.service_account(settings)["client_email"])
    except SheetsNotConfigured:
        return None


def export(ctx: RunContext) -> None:
    """The runner: brings the sheet up to date. Raises the errors of `client.Spreadsheet`."""
    with db.read_session() as session:
        ids = listing.ids(session, ctx.user_id, _filters(ctx.params["filters"]))
    left = [one for one in ids if one > ctx.cursor.get("after", 0)]
    ctx.counts["processed"] = len(ids) - len(left)
    ctx.progress(phase="exporting", total=len(ids))
    try:
        with client.opened(ctx.settings, ctx.params["spreadsheet_id"]) as spreadsheet:
            sheet = _our_sheet(spreadsheet, ctx.params["sheet"])
            address = (
                f"https://docs.google.com/spreadsheets/d/{ctx.params['spreadsheet_id']}/edit#gid={sheet.id}"
            )
            ctx.result |= {"url": address, "sheet": sheet.title}
            layout = _lay_out(spreadsheet, sheet, ctx.params["columns"])
            for start in range(0, len(left), AT_ONCE):
                ctx.checkpoint()
                _put(ctx, spreadsheet, sheet, layout, left[start : start + AT_ONCE])
    except SheetsUnavailable as error:
        _wait_or_give_up(ctx, error)


def _put(ctx: RunContext, spreadsheet: Spreadsheet, sheet: Sheet, layout: Layout, ids: Sequence[int]) -> None:
    """Write one portion. Where the rows stand is looked up just before: the person may sort them meanwhile."""
    zone = ZoneInfo(ctx.params["time_zone"])
    columns: list[Column] = ctx.params["columns"]
    with db.read_session() as session:
        rows = exporting.rows_of(session, ctx.user_id, ids, columns, zone)
    there = _rows_by_id(spreadsheet.column(sheet, layout.of_id))
    known = [(there[one], cells) for one, cells in rows if one in there]
    fresh = [(one, cells) for one, cells in rows if one not in there]
    if known:
        spreadsheet.write(sheet, [run for row, cells in known for run in _runs(row, layout, columns, cells)])
    if fresh:
        values = [
            {layout.places[c]: _fit(v) for c, v in zip(columns, cells, strict=True)} for _, cells in fresh
        ]
        spreadsheet.append(sheet, values)
    with ctx.batch() as session:
        for application in applications.load_many(session, ctx.user_id, [one for one, _ in fresh]).values():
            sentence = f"Put into the spreadsheet \u2018{sheet.title}\u2019"
            log_event(session, application, "exported", sentence, cause="run")
        ctx.counts["processed"] += len(ids)
        ctx.counts["created"] += len(fresh)
        ctx.counts["updated"] += len(known)
        ctx.cursor = {"after": ids[-1]}


def _our_sheet(spreadsheet: Spreadsheet, title: str) -> Sheet:
    """The sheet of that name, made when there is none; Google takes capitals for the same."""
    wanted = title.casefold()
    found = next((one for one in spreadsheet.sheets() if one.title.casefold() == wanted), None)
    return found or spreadsheet.add_sheet(title)


def _lay_out(spreadsheet: Spreadsheet, sheet: Sheet, columns: Sequence[Column]) -> Layout:
    """Find our headings in the first row, and write those that are missing to its right."""
    headings = [text.strip().casefold() for text in spreadsheet.row(sheet, 1)]
    places: dict[Column, int] = {}
    missing: list[Column] = []
    for column in columns:
        name = heading(column).casefold()
        if name in headings:
            places[column] = headings.index(name)
        else:
            missing.append(column)
    if missing:
        begin = len(headings)
        spreadsheet.widen(sheet, begin + len(missing))
        spreadsheet.write(sheet, [(1, begin, [heading(c) for c in missing])])
        places |= {column: begin + n for n, column in enumerate(missing)}
    return Layout(places)


def _rows_by_id(column: Sequence[str]) -> dict[int, int]:
    """Row (from 1) by application; of a row that the person copied the first counts."""
    found: dict[int, int] = {}
    for row, text in enumerate(column, start=1):
        if row > 1 and text.isascii() and text.isdigit():
            found.setdefault(int(text), row)
    return found


def _runs(
    row: int, layout: Layout, columns: Sequence[Column], cells: Sequence[Cell]
) -> list[tuple[int, int, list[Cell]]]:
    """Our cells of a row as runs of neighbours, so that nothing between them is touched."""
    found: list[tuple[int, int, list[Cell]]] = []
    for place, value in sorted((layout.places[c], _fit(v)) for c, v in zip(columns, cells, strict=True)):
        if found and found[-1][1] + len(found[-1][2]) == place:
            found[-1][2].append(value)
        else:
            found.append((row, place, [value]))
    return found


def _fit(value: Cell) -> Cell:
    return value[:_LONGEST_CELL] + "…" if isinstance(value, str) and len(value) > _LONGEST_CELL else value


def _wait_or_give_up(ctx: RunContext, error: SheetsUnavailable) -> None:
    """Trouble on Google's side passes; but not for ever."""
    tries = ctx.cursor.get("tries", 0) + 1
    ctx.cursor = {**ctx.cursor, "tries": tries}
    if tries >= _TRIES:
        raise error
    ctx.progress(phase="waiting")
    raise RetryAfter(5.0 * 2**tries, error.detail) from error


def _stored(filters: Filters) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in asdict(filters).items()}


def _filters(stored: Mapping[str, Any]) -> Filters:
    moments = {k: datetime.fromisoformat(stored[k]) for k in _MOMENTS if stored.get(k)}
    return Filters(**{**stored, **moments})
