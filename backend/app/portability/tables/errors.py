"""What can go wrong with tables."""

from __future__ import annotations

from app.core.errors import Conflict, TooManyRequests, Unprocessable


class TooManyExports(TooManyRequests):
    """Thirty exports an hour; `Retry-After` says when the next may be made."""

    code = "export.rate_limited"
    title = "Too many exports"

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "Thirty exports an hour are enough; please wait.",
            headers={"Retry-After": str(seconds)},
            seconds=seconds,
        )


class ReportTooLong(Unprocessable):
    code = "report.too_long"
    title = "A report covers a year at most"


class ReportBackwards(Unprocessable):
    code = "report.backwards"
    title = "A report ends no earlier than it begins"


class NotATable(Unprocessable):
    code = "table.unreadable"
    title = "This file can't be read as a table"


class TableTooLong(Unprocessable):
    code = "table.too_long"
    title = "There are too many rows in this file"


class OptionsUnreadable(Unprocessable):
    """`options` is no JSON of the shape that is asked for."""

    code = "table.bad_options"
    title = "What is said about the table can't be understood"


class ColumnsUnfit(Unprocessable):
    """Another number of columns was named than the table has, or one target twice."""

    code = "table.columns_unfit"
    title = "These columns don't fit the table"


class NoCompanyColumn(Unprocessable):
    code = "table.no_company"
    title = "No column is said to hold the company"


class DateOrderNeeded(Unprocessable):
    """`params.examples` are dates that can be read in two ways."""

    code = "table.date_order_needed"
    title = "Say which number of a date is the day"


class NothingToImport(Conflict):
    code = "table.nothing_to_import"
    title = "No row of this table becomes an application"
