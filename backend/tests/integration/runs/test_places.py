"""The same runs come to the same end wherever they are done: in the server's threads, or by a Celery worker."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest

from app import wiring
from app.auth.models import User
from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings, use_settings
from app.runs import executors, registry, repository, service
from app.runs.executors.broker import LOOK_AT_RUN, make_celery
from app.runs.models import Run
from tests.factories.server import wait_until
from tests.factories.settings import make_settings
from tests.factories.stepping import KIND, step_by_step
from tests.factories.worker import Broker, CeleryProcess, working
from tests.integration.runs.conftest import change, load

Begin = Callable[..., str]


pytestmark = pytest.mark.timeout(300)  # processes start, and the broker takes its time to be noticed


class Place(Protocol):
    def __call__(self) -> AbstractContextManager[object]: ...


@pytest.fixture
def app_settings(
    request: pytest.FixtureRequest, database_url: str, redis_url: str, tmp_path: Path
) -> Settings:
    celery = request.node.callspec.params.get("place", "celery") == "celery"
    return make_settings(
        database_url,
        tmp_path / "data",
        redis_url=redis_url,
        runner="celery" if celery else "inprocess",
        sync_runner="inprocess",
    )


@pytest.fixture(params=["inprocess", "celery"])
def place(request: pytest.FixtureRequest, app_settings: Settings) -> Place:
    """`with place():` there is somebody who does runs of the tests' kind."""

    @contextmanager
    def in_process() -> Iterator[None]:
        executors.start(app_settings)
        try:
            yield
        finally:
            executors.stop()

    return in_process if request.param == "inprocess" else lambda: working(app_settings)


@pytest.fixture
def begin(user: User, app_settings: Settings) -> Iterator[Begin]:
    """`begin(**params)`: the id of a run that was just queued, as a server would."""
    registry.runner(KIND)(step_by_step)
    wiring.connect()
    use_settings(app_settings)
    numbers = itertools.count()

    def queue(kind: str = KIND, **params: Any) -> str:
        with database.transaction() as session:
            return service.create(
                session, user_id=user.id, kind=kind, params=params, dedupe_key=f"work-{next(numbers)}"
            ).id

    yield queue
    executors.stop()
    registry._runners.pop(KIND)


def ends(run_id: str, state: str = "done", seconds: float = 60) -> Run:
    wait_until(lambda: load(run_id).state == state, seconds, f"The run did not become {state}")
    return load(run_id)


def cancel(run_id: str) -> None:
    with database.transaction() as session:
        run = repository.load(session, run_id)
        assert run is not None
        service.cancel(session, run)


def test_all_that_can_become_of_a_run(begin: Begin, place: Place) -> None:
    forgotten = begin(steps=3)  # nobody was told: nothing was started yet
    buggy, later, soon = begin(steps=0, then="crash"), begin(), begin()
    change(later, not_before=now() + timedelta(hours=1))
    change(soon, not_before=now() + timedelta(seconds=1))
    never = begin()
    cancel(never)
    with place():
        ends(forgotten)
        done, conflict, unknown = begin(steps=5), begin(then="conflict"), begin(kind="no-such-work")
        waits, long = begin(then="wait"), begin(steps=100_000, pause=0.05)
        wait_until(lambda: load(long).processed > 2, 60, "The long run did not begin")
        cancel(long)
        asked_at = time.monotonic()
        canceled = ends(long, "canceled")
        assert time.monotonic() - asked_at < 15
        run = ends(done)
        assert (run.processed, run.total, run.cursor, run.attempt) == (5, 5, {"step": 5}, 0)
        assert (run.error_code, run.holder) == (None, None)
        assert ends(conflict, "error").error_code == "conflict"
        assert ends(unknown, "error").error_code == "run.unknown_kind"
        wait_until(lambda: load(waits).not_before is not None, 60, "The run did not wait")
        assert (load(waits).state, load(waits).message) == ("queued", "Google asks to wait.")
        assert canceled.processed < 100_000
        ends(soon)
        wait_until(lambda: tried_again_at_once(buggy), 60, "The run was not given up")
        crashed = load(buggy)
        assert (crashed.attempt, crashed.error_code) == (3, "run.crashed")
    assert [load(i).state for i in (later, never)] == ["queued", "canceled"]


