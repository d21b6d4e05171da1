"""Tables as requests and answers carry them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.applications.models import Stage
from app.portability.tables import weekly
from app.portability.tables.columns import DEFAULT, Column
from app.portability.tables.dates import DateOrder
from app.portability.tables.guessing import Target
from app.portability.tables.importing import Choices, Fate, Outlook, Preview
from app.portability.tables.reading import MOST_COLUMNS, MOST_ROWS, Table

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


class TableChoices(BaseModel):
    """How a table is to be read. `columns` has a target for each column in its order, null leaves one out; `stages` a
    stage for each word of the status column; `date_order` says which number of 03/04/2026 is the day. What is left out
    is guessed. `leave_out` are numbers of rows that are not wanted."""

    model_config = ConfigDict(extra="forbid")

    columns: list[Target | None] | None = Field(None, max_length=MOST_COLUMNS)
    stages: dict[str, Stage | None] | None = None
    date_order: DateOrder | None = None
    duplicates: Literal["skip", "add"] = "skip"
    leave_out: list[int] = Field(default=[], max_length=MOST_ROWS)

    def choices(self) -> Choices:
        return Choices(
            tuple(self.columns) if self.columns is not None else None,
            self.stages,
            self.date_order,
            self.duplicates,
            frozenset(self.leave_out),
        )


class TableColumn(BaseModel):
    """A column of the file: its heading, the first things that stand in it, and what they are taken for."""

    name: str
    samples: list[str]
    target: Target | None


class TableWord(BaseModel):
    """A word of the status column, how often it stands there, and the stage that it is taken for."""

    word: str
    rows: int
    stage: Stage | None


class TableTwin(BaseModel):
    """An application that a row may be already."""

    application_id: int
    company_name: str
    job_title: str


class TableRow(BaseModel):
    """What becomes of a row. `fate`: new; duplicate of `twin` or of the row `same_as_row`; known, for it was imported
    before; bad, for its `problems`; left_out by choice. `warnings` tell what is assumed or lost."""

    number: int
    fate: Fate
    company_name: str | None
    job_title: str | None
    location: str | None
    stage: Stage | None
    applied_at: datetime | None
    begun_at: datetime | None
    notes: str
    tags: list[str]
    problems: list[str]
    warnings: list[str]
    twin: TableTwin | None
    same_as_row: int | None


class TableCounts(BaseModel):
    new: int
    duplicate: int
    known: int
    bad: int
    left_out: int


class TablePreview(BaseModel):
    """A table as it would be imported. `asks_date_order`: dates such as `date_examples` can be read in two ways, and
    the import waits for an answer."""

    encoding: str
    separator: str
    total: int
    columns: list[TableColumn]
    words: list[TableWord]
    date_order: DateOrder | None
    asks_date_order: bool
    date_examples: list[str]
    counts: TableCounts
    rows: list[TableRow]

    @classmethod
    def of(cls, found: Preview) -> Self:
        table, scheme = found.table, found.scheme
        fates = Counter(row.fate for row in found.rows)
        place = scheme.columns.index("stage") if "stage" in scheme.columns else None
        words = Counter(row.cells[place] for row in table.rows) if place is not None else Counter[str]()
        return cls(
            encoding=table.encoding,
            separator=table.separator,
            total=len(found.rows),
            columns=[
                TableColumn(name=name, samples=_samples(table, n), target=scheme.columns[n])
                for n, name in enumerate(table.headings)
            ],
            words=[
                TableWord(word=word, rows=words[word], stage=stage) for word, stage in scheme.stages.items()
            ],
            date_order=scheme.date_order,
            asks_date_order=scheme.asks_order,
            date_examples=list(scheme.examples),
            counts=TableCounts(
                new=fates["new"],
                duplicate=fates["duplicate"],
                known=fates["known"],
                bad=fates["bad"],
                left_out=fates["left_out"],
            ),
            rows=[_row(row, found.twins) for row in found.rows],
        )


def _samples(table: Table, column: int) -> list[str]:
    found = dict.fromkeys(row.cells[column][:80] for row in table.rows[:50] if row.cells[column])
    return list(found)[:3]


def _row(one: Outlook, twins: Mapping[int, tuple[str, str]]) -> TableRow:
    planned = one.planned
    twin = None
    if one.twin is not None and one.twin in twins:
        company, title = twins[one.twin]
        twin = TableTwin(application_id=one.twin, company_name=company, job_title=title)
    return TableRow(
        number=planned.number,
        fate=one.fate,
        company_name=planned.fields.get("company_name"),
        job_title=planned.fields.get("job_title"),
        location=planned.fields.get("location"),
        stage=planned.stage,
        applied_at=planned.applied_at,
        begun_at=planned.begun_at,
        notes=planned.notes[:200],
        tags=planned.tags,
        problems=planned.problems,
        warnings=planned.warnings,
        twin=twin,
        same_as_row=planned.same_as_row,
    )
