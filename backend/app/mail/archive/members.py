"""The files inside an archive, one open at a time, whatever holds them."""

from __future__ import annotations

import gzip
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from app.mail.archive.errors import ArchiveTooDense
from app.mail.archive.guard import GuardedReader, refuse_dense, skip
from app.mail.archive.zip_salvage import salvage

_OTHER_SUFFIXES = (
    ".json .html .htm .pdf .png .jpg .jpeg .gif .svg .css .js .zip .gz .tgz .bz2 .xz .7z .rar .ics .vcf .csv"
    " .msf .sqlite .db .docx .doc .xlsx .xls .pptx .pst .ost .msg .exe .dll .mp3 .mp4 .mov .webp .dat .lock"
)
_NO_MAIL = frozenset(_OTHER_SUFFIXES.split())
_HEADER_ALLOWANCE = 2_000_000  # bytes of tar headers for one member
_MAX_ZIP_MEMBERS = 400_000


class ArchiveKind(StrEnum):
    FILE = "file"  # one mbox or one message
    GZIP = "gzip"  # one of them, compressed
    ZIP = "zip"
    TAR = "tar"
    FOLDER = "folder"  # Maildir, or a folder of eml and mbox files


@dataclass(slots=True)
class Member:
    """One open file. `bytes_done(offset)` is the progress in the whole archive at its `offset`."""

    index: int
    name: str
    stream: GuardedReader
    bytes_done: Callable[[int], int]
    seek: Callable[[int], None] | None = None


@dataclass(slots=True)
class Faults:
    """Members that could not be read to their end, by name."""

    members: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        if name not in self.members and len(self.members) < 20:
            self.members.append(name)


def detect_kind(path: Path) -> ArchiveKind:
    """What holds the mail, told by content, not by name. Raises OSError when the path can't be read."""
    if path.is_dir():
        return ArchiveKind.FOLDER
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(b"PK\x03\x04") or (head.startswith(b"PK\x05\x06") and is_zipfile(path)):
        return ArchiveKind.ZIP
    if head.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(path) as unpacked:
                return ArchiveKind.TAR if _is_tar(unpacked.read(512)) else ArchiveKind.GZIP
        except (OSError, EOFError):
            return ArchiveKind.GZIP
    return ArchiveKind.TAR if _is_tar(head) else ArchiveKind.FILE


def measure(path: Path, kind: ArchiveKind) -> int:
    """Bytes in all, in the measure of `Member.bytes_done`. Raises ArchiveTooDense for a bomb."""
    if kind is ArchiveKind.FOLDER:
        return sum(size for _, size in _files_of(path))
    packed = path.stat().st_size
    if kind is ArchiveKind.ZIP:
        try:
            with ZipFile(path) as bundle:
                sizes = [
                    (info.file_size, info.compress_size)
                    for info in bundle.infolist()
                    if not _skips(info.filename)
                ]
        except BadZipFile:
            return packed
        if len(sizes) > _MAX_ZIP_MEMBERS:
            raise ArchiveTooDense(f"It holds more than {_MAX_ZIP_MEMBERS:,} files.")
        total = sum(size for size, _ in sizes)
        refuse_dense(total, packed)
        return total
    return packed


def walk(
    path: Path, kind: ArchiveKind, faults: Faults, *, from_index: int = 0, from_name: str = ""
) -> Iterator[Member]:
    """Open the members that may be mail, in an order that never changes, from a given one on.

    Folders go by `from_name` (files may have come or gone meanwhile), all else by `from_index`. A member is
    valid until the next one is asked for. Damage is noted in `faults`.
    """
    if kind is ArchiveKind.FOLDER:
        yield from _walk_folder(path, faults, from_name)
    elif kind is ArchiveKind.ZIP:
        yield from _walk_zip(path, faults, from_index)
    elif kind is ArchiveKind.TAR:
        yield from _walk_tar(path, faults, from_index)
    else:
        yield from _walk_single(path, kind, faults)


def _walk_single(path: Path, kind: ArchiveKind, faults: Faults) -> Iterator[Member]:
    size = path.stat().st_size
    with path.open("rb") as file:
        if kind is ArchiveKind.FILE:
            yield Member(0, path.name, GuardedReader(file, size), lambda offset: offset, _seeker(file))
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            reader = GuardedReader(unpacked, size)
            yield Member(0, path.name.removesuffix(".gz"), reader, lambda _: min(size, file.tell()))
        if reader.damaged:
            faults.add(path.name)


