"""Reading the archive of an account that somebody handed over. Nothing in it is believed.

Nothing is ever unpacked to disk and no name in it becomes a path; sizes are bounded before anything is read, and
each row is checked against its table before the first one is stored.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from sqlalchemy import Column

from app.portability.archive.contents import Part, parts
from app.portability.archive.errors import ArchiveDamaged, ArchiveTooNew, ArchiveUnfit, NotAnArchive
from app.portability.archive.values import Unfit, default_of, from_json
from app.portability.archive.writing import FORMAT, FORMAT_VERSION, MANIFEST

_MAX_FILES = 500
_MAX_RATIO = 200
_DENSE_FROM = 100_000_000
_MAX_DIRECTORY = 1024 * 1024
_MAX_MANIFEST = 1024 * 1024
_MAX_LINE = 64 * 1024 * 1024
_BLOCK = 1024 * 1024
_TAIL = 65_557 + 20 + 56  # the end of a zip: its record, the longest comment, and the larger record before it
_DAMAGE = (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, OSError)
_DAMAGED = "It is damaged or ends too early. Download it again."
Row = dict[str, Any]


@dataclass
class Known:
    """The ids of one table's rows as the archive numbers them, ascending."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    names: set[str] = field(default_factory=set)  # of tables whose rows have names instead

    def add(self, value: int | str) -> bool:
        """False when it was there already, or comes out of order."""
        if isinstance(value, str):
            is_new = value not in self.names
            self.names.add(value)
            return is_new
        if self.ids and value <= self.ids[-1]:
            return False
        self.ids.append(value)
        return True

    def place(self, value: int) -> int | None:
        """The how many-th row has this id; None for none."""
        at = bisect_left(self.ids, value)
        return at if at < len(self.ids) and self.ids[at] == value else None

    def holds(self, value: int | str) -> bool:
        return value in self.names if isinstance(value, str) else self.place(value) is not None


class Package:
    """An archive that is open. `rows` counts the lines of each table."""

    def __init__(self, file: ZipFile, told: Mapping[str, Any]) -> None:
        self._zip = file
        self._told = told
        self.rows: dict[str, int] = {
            part.name: int(told[part.file]["rows"]) for part in parts() if part.file in told
        }

    def lines(self, part: Part, skip: int = 0) -> Iterator[tuple[int, Row]]:
        """(number, values) of each line, the first `skip` left out; values as their columns have them.

        Raises ArchiveUnfit, NotAnArchive.
        """
        if part.name not in self.rows:
            return
        with self._open(part.file) as stream:
            for number, line in enumerate(_lines(stream), 1):
                if number > skip:
                    yield number, _row(part, number, line)

    def check(self, on_row: Callable[[], None]) -> dict[str, Known]:
        """Look at everything; the ids that the archive holds, by table.

        Raises ArchiveDamaged, ArchiveUnfit, NotAnArchive.
        """
        for name in self._told:
            self._check_sum(name)
        known: dict[str, Known] = {}
        for part in parts():
            mine = known.setdefault(part.name, Known())
            found = 0
            for number, row in self.lines(part):
                self._check_row(part, number, row, mine, known)
                on_row()
                found = number
            if found != self.rows.get(part.name, 0):
                raise ArchiveDamaged(f"{part.file} has not as many rows as the manifest says.")
        return known

    def _check_row(self, part: Part, number: int, row: Row, mine: Known, known: Mapping[str, Known]) -> None:
        key = row.get(part.number or "id")
        if (part.number or part.name == "runs") and not (key is not None and mine.add(key)):
            raise _unfit(part, number, f"{part.number or 'id'} is there twice, or out of order")
        for column, other in part.refers.items():
            value = row[column]
            if value is None or other == part.name or known[other].holds(value):
                continue
            if part.table.c[column].foreign_keys and not part.table.c[column].nullable:
                raise _unfit(part, number, f"{column} leads to a row that is not in the archive")

    def _check_sum(self, name: str) -> None:
        told = self._told[name]
        digest, size = hashlib.sha256(), 0
        with self._open(name) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                size += len(block)
        if size != told["bytes"] or digest.hexdigest() != told["sha256"]:
            raise ArchiveDamaged(f"{name} is not what it was when the archive was made. Download it again.")

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as stream:
                yield stream
        except _DAMAGE as error:
            raise NotAnArchive(_DAMAGED) from error


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The archive at `path`. Raises NotAnArchive, ArchiveTooNew."""
    _refuse_large_directory(path)
    try:
        file = ZipFile(path)
    except _DAMAGE as error:
        raise NotAnArchive("It is no zip file, or it ends too early. Download it again.") from error
    with file:
        _refuse_traps(file, path.stat().st_size)
        yield Package(file, _read_manifest(file))


def _refuse_large_directory(path: Path) -> None:
    """A table of contents is read as a whole, so it must be small before anybody looks."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    sizes = [int.from_bytes(tail[at + 12 : at + 16], "little")] if at >= 0 else []
    if sizes == [0xFFFFFFFF]:
        sizes = []
    if (large := tail.rfind(b"PK\x06\x06")) >= 0:
        sizes.append(int.from_bytes(tail[large + 40 : large + 48], "little"))
    if not sizes:
        raise NotAnArchive("It is no zip file, or it ends too early. Download it again.")
    if max(sizes) > _MAX_DIRECTORY:
        raise NotAnArchive("Its table of contents is larger than any archive needs.")


