"""A large import into a real server, measured: memory over idle, and a person's edits meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.core.settings import Settings
from tests.factories.accounts import PASSWORD
from tests.factories.mailboxes import demo_mails, write_mbox, write_repeated_mbox
from tests.factories.server import finish, serving, start_import
from tests.factories.watching import MB, Watched, memory_of, watching


@dataclass(frozen=True)
class Measured:
    """`over_idle` in bytes, idle being the server with its pool up and the model loaded."""

    run: dict[str, Any]
    again: dict[str, Any]
    mails: int
    over_idle: int
    before: Watched
    watched: Watched

    def __str__(self) -> str:
        waits = ", ".join(
            f"p{100 * share:.0f} {1000 * self.watched.quantile(share):.0f} ms"
            f" (idle {1000 * self.before.quantile(share):.0f})"
            for share in (0.5, 0.95, 0.99)
        )
        return (
            f"{self.mails} mails at {self.run['rate']}/s, {self.over_idle / MB:.0f} MB over idle, "
            f"{len(self.watched.waits)} edits: {waits}"
        )


def measure_import(settings: Settings, folder: Path, megabytes: float, seconds: float) -> Measured:
    """Import an mbox of that size as `ana`, editing applications 20 times a second; then import it again."""
    path = folder / "large.mbox"
    mails = write_repeated_mbox(path, megabytes=megabytes)
    first = write_mbox(folder / "first.mbox", demo_mails())
    with serving(settings) as server:
        token = server.login("ana", PASSWORD)
        with server.client(token) as client, server.client(token) as editor:
            assert finish(client, start_import(client, first))["state"] == "done"
            mine = [a["id"] for a in client.get("/api/applications").json()["items"]]

            def edit(number: int) -> httpx.Response:
                place = {"location": f"Place {number}"}
                return editor.patch(f"/api/applications/{mine[number % len(mine)]}", json=place)

            idle = memory_of(server)
            with watching(server, edit) as before:
                time.sleep(6)
            with watching(server, edit) as watched:
                run = finish(client, start_import(client, path), seconds)
            again = finish(client, start_import(client, path), seconds)
    return Measured(run, again, mails, watched.peak - idle, before, watched)
