"""Print the port to serve on: the one that was given, or 8000, or the next free one after it.

Runs before anything is installed, so it knows nothing but the standard library. A port that was given (PORT,
or a line in `.env`) never moves: when it is taken, that is the error. Exit status 1 with one sentence then.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

DEFAULT = 8000
TRIES = 50
BACKEND = Path(__file__).resolve().parents[1]


def given(name: str) -> str | None:
    """A setting as the application will read it: environment, then `.env` at the top, then `backend/.env`."""
    for key, value in os.environ.items():
        if key.upper() == name and value:
            return value
    for path in (BACKEND.parent / ".env", BACKEND / ".env"):
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        for line in reversed(lines):
            key, equals, value = line.strip().removeprefix("export ").partition("=")
            plain = value.strip().strip("'\"")
            if equals and key.strip().upper() == name and plain:
                return plain
    return None


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose() -> int:
    """The port. SystemExit with a sentence when there is none."""
    host = given("HOST") or "127.0.0.1"
    wanted = given("PORT")
    if wanted is not None:
        if not wanted.isdecimal() or int(wanted) > 65535:
            raise SystemExit(f"error: PORT is {wanted}, which is no port number.")
        if not is_free(host, int(wanted)):
            raise SystemExit(
                f"error: Port {wanted} of {host} is taken: stop what uses it, or give another PORT."
            )
        return int(wanted)
    for port in range(DEFAULT, DEFAULT + TRIES):
        if is_free(host, port):
            return port
    raise SystemExit(
        f"error: No free port from {DEFAULT} to {DEFAULT + TRIES - 1} of {host}: give one with PORT."
    )


if __name__ == "__main__":
    sys.stdout.write(f"{choose()}\n")
