"""Measure the CSV export: `bench_exports.py [--applications 100000] [--db both] [--json OUT]`.

Stores made-up applications straight into a fresh database, starts a real server on it and exports them all over the API
(the columns of the default). Printed are rows per second, the time to the first byte, and memory over idle. Exit
status 1 under 10,000 rows/s or over 100 MB.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.core import db
from app.core.migrate import upgrade
from app.core.settings import use_settings
from tests import servers
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.figures import random_stories, tell
from tests.factories.server import serving
from tests.factories.settings import make_settings
from tests.factories.watching import MB, memory_of

ROWS_PER_S = 10_000
MB_OVER_IDLE = 100
_PORTION = 5_000


def main() -> int:
    """Measure and print; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--applications", type=int, default=100_000)
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    lanes = ("sqlite", "postgres") if options.db == "both" else (options.db,)
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="jobtrail-bench-") as folder:
        for lane in lanes:
            with _fresh(lane, Path(folder) / lane) as url:
                figures[lane] = _measure(url, Path(folder) / lane, options.applications, options.rounds)
            told = ", ".join(f"{name} {value:g}" for name, value in figures[lane].items())
            print(f"{lane}: {told}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    missed = [f for f in figures.values() if f["rows_per_s"] < ROWS_PER_S or f["mb_over_idle"] > MB_OVER_IDLE]
    return 1 if missed else 0


@contextmanager
def _fresh(lane: str, folder: Path) -> Iterator[str]:
    folder.mkdir()
    if lane == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    try:
        yield servers.create_database(folder, servers.postgres_template(folder, _migrate))
    finally:
        db.dispose()
        servers.stop_servers(folder)


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        upgrade(make_settings(url, Path(folder)))


def _measure(url: str, folder: Path, size: int, rounds: int) -> dict[str, float]:
    settings = make_settings(url, folder / "data")
    use_settings(settings)
    settings.ensure_secrets()
    upgrade(settings)
    db.configure(settings)
    user = make_user("ana")
    stories = random_stories(size, seed=1, mails=1)
    for start in range(0, size, _PORTION):
        with db.transaction() as session:
            tell(session, user.id, stories[start : start + _PORTION])
    db.dispose()
    taken, first, peak = [], [], 0
    with serving(settings) as server:
        token = server.login("ana", PASSWORD)
        with server.client(token) as http:
            http.get("/api/applications").raise_for_status()
            idle = memory_of(server)
            for _ in range(rounds):
                done = threading.Event()
                peaks: list[int] = []

                def watch(done: threading.Event = done, peaks: list[int] = peaks) -> None:
                    while not done.wait(0.2):
                        peaks.append(memory_of(server))

                watcher = threading.Thread(target=watch, daemon=True)
                watcher.start()
                began = time.perf_counter()
                lines = -1
                with http.stream("POST", "/api/v1/exports/csv?archived=false") as answer:
                    answer.raise_for_status()
                    for piece in answer.iter_raw():
                        if lines < 0:
                            first.append(time.perf_counter() - began)
                            lines = 0
                        lines += piece.count(b"\r\n")
                taken.append((lines - 1) / (time.perf_counter() - began))
                done.set()
                watcher.join()
                peak = max([peak, *peaks])
            rows = lines - 1
    return {
        "rows": rows,
        "rows_per_s": round(max(taken)),
        "rows_per_s_slowest": round(min(taken)),
        "first_byte_s": round(max(first), 2),
        "mb_over_idle": round(max(0, peak - idle) / MB, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
