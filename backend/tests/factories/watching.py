"""Looking at a server while it works: its memory, and how long a person waits meanwhile."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import psutil

from tests.factories.server import Server

MB = 1_000_000


def memory_of(server: Server) -> int:
    """Bytes that the server and all its processes hold for themselves; what they share counts once."""
    total = 0
    for process in server.family():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            info = process.memory_full_info()
            total += getattr(info, "pss", info.uss)
    return total


@dataclass
class Watched:
    """`peak` in bytes; `waits` in seconds, one per request."""

    peak: int = 0
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The wait that this share of the requests kept to."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


@contextmanager
def watching(
    server: Server, write: Callable[[int], httpx.Response], every_s: float = 0.05
) -> Iterator[Watched]:
    """Measure memory and send a write every so often, until the block ends."""
    found = Watched()
    done = threading.Event()

    def measure() -> None:  # seldom: the kernel holds up the process while it counts its pages
        while not done.wait(0.5):
            found.peak = max(found.peak, memory_of(server))

    def knock() -> None:
        number = 0
        while not done.wait(every_s):
            began = time.perf_counter()
            answer = write(number)
            found.waits.append(time.perf_counter() - began)
            number += 1
            if answer.status_code != 200:
                found.errors.append(answer.text[:200])

    threads = [threading.Thread(target=work, daemon=True) for work in (measure, knock)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        done.set()
        for thread in threads:
            thread.join(timeout=30)
