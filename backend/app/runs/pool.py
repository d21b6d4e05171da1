"""A few processes for what burns CPU and needs the heavy imports: parsing, verdicts, linking.

Spawned (never forked from a threaded server), started when first needed, gone with their parent.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from app.core.settings import Settings, get_settings, use_settings

P = ParamSpec("P")
T = TypeVar("T")
_CHECK_EVERY_S = 0.25
_lock = threading.Lock()
_pool: ProcessPoolExecutor | None = None


def submit(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """Run a module-level function on plain values in a pool process; in this one when runs are inline."""
    settings = get_settings()
    if settings.runner == "inline":
        return _here(function, *args, **kwargs)
    return _started(settings).submit(function, *args, **kwargs)


def result_of(future: Future[T], check: Callable[[], None]) -> T:
    """The future's result. While it is awaited, `check` is called again and again; what it raises ends the wait,
    and what the process still works on is thrown away."""
    while not wait([future], timeout=_CHECK_EVERY_S).done:
        check()
    return future.result()


def restart() -> None:
    """Throw away a pool one of whose processes died."""
    stop()


def stop() -> None:
    """End the pool's processes."""
    global _pool
    with _lock:
        if _pool is not None:
            _pool.shutdown(wait=True, cancel_futures=True)
            _pool = None


def _started(settings: Settings) -> ProcessPoolExecutor:
    global _pool
    with _lock:
        if _pool is None:
            _pool = ProcessPoolExecutor(
                settings.ingestion_workers,
                mp_context=get_context("spawn"),
                initializer=_begin,
                initargs=(settings, os.getpid()),
            )
        return _pool


def _begin(settings: Settings, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, which then ends its pool
    use_settings(settings)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _here(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    done: Future[T] = Future()
    try:
        done.set_result(function(*args, **kwargs))
    except Exception as error:  # noqa: BLE001 (handed to whoever asks for the result)
        done.set_exception(error)
    return done
