"""Exports to Google Sheets over the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.analytics.filters import zone_of
from app.applications.errors import UnknownFigure
from app.applications.fields import Line
from app.applications.wanted import Wanted
from app.auth.dependencies import CurrentUser
from app.core.settings import get_settings
from app.core.web import ReadDb, WriteDb, problems
from app.portability.sheets import service
from app.portability.sheets.errors import SheetsNotConfigured, SheetsOffline, SpreadsheetUnknown
from app.portability.tables.columns import DEFAULT, Column
from app.portability.tables.errors import TooManyExports
from app.portability.tables.pace import count_export
from app.runs.errors import RunAlreadyActive
from app.runs.schemas import RunOut, RunStarted, started

router = APIRouter(tags=["data"])


class SheetsWish(BaseModel):
    """`spreadsheet` is the address of a spreadsheet, or its id; `sheet` the name of the one sheet in it that is kept.
    The application's id is always among the columns: rows are known by it."""

    model_config = ConfigDict(extra="forbid")

    spreadsheet: str = Field(min_length=1, max_length=500)
    sheet: Annotated[Line, Field(max_length=100)] = service.SHEET
    columns: list[Column] = Field(default=list(DEFAULT), min_length=1)

    @field_validator("columns")
    @classmethod
    def _once(cls, columns: list[Column]) -> list[Column]:
        return list(dict.fromkeys(columns))


class SheetsStanding(BaseModel):
    """Whether exports to Google Sheets can be made, `share_with` whom the spreadsheet must be shared, and the newest
    export. `spreadsheet` is where it went."""

    configured: bool
    share_with: str | None
    spreadsheet: str | None
    sheet: str
    newest: RunOut | None


@router.get("/v1/exports/sheets", response_model=SheetsStanding)
def get_sheets_export(session: ReadDb, user: CurrentUser) -> SheetsStanding:
    """What an export to Google Sheets needs, and how the newest one went."""
    share_with = service.share_with(get_settings())
    run = service.newest(session, user.id)
    return SheetsStanding(
        configured=share_with is not None,
        share_with=share_with,
        spreadsheet=run.params["spreadsheet_id"] if run else None,
        sheet=run.params["sheet"] if run else service.SHEET,
        newest=RunOut.of(run) if run else None,
    )


@router.post(
    "/v1/exports/sheets",
    response_model=RunStarted,
    status_code=202,
    responses=problems(
        SheetsNotConfigured,
        SheetsOffline,
        SpreadsheetUnknown,
        RunAlreadyActive,
        TooManyExports,
        UnknownFigure,
    ),
)
def export_sheets(session: WriteDb, user: CurrentUser, filters: Wanted, wish: SheetsWish) -> RunStarted:
    """Bring one sheet of a Google spreadsheet up to date, with applications narrowed to like `GET /applications`. Rows
    are known by the application's id, columns by their headings; what else stands there is left alone."""
    run = service.start(
        session,
        get_settings(),
        user.id,
        address=wish.spreadsheet,
        sheet=wish.sheet.strip(),
        columns=wish.columns,
        filters=filters,
        time_zone=zone_of(user).key,
    )
    count_export(user.id)
    return started(run)
