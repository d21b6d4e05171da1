"""A Jobtrail of a test's own: the real server process on a free port, with its own data folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.servers import free_port

BACKEND = Path(__file__).resolve().parents[2]
DIST = BACKEND.parent / "frontend" / "dist"
USERNAME = "ana"
PASSWORD = "a quiet river in may"
_START_S = 60.0


class ServerFailed(RuntimeError):
    """The server ended or did not answer in time; carries the end of what it said."""


@dataclass(frozen=True)
class Product:
    """A running server: where it answers, and where it keeps its data and says what it does."""

    address: str
    data_dir: Path
    log: Path

    def client(self) -> httpx.Client:
        """A client that is signed in as the owner."""
        account = {"username": USERNAME, "password": PASSWORD}
        token = httpx.post(f"{self.address}/api/login", json=account).json()["access_token"]
        return httpx.Client(base_url=self.address, headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def make_owner(self) -> None:
        """Do what the welcome page does first."""
        account = {"username": USERNAME, "password": PASSWORD}
        httpx.post(f"{self.address}/api/auth/register", json=account, timeout=30).raise_for_status()

    def load_demo(self, *, within_s: float = 90) -> None:
        """Load the demo mailbox and wait until all of it is read."""
        with self.client() as client:
            started = client.post("/api/demo").raise_for_status().json()
            run = wait_for_end(client, started["job_id"], within_s=within_s)
        assert run["state"] == "done", run


def wait_for_end(client: httpx.Client, run_id: str, *, within_s: float) -> dict[str, Any]:
    """The run once it is over. Raises TimeoutError."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        run: dict[str, Any] = client.get(f"/api/runs/{run_id}").raise_for_status().json()
        if run["state"] not in {"queued", "running"}:
            return run
        time.sleep(0.2)
    raise TimeoutError(f"The run still goes on after {within_s:.0f} s: {run}")


@contextmanager
def run_product(data_dir: Path, environment: Mapping[str, str] | None = None) -> Iterator[Product]:
    """Start the server as `make run` does, wait until it is ready, and end it afterwards."""
    data_dir.mkdir(parents=True, exist_ok=True)
    log = data_dir.with_suffix(".log")
    port = free_port()
    command = [sys.executable, "-m", "app", "serve", "--migrate", "--port", str(port)]
    variables = {**os.environ, "DATA_DIR": str(data_dir), "LOG_LEVEL": "WARNING", **(environment or {})}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=BACKEND, env=variables, stdout=output, stderr=output, stdin=subprocess.DEVNULL
        )
    product = Product(f"http://127.0.0.1:{port}", data_dir, log)
    try:
        _wait_until_ready(product, process)
        yield product
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(product: Product, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(f"{product.address}/api/v1/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise ServerFailed(product.log.read_text(errors="replace")[-2000:])
