"""Uploads that come in chunks and survive a reload, a lost connection and a restart of the server.

An upload is two private files in DATA_DIR/uploads/parts: a note of what it is, and what has arrived, whose size is
the truth about how far it has come. Both begin with the owner's id, so that nobody finds somebody else's.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.errors import StorageFull
from app.core.settings import Settings
from app.mail.archive import service as archive
from app.mail.archive.errors import NotAMailbox
from app.mailsync import service
from app.mailsync.errors import (
    TooManyUploads,
    UploadEmpty,
    UploadFinished,
    UploadNotFound,
    UploadOffsetMismatch,
    UploadTooLarge,
)
from app.runs import repository as runs
from app.runs.models import Run

CHUNK_BYTES = 1024 * 1024
KEPT = timedelta(days=1)
OPEN_AT_MOST = 10
_HEAD_BYTES = 8_192
_ID = re.compile(r"[0-9a-f]{32}")
_FULL = "There is no room on the disk. What has arrived is kept: free some space, then go on."


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload under way. `offset` is where the next chunk begins; `size` is what was announced, None when that
    was not known; `job_id` is the import that `finish` started."""

    id: str
    name: str
    size: int | None
    offset: int
    job_id: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Note:
    name: str
    size: int | None
    job_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Files:
    """`note` is touched with every chunk: its time is the upload's."""

    note: Path
    data: Path


def begin(settings: Settings, user_id: int, *, name: str, size: int | None) -> Upload:
    """Make room for an upload. Raises UploadTooLarge, TooManyUploads, StorageFull."""
    _refuse_too_large(settings, size or 0)
    forget_expired(settings)
    pending = [each.id for each in list_open(settings, user_id)]
    if len(pending) >= OPEN_AT_MOST:
        raise TooManyUploads(
            f"{len(pending)} uploads are unfinished. Finish or remove one of them first.", upload_ids=pending
        )
    note = _folder(settings) / f"{user_id}-{uuid.uuid4().hex}.json"
    try:
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_note(note, _Note(name=name[:200], size=size))
        files = _files_of(note)
        os.close(os.open(files.data, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except (OSError, StorageFull) as error:
        note.unlink(missing_ok=True)
        raise StorageFull("There is no room on the disk for an upload; nothing was begun.") from error
    return _read(files)


def get(settings: Settings, user_id: int, upload_id: str) -> Upload:
    """The user's upload. Raises UploadNotFound, also when nobody went on with it for a day."""
    return _read(_find(settings, user_id, upload_id))


def list_open(settings: Settings, user_id: int) -> list[Upload]:
    """The user's unfinished uploads, the newest first."""
    found = []
    for note in _folder(settings).glob(f"{user_id}-*.json"):
        try:
            found.append(_read(_files_of(note)))
        except UploadNotFound:
            continue
    alive = [each for each in found if each.job_id is None and each.expires_at > now()]
    return sorted(alive, key=lambda each: (each.expires_at, each.id), reverse=True)


def append(settings: Settings, user_id: int, upload_id: str, offset: int, chunk: bytes) -> Upload:
    """Add the bytes that begin at `offset`; a chunk that was sent before changes nothing.

    Raises UploadNotFound; UploadOffsetMismatch, UploadFinished, UploadTooLarge and StorageFull with nothing lost;
    NotAMailbox as soon as the beginning shows it, and the upload is gone then.
    """
    files = _find(settings, user_id, upload_id)
    with _locked(files) as file:
        if _import_of(_read_note(files.note)) is not None:
            raise UploadFinished
        arrived = os.fstat(file.fileno()).st_size
        fresh = _not_yet_here(file, arrived, offset, chunk)
        others = sum(each.offset for each in list_open(settings, user_id) if each.id != upload_id)
        _refuse_too_large(settings, others + arrived + len(fresh))
        try:
            file.seek(arrived)
            file.write(fresh)
            file.flush()
        except OSError as error:
            os.ftruncate(file.fileno(), arrived)
            raise StorageFull(_FULL, expected_offset=arrived) from error
        _touch(files.note)
        if arrived < _HEAD_BYTES <= arrived + len(fresh):
            with _refused_by_name(files):
                archive.check_beginning(files.data)
    return _read(files)


def finish(settings: Settings, user: User, upload_id: str, *, size: int | None = None) -> Run:
    """Start the import of what has arrived; a second call answers with the run of the first.

    `size` is how many bytes were sent, for whoever wants that checked. Raises UploadNotFound,
    UploadOffsetMismatch, UploadEmpty, NotAMailbox, ArchiveTooDense, RunAlreadyActive, StorageFull.
    """
    files = _find(settings, user.id, upload_id)
    if (earlier := _import_of(_read_note(files.note))) is not None:
        return earlier
    with _locked(files) as file:
        note = _read_note(files.note)
        if (earlier := _import_of(note)) is not None:
            return earlier
        arrived = os.fstat(file.fileno()).st_size
        if size is not None and size != arrived:
            raise _mismatch(arrived)
        if arrived == 0:
            raise UploadEmpty("This file has no content.")
        with _refused_by_name(files):
            archive.open_archive(files.data)
        with db.transaction() as session:
            run = service.start_import(session, user, files.data, name=note.name, remove=True)
            # Before the commit: from then on the file is the run's, and must not expire as an upload.
            _write_note(files.note, replace(note, job_id=run.id))
    return run


def remove(settings: Settings, user_id: int, upload_id: str) -> None:
    """Give an upload up. Raises UploadNotFound; UploadFinished once it is being imported."""
    files = _find(settings, user_id, upload_id)
    with _locked(files):
        if _import_of(_read_note(files.note)) is not None:
            raise UploadFinished
        _delete(files)


def forget_user(settings: Settings, user_id: int) -> None:
    """Delete all that was uploaded in chunks by a user who goes."""
    for path in _folder(settings).glob(f"{user_id}-*"):
        path.unlink(missing_ok=True)


def forget_expired(settings: Settings) -> int:
    """Delete uploads that nobody went on with for a day; how many there were. What an import reads stays."""
    notes = [note for note in sorted(_folder(settings).glob("*.json")) if _is_expired(note)]
    if not notes:
        return 0
    with db.read_session() as session:
        wanted = {run.params.get("path") for run in runs.active(session)}
    count = 0
    for note in notes:
        everything = list(note.parent.glob(f"{note.stem}.*"))
        if not any(str(path) in wanted for path in everything):
            for path in everything:
                path.unlink(missing_ok=True)
            count += 1
    return count


def _is_expired(note: Path) -> bool:
    try:
        return _expires_at(note) <= now()
    except UploadNotFound:
        return False


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "uploads" / "parts"


def _find(settings: Settings, user_id: int, upload_id: str) -> _Files:
    note = _folder(settings) / f"{user_id}-{upload_id}.json"
    if _ID.fullmatch(upload_id) is None or _expires_at(note) <= now():
        raise UploadNotFound
    return _files_of(note)


def _files_of(note: Path) -> _Files:
    return _Files(note, note.with_suffix(service.suffix_of(_read_note(note).name)))


def _read(files: _Files) -> Upload:
    note = _read_note(files.note)
    try:
        offset = files.data.stat().st_size
    except FileNotFoundError:
        if note.job_id is None:
            raise UploadNotFound from None
        offset = note.size or 0  # the import has read and removed it
    upload_id = files.note.stem.partition("-")[2]
    return Upload(upload_id, note.name, note.size, offset, note.job_id, _expires_at(files.note))


def _read_note(note: Path) -> _Note:
    try:
        return _Note(**json.loads(note.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        raise UploadNotFound from None


def _write_note(note: Path, content: _Note) -> None:
    part = note.with_suffix(".new")
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(asdict(content), file)
    part.replace(note)
    _touch(note)


def _touch(note: Path) -> None:
    moment = now().timestamp()
    os.utime(note, (moment, moment))


def _expires_at(note: Path) -> datetime:
    try:
        return datetime.fromtimestamp(note.stat().st_mtime, UTC) + KEPT
    except FileNotFoundError:
        raise UploadNotFound from None


def _delete(files: _Files) -> None:
    files.data.unlink(missing_ok=True)
    files.note.unlink(missing_ok=True)


@contextmanager
def _locked(files: _Files) -> Iterator[BinaryIO]:
    """What has arrived, for this request alone."""
    try:
        with files.data.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
    except FileNotFoundError:
        raise UploadNotFound from None


@contextmanager
def _refused_by_name(files: _Files) -> Iterator[None]:
    """An upload that turns out to be no mailbox goes; the person knows it by its own name."""
    try:
        yield
    except NotAMailbox as error:
        name = _read_note(files.note).name
        _delete(files)
        raise NotAMailbox(error.detail.replace(files.data.name, name)) from None


def _not_yet_here(file: BinaryIO, arrived: int, offset: int, chunk: bytes) -> bytes:
    """The part of the chunk that is new. Raises UploadOffsetMismatch for a gap, or other bytes than before."""
    if offset > arrived:
        raise _mismatch(arrived)
    file.seek(offset)
    known = file.read(min(len(chunk), arrived - offset))
    if not chunk.startswith(known):
        raise _mismatch(arrived)
    return chunk[len(known) :]


def _mismatch(arrived: int) -> UploadOffsetMismatch:
    return UploadOffsetMismatch(f"{arrived} bytes have arrived; go on from there.", expected_offset=arrived)


def _refuse_too_large(settings: Settings, size: int) -> None:
    limit = settings.max_upload_mb * service.MIB
    if size > limit:
        raise UploadTooLarge(
            f"Uploads may have {settings.max_upload_mb} MB, unfinished ones included.", limit_bytes=limit
        )


def _import_of(note: _Note) -> Run | None:
    """The run that `finish` committed; a note may name one that never was, when the server died just then."""
    if note.job_id is None:
        return None
    with db.read_session() as session:
        return runs.load(session, note.job_id)
