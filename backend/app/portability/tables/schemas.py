"""Tables as requests and answers carry them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.portability.tables import weekly
from app.portability.tables.columns import DEFAULT, Column

Separator = Literal[",", ";", "\t"]


class CsvWish(BaseModel):
    """Which columns, in which order, and what stands between cells: a comma, a semicolon or a tab."""

    model_config = ConfigDict(extra="forbid")

    columns: list[Column] = Field(default=list(DEFAULT), min_length=1)
    separator: Separator = ","

    @field_validator("columns")
    @classmethod
    def _once(cls, columns: list[Column]) -> list[Column]:
        return list(dict.fromkeys(columns))


class ReportLine(BaseModel):
    """One application that was sent on the day `on`; `confirmed` when a mail or the user said that day, else it is
    the day of the first sign of it. `how` and `contact` are empty when nothing tells."""

    model_config = ConfigDict(from_attributes=True)

    application_id: int
    on: date
    confirmed: bool
    company_name: str
    job_title: str
    location: str
    how: str
    stage: str
    result: str
    since: date
    contact: str
    job_url: str
    reference: str


class ReportWeek(BaseModel):
    """A week from Monday to Sunday; `name` is as in 2026-W12."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    first: date
    last: date
    lines: list[ReportLine]


class WeeklyReport(BaseModel):
    """What was applied for between two days, both included, where the user is. Weeks without one are listed too."""

    person: str
    first: date
    last: date
    time_zone: str
    made_at: datetime
    total: int
    weeks: list[ReportWeek]

    @classmethod
    def of(
        cls,
        person: str,
        time_zone: str,
        made_at: datetime,
        period: tuple[date, date],
        found: list[weekly.Week],
    ) -> Self:
        weeks = [ReportWeek.model_validate(week) for week in found]
        return cls(
            person=person,
            first=period[0],
            last=period[1],
            time_zone=time_zone,
            made_at=made_at,
            total=sum(len(week.lines) for week in weeks),
            weeks=weeks,
        )
