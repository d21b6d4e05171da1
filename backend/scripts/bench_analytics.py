"""Measure figures: `bench_analytics.py [--sizes 1000,10000,100000] [--db both] [--rounds 20] [--json OUT]`.

Stores made-up applications with five mails each straight into a fresh database, asks every endpoint of analytics
over the API until it is warm and then `--rounds` times, and prints the time within which 95 % of the answers came,
per size and database, and how much longer they take at the larger sizes. The prediction is answered from its cache;
how long computing it takes is printed too. Exit status 1 when a figure at 10,000 applications takes over 150 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fastapi.testclient import TestClient
from sqlalchemy import text

from app.analytics import estimates
from app.core import db
from app.core.migrate import upgrade
from app.core.settings import use_settings
from app.main import create_app
from tests import servers
from tests.factories.accounts import bearer, client_from, make_user, token_of
from tests.factories.figures import random_stories, tell
from tests.factories.settings import make_settings

TARGET_MS = 150
TARGET_AT = 10_000
MAILS = 5
_PORTION = 5_000
ENDPOINTS: dict[str, tuple[str, dict[str, Any]]] = {
    "stats": ("/api/stats", {}),
    "funnel": ("/api/analytics/funnel", {}),
    "funnel, one source, half a year": (
        "/api/analytics/funnel",
        {"source": "referral", "from": "2025-06-01", "to": "2026-12-31"},
    ),
    "flow": ("/api/analytics/flow", {}),
    "response rate by source": ("/api/analytics/response-rate", {"group_by": "source"}),
    "response rate by company": ("/api/analytics/response-rate", {"group_by": "company"}),
    "response rate by industry": ("/api/analytics/response-rate", {"group_by": "industry"}),
    "response rate by level": ("/api/analytics/response-rate", {"group_by": "position_level"}),
    "response rate by weekday": ("/api/analytics/response-rate", {"group_by": "weekday"}),
    "time to any response": ("/api/analytics/time-to-event", {"event": "any_response"}),
    "time to an offer": ("/api/analytics/time-to-event", {"event": "offer"}),
    "activity by week": ("/api/analytics/activity", {"bucket": "week"}),
    "activity by day": ("/api/analytics/activity", {"bucket": "day"}),
    "insights": ("/api/analytics/insights", {}),
    "prediction, cached": ("/api/analytics/prediction", {}),
    "list of stale ones": ("/api/applications", {"stale": True}),
}


def main() -> int:
    """Measure and print; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    lanes = ("sqlite", "postgres") if options.db == "both" else (options.db,)
    sizes = [int(size) for size in options.sizes.split(",")]
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="jobtrail-bench-") as folder:
        for lane in lanes:
            for size in sizes:
                with _fresh(lane, Path(folder) / f"{lane}-{size}") as url:
                    column = f"{lane} {size:,}"
                    figures[column] = _measure(url, Path(folder) / f"{lane}-{size}", size, options.rounds)
                    _print_column(column, figures[column])
    _print_growth(figures, lanes, sizes)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2), encoding="utf-8")
    slow = [
        f"{name} on {lane}"
        for lane in lanes
        for name, ms in figures.get(f"{lane} {TARGET_AT:,}", {}).items()
        if name in ENDPOINTS and ms > TARGET_MS
    ]
    for each in slow:
        print(f"over {TARGET_MS} ms at {TARGET_AT:,}: {each}")
    return 1 if slow else 0


@contextmanager
def _fresh(lane: str, folder: Path) -> Iterator[str]:
    folder.mkdir()
    if lane == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    try:
        template = servers.postgres_template(folder, _migrate)
        yield servers.create_database(folder, template)
    finally:
        db.dispose()
        servers.stop_servers(folder)


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        upgrade(make_settings(url, Path(folder)))


def _measure(url: str, folder: Path, size: int, rounds: int) -> dict[str, float]:
    settings = make_settings(url, folder / "data")
    if url.startswith("sqlite"):
        upgrade(settings)
    use_settings(settings)
    db.configure(settings)
    user = make_user("ana")
    began = time.perf_counter()
    stories = random_stories(size, seed=1, mails=MAILS)
    for start in range(0, size, _PORTION):
        with db.transaction() as session:
            tell(session, user.id, stories[start : start + _PORTION])
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    print(f"stored {size:,} applications in {time.perf_counter() - began:.0f} s", flush=True)
    found: dict[str, float] = {}
    with client_from(create_app(settings)) as http:
        http.headers.update(bearer(token_of(http, "ana")))
        found["computing a prediction"] = _timed(http, "/api/analytics/prediction", {})
        began = time.perf_counter()
        estimates.refresh(user.id)
        found["computing how long answers take"] = 1000 * (time.perf_counter() - began)
        for name, (path, params) in ENDPOINTS.items():
            for _ in range(3):
                _timed(http, path, params)
            found[name] = _p95([_timed(http, path, params) for _ in range(rounds)])
    return found


def _timed(http: TestClient, path: str, params: dict[str, Any]) -> float:
    began = time.perf_counter()
    answer = http.get(path, params=params)
    took = 1000 * (time.perf_counter() - began)
    assert answer.status_code == 200, answer.text
    return took


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def _print_column(column: str, found: dict[str, float]) -> None:
    print(f"\n{column}")
    for name, ms in found.items():
        print(f"  {name:36} {ms:8.1f} ms")
    sys.stdout.flush()


def _print_growth(figures: dict[str, dict[str, float]], lanes: Sequence[str], sizes: Sequence[int]) -> None:
    for lane in lanes:
        for small, large in pairwise(sizes):
            first, second = figures[f"{lane} {small:,}"], figures[f"{lane} {large:,}"]
            worst = max(ENDPOINTS, key=lambda name: second[name] / first[name])
            print(
                f"{lane}: {large / small:.0f} times as many applications take at most "
                f"{second[worst] / first[worst]:.1f} times as long ({worst})"
            )


if __name__ == "__main__":
    sys.exit(main())
