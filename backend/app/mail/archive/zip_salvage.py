"""What can still be read of a zip whose end is missing: its members from the front, one after another.

A zip keeps its table of contents at the end, so that a download that stopped early opens in no program. Each
member also has a header of its own, and deflated data says itself where it ends.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

_LOCAL = struct.Struct("<4s5H3I2H")
_MAGIC = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_BLOCK = 65_536
_UNKNOWN_SIZE = 0x08
_ENCRYPTED = 0x01


class SalvagedMember:
    """The readable part of one member; raises EOFError where the file ends before the member does."""

    def __init__(self, file: BinaryIO, name: str, method: int, size: int) -> None:
        self.name = name
        self._file = file
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if method == _DEFLATED else None
        self._left = size
        self.ended = False

    def read(self, size: int, /) -> bytes:
        if self.ended:
            return b""
        return self._read_stored(size) if self._inflate is None else self._read_deflated(size)

    def _read_stored(self, size: int) -> bytes:
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        self.ended = self._left == 0
        if not data and self._left:
            raise EOFError
        return data

    def _read_deflated(self, size: int) -> bytes:
        inflate = self._inflate
        while inflate is not None:
            block = inflate.unconsumed_tail or self._file.read(_BLOCK)
            if not block:
                raise EOFError
            data = inflate.decompress(block, size)
            if inflate.eof:
                self._file.seek(-len(inflate.unused_data), 1)
                self.ended = True
                return data
            if data:
                return data
        return b""


def salvage(file: BinaryIO) -> Iterator[SalvagedMember]:
    """Members that can be read without the table of contents, in order; each must be used before the next."""
    while True:
        position = _find_next(file)
        if position is None:
            return
        file.seek(position)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size:
            return
        _, _, flags, method, _, _, _, packed, _, name_length, extra_length = _LOCAL.unpack(head)
        name = file.read(name_length).decode("utf-8" if flags & 0x800 else "cp437", "replace")
        file.seek(extra_length, 1)
        data_start = file.tell()
        readable = method == _DEFLATED or (method == _STORED and not flags & _UNKNOWN_SIZE)
        if readable and not flags & _ENCRYPTED and not name.endswith("/"):
            member = SalvagedMember(file, name, method, packed)
            yield member
            if not member.ended:
                file.seek(data_start)


def _find_next(file: BinaryIO) -> int | None:
    """Where the next local header begins, from the file's position on."""
    start = file.tell()
    tail = b""
    while block := file.read(_BLOCK):
        found = (tail + block).find(_MAGIC)
        if found >= 0:
            return start - len(tail) + found
        start += len(block)
        tail = block[-3:]
    return None
