"""Measure reading a Gmail mailbox, against a fake Google in a process of its own.

    python scripts/bench_sync.py [--only NAME ...] [--postgres] [--json OUT] [--messages 2000] [--large 20000]

quota-2026, quota-legacy   a full sync, judged, at Google's quota, with the clock scaled (--scale, --legacy-scale)
paced-2026, paced-legacy   the same without storing and judging
first                      when the first 100 mails are judged and visible, at the quota of 2026, real clock
units                      quota units per message stored, in a mailbox with conversations
lifted                     no quota, 30 ms per request: fetched and stored, beside a serial messages.get loop
large                      a full sync of --large mails in a real server: MB over idle, all its processes together;
                           then 10 changes, and none: requests and seconds
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import structlog
from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.core import db
from app.core.clock import now
from app.intake.models import VerdictRow
from app.mail.connections import open_source
from app.mail.gmail import quota
from app.mail.sources import MessageRef
from app.mailsync import reading, storing
from app.runs import pool
from app.runs import repository as runs
from app.runs import service as runs_service
from app.runs.context import RunContext, new_token
from app.runs.models import Run
from tests.factories.accounts import PASSWORD
from tests.factories.mailboxes import demo_mails, write_mbox
from tests.factories.models import trained_model
from tests.factories.server import Server, finish, look_at, serving, start_import
from tests.factories.syncing import (
    ADDRESS,
    EVERYTHING,
    NO_QUOTA,
    Google,
    Stage,
    best_mix,
    databases,
    listed,
    minutes,
    running,
    staged,
    working,
)
from tests.factories.watching import MB, memory_of

LATENCY_S = 0.03


@dataclass(frozen=True)
class Figure:
    """One measured value; `target` as in the table, `met` None where there is none."""

    name: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Given:
    """What was asked for, and where to work."""

    folder: Path
    models: Path
    messages: int
    legacy_messages: int
    large: int
    scale: float
    legacy_scale: float
    url: str


def bench_quota(given: Given, profile: str) -> Iterator[Figure]:
    """A full sync at Google's quota; a minute of 60 / scale seconds on both sides."""
    scale = given.scale if profile == "2026" else given.legacy_scale
    count = given.messages if profile == "2026" else given.legacy_messages
    with running(Google(count, latency_s=LATENCY_S)) as google, minutes(60 / scale):
        units = quota.TARIFFS[profile].units_per_minute
        google.plan(prices=profile, units_per_minute=units, minute_s=60 / scale, window="bucket")
        with staged(
            given.folder, google, given.models, url=given.url, gmail_quota_profile=profile, **ALL_AT_ONCE
        ) as stage:
            tariff = quota.tariff_of(stage.settings)
            least = best_mix(listed(stage), tariff) + 5 * math.ceil(count / 500)
            time.sleep(60 / scale)
            with working(stage.settings):
                began = time.perf_counter()
                run = stage.sync()
                took = (time.perf_counter() - began) * scale
            check(run, count)
            bound = tariff.seconds_for(least, at_hand=units) * scale
            yield Figure(f"{profile}: {count} messages", took, "s of real clock")
            yield Figure(f"{profile}: the quota's lower bound", bound, "s")
            yield Figure(f"{profile}: over the bound", took / bound, "x", "<= 1.05", took <= 1.05 * bound)
            yield Figure(f"{profile}: units per message", run.result["units"] / count, "units")


def bench_paced(given: Given, profile: str) -> Iterator[Figure]:
    """The source alone at Google's quota: listed and fetched page by page, nothing stored."""
    scale = given.scale if profile == "2026" else given.legacy_scale
    count = given.messages if profile == "2026" else given.legacy_messages
    with running(Google(count, latency_s=LATENCY_S)) as google, minutes(60 / scale):
        units = quota.TARIFFS[profile].units_per_minute
        google.plan(prices=profile, units_per_minute=units, minute_s=60 / scale, window="bucket")
        with staged(given.folder, google, given.models, url=given.url, gmail_quota_profile=profile) as stage:
            tariff = quota.tariff_of(stage.settings)
            listed(stage)  # the fake has its search index
            with closing(open_source(stage.settings, stage.account, lambda: False)) as source:
                source.profile()  # the libraries are loaded, the connection is open
                began = time.perf_counter()
                refs = []
                for page in source.list_ids(EVERYTHING):
                    refs += page
                    assert sum(1 for _ in source.fetch(page)) == len(page)
                took = (time.perf_counter() - began) * scale
            least = best_mix(refs, tariff) + 5 * math.ceil(count / 500)
            refused = google.state()["refused"]
    assert len(refs) == count
    bound = tariff.seconds_for(least, at_hand=units) * scale
    yield Figure(f"{profile}, fetched alone: {count} messages", took, "s of real clock")
    yield Figure(
        f"{profile}, fetched alone: over the bound", took / bound, "x", "<= 1.05", took <= 1.05 * bound
    )
    yield Figure(f"{profile}, fetched alone: calls refused", refused, "calls")


def bench_first(given: Given) -> Iterator[Figure]:
    """From the click to 100 judged mails, in a server whose pool is up and whose model is loaded."""
    with running(Google(given.messages, latency_s=LATENCY_S)) as google:
        google.plan(prices="2026", units_per_minute=6_000, minute_s=60.0, window="bucket")
        with (
            staged(given.folder, google, given.models, url=given.url) as stage,
            serving(stage.settings, largest_file=None, **google.variables) as server,
        ):
            token = server.login("ana", PASSWORD)
            with server.client(token) as client:
                first = write_mbox(given.folder / "first.mbox", demo_mails())
                assert finish(client, start_import(client, first))["state"] == "done"
                before = judged(stage)
                began = time.perf_counter()
                assert client.post("/api/sync-emails").status_code == 202
                for wanted in (1, 25, 100):
                    while judged(stage) - before < wanted:
                        assert time.perf_counter() - began < 300
                        time.sleep(0.02)
                    took = time.perf_counter() - began
                    goal = {100: ("<= 10", took <= 10)}.get(wanted, ("", None))
                    yield Figure(f"first: {wanted} judged", took, "s", *goal)


def bench_units(given: Given) -> Iterator[Figure]:
    """Units of gets per message, against the best mix of gets and thread gets."""
    with (
        running(Google(given.messages // 2, threads=given.messages // 9)) as google,
        staged(given.folder, google, given.models, url=given.url, **NO_QUOTA) as stage,
    ):
        refs = listed(stage)
        best = best_mix(refs, quota.tariff_of(stage.settings))
        before = google.state()["units"]
        with closing(open_source(stage.settings, stage.account, lambda: False)) as source:
            stored = sum(1 for _ in source.fetch(refs))
        spent = google.state()["units"] - before
    assert stored == len(refs)
    yield Figure("units: per message", spent / stored, "units")
    yield Figure("units: per message, all alone", 20, "units")
    yield Figure("units: over the best mix", spent / best, "x", "<= 1.01", spent <= 1.01 * best)


def bench_lifted(given: Given) -> Iterator[Figure]:
    """What we can do when nobody limits us: fetch and store, no judging."""
    with (
        running(Google(given.messages, latency_s=LATENCY_S)) as google,
        staged(given.folder, google, given.models, url=given.url, **NO_QUOTA) as stage,
    ):
        refs = listed(stage)
        serial = read_serially(google, refs[: min(150, len(refs))])
        with closing(open_source(stage.settings, stage.account, lambda: False)) as source:
            began = time.perf_counter()
            assert sum(1 for _ in source.fetch(refs)) == len(refs)
            fetched = len(refs) / (time.perf_counter() - began)
        stored = fetch_and_store(stage, refs)
    yield Figure("lifted: serial messages.get", serial, "messages/s")
    yield Figure("lifted: fetched", fetched, "messages/s")
    yield Figure("lifted: fetched and stored", stored, "messages/s", ">= 550", stored >= 550)
    yield Figure("lifted: times the serial loop", stored / serial, "x", ">= 18", stored >= 18 * serial)


def bench_large(given: Given) -> Iterator[Figure]:
    """A large mailbox in a real server, quota lifted: read whole, then what changed."""
    with (
        running(Google(given.large, latency_s=LATENCY_S)) as google,
        staged(given.folder, google, given.models, url=given.url) as stage,
        serving(
            stage.settings,
            largest_file=None,
            **google.variables,
            GMAIL_QUOTA_UNITS_PER_MINUTE="0",
            GMAIL_SYNC_SCOPE="all",
            GMAIL_FULL_SYNC_DAYS_BACK="3650",
            GMAIL_FULL_SYNC_MAX_PER_QUERY="0",
        ) as server,
        server.client(server.login("ana", PASSWORD)) as client,
    ):
        yield from watch_memory(given, server, client)
        for name, changes in (("no change", 0), ("10 changes", 10), ("no change again", 0)):
            change(google, changes)
            before = google.state()["requests"]
            began = time.perf_counter()
            job_id = client.post("/api/sync-emails").json()["job_id"]
            while (run := look_at(client, job_id))["state"] in ("queued", "running"):
                time.sleep(0.02)
            took = time.perf_counter() - began
            requests = google.state()["requests"] - before
            assert run["state"] == "done", run
            most = 4 if changes else 1
            yield Figure(f"incremental: {name}", requests, "requests", f"<= {most}", requests <= most)
            yield Figure(f"incremental: {name}", took, "s", "<= 1", took <= 1)


def watch_memory(given: Given, server: Server, client: httpx.Client) -> Iterator[Figure]:
    """Idle is with the pool up and the model loaded, before Google's libraries are."""
    first = write_mbox(given.folder / "first.mbox", demo_mails())
    assert finish(client, start_import(client, first))["state"] == "done"
    time.sleep(2)
    idle = peak = memory_of(server)
    began = time.perf_counter()
    job_id = client.post("/api/sync-emails").json()["job_id"]
    while (run := look_at(client, job_id))["state"] in ("queued", "running"):
        peak = max(peak, memory_of(server))
        time.sleep(0.5)
    took = time.perf_counter() - began
    assert (run["state"], run["created"]) == ("done", given.large), run
    over = (peak - idle) / MB
    yield Figure(f"memory: full sync of {given.large}", over, "MB over idle", "<= 150", over <= 150)
    yield Figure("memory: idle", idle / MB, "MB")
    yield Figure("memory: stored and judged", given.large / took, "messages/s")


ALL_AT_ONCE = {
    "gmail_sync_scope": "all",
    "gmail_full_sync_days_back": 3650,
    "gmail_full_sync_max_per_query": 0,
}
BENCHES: dict[str, Callable[[Given], Iterable[Figure]]] = {
    "units": bench_units,
    "lifted": bench_lifted,
    "first": bench_first,
    "paced-2026": lambda given: bench_paced(given, "2026"),
    "paced-legacy": lambda given: bench_paced(given, "legacy"),
    "quota-2026": lambda given: bench_quota(given, "2026"),
    "quota-legacy": lambda given: bench_quota(given, "legacy"),
    "large": bench_large,
}


def judged(stage: Stage) -> int:
    with db.read_session() as session:
        wanted = select(func.count()).select_from(VerdictRow).where(VerdictRow.user_id == stage.user.id)
        return session.scalar(wanted) or 0


def read_serially(google: Google, refs: Iterable[MessageRef]) -> float:
    """Messages per second of one get after the other, with the same library over a kept connection."""
    from google.oauth2.credentials import Credentials
    from googleapiclient.discovery import build

    credentials = Credentials(google.control("tokens", address=ADDRESS)["access_token"])  # type: ignore[no-untyped-call]
    options = {"api_endpoint": google.url}
    with build(
        "gmail", "v1", credentials=credentials, client_options=options, cache_discovery=False
    ) as gmail:
        messages, count, began = gmail.users().messages(), 0, time.perf_counter()
        for ref in refs:
            assert messages.get(userId="me", id=ref.id, format="raw").execute()["raw"]
            count += 1
        return count / (time.perf_counter() - began)


def fetch_and_store(stage: Stage, refs: list[MessageRef]) -> float:
    """Messages per second through the source and into the database, in a claimed run."""
    run_id, token, at = stage.start(), new_token(), now()
    with db.transaction() as session:
        until = at + runs_service.LEASE
        assert runs.claim(session, run_id, token=token, holder="bench", at=at, until=until)
    with db.read_session() as session:
        run = runs.load(session, run_id)
    assert run is not None
    pool.submit(storing.parse_raws, [(b"Subject: warm\r\n\r\nup", None)]).result()
    ctx = RunContext(run, token, lambda: False)
    with reading.opened(ctx, stage.account_id) as r:
        began = time.perf_counter()
        for _ in reading.store_fetched(r, refs):
            pass
        took = time.perf_counter() - began
    assert ctx.counts["created"] == len(refs)
    return len(refs) / took


def change(google: Google, count: int) -> None:
    """New mails, and old ones relabelled or deleted, in turn."""
    ids = [entry["id"] for entry in google.control("ids", limit=str(count))]
    for number in range(count):
        if number % 2 == 0:
            mail = (
                f"From: jobs@otterbank.example\r\nSubject: News {number}\r\nMessage-ID: <{number}@n.example>"
            )
            google.control("mail", f"{mail}\r\n\r\nThank you for applying.\r\n".encode())
        elif number % 4 == 1:
            google.control("relabel", id=ids[number], add="STARRED")
        else:
            google.control("delete", id=ids[number])


def check(run: Run, count: int) -> None:
    assert run.state == "done", (run.state, run.error_code, run.error_detail)
    assert run.created == count, (run.created, count)


def show(figures: Iterable[Figure]) -> None:
    for figure in figures:
        verdict = {None: "", True: "ok", False: "SHORT"}[figure.met]
        sys.stdout.write(
            f"{figure.name:<36}{figure.value:>10.2f} {figure.unit:<18}{figure.target:<9}{verdict}\n"
        )
        sys.stdout.flush()


def main() -> int:
    """Measure, print, and write JSON when asked to; 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=list(BENCHES), default=list(BENCHES))
    parser.add_argument("--messages", type=int, default=2_000)
    parser.add_argument("--legacy-messages", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=20_000)
    parser.add_argument("--scale", type=float, default=6.0)
    parser.add_argument("--legacy-scale", type=float, default=1.0)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    found: dict[str, list[Figure]] = {}
    with tempfile.TemporaryDirectory() as folder, databases(postgres=options.postgres) as urls:
        models = trained_model(Path(folder))
        for name in options.only:
            place = Path(folder) / name
            place.mkdir()
            given = Given(
                place,
                models,
                options.messages,
                options.legacy_messages,
                options.large,
                options.scale,
                options.legacy_scale,
                next(urls),
            )
            found[name] = []
            for figure in BENCHES[name](given):
                found[name].append(figure)
                show([figure])
    told = {name: [vars(figure) for figure in figures] for name, figures in found.items()}
    if options.json:
        options.json.write_text(json.dumps(told, indent=2) + "\n")
    else:
        sys.stdout.write(json.dumps(told) + "\n")
    return 1 if any(figure.met is False for figures in found.values() for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
