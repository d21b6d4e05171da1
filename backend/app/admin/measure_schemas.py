"""What an admin is told about work and storage. All times in seconds, all sizes in bytes."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel

from app.runs.models import Run
from app.runs.schemas import RunOut


class AdminRunOut(RunOut):
    """Somebody's run. Its `result` is left empty here: it may tell what mail says. `holder` is the process at it."""

    user_id: int
    username: str
    holder: str | None

    @classmethod
    def of_user(cls, run: Run, username: str) -> Self:
        told = RunOut.of(run).model_dump() | {"result": {}}
        return cls(**told, user_id=run.user_id, username=username, holder=run.holder)


class KindFigures(BaseModel):
    """How runs of one kind ended. `success_rate` leaves canceled ones out; null where none ended. Durations are of
    the newest `measured` that went well. `put_back`: how often one had to wait for a provider."""

    kind: str
    done: int
    error: int
    canceled: int
    success_rate: float | None
    median_s: float | None
    p95_s: float | None
    measured: int
    put_back: int


class MailFigures(BaseModel):
    """Mails of the runs that ended."""

    looked_at: int
    stored: int
    judged: int
    skipped: int
    failed: int


class QueueOfKind(BaseModel):
    kind: str
    ready: int
    waiting: int
    running: int


class QueueFigures(BaseModel):
    """`ready` runs could start, `waiting` ones not yet; `oldest_s` is how long the oldest ready one is ready."""

    ready: int
    waiting: int
    running: int
    oldest_s: float | None
    by_kind: list[QueueOfKind]


class LlmDayOut(BaseModel):
    day: date
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float


class LlmFigures(BaseModel):
    """Language models, everybody's calls; `by_day` newest first."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    by_day: list[LlmDayOut]


class PeopleFigures(BaseModel):
    users: int
    admins: int
    active_in_a_week: int


class TableSize(BaseModel):
    """`bytes` is null on SQLite, which keeps all in one file; `rows` is an estimate on PostgreSQL."""

    name: str
    rows: int
    bytes: int | None


class FolderSize(BaseModel):
    """A folder of DATA_DIR; `.` is what lies beside the folders, a SQLite database among it."""

    name: str
    bytes: int


class StorageFigures(BaseModel):
    database_bytes: int
    free_bytes: int
    tables: list[TableSize]
    folders: list[FolderSize]


class MetricsOut(BaseModel):
    version: str
    database: Literal["sqlite", "postgresql"]
    days: int
    since: date
    runs: list[KindFigures]
    mails: MailFigures
    queue: QueueFigures
    llm: LlmFigures
    people: PeopleFigures
    storage: StorageFigures
