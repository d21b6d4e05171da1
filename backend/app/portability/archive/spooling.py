"""Sending what is still being written: a thread writes at its own pace to an unnamed file, the answer follows it.

So the database is read at the speed of the disk, whatever line the person is on, and memory holds one block.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from app.core.errors import StorageFull

BLOCK = 256 * 1024


class _Stopped(Exception):
    """Nobody reads any more."""


class _Spool:
    """What was written so far, and how it ended."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed by `close`)
        self._changed = threading.Condition()
        self._written = self._told = self._read = 0
        self._is_over = self._stopped = self._is_told = False
        self._error: BaseException | None = None

    def write(self, data: bytes, /) -> int:
        with self._changed:
            if self._stopped:
                return self._give_up(len(data))
            self._file.seek(self._written)
            self._file.write(data)
            self._written += len(data)
            if self._written - self._told >= BLOCK:
                self._told = self._written
                self._changed.notify_all()
        return len(data)

    def _give_up(self, size: int) -> int:
        """Tell the writer once; what it still writes while it winds up goes nowhere."""
        if not self._is_told:
            self._is_told = True
            raise _Stopped
        return size

    def flush(self) -> None:
        """What was written is seen at once: it is one file."""

    def end(self, error: BaseException | None) -> None:
        with self._changed:
            self._error, self._is_over = error, True
            self._changed.notify_all()

    def next_block(self) -> bytes:
        """The next bytes, as soon as there are enough; empty at the end. Raises what the writer raised."""
        with self._changed:
            while not self._is_over and self._written - self._read < BLOCK:
                self._changed.wait()
            if self._error is not None:
                raise self._error
            self._file.seek(self._read)
            block = self._file.read(BLOCK)
            self._read += len(block)
            return block

    def close(self) -> None:
        with self._changed:
            self._stopped = True
        self._file.close()


def stream(folder: Path, write: Callable[[_Spool], None]) -> Iterator[bytes]:
    """The bytes that `write` writes, in blocks. Ends the writing when nobody reads any more. Raises StorageFull."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        spool = _Spool(folder)
    except OSError as error:
        raise StorageFull("There is no room on the disk for the archive.") from error

    def work() -> None:
        try:
            write(spool)
        except _Stopped:
            spool.end(None)
        except OSError as error:
            full = StorageFull("The disk filled up while the archive was written.")
            full.__cause__ = error
            spool.end(full)
        except BaseException as error:  # noqa: BLE001 (it is raised again where the answer is made)
            spool.end(error)
        else:
            spool.end(None)

    writer = threading.Thread(target=work, name="archive", daemon=True)
    writer.start()
    try:
        while block := spool.next_block():
            yield block
    finally:
        spool.close()
        writer.join(timeout=30)
