"""What a Prometheus is told besides what this process counted: the work of all processes, as the database has it.

Every process tells the same of these, so that it does not matter which one is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from app.admin import repository
from app.core import db
from app.core.clock import now
from app.core.db import ReadSession
from app.core.settings import get_settings
from app.core.version import VERSION
from app.runs.models import RunDay, RunState

if TYPE_CHECKING:
    from prometheus_client import Metric

log = structlog.get_logger(__name__)
_MAILS = {
    "processed": "looked_at", "created": "stored", "judged": "judged", "skipped": "skipped", "errors": "failed",
}  # fmt: skip


def families() -> Iterator[Metric]:
    """All of them; only that the database does not answer where it does not."""
    from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

    kind = "sqlite" if get_settings().is_sqlite else "postgresql"
    yield InfoMetricFamily("jobtrail", "This program", {"version": VERSION, "database": kind})
    yield _pool()
    try:
        with db.read_session() as session:
            found = [*_runs(session), *_queue(session), *_llm(session), *_people(session)]
    except (SQLAlchemyError, DBAPIError, RuntimeError) as error:
        log.warning("database_not_ready", error=type(error).__name__)
        yield GaugeMetricFamily("jobtrail_database_up", "Whether the database answers", 0)
        return
    yield GaugeMetricFamily("jobtrail_database_up", "Whether the database answers", 1)
    yield from found


def _pool() -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(
        "jobtrail_db_connections", "This process's connections to the database", labels=("state",)
    )
    try:
        pool = db.engine().pool
    except RuntimeError:
        return family
    if isinstance(pool, QueuePool):
        family.add_metric(["in_use"], pool.checkedout())
        family.add_metric(["idle"], pool.checkedin())
    return family


def _runs(session: ReadSession) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, SummaryMetricFamily

    totals = repository.run_totals(session)
    ended = [each for each in totals if each.state != RunState.QUEUED]
    runs = CounterMetricFamily("jobtrail_runs", "Runs that ended", labels=("kind", "state"))
    lasted = SummaryMetricFamily(
        "jobtrail_run_duration_seconds", "Time from the start of a run to its end", labels=("kind", "state")
    )
    waited = SummaryMetricFamily(
        "jobtrail_run_start_delay_seconds",
        "Time from asking for a run to its start",
        labels=("kind", "state"),
    )
    for each in ended:
        labels = [each.kind, each.state]
        runs.add_metric(labels, each.runs)
        lasted.add_metric(labels, each.runs, each.seconds)
        waited.add_metric(labels, each.runs, each.waited_s)
    yield from (runs, lasted, waited, _put_back(totals))
    mails = CounterMetricFamily("jobtrail_mails", "Mails of runs that ended", labels=("kind", "outcome"))
    for kind in sorted({each.kind for each in ended}):
        for column, outcome in _MAILS.items():
            mails.add_metric([kind, outcome], sum(getattr(e, column) for e in ended if e.kind == kind))
    yield mails


def _put_back(totals: Sequence[RunDay]) -> Metric:
    from prometheus_client.core import SummaryMetricFamily

    family = SummaryMetricFamily(
        "jobtrail_run_provider_wait_seconds",
        "Time that runs were put back for because a provider asked to wait",
        labels=("kind",),
    )
    for each in totals:
        if each.state == RunState.QUEUED:
            family.add_metric([each.kind], each.runs, each.seconds)
    return family


def _queue(session: ReadSession) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    depth = GaugeMetricFamily("jobtrail_queue_runs", "Runs that are not over", labels=("kind", "state"))
    oldest = GaugeMetricFamily(
        "jobtrail_queue_oldest_seconds",
        "How long the longest waiting run could have started",
        labels=("kind",),
    )
    for each in repository.queue(session):
        for state in ("ready", "waiting", "running"):
            depth.add_metric([each.kind, state], getattr(each, state))
        if each.oldest is not None:
            oldest.add_metric([each.kind], max(0.0, (now() - each.oldest).total_seconds()))
    yield from (depth, oldest)


def _llm(session: ReadSession) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily

    total = repository.llm_total(session)
    yield CounterMetricFamily("jobtrail_llm_calls", "Calls of language models", total.calls)
    tokens = CounterMetricFamily("jobtrail_llm_tokens", "Tokens of language models", labels=("direction",))
    tokens.add_metric(["input"], total.input_tokens)
    tokens.add_metric(["output"], total.output_tokens)
    yield tokens
    yield CounterMetricFamily("jobtrail_llm_cost_usd", "What language models cost", total.spent_usd)


def _people(session: ReadSession) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    users, _admins, lately = repository.people(session)
    yield GaugeMetricFamily("jobtrail_users", "People with a login", users)
    yield GaugeMetricFamily("jobtrail_users_active", "People who were here within a week", lately)
    connected = GaugeMetricFamily("jobtrail_mail_accounts", "Mail accounts", labels=("provider", "state"))
    for provider, needs_reauth, count in repository.accounts(session):
        connected.add_metric([provider, "needs_reauth" if needs_reauth else "connected"], count)
    yield connected
