"""Real Celery processes on a test's database, and a broker that can be taken away."""

from __future__ import annotations

import contextlib
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Self

import psutil

from app.core.settings import Settings
from tests import servers
from tests.factories.server import environment_of, wait_until
from tests.house import BACKEND

READY_WITHIN_S = 90.0
_READY = {"worker": " ready.", "beat": "beat: Starting"}
_ALONE = ["--without-mingle", "--without-gossip"]  # they look for other workers for a second first


class CeleryProcess:
    """`celery -A ... worker` or `... beat` with the given settings; `tests` adds the tests' own work."""

    def __init__(
        self,
        settings: Settings,
        what: Literal["worker", "beat"] = "worker",
        *,
        tests: bool = True,
        variables: dict[str, str] | None = None,
    ) -> None:
        self._what = what
        self._variables = variables or {}
        self._settings = settings
        self._app = "tests.factories.worker_app" if tests else "app.celery_app"
        self.log = settings.data_dir.parent / f"{what}-{secrets.token_hex(4)}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, until_connected: bool = True) -> Self:
        """Start and wait until it takes messages, or, without a broker, until it has begun to look at the rows."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", self._app, self._what, *self._options()],
                cwd=BACKEND,
                env=environment_of(self._settings) | {"LOG_LEVEL": "INFO"} | self._variables,
                stdout=log,
                stderr=log,
            )
        expected = _READY[self._what] if until_connected else "worker_began"
        wait_until(lambda: self._has_said(expected), READY_WITHIN_S, f"The {self._what} did not start")
        return self

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def says(self) -> str:
        """Its log so far."""
        return self.log.read_text(errors="replace")

    def family(self) -> list[psutil.Process]:
        """The process and all below it."""
        parent = psutil.Process(self.pid)
        return [parent, *parent.children(recursive=True)]

    def kill(self) -> None:
        """SIGKILL, as when the machine runs out of memory."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """SIGTERM, and SIGKILL for what is left after ten seconds."""
        if self._process is None or self._process.poll() is not None:
            return
        family = self.family()
        self._process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=10)
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()

    def _options(self) -> list[str]:
        return _ALONE if self._what == "worker" else []

    def _has_said(self, words: str) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.says()[-3000:]
        return words in self.says()


@contextmanager
def working(settings: Settings, variables: dict[str, str] | None = None) -> Iterator[CeleryProcess]:
    """A worker for a `with` block."""
    worker = CeleryProcess(settings, variables=variables)
    try:
        yield worker.start()
    finally:
        worker.stop()


class Broker:
    """A Valkey of one test's own that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = servers.free_port()
        self._secret = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://:{self._secret}@127.0.0.1:{self._port}/0"

    def start(self) -> Self:
        self._process = servers.launch_valkey(self._folder, self._port, self._secret)
        return self

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
