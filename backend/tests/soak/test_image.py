"""The steps of the image, done in a bare root: install, build, migrate, start, answer; as nobody, read-only."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.factories.image import Image, build, started
from tests.factories.server import wait_until
from tests.house import ROOT
from tests.servers import free_port

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]
UID = 10001
ACCOUNT = {"username": "ana", "password": "a long enough password"}


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """What is mounted at /data; it belongs to the image's user."""
    made = tmp_path / "volume"
    made.mkdir(mode=0o700)
    os.chown(made, UID, UID)
    return made


def test_the_image_starts_as_nobody_on_a_root_that_is_read_only(tmp_path: Path, volume: Path) -> None:
    assert os.geteuid() == 0, "this needs root, for mounts; it gives it up where a container would"
    image = build(ROOT, tmp_path / "image")
    assert len(image.left_out) <= 1, "only what a base image brings is not done here"
    port, log = free_port(), tmp_path / "said"
    url = f"http://localhost:{port}"
    variables = {
        "PORT": str(port),
        "PUBLIC_URL": url,
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "ENCRYPTION_KEY": "VGhpc0lzQUtleU9mVGhlVGVzdHNXaXRoMzJCeXRlcyE=",
        "GMAIL_CREDENTIALS_JSON": json.dumps({"web": {"client_id": "x", "client_secret": "y"}}),
    }
    plain = Image(image.root, image.environment, image.workdir, image.user)

    def start(of: Image, *words: str) -> subprocess.Popen[bytes]:
        return started(of, words, data=volume, log=log, variables=variables)

    app = start(image)  # what it does when it is told nothing

    def answers() -> bool:
        assert app.poll() is None, log.read_text()[-3000:]
        try:
            return httpx.get(f"{url}/api/v1/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    try:
        wait_until(answers, 300, "The app did not start")
        status = Path(f"/proc/{app.pid}/status").read_text()
        assert f"Uid:\t{UID}\t{UID}\t{UID}\t{UID}" in status
        assert "NoNewPrivs:\t1" in status
        assert "CapBnd:\t0000000000000000" in status
        assert httpx.get(url, headers={"Accept": "text/html"}).status_code == 200
        assert httpx.post(f"{url}/api/auth/register", json=ACCOUNT).status_code == 201
        client = volume / "credentials.json"
        assert (stat.S_IMODE(client.stat().st_mode), client.stat().st_uid) == (0o600, UID)
        assert start(plain, "python", "scripts/healthcheck.py").wait(timeout=60) == 0
        for place, can in (
            ("/app/backend/x", False),
            ("/opt/venv/x", False),
            ("/tmp/x", True),
            ("/data/x", True),
        ):
            assert (start(plain, "touch", place).wait(timeout=60) == 0) == can, place
    finally:
        app.terminate()
        app.wait(timeout=60)
    assert "Read-only file system" in log.read_text(), "that is why nothing could be written"
    assert '"event": "tidied_up"' in log.read_text(), "its log is JSON"
