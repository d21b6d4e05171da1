"""Reading compressed files without being drowned by them."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Callable
from zipfile import BadZipFile

from app.mail.archive.errors import ArchiveTooDense
from app.mail.archive.mbox import Readable

MAX_RATIO = 200
DENSE_FROM = 100_000_000  # unpacked bytes; smaller archives may be as dense as they like
_DAMAGE = (EOFError, zlib.error, BadZipFile, NotImplementedError, RuntimeError, tarfile.TarError)


def refuse_dense(unpacked: int, packed: int) -> None:
    """Raise ArchiveTooDense for more than MAX_RATIO to one beyond DENSE_FROM bytes."""
    if unpacked > DENSE_FROM and unpacked > MAX_RATIO * max(1, packed):
        raise ArchiveTooDense(
            f"It unpacks to more than {MAX_RATIO} times its size, which no mailbox does. "
            "Reading stopped there; what was read before is kept."
        )


class GuardedReader:
    """A stream that ends where its data is damaged, says so in `damaged`, and never unpacks without end."""

    def __init__(self, stream: Readable, packed: int) -> None:
        # `read` of a damaged gzip loses what it had unpacked before the damage, `read1` gives it first.
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._packed = packed
        self.offset = 0
        self.damaged = False
        self.allowance: int | None = None  # bytes that may still be read; more raises ArchiveTooDense

    def read(self, size: int, /) -> bytes:
        if self.damaged:
            return b""
        if self.allowance is not None:
            self.allowance -= size
            if self.allowance < 0:
                raise ArchiveTooDense("Its table of contents is larger than any mailbox needs.")
        try:
            data = self._read(size)
        except _DAMAGE:
            self.damaged = True
            return b""
        except OSError as error:
            if error.errno is not None:  # the disk failed, not the archive
                raise
            self.damaged = True
            return b""
        self.offset += len(data)
        refuse_dense(self.offset, self._packed)
        return data


def read_fully(stream: Readable, size: int) -> bytes:
    """The next `size` bytes; fewer only at the end."""
    data = b""
    while len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data


def skip(stream: Readable, count: int) -> int:
    """Read and forget up to `count` bytes; how many there were."""
    left = count
    while left > 0:
        data = stream.read(min(left, 262_144))
        if not data:
            break
        left -= len(data)
    return count - left
