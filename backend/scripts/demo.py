"""A throw-away Jobtrail with the demo mailbox: its own data folder, its own owner, gone when it ends.

Does what a person would do: starts the server, makes the owner, signs in, and asks for the demo mailbox over
the API. Ctrl-C ends it.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from choose_port import BACKEND, choose

OWNER = "demo"
START_WITHIN_S = 60.0


def call(address: str, body: dict[str, str] | None = None, token: str | None = None) -> dict[str, object]:
    """POST `body` as JSON, or GET without one; the answer's JSON. Raises URLError."""
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=30) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server is ready. SystemExit when it ended or takes too long."""
    deadline = time.monotonic() + START_WITHIN_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            call(f"{address}/api/v1/health/ready")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit("error: The demo did not start: see above.")


def fill(address: str) -> None:
    """Make the owner and have the demo mailbox loaded."""
    password = secrets.token_urlsafe(12)
    account = {"username": OWNER, "password": password}
    call(f"{address}/api/auth/register", account)
    token = str(call(f"{address}/api/login", account)["access_token"])
    call(f"{address}/api/demo", {}, token)
    sys.stdout.write(f"\n  Sign in at {address} as {OWNER} with the password {password}\n")
    sys.stdout.write("  Its mail is being read now. Ctrl-C ends the demo and removes it.\n\n")
    sys.stdout.flush()


def main() -> int:
    """Run the demo until it is stopped."""
    port = choose()
    with tempfile.TemporaryDirectory(prefix="jobtrail-demo-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/jobtrail.db"}
        environment |= {"HOST": "127.0.0.1", "PORT": str(port), "PUBLIC_URL": "", "LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "app", "serve", "--migrate"]
        server = subprocess.Popen(command, cwd=BACKEND, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}", server)
            fill(f"http://127.0.0.1:{port}")
            return server.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