def test_a_killed_workers_run_goes_on(begin: Begin, app_settings: Settings) -> None:
    """Every step is done once."""
    workers = CeleryProcess(app_settings), CeleryProcess(app_settings)
    run_id = begin(steps=90, pause=0.05)
    try:
        workers[0].start()
        wait_until(lambda: load(run_id).processed > 5, 60, "The run did not begin")
        workers[0].kill()
        stopped_at = load(run_id)
        assert (stopped_at.state, stopped_at.holder) == ("running", holder_of(workers[0]))
        assert stopped_at.processed < 90
        workers[1].start()
        wait_until(lambda: load(run_id).holder == holder_of(workers[1]), 30, "Nobody took the run up")
        run = ends(run_id)
    finally:
        for worker in workers:
            worker.stop()
    assert (run.processed, run.cursor) == (90, {"step": 90})


def holder_of(worker: CeleryProcess) -> str:
    return f"{service.machine_name()}:{worker.pid}"


def tried_again_at_once(run_id: str) -> bool:
    """Whether it has ended; what waits for its next try need not."""
    run = load(run_id)
    if run.state == "queued" and run.not_before is not None:
        change(run_id, not_before=None)
    return run.state == "error"


@pytest.mark.one_database
def test_messages_may_come_twice_or_about_nothing(begin: Begin, app_settings: Settings) -> None:
    celery = make_celery(app_settings)
    with working(app_settings) as worker:
        over = begin()
        ends(over)
        run_id = begin(steps=60, pause=0.01)
        for told in (*[run_id] * 20, over, "0" * 32):
            celery.send_task(LOOK_AT_RUN, args=[told])
        run = ends(run_id)
        wait_until(lambda: worker.says().count(" succeeded in ") >= 22, 60, "Messages were not dealt with")
        assert (run.processed, run.attempt) == (60, 0)
        assert load(over).processed == 1
    celery.close()


@pytest.mark.one_database
def test_the_broker_goes_and_comes_back(begin: Begin, app_settings: Settings, tmp_path: Path) -> None:
    """What is queued meanwhile is done meanwhile, what runs goes on, and messages arrive again afterwards."""
    folder = tmp_path / "broker"
    folder.mkdir()
    broker = Broker(folder).start()
    settings = app_settings.model_copy(update={"redis_url": broker.url})
    use_settings(settings)
    worker = CeleryProcess(settings)
    try:
        executors.start(settings)
        worker.start()
        ends(begin())
        under_way = begin(steps=100_000, pause=0.02)
        wait_until(lambda: load(under_way).processed > 2, 60, "The run did not begin")
        broker.stop()
        began = time.monotonic()
        meanwhile = [begin() for _ in range(5)]
        assert time.monotonic() - began < 2, "Nobody waits for the broker"
        for run_id in meanwhile:
            ends(run_id)
        worker.stop()
        run = load(under_way)
        assert (run.state, run.holder) == ("queued", None)
        waiting = begin()
        worker.start(until_connected=False)
        ends(waiting)
        wait_until(lambda: load(under_way).processed > run.processed, 60, "It does not go on")
        cancel(under_way)
        ends(under_way, "canceled")
        received = worker.says().count("look_at_run")
        broker.start()

        def hears_again() -> bool:
            ends(begin())
            return worker.says().count("look_at_run") > received

        wait_until(hears_again, 60, "No message arrives after the broker came back")
    finally:
        worker.stop()
        executors.stop()
        broker.stop()


def test_a_server_leaves_to_workers_what_is_theirs(begin: Begin, app_settings: Settings) -> None:
    executors.start(app_settings)
    waiting, lost, dead, own = begin(), begin(), begin(), begin(kind="import")
    for run_id, holder in ((lost, "elsewhere:1"), (dead, f"{service.machine_name()}:{dead_pid()}")):
        at = now() - timedelta(seconds=1)
        with database.transaction() as session:
            assert repository.claim(session, run_id, token="old", holder=holder, at=now(), until=at)
    ends(own, "error")
    time.sleep(2.5)  # longer than a server takes to look at the rows
    assert load(waiting).state == "queued"
    assert [load(i).lease_token for i in (lost, dead)] == ["old", "old"]


@pytest.mark.parametrize("place", ["inprocess"], indirect=True)
def test_a_neighbour_that_dies_is_noticed(begin: Begin, place: Place) -> None:
    """Its run does not wait for the end of the lease."""
    run_id = begin(steps=2)
    neighbour = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with database.transaction() as session:
        holder = f"{service.machine_name()}:{neighbour.pid}"
        until = now() + service.LEASE
        assert repository.claim(session, run_id, token="old", holder=holder, at=now(), until=until)
    with place():
        time.sleep(0.5)
        assert load(run_id).holder == holder
        neighbour.kill()
        neighbour.communicate()
        assert ends(run_id, seconds=20).processed == 2


def dead_pid() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid
