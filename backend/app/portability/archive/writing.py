"""Writing the archive of an account: one zip of JSON lines, tables for spreadsheets, a calendar and a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import JSON, LargeBinary

from app.auth.models import User
from app.core.clock import now
from app.core.db import ReadSession
from app.core.version import VERSION
from app.portability.archive import repository
from app.portability.archive.contents import SPREADSHEETS, Part, part_of, parts
from app.portability.archive.values import to_json
from app.portability.tables import cells
from app.replies import feed, ics

FORMAT = "jobtrail-archive"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
_LEVEL = 4
_PRIVATE = 0o600 << 16
_README = """This is everything that Jobtrail keeps of one account.

data/       every table, one JSON object per line; this is what a restore reads
tables/     the same for spreadsheets, where that makes sense
calendar.ics  interviews, deadlines and reminders
manifest.json what is in here: rows, bytes and SHA-256 of each file

To restore it: make a user on any Jobtrail, sign in, then Settings, "Your data". Passwords, keys and the connections to
mailboxes are not in here.
"""


class Sink(Protocol):
    """Where the zip goes; it is never sought in."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...

    def close(self) -> None: ...


@dataclass
class _File:
    """One file of the zip while it is written."""

    put: Callable[[bytes], Any]
    rows: int = 0
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> None:
        self.put(data)
        self.size += len(data)
        self.digest.update(data)


class Writer:
    """The zip under way, and what the manifest will say of it."""

    def __init__(self, sink: Sink) -> None:
        self._zip = ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._at = now().astimezone(UTC)
        self._files: dict[str, dict[str, Any]] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[_File]:
        """A file of the archive, open until the block ends."""
        with self._zip.open(self._info(name), "w", force_zip64=True) as inside:
            made = _File(inside.write)
            yield made
        self._files[name] = {"rows": made.rows, "bytes": made.size, "sha256": made.digest.hexdigest()}

    def close(self, username: str) -> None:
        """Write the manifest and the end of the zip."""
        told = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "made_at": to_json(self._at),
            "made_by": f"Jobtrail {VERSION}",
            "username": username,
            "files": self._files,
        }
        text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
        self._zip.writestr(self._info(MANIFEST), text.encode(), ZIP_DEFLATED, _LEVEL)
        self._zip.close()

    def _info(self, name: str) -> ZipInfo:
        made = ZipInfo(name, self._at.timetuple()[:6])
        made.compress_type = ZIP_DEFLATED
        made.external_attr = _PRIVATE
        return made


def write_archive(session: ReadSession, user: User, sink: Sink, origin: str) -> None:
    """Write everything of the user, as it is at this moment. `origin` is where the calendar's links lead."""
    repository.freeze(session)
    writer = Writer(sink)
    with writer.file("README.txt") as file:
        file.write(_README.encode())
    for part in parts():
        with writer.file(part.file) as file:
            for line in lines_of(session, user.id, part):
                file.write(line)
                file.rows += 1
    for name in SPREADSHEETS:
        with writer.file(f"tables/{name}.csv") as file:
            _write_table(session, user.id, part_of(name), file)
    with writer.file("calendar.ics") as file:
        entries = _entries(session, user, origin)
        file.rows = len(entries)
        file.write(ics.calendar_file(entries, name=feed.NAME))
    writer.close(user.username)


def lines_of(session: ReadSession, user_id: int, part: Part) -> Iterator[bytes]:
    """The user's rows of a table as lines of JSON."""
    names = [column.name for column in part.columns]
    for row in repository.rows(session, user_id, part):
        values = {name: to_json(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write_table(session: ReadSession, user_id: int, part: Part, file: _File) -> None:
    shown = [i for i, c in enumerate(part.columns) if not isinstance(c.type, JSON | LargeBinary)]
    file.write("\ufeff".encode())  # without it a well-known spreadsheet takes it for Latin-1
    file.write(cells.csv_lines([[part.columns[i].name for i in shown]]).encode())
    for row in repository.rows(session, user_id, part):
        file.write(cells.csv_lines([[_cell(row[i]) for i in shown]]).encode())
        file.rows += 1


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def _entries(session: ReadSession, user: User, origin: str) -> list[ics.Entry]:
    """All entries that a calendar could show, year by year: each look is bounded."""
    subscription = repository.seed_of(session, user.id)
    years = range(now().year - 30, now().year + 10)
    return [
        entry
        for year in years
        for entry in feed.entries_of(
            session,
            user,
            subscription,
            origin,
            between=(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)),
        )
    ]
