"""Measure applications: `bench_applications.py [--only lists|linking] [--database sqlite|postgres] [--scale 1.0]`.

lists: 50 of 100,000 applications, by every filter, search and sort that the API offers, and one tenth of that.
linking: 10,000 judged mails into 3,000 applications, in the order of a backfill and in the transactions of a run; then
one new mail at a time: link, stage and timeline; and one tenth of that.

Each is done on SQLite and on a PostgreSQL of its own, with made data that is always the same, in a folder that is
removed afterwards. Printed are wall-clock times: median, 95th percentile and least, since machines have other work.
Exit status 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import text

from app.applications import repository as applications
from app.applications.listing.repository import Filters
from app.applications.models import Source, Stage
from app.applications.router import get_board, list_applications
from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.migrate import upgrade
from app.core.settings import use_settings
from app.correlation import repository as correlation
from app.intake import history, linking, repository
from app.intake.components import compute
from app.intake.placing import Placing, apply_some
from app.intake.router import search
from app.intake.service import APPLICATIONS_AT_ONCE, KEYS_AT_ONCE
from app.mail.repository import list_accounts
from tests import servers
from tests.factories.accounts import make_user
from tests.factories.crowds import BEGIN, add_mail, fill_applications, fill_mail, mail_values, name_company
from tests.factories.settings import make_settings

TARGET_LIST_MS = 50.0
TARGET_LINKING_S = 10.0
TARGET_ARRIVAL_MS = 50.0
_COLUMNS = ("last_activity", "received_date", "company", "title", "stage", "next_due")
SORTS = [f"{sign}{name}" for name in _COLUMNS for sign in ("", "-")]


@dataclass(frozen=True, slots=True)
class Case:
    """One way to ask for a list."""

    name: str
    ask: Callable[[Any, User], Any]


def main() -> int:
    """Measure and print; the exit status."""
    options = _options()
    figures: dict[str, Any] = {}
    databases = [options.database] if options.database else ["sqlite", "postgres"]
    for name in databases:
        for part in [options.only] if options.only else ["lists", "linking"]:
            for share in (0.1, 1.0):
                with _database(name) as user:
                    measure = _measure_lists if part == "lists" else _measure_linking
                    found = measure(user, options.scale * share, options.repeat)
                figures[f"{name} {part} {share}"] = found
                print(f"== {name}, {part}, {share:.0%} of the size", flush=True)
                for label, value in found.items():
                    print(f"  {label}: {value}", flush=True)
    missed = _missed(figures)
    for sentence in missed:
        print(f"missed: {sentence}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2), encoding="utf-8")
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=["lists", "linking"])
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--scale", type=float, default=1.0, help="of 100,000 applications, 10,000 mails")
    parser.add_argument("--repeat", type=int, default=5, help="how often each list is asked for")
    parser.add_argument("--json", default="")
    return parser.parse_args()


@contextmanager
def _database(name: str) -> Iterator[User]:
    """An empty database of that kind with one user, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        session_folder = servers.new_session_folder() if name == "postgres" else None
        try:
            url = f"sqlite:///{folder}/bench.sqlite3"
            if session_folder is not None:
                url = servers.create_database(session_folder, "template0")
            settings = make_settings(url, Path(folder))
            use_settings(settings)
            upgrade(settings)
            db.configure(settings)
            yield make_user("robin")
        finally:
            db.dispose()
            if session_folder is not None:
                servers.stop_servers(session_folder)


def _analyze() -> None:
    with db.transaction() as session:
        session.execute(text("ANALYZE"))


def _measure_lists(user: User, scale: float, repeat: int) -> dict[str, Any]:
    count = int(100_000 * scale)
    started = time.perf_counter()
    fill_applications(user.id, count)
    _analyze()
    figures: dict[str, Any] = {"applications": count, "filled in s": round(time.perf_counter() - started, 1)}
    times: dict[str, list[float]] = {}
    cases = _cases()
    order = [case for case in cases for _ in range(repeat)]
    random.Random(3).shuffle(order)
    for case in cases:
        _timed(case, user)
    gc.collect()
    for case in order:
        times.setdefault(case.name, []).append(_timed(case, user))
    everything = sorted(ms for each in times.values() for ms in each)
    least = sorted(min(each) for each in times.values())
    worst = sorted(times, key=lambda name: -statistics.median(times[name]))[:12]
    figures |= {
        "ways to ask": len(cases),
        "median ms": round(statistics.median(everything), 1),
        "p95 ms": round(_percentile(everything, 0.95), 1),
        "p95 of each way's best ms": round(_percentile(least, 0.95), 1),
        "slowest ways, median and best ms": {
            name: (round(statistics.median(times[name]), 1), round(min(times[name]), 1)) for name in worst
        },
    }
    return figures


