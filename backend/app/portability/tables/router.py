"""Tables over the API: applications as CSV, and the weekly report."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, File, Form, Query, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from app.analytics.filters import zone_of
from app.applications.errors import UnknownFigure
from app.applications.wanted import Sort, Wanted
from app.auth.dependencies import CurrentUser
from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.web import ReadDb, problems
from app.portability.tables import importing, weekly
from app.portability.tables.errors import (
    ColumnsUnfit,
    DateOrderNeeded,
    NoCompanyColumn,
    NotATable,
    NothingToImport,
    OptionsUnreadable,
    ReportBackwards,
    ReportTooLong,
    TableTooLong,
    TooManyExports,
)
from app.portability.tables.exporting import stream_csv
from app.portability.tables.pace import count_export
from app.portability.tables.schemas import CsvWish, Separator, TableChoices, TablePreview, WeeklyReport
from app.runs.errors import RunAlreadyActive
from app.runs.schemas import RunStarted, started

router = APIRouter(tags=["data"])
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
TableFile = Annotated[
    UploadFile, File(description="CSV of another tracker or a spreadsheet, up to 2,000 rows")
]
Options = Annotated[str, Form(max_length=100_000, description="`TableChoices` as JSON")]
_EARLIEST, _LATEST = date(1970, 2, 1), date(2199, 12, 31)
From = Annotated[
    date | None,
    Query(
        alias="from",
        ge=_EARLIEST,
        le=_LATEST,
        description="First day; three Mondays before the last, if not given",
    ),
]
To = Annotated[
    date | None,
    Query(alias="to", ge=_EARLIEST, le=_LATEST, description="Last day, included; today, if not given"),
]


@router.post(
    "/v1/exports/csv",
    response_class=StreamingResponse,
    responses=_CSV | problems(TooManyExports, UnknownFigure),
)
def export_csv(
    user: CurrentUser,
    wanted: Wanted,
    sort: Sort = "-last_activity",
    wish: Annotated[CsvWish, Body()] = CsvWish(),  # noqa: B008 (nothing changes it)
) -> StreamingResponse:
    """Applications as a CSV file, narrowed to like `GET /applications`. Cells that a spreadsheet would run as a formula
    begin with an apostrophe; moments are in the user's zone."""
    count_export(user.id)
    pieces = stream_csv(user.id, zone_of(user), wanted, wish.columns, sort=sort, separator=wish.separator)
    return StreamingResponse(
        pieces, media_type="text/csv; charset=utf-8", headers=_named(user, "applications")
    )


@router.get(
    "/reports/weekly", response_model=WeeklyReport, responses=problems(ReportBackwards, ReportTooLong)
)
def get_weekly_report(
    session: ReadDb, user: CurrentUser, first: From = None, last: To = None
) -> WeeklyReport:
    """What was applied for, week by week, as employment offices ask for it; four weeks unless days are given."""
    days = weekly.period(first, last, _today(user))
    found = weekly.weeks(session, user.id, zone_of(user), *days)
    return WeeklyReport.of(user.display_name or user.username, zone_of(user).key, now(), days, found)


@router.get(
    "/reports/weekly.csv",
    response_class=Response,
    responses=_CSV | problems(ReportBackwards, ReportTooLong, TooManyExports),
)
def get_weekly_csv(
    session: ReadDb, user: CurrentUser, first: From = None, last: To = None, separator: Separator = ","
) -> Response:
    """The weekly report as a CSV file."""
    days = weekly.period(first, last, _today(user))
    count_export(user.id)
    content = weekly.as_csv(weekly.weeks(session, user.id, zone_of(user), *days), separator)
    return Response(content, media_type="text/csv; charset=utf-8", headers=_named(user, "weekly-report"))


@router.post(
    "/imports/csv/preview",
    response_model=TablePreview,
    responses=problems(NotATable, TableTooLong, ColumnsUnfit, OptionsUnreadable),
)
def preview_csv(session: ReadDb, user: CurrentUser, file: TableFile, options: Options = "{}") -> TablePreview:
    """What each row of another tracker's CSV would become. Nothing is stored. `options` says what was guessed wrong."""
    choices = _choices(options)
    return TablePreview.of(importing.preview(session, user.id, _content(file), choices, zone_of(user)))


@router.post(
    "/imports/csv",
    response_model=RunStarted,
    status_code=202,
    responses=problems(
        NotATable,
        TableTooLong,
        ColumnsUnfit,
        OptionsUnreadable,
        NoCompanyColumn,
        DateOrderNeeded,
        NothingToImport,
        RunAlreadyActive,
    ),
)
def import_csv(user: CurrentUser, file: TableFile, options: Options = "{}") -> RunStarted:
    """Make applications of the rows of another tracker's CSV, as the preview with the same `options` shows it. A run;
    `result.decision_id` takes the whole import back. Rows that were imported before are not again."""
    choices = _choices(options)
    with db.read_session() as session:
        found = importing.preview(session, user.id, _content(file), choices, zone_of(user))
    with db.transaction() as session:
        return started(importing.start(session, user.id, found, _name_of(file)))


def _content(file: UploadFile) -> bytes:
    return file.file.read()


def _name_of(file: UploadFile) -> str:
    """The file's name, in one line."""
    name = "".join(c if c.isprintable() else " " for c in file.filename or "")
    return " ".join(name.split())[:100] or "a table"


def _choices(options: str) -> importing.Choices:
    try:
        return TableChoices.model_validate_json(options).choices()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise OptionsUnreadable(f"{place}: {first['msg']}".removeprefix(": ")) from error


def _named(user: User, what: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="jobtrail-{what}-{_today(user)}.csv"'}


def _today(user: User) -> date:
    return now().astimezone(zone_of(user)).date()
