"""Fetching goes on in a thread of its own while what has arrived is stored and judged."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread

from app.mail.sources import FetchFailure
from app.mail.values import RawMail

IDLE_S = 0.1  # nothing came for so long: who waits may use the time
MOST = 100  # messages that wait; a run that is killed loses them, and they were paid for
_HEAVIEST = 8_000_000  # bytes of them: attachments come along, and memory is bounded


@contextmanager
def arriving(
    fetched: Iterator[RawMail | FetchFailure], leave: Callable[[], None]
) -> Iterator[Iterator[RawMail | FetchFailure | None]]:
    """What is `fetched`, in order, and None whenever nothing has come for a moment; what fetching raises is raised
    after all that came before. `leave` makes fetching raise soon, for when nobody wants the rest."""
    buffer = _Buffer()
    thread = Thread(target=buffer.fill, args=(fetched,), name="fetch", daemon=True)
    thread.start()
    try:
        yield buffer.take()
    finally:
        buffer.close()
        if thread.is_alive():
            leave()
        thread.join()


class _Buffer:
    """What has been fetched and not been taken yet."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._items: deque[RawMail | FetchFailure] = deque()
        self._bytes = 0
        self._is_over = self._is_closed = False
        self._error: BaseException | None = None

    def fill(self, fetched: Iterator[RawMail | FetchFailure]) -> None:
        try:
            for item in fetched:
                if not self._put(item):
                    return
        except BaseException as error:  # noqa: BLE001 (raised where the items are taken)
            self._error = error
        finally:
            with self._changed:
                self._is_over = True
                self._changed.notify_all()

    def take(self) -> Iterator[RawMail | FetchFailure | None]:
        while True:
            with self._changed:
                if not self._items and not self._is_over:
                    self._changed.wait(IDLE_S)
                if self._items:
                    item: RawMail | FetchFailure | None = self._items.popleft()
                    self._bytes -= _weight(item)
                    self._changed.notify_all()
                elif self._is_over:
                    break
                else:
                    item = None
            yield item
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Nothing is taken any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _put(self, item: RawMail | FetchFailure) -> bool:
        with self._changed:
            while not self._is_closed and (len(self._items) >= MOST or self._bytes >= _HEAVIEST):
                self._changed.wait()
            self._items.append(item)
            self._bytes += _weight(item)
            self._changed.notify_all()
            return not self._is_closed


def _weight(item: RawMail | FetchFailure | None) -> int:
    return len(item.raw) if isinstance(item, RawMail) else 0
