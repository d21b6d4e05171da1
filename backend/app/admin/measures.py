"""How this installation has been doing: success and durations per kind of run, the queue, models' cost, storage."""

from __future__ import annotations

import shutil
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.admin import repository
from app.admin.measure_schemas import (
    FolderSize,
    KindFigures,
    LlmDayOut,
    LlmFigures,
    MailFigures,
    MetricsOut,
    PeopleFigures,
    QueueFigures,
    QueueOfKind,
    StorageFigures,
    TableSize,
)
from app.core import db
from app.core.clock import now
from app.core.settings import Settings
from app.core.version import VERSION
from app.llm.models import LlmDay
from app.runs.models import RunDay, RunState


def measure(settings: Settings, days: int) -> MetricsOut:
    """Figures of so many days (UTC), today among them; sizes and the queue as they are now."""
    first = now().date() - timedelta(days=days - 1)
    since = datetime(first.year, first.month, first.day, tzinfo=UTC)
    with db.read_session() as session:
        totals = repository.run_totals(session, first)
        lasted = repository.durations(session, since)
        queued = repository.queue(session)
        spent = repository.llm_days(session, first)
        users, admins, lately = repository.people(session)
        database = repository.database_bytes(session)
        tables = repository.sizes(session)
    return MetricsOut(
        version=VERSION,
        database="sqlite" if settings.is_sqlite else "postgresql",
        days=days,
        since=first,
        runs=_kinds(totals, lasted),
        mails=_mails(totals),
        queue=_queue(queued),
        llm=_llm(spent),
        people=PeopleFigures(users=users, admins=admins, active_in_a_week=lately),
        storage=StorageFigures(
            database_bytes=database,
            free_bytes=shutil.disk_usage(settings.data_dir).free,
            tables=[TableSize(name=t.name, rows=t.rows, bytes=t.bytes) for t in tables],
            folders=[FolderSize(name=name, bytes=size) for name, size in _folders(settings.data_dir)],
        ),
    )


def _kinds(totals: Sequence[RunDay], lasted: Sequence[tuple[str, float]]) -> list[KindFigures]:
    seconds: dict[str, list[float]] = defaultdict(list)
    for kind, took in lasted:
        seconds[kind].append(took)
    found = []
    for kind in sorted({each.kind for each in totals if each.state != RunState.QUEUED}):
        ended = {each.state: each for each in totals if each.kind == kind}
        done, error, canceled = (
            ended[state].runs if state in ended else 0
            for state in (RunState.DONE, RunState.ERROR, RunState.CANCELED)
        )
        put_back = ended.get(RunState.QUEUED)
        of_kind = sorted(seconds[kind])
        found.append(
            KindFigures(
                kind=kind,
                done=done,
                error=error,
                canceled=canceled,
                success_rate=round(done / (done + error), 4) if done + error else None,
                median_s=round(statistics.median(of_kind), 3) if of_kind else None,
                p95_s=round(of_kind[min(len(of_kind) - 1, int(0.95 * len(of_kind)))], 3) if of_kind else None,
                measured=len(of_kind),
                put_back=put_back.runs if put_back else 0,
            )
        )
    return found


def _mails(totals: Sequence[RunDay]) -> MailFigures:
    ended = [each for each in totals if each.state != RunState.QUEUED]
    return MailFigures(
        looked_at=sum(e.processed for e in ended),
        stored=sum(e.created for e in ended),
        judged=sum(e.judged for e in ended),
        skipped=sum(e.skipped for e in ended),
        failed=sum(e.errors for e in ended),
    )


def _queue(queued: Sequence[repository.Queued]) -> QueueFigures:
    since = [each.oldest for each in queued if each.oldest is not None]
    return QueueFigures(
        ready=sum(each.ready for each in queued),
        waiting=sum(each.waiting for each in queued),
        running=sum(each.running for each in queued),
        oldest_s=round(max(0.0, (now() - min(since)).total_seconds()), 1) if since else None,
        by_kind=[
            QueueOfKind(kind=each.kind, ready=each.ready, waiting=each.waiting, running=each.running)
            for each in queued
        ],
    )


def _llm(spent: Sequence[LlmDay]) -> LlmFigures:
    return LlmFigures(
        calls=sum(day.calls for day in spent),
        input_tokens=sum(day.input_tokens for day in spent),
        output_tokens=sum(day.output_tokens for day in spent),
        cost_usd=round(sum(day.spent_usd for day in spent), 6),
        by_day=[
            LlmDayOut(
                day=day.day,
                calls=day.calls,
                input_tokens=day.input_tokens,
                output_tokens=day.output_tokens,
                cost_usd=round(day.spent_usd, 6),
            )
            for day in spent
        ],
    )


def _folders(data_dir: Path) -> Iterator[tuple[str, int]]:
    """What lies in each folder of DATA_DIR, in bytes; files beside them as `.`."""
    loose = 0
    for path in sorted(data_dir.iterdir()) if data_dir.is_dir() else []:
        if path.is_dir() and not path.is_symlink():
            yield path.name, sum(_bytes(file) for file in path.rglob("*"))
        else:
            loose += _bytes(path)
    yield ".", loose


def _bytes(path: Path) -> int:
    """0 for what has gone meanwhile."""
    try:
        return path.lstat().st_size if path.is_file() and not path.is_symlink() else 0
    except OSError:
        return 0