def _walk_folder(path: Path, faults: Faults, from_name: str) -> Iterator[Member]:
    base = 0
    for index, (name, size) in enumerate(_files_of(path)):
        if name >= from_name:
            try:
                file = (path / name).open("rb")
            except OSError:
                faults.add(name)
                continue
            with file:
                yield Member(index, name, GuardedReader(file, size), _adder(base), _seeker(file))
        base += size


def _walk_zip(path: Path, faults: Faults, from_index: int) -> Iterator[Member]:
    packed = path.stat().st_size
    try:
        bundle = ZipFile(path)
    except BadZipFile:
        yield from _walk_broken_zip(path, packed, faults, from_index)
        return
    with bundle:
        base = unpacked = 0
        for index, info in enumerate(bundle.infolist()):
            if _skips(info.filename):
                continue
            if index >= from_index:
                try:
                    stream = bundle.open(info)
                except (BadZipFile, RuntimeError, NotImplementedError, EOFError):
                    faults.add(info.filename)
                    continue
                with closing(stream):
                    reader = GuardedReader(stream, info.compress_size)
                    yield Member(index, info.filename, reader, _adder(base))
                unpacked += reader.offset
                refuse_dense(unpacked, packed)
                if reader.damaged:
                    faults.add(info.filename)
            base += info.file_size


def _walk_broken_zip(path: Path, packed: int, faults: Faults, from_index: int) -> Iterator[Member]:
    faults.add(path.name)
    with path.open("rb") as file:
        for index, found in enumerate(salvage(file)):
            if not _skips(found.name) and index >= from_index:
                reader = GuardedReader(found, packed)
                yield Member(index, found.name, reader, lambda _: min(packed, file.tell()))
            if not found.ended:
                skip(GuardedReader(found, packed), packed * 1_100)  # deflate reaches 1,032 to one
                if not found.ended:
                    return


def _walk_tar(path: Path, faults: Faults, from_index: int) -> Iterator[Member]:
    packed = path.stat().st_size
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        source = GuardedReader(gzip.GzipFile(fileobj=file) if zipped else file, packed)
        source.allowance = _HEADER_ALLOWANCE
        index = -1
        try:
            bundle = tarfile.open(fileobj=source, mode="r|")  # type: ignore[call-overload]  # noqa: SIM115
            while (info := bundle.next()) is not None:
                bundle.members = []  # the library would remember every member
                index += 1
                stream = bundle.extractfile(info) if info.isreg() else None
                source.allowance = None
                if stream is not None:
                    if index >= from_index and not _skips(info.name):
                        reader = GuardedReader(stream, max(1, packed))
                        yield Member(index, info.name, reader, lambda _: min(packed, file.tell()))
                    skip(stream, info.size)
                source.allowance = _HEADER_ALLOWANCE
        except (tarfile.TarError, EOFError):
            source.damaged = True
        if source.damaged:
            faults.add(path.name)


def _files_of(path: Path) -> Iterator[tuple[str, int]]:
    """(path inside the folder, size) of what may be mail, by name; links are not followed."""
    found: list[tuple[str, int]] = []
    for parent, _, names in os.walk(path):
        for name in names:
            file = Path(parent, name)
            inside = file.relative_to(path).as_posix()
            if file.parent.name == "tmp" and (file.parent.parent / "cur").is_dir():
                continue  # of a Maildir: mail that is still being delivered
            if file.is_file() and not file.is_symlink() and not _skips(inside):
                found.append((inside, file.stat().st_size))
    yield from sorted(found)


def _skips(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        name.endswith("/")
        or path.suffix.lower() in _NO_MAIL
        or path.name.startswith(("._", ".DS_Store", "dovecot", "maildirfolder"))
        or "__MACOSX" in path.parts
    )


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _adder(base: int) -> Callable[[int], int]:
    return lambda offset: base + offset


def _seeker(file: BinaryIO) -> Callable[[int], None]:
    def seek(offset: int) -> None:
        file.seek(offset)

    return seek
