"""What can go wrong with tables."""

from __future__ import annotations

from app.core.errors import TooManyRequests, Unprocessable


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
