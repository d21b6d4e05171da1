"""`jobtrail`, as a wheel installs it: alone it starts the tracker, with words it is `python -m app`."""

from __future__ import annotations

import socket
import sys

from app import cli
from app.core.settings import Settings, SettingsError, load_settings

TRIES = 50


def main() -> int:
    """Run what the command line says; the exit status."""
    words = sys.argv[1:]
    if words:
        return cli.main(words)
    try:
        settings = load_settings()
        port = _choose_port(settings)
    except SettingsError as error:
        for sentence in error.problems:
            sys.stderr.write(f"error: {sentence}\n")
        return 2
    opening = ["--open"] if sys.stdout.isatty() else []
    return cli.main(["serve", "--migrate", f"--port={port}", *opening])


def _choose_port(settings: Settings) -> int:
    """The port that was given, or the default one or the next free one after it. Raises SettingsError."""
    if "port" in settings.model_fields_set:
        if _is_free(settings.host, settings.port):
            return settings.port
        raise SettingsError(
            [f"Port {settings.port} of {settings.host} is taken: stop what uses it, or give another PORT."]
        )
    for port in range(settings.port, settings.port + TRIES):
        if _is_free(settings.host, port):
            return port
    last = settings.port + TRIES - 1
    raise SettingsError(
        [f"No free port from {settings.port} to {last} of {settings.host}: give one with PORT."]
    )


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