def _refuse_traps(file: ZipFile, packed: int) -> None:
    infos = file.infolist()
    names = [info.filename for info in infos]
    if len(names) > _MAX_FILES or len(set(names)) < len(names):
        raise NotAnArchive("It holds too many files, or one of them twice.")
    for info in infos:
        parts_of = info.filename.replace("\\", "/").split("/")
        if info.filename.startswith(("/", "\\")) or ":" in info.filename or {"..", ""} & set(parts_of):
            raise NotAnArchive("It names files outside of itself. Nothing of it was used.")
        if info.flag_bits & 0x1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise NotAnArchive("It is encrypted, or packed in another way than ours.")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > _DENSE_FROM and unpacked > _MAX_RATIO * packed:
        raise NotAnArchive(
            f"It unpacks to more than {_MAX_RATIO} times its size, which no archive of ours does."
        )


def _read_manifest(file: ZipFile) -> dict[str, Any]:
    try:
        with file.open(MANIFEST) as stream:
            told = json.loads(stream.read(_MAX_MANIFEST))
    except KeyError:
        raise NotAnArchive("It has no manifest.json, so it is not an archive of ours.") from None
    except (*_DAMAGE, ValueError, RecursionError) as error:
        raise NotAnArchive("Its manifest.json can't be read.") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotAnArchive("Its manifest.json is not one of ours.")
    version, files = told.get("version"), told.get("files")
    if not isinstance(version, int) or version < 1 or not isinstance(files, dict):
        raise NotAnArchive("Its manifest.json is not one of ours.")
    if version > FORMAT_VERSION:
        raise ArchiveTooNew(
            f"It has format {version}, this program reads up to {FORMAT_VERSION}. Update it first."
        )
    names = set(file.namelist()) - {MANIFEST}
    if set(files) != names or not all(_is_told(entry) for entry in files.values()):
        raise ArchiveDamaged("It does not hold the files that its manifest names. Download it again.")
    unknown = {name for name in files if name.startswith("data/")} - {part.file for part in parts()}
    if unknown:
        raise ArchiveTooNew(
            f"It holds {', '.join(sorted(unknown)[:3])}, which this version does not know. Update first."
        )
    return files


def _is_told(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and all(type(entry.get(name)) is int and entry[name] >= 0 for name in ("rows", "bytes"))
        and isinstance(entry.get("sha256"), str)
    )


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(_MAX_LINE):
        if not line.endswith(b"\n"):
            raise NotAnArchive("A line in it is too long, or the last one is cut short.")
        yield line


def _row(part: Part, number: int, line: bytes) -> Row:
    try:
        values = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise _unfit(part, number, "is no JSON") from None
    if not isinstance(values, dict):
        raise _unfit(part, number, "is no JSON object")
    row: Row = {}
    for column in part.columns:
        if column.name not in values:
            row[column.name] = _default(part, number, column)
            continue
        try:
            row[column.name] = from_json(column, values[column.name])
        except (Unfit, RecursionError) as error:
            raise _unfit(part, number, f"{column.name} {error}") from None
    unknown = values.keys() - row.keys() - {"user_id"}
    if unknown:
        raise ArchiveTooNew(
            f"{part.file}, line {number}: {min(unknown)[:60]} is not known here. Update this program first."
        )
    return row


def _default(part: Part, number: int, column: Column[Any]) -> Any:
    """What an archive of an older version did not know yet."""
    if column.default is not None:
        return default_of(column)
    if not column.nullable:
        raise _unfit(part, number, f"{column.name} is missing")
    return None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _unfit(part: Part, number: int, why: str) -> ArchiveUnfit:
    return ArchiveUnfit(f"{part.file}, line {number}: {why}.")
