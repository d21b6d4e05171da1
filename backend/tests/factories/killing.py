"""Imports whose server is killed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil

from app.core.settings import Settings
from tests.factories.accounts import PASSWORD
from tests.factories.server import Server, finish, look_at, start_import, wait_until


def import_with_kills(
    settings: Settings, path: Path, moments: Sequence[tuple[str, int]]
) -> tuple[dict[str, Any], int]:
    """Import the mailbox as `ana`; kill the server when the run has `processed` or `judged` so many messages.

    Returns the run at its end, and how many kills found it at work. AssertionError when a process of the pool
    outlives its server.
    """
    server = Server(settings)
    hits = 0
    try:
        token = server.start().login("ana", PASSWORD)
        with server.client(token) as client:
            job_id = start_import(client, path)
            for what, count in moments:
                come = partial(_has_come_to, client, job_id, what, count)
                wait_until(come, 300, f"The import did not come to {count} {what}")
                hits += look_at(client, job_id)["state"] == "running"
                left = server.kill()
                wait_until(partial(_are_gone, left), 15, "The pool outlived its server")
                server.start()
            return finish(client, job_id, 180), hits
    finally:
        server.stop()


def _has_come_to(client: httpx.Client, job_id: str, what: str, count: int) -> bool:
    run = look_at(client, job_id)
    done = int(run["processed"] if what == "processed" else run["result"].get(what, 0))
    return done >= count or bool(run["state"] == "done")


def _are_gone(processes: Sequence[psutil.Process]) -> bool:
    for process in processes:
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                return False
        except psutil.NoSuchProcess:
            continue
    return True
