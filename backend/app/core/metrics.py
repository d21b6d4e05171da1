"""Figures for a Prometheus that watches: what this process counts, and what is asked of the database when it looks.

The library is loaded when it is first needed. With PROMETHEUS_MULTIPROC_DIR the processes of one machine count
into files there, and each of them tells the figures of all; without it each tells its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.settings import Settings, get_settings, tell_libraries

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Histogram, Metric

Families = Callable[[], "Iterable[Metric]"]
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "none"
# Seconds; 0.4 is the promise for 99 of 100 requests.
_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 10.0)
_WAIT_BUCKETS = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 3600.0)


@dataclass(frozen=True, slots=True)
class _Instruments:
    registry: CollectorRegistry
    requests: Counter
    durations: Histogram
    quota_waits: Histogram


def count_request(method: str, route: str | None, status: int, seconds: float) -> None:
    """One request that was answered: `seconds` until the answer began, `route` as the template of its address."""
    method = method if method in METHODS else "other"
    labels = (method, route or UNMATCHED)
    found = _instruments()
    found.requests.labels(*labels, str(status)).inc()
    found.durations.labels(*labels).observe(seconds)


def count_quota_wait(provider: str, seconds: float) -> None:
    """A reader waited so long for its provider's allowance."""
    _instruments().quota_waits.labels(provider).observe(seconds)


def render(families: Families) -> tuple[bytes, str]:
    """What is told to a Prometheus, with its content type: what was counted, and what `families` adds now."""
    from prometheus_client import CollectorRegistry, ProcessCollector, multiprocess
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

    counted = _instruments().registry
    folder = get_settings().prometheus_multiproc_dir
    if folder:
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted, folder)  # type: ignore[no-untyped-call]
    now = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=now)
    now.register(_Asked(families))
    return generate_latest(counted) + generate_latest(now), CONTENT_TYPE_PLAIN_0_0_4


def forget_dead_processes(settings: Settings) -> None:
    """Remove what processes that are gone have counted, when one starts: files of each would pile up for ever."""
    if not settings.prometheus_multiproc_dir:
        return
    folder = Path(settings.prometheus_multiproc_dir)
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.db"):
        pid = path.stem.rpartition("_")[2]
        if pid.isdigit() and not _is_alive(int(pid)):
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the library calls a collector."""

    families: Families

    def collect(self) -> Iterable[Metric]:
        return self.families()


@lru_cache(maxsize=1)
def _instruments() -> _Instruments:
    tell_libraries(get_settings())
    from prometheus_client import CollectorRegistry, Counter, Histogram

    registry = CollectorRegistry()
    return _Instruments(
        registry,
        Counter(
            "jobtrail_http_requests_total",
            "Requests that were answered",
            ("method", "route", "status"),
            registry=registry,
        ),
        Histogram(
            "jobtrail_http_request_duration_seconds",
            "Time until the answer began",
            ("method", "route"),
            buckets=_REQUEST_BUCKETS,
            registry=registry,
        ),
        Histogram(
            "jobtrail_quota_wait_seconds",
            "Time that a reader of mail waited for its provider's allowance",
            ("provider",),
            buckets=_WAIT_BUCKETS,
            registry=registry,
        ),
    )


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
