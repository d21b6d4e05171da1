"""What figures are narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.auth.models import User
from app.companies import service as companies


@dataclass(frozen=True, slots=True)
class Filters:
    """`after` <= received < `before`; None leaves a side open. `company` is a company key, `name` the words that
    were asked for. Archived applications count only when `archived`."""

    after: datetime | None = None
    before: datetime | None = None
    source: str | None = None
    company: str | None = None
    name: str | None = None
    archived: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but the default is asked for."""
        return self != Filters()


def filters_of(
    user: User, first: date | None, last: date | None, source: str | None, company: str | None, archived: bool
) -> Filters:
    """Filters whose days, both included, are days where the user is."""
    zone = zone_of(user)
    return Filters(
        after=_midnight(first, zone),
        before=_midnight(last + timedelta(days=1), zone) if last and last < date(2200, 1, 1) else None,
        source=source,
        company=companies.company_key(company) if company else None,
        name=company.strip().lower() if company else None,
        archived=archived,
    )


def zone_of(user: User) -> ZoneInfo:
    """The user's time zone; UTC when what is stored is none."""
    try:
        return ZoneInfo(user.time_zone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day is not None and day.year > 1 else None
