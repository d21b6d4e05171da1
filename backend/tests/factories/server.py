"""A real Jobtrail process on a test's database: started, watched, killed, started again."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx
import psutil

from app.core.settings import Settings
from tests.house import BACKEND
from tests.servers import free_port

READY_WITHIN_S = 60.0


class Server:
    """`python -m app serve` with the given settings, runs in its threads and its process pool."""

    def __init__(self, settings: Settings, *, largest_file: int | None = None, **variables: str) -> None:
        self._settings = settings
        self._largest_file = largest_file
        self._variables = variables
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.log = settings.data_dir.parent / f"server-{self._port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve"],
                cwd=BACKEND,
                env=self._environment(),
                stdout=log,
                stderr=log,
                preexec_fn=self._limit if self._largest_file else None,
            )
        wait_until(self._answers, READY_WITHIN_S, "The server did not start")
        return self

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def family(self) -> list[psutil.Process]:
        """The server and all processes below it."""
        parent = psutil.Process(self.pid)
        return [parent, *parent.children(recursive=True)]

    def kill(self) -> list[psutil.Process]:
        """SIGKILL the server alone; returns the processes that it leaves behind."""
        below = self.family()[1:]
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        return below

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

    def client(self, token: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def login(self, username: str, password: str) -> str:
        answer = httpx.post(f"{self.url}/api/login", json={"username": username, "password": password})
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["access_token"]
        return token

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text(errors="replace")[-3000:]
        try:
            return httpx.get(f"{self.url}/api/v1/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    def _environment(self) -> dict[str, str]:
        return environment_of(self._settings) | {"PORT": str(self._port), **self._variables}

    def _limit(self) -> None:
        if self._largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._largest_file, self._largest_file))


def environment_of(settings: Settings) -> dict[str, str]:
    """What a process of ours must know to work on the database of `settings`; nothing starts by itself there."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "ENCRYPTION_KEY": settings.encryption_key.get_secret_value(),
        "REDIS_URL": settings.redis_url,
        "RUNNER": "" if settings.runner == "inline" else settings.runner,
        "SYNC_RUNNER": "" if settings.sync_runner == "inline" else settings.sync_runner,
        "SYNC_INTERVAL_MINUTES": str(settings.sync_interval_minutes),
        "DELETION_CHECK_INTERVAL_MINUTES": str(settings.deletion_check_interval_minutes),
        "TOKEN_REFRESH_INTERVAL_MINUTES": str(settings.token_refresh_interval_minutes),
        "INGESTION_WORKERS": "1",
        "RATE_LIMIT_PER_MINUTE": "0",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def serving(settings: Settings, *, largest_file: int | None = None, **variables: str) -> Iterator[Server]:
    """A server for a `with` block, gone afterwards with all its processes."""
    server = Server(settings, largest_file=largest_file, **variables)
    try:
        yield server.start()
    finally:
        server.stop()


def wait_until(holds: Callable[[], bool], seconds: float, otherwise: str) -> None:
    """Look every 50 ms; AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


def start_import(client: httpx.Client, path: Path) -> str:
    """The id of the run that imports this file."""
    with path.open("rb") as file:
        answer = client.post("/api/imports/mail", files={"file": (path.name, file)})
    assert answer.status_code == 202, answer.text
    job_id: str = answer.json()["job_id"]
    return job_id


def look_at(client: httpx.Client, job_id: str) -> dict[str, Any]:
    answer = client.get(f"/api/runs/{job_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def finish(client: httpx.Client, job_id: str, seconds: float = 90) -> dict[str, Any]:
    """The run once it has ended."""
    deadline = time.monotonic() + seconds
    while (run := look_at(client, job_id))["state"] in {"queued", "running"}:
        assert time.monotonic() < deadline, run
        time.sleep(0.1)
    return run
