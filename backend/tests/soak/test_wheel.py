"""A wheel, built as for a release, installed where nothing else of Jobtrail is, and started."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from app.core.version import VERSION
from tests.factories.server import wait_until
from tests.house import BACKEND, ROOT
from tests.servers import free_port

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]
# What an installer needs to reach its packages, and nothing that a checkout left in the environment.
KEPT = ("PATH", "LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
PASSWORD = "a long enough password"


def environment(home: Path, **more: str) -> dict[str, str]:
    clients = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))}
    return (
        {name: os.environ[name] for name in KEPT if name in os.environ}
        | clients
        | {"HOME": str(home), **more}
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment that holds the wheel."""
    assert (ROOT / "frontend" / "dist" / "index.html").is_file(), "build the page first: make soak does"
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(BACKEND)], check=True
    )
    [wheel] = folder.glob("jobtrail-*.whl")
    assert wheel.name == f"jobtrail-{VERSION}-py3-none-any.whl"
    venv.create(folder / "venv", with_pip=True)
    commands = folder / "venv" / "bin"
    home = os.environ.get("HOME", str(folder))
    subprocess.run(
        [str(commands / "pip"), "--disable-pip-version-check", "install", "--quiet", str(wheel)],
        check=True,
        env=environment(Path(home)),
        cwd=folder,
    )
    return commands


@contextmanager
def started(installed: Path, home: Path, url: str, **variables: str) -> Iterator[str]:
    """`jobtrail` alone, in an empty home; what it printed is left in `home`/said."""
    with (home / "said").open("ab") as said:
        process = subprocess.Popen(
            [str(installed / "jobtrail")],
            env=environment(home, **variables) | {"PATH": str(home)},  # neither node nor make
            cwd=home,
            stdout=said,
            stderr=said,
        )
    try:

        def answers() -> bool:
            assert process.poll() is None, (home / "said").read_text()
            try:
                return httpx.get(f"{url}/api/v1/health/ready").status_code == 200
            except httpx.TransportError:
                return False

        wait_until(answers, 180, "The wheel did not start")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_an_installed_wheel_is_a_whole_tracker(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    with started(installed, tmp_path, f"http://127.0.0.1:{port}", PORT=str(port)) as url:
        page = httpx.get(url, headers={"Accept": "text/html"})
        assert (page.status_code, 'id="root"' in page.text) == (200, True)
        account = {"username": "ana", "password": PASSWORD}
        assert httpx.post(f"{url}/api/auth/register", json=account).status_code in {200, 201}
        token = httpx.post(f"{url}/api/login", json=account).json()["access_token"]
        mine = {"Authorization": f"Bearer {token}"}
        checks = httpx.get(f"{url}/api/doctor", headers=mine, timeout=60).json()["items"]
        assert {check["code"]: check["status"] for check in checks}["page"] == "ok"
        demo = httpx.post(f"{url}/api/demo", headers=mine, timeout=60)
        assert demo.status_code == 202, demo.text
        job = demo.json()["status_url"]
        wait_until(lambda: httpx.get(url + job, headers=mine).json()["state"] == "done", 300, "no demo")
        assert httpx.get(f"{url}/api/stats", headers=mine).json()["total"] > 20
    data = tmp_path / ".local" / "share" / "jobtrail"
    assert (data / "jobtrail.db").is_file()
    assert data.stat().st_mode & 0o077 == 0

    told = subprocess.run(
        [str(installed / "jobtrail"), "user", "create", "bob", "--password-stdin"],
        input=f"{PASSWORD}\n", env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, "bob can sign in" in told.stdout) == (0, True), told.stderr


def test_a_port_that_was_given_and_is_taken_is_an_error(installed: Path, tmp_path: Path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        told = subprocess.run(
            [str(installed / "jobtrail")],
            env=environment(tmp_path, PORT=port), cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert told.returncode == 2
    assert (
        told.stderr == f"error: Port {port} of 127.0.0.1 is taken: stop what uses it, or give another PORT.\n"
    )
