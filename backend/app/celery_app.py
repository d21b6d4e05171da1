"""Celery's door: `celery -A app.celery_app worker` and `celery -A app.celery_app beat`, from `backend/`.

Messages only say "look at run X" and "look at the schedules"; both may be lost or come twice.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import structlog

from app.core.logging import configure_logging
from app.core.settings import Settings, SettingsError, load_settings
from app.runs import executors
from app.runs.executors import broker
from app.runs.executors.inprocess import THREADS, InProcessExecutor

if TYPE_CHECKING:
    from celery import Celery

log = structlog.get_logger(__name__)


def build(settings: Settings) -> Celery:
    """Celery with Jobtrail's two tasks, for a worker or a beat."""
    made = broker.make_celery(
        settings,
        worker_concurrency=THREADS,
        beat_scheduler="celery.beat:Scheduler",  # keeps no file: when what is due stands in the database
        beat_schedule=_ticks(settings),
    )
    made.set_current()
    begun: list[InProcessExecutor] = []

    def look_at_run(run_id: str) -> None:
        for executor in begun:
            executor.perform(run_id)

    made.task(name=broker.LOOK_AT_RUN)(look_at_run)
    made.task(name=broker.TICK)(executors.tick)
    _follow_life(settings, begun)
    return made


def _follow_life(settings: Settings, begun: list[InProcessExecutor]) -> None:
    """Do our part when Celery starts a worker or a beat, and when it ends one."""
    from celery import signals

    from app import worker

    def begin(sender: Any, **_: Any) -> None:
        threads = sender.concurrency if isinstance(sender.concurrency, int) else THREADS
        begun.append(worker.begin(settings, threads))

    def begin_to_end(**_: Any) -> None:
        for executor in begun:
            executor.begin_to_stop()

    def end(**_: Any) -> None:
        worker.end()

    def keep_our_logging(**_: Any) -> None:
        configure_logging(settings.log_level, settings.log_format)
        for name in ("celery.beat", "celery.worker.strategy", "celery.app.trace"):
            logging.getLogger(name).addFilter(_is_no_tick)

    def say_what_it_is_for(**_: Any) -> None:
        if not _ticks(settings):
            log.warning(
                "beat_has_nothing_to_do", because="SYNC_RUNNER is not celery: servers look at schedules"
            )

    for signal, receiver in (
        (signals.setup_logging, keep_our_logging),
        (signals.worker_init, begin),
        (signals.worker_shutting_down, begin_to_end),
        (signals.worker_shutdown, end),
        (signals.beat_init, say_what_it_is_for),
    ):
        signal.connect(receiver, weak=False)


def _is_no_tick(record: logging.LogRecord) -> bool:
    """Three lines every ten seconds would tell nothing to who does not look closely."""
    closely = logging.getLogger().isEnabledFor(logging.DEBUG)
    return closely or record.levelno > logging.INFO or broker.TICK not in record.getMessage()


def _ticks(settings: Settings) -> dict[str, Any]:
    """Beat looks after the schedules where mail sync is the workers' business; else an API process does."""
    if settings.sync_runner != "celery":
        return {}
    every = broker.TICK_EVERY_S
    return {"tick": {"task": broker.TICK, "schedule": every, "options": {"expires": 2 * every}}}


def __getattr__(name: str) -> Any:
    """`app`, built when Celery asks for it: importing this module must not read any settings."""
    if name != "app":
        raise AttributeError(name)
    made = globals()["app"] = build(_settings())
    return made


def _settings() -> Settings:
    try:
        settings = load_settings()
    except SettingsError as error:
        raise SystemExit("\n".join(f"error: {sentence}" for sentence in error.problems)) from None
    if not settings.broker_url:
        raise SystemExit("error: workers need a REDIS_URL, where they are told what to look at.")
    return settings
