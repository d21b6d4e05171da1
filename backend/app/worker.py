"""A Celery worker's process: the same house without the web, doing the kinds of runs that settings send there."""

from __future__ import annotations

import structlog

from app import wiring
from app.core import db, metrics, migrate
from app.core.logging import configure_logging
from app.core.settings import Settings, use_settings
from app.runs import executors
from app.runs.executors import InProcessExecutor

log = structlog.get_logger(__name__)


class WorkerCannotStart(SystemExit):
    """The worker ends before it takes anything; its one sentence is printed."""


def begin(settings: Settings, threads: int) -> InProcessExecutor:
    """Open the database, connect the rooms and take up what waits. Raises WorkerCannotStart."""
    settings.ensure_secrets()
    use_settings(settings)
    configure_logging(settings.log_level, settings.log_format)
    if migrate.current_revision(settings) != migrate.head_revision():
        raise WorkerCannotStart("error: the database is not of this version: run `python -m app migrate`.")
    metrics.forget_dead_processes(settings)
    db.configure(settings)
    wiring.connect()
    executor = executors.start_worker(settings, threads)
    log.info("worker_began", threads=threads)
    return executor


def end() -> None:
    """Put back what was under way and close the database."""
    executors.stop()
    db.dispose()