def _cases() -> list[Case]:
    recent = BEGIN + timedelta(days=1_000)
    filters: dict[str, Filters] = {
        "everything": Filters(),
        "archived": Filters(archived=True),
        "stale": Filters(stale_before=now() - timedelta(days=21)),
        "stale in time": Filters(stale_before=recent),
        "waiting on me": Filters(waiting_on="me"),
        "waiting on them": Filters(waiting_on="them"),
        "needs review": Filters(needs_review=True),
        "pinned": Filters(pinned=True),
        "after": Filters(after=recent),
        "before": Filters(before=BEGIN + timedelta(days=100)),
        "interview on me": Filters(stage=Stage.INTERVIEW, waiting_on="me"),
        "search: common": Filters(q="engineer"),
        "search: rare": Filters(q="wilmere optics"),
        "search: two words": Filters(q="fernhollow designer"),
        "search: nothing": Filters(q="zzyzx"),
        "search: two letters": Filters(q="ta"),
        "company": Filters(company="tidewick"),
        "search in a stage": Filters(q="bank", stage=Stage.OFFER),
    }
    filters |= {f"stage {stage}": Filters(stage=stage) for stage in Stage}
    filters |= {f"source {source}": Filters(source=source) for source in (Source.LINKEDIN, Source.UNKNOWN)}
    filters |= {f"category {c}": Filters(category=c) for c in ("REJECTION", "INTERVIEW_REQUEST", "JOB_ALERT")}
    cases = [
        _list_case(f"{name}, {sort}", wanted, sort) for name, wanted in filters.items() for sort in SORTS
    ]
    cases += [_list_case(f"everything from 5,000, {sort}", Filters(), sort, 5_000) for sort in SORTS]
    cases += [_search_case(q) for q in ("fernhollow", "engineer", "wilmere optics", "zzyzx", "ta")]
    return [*cases, Case("board", lambda session, user: get_board(session, user, Filters()))]


def _search_case(q: str) -> Case:
    return Case(f"search everywhere: {q}", lambda session, user: search(session, user, q=q))


def _list_case(name: str, wanted: Filters, sort: Any, offset: int = 0) -> Case:
    def ask(session: Any, user: User) -> Any:
        return list_applications(session, user, wanted, sort=sort, offset=offset, limit=50)

    return Case(name, ask)


def _timed(case: Case, user: User) -> float:
    started = time.perf_counter()
    with db.read_session() as session:
        case.ask(session, user).model_dump_json()
    return (time.perf_counter() - started) * 1000


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _measure_linking(user: User, scale: float, _repeat: int) -> dict[str, Any]:
    mails, wanted = int(10_000 * scale), int(3_000 * scale)
    ids = fill_mail(user.id, mails, wanted)
    _analyze()
    started = time.perf_counter()
    for start in range(0, len(ids), KEYS_AT_ONCE):
        with db.transaction() as session:
            linking.put_keys(session, user.id, ids[start : start + KEYS_AT_ONCE])
    keyed = time.perf_counter()
    computed = compute(user.id, ids)
    divided = time.perf_counter()
    _write(user.id, computed, set(ids))
    written = time.perf_counter()
    _analyze()
    arrivals = sorted(_arrive(user.id, number) for number in range(60))
    with db.read_session() as session:
        found = sum(applications.count_by_stage(session, user.id).values())
    return {
        "mails": mails,
        "applications": found,
        "s": round(written - started, 2),
        "of that keys s": round(keyed - started, 2),
        "groups s": round(divided - keyed, 2),
        "links, stages, search s": round(written - divided, 2),
        "largest component": max(len(component.mails) for component, _ in computed),
        "one new mail ms: median": round(statistics.median(arrivals), 1),
        "one new mail ms: p95": round(_percentile(arrivals, 0.95), 1),
        "one new mail ms: least": round(arrivals[0], 1),
    }


def _write(user_id: int, computed: list[tuple[Any, Any]], fresh: set[int]) -> None:
    waiting = [Placing(component, result, fresh) for component, result in computed]
    while waiting:
        with db.transaction() as session:
            apply_some(session, user_id, waiting, APPLICATIONS_AT_ONCE)
    for start in range(0, len(fresh), KEYS_AT_ONCE):
        with db.transaction() as session:
            repository.link_done(session, user_id, sorted(fresh)[start : start + KEYS_AT_ONCE])


def _arrive(user_id: int, number: int) -> float:
    """Milliseconds that a judged mail takes to its link, its application's stage and its timeline."""
    at = BEGIN + timedelta(days=880, minutes=number)
    company = name_company((number * 13 * 4 // 5) * 7 % 12_960)
    with db.read_session() as session:
        account_id = list_accounts(session, user_id)[0].id
    row = mail_values(1_000_000 + number, at, "STATUS_UPDATE", company, None)
    [email_id] = add_mail(user_id, account_id, [row])
    started = time.perf_counter()
    with db.transaction() as session:
        linking.put_keys(session, user_id, [email_id])
    _write(user_id, compute(user_id, [email_id]), {email_id})
    with db.read_session() as session:
        link = correlation.links_of(session, user_id, [email_id]).get(email_id)
        if link is not None:
            history.timeline(session, user_id, applications.get(session, user_id, link.application_id))
    return (time.perf_counter() - started) * 1000


def _missed(figures: dict[str, Any]) -> list[str]:
    missed = []
    for name, found in figures.items():
        if found.get("p95 ms", 0) > TARGET_LIST_MS:
            missed.append(f"{name}: lists p95 {found['p95 ms']} ms, target {TARGET_LIST_MS}")
        if found.get("s", 0) > TARGET_LINKING_S:
            missed.append(f"{name}: linking {found['s']} s, target {TARGET_LINKING_S}")
        if found.get("one new mail ms: p95", 0) > TARGET_ARRIVAL_MS:
            missed.append(
                f"{name}: one new mail {found['one new mail ms: p95']} ms, target {TARGET_ARRIVAL_MS}"
            )
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
