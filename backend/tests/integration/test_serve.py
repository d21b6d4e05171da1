"""A real start: the process, its secrets, its address, its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.house import BACKEND
from tests.servers import free_port


@contextmanager
def serving(data_dir: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`python -m app serve --migrate`, once it answers, and its address."""
    port = free_port()
    environment = {**os.environ, "DATA_DIR": str(data_dir), "PORT": str(port), **variables}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--migrate"],
        cwd=BACKEND,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, address)
        yield process, address
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _wait(process: subprocess.Popen[str], address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/api/v1/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("The server did not start.")


def test_a_start_makes_private_secrets_and_ends_quietly(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with serving(data_dir) as (process, address):
        page = httpx.get(f"{address}/api/auth/status")
        assert page.json()["owner_exists"] is False
        assert "server" not in page.headers
        assert data_dir.stat().st_mode & 0o777 == 0o700
        secrets = [data_dir / "secret_key", data_dir / "encryption_key"]
        assert [path.stat().st_mode & 0o777 for path in secrets] == [0o600, 0o600]
        first = [path.read_text() for path in secrets]
        assert len(first[0]) >= 32

        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=10)
        assert process.returncode in {0, -signal.SIGTERM}
        assert f"Jobtrail runs at {address}" in output
        assert "Setup code" not in output

    with serving(data_dir, HOST="0.0.0.0") as (process, _):
        assert [path.read_text() for path in secrets] == first, "the next start keeps them"
        process.send_signal(signal.SIGTERM)
        assert "Setup code" in process.communicate(timeout=10)[0]
