"""Open an archive and stream its messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.mail.archive.collecting import Collector
from app.mail.archive.errors import NotAMailbox, TruncatedArchive
from app.mail.archive.guard import GuardedReader, read_fully, skip
from app.mail.archive.labels import labels_of_member, read_labels
from app.mail.archive.mbox import as_api_id, envelope_date, envelope_gmail_id, split_mbox
from app.mail.archive.members import ArchiveKind, Faults, Member, detect_kind, measure, walk
from app.mail.values import GMAIL_ID_PREFIX, RawMail

_HEAD = 8_192
_BLOCK = 262_144
_HEADERS_LIMIT = 200_000
_FIELD = re.compile(rb"^([!-9;-~]{1,100}):", re.MULTILINE)
_FIELD_NAMES = (
    b"from to subject date received message-id return-path delivered-to mime-version content-type sender"
    b" reply-to x-gm-thrid x-gmail-labels dkim-signature"
)
_MAIL_FIELDS = frozenset(_FIELD_NAMES.split())
_GMAIL_FIELD = re.compile(
    rb"^(X-Gmail-Labels|X-GM-THRID|X-GM-MSGID):[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_WANTED = "A mailbox is an .mbox or .eml file, a .zip or .tgz of them, or a Maildir folder."
_OTHER_FILES = {
    b"!BDN": "Outlook's .pst files can't be read. Export .mbox or .eml files, or connect by IMAP.",
    b"\xd0\xcf\x11\xe0": "Outlook's .msg files can't be read. Save the mail as .eml files instead.",
    b"7z\xbc\xaf": "7z archives can't be read. Unpack it and hand over the .mbox file.",
    b"Rar!": "RAR archives can't be read. Unpack it and hand over the .mbox file.",
    b"%PDF": f"This is a PDF, not a mailbox. {_WANTED}",
}


@dataclass(frozen=True, slots=True)
class Archive:
    """A recognised mailbox. `total_bytes` is what `position["bytes_done"]` runs up to."""

    path: Path
    kind: ArchiveKind
    total_bytes: int


def open_archive(path: Path) -> Archive:
    """Recognise a mailbox: mbox, eml, gzip of one, zip or tar of them, Maildir, folder of mbox and eml files.

    Raises NotAMailbox when no mail is in it, ArchiveTooDense for a zip bomb. Reads only until the first
    mail is found.
    """
    try:
        kind = detect_kind(path)
        total = measure(path, kind)
        faults = Faults()
        if any(_kind_of(read_fully(member.stream, _HEAD)) for member in walk(path, kind, faults)):
            return Archive(path, kind, total)
    except FileNotFoundError:
        raise NotAMailbox(f"There is no file {path.name}.") from None
    except PermissionError:
        raise NotAMailbox(f"{path.name} may not be read: check its permissions.") from None
    raise NotAMailbox(_explain(path, kind, faults))


def check_beginning(path: Path) -> None:
    """Look at the first 8 kB or more of a file whose rest is still to come.

    Raises NotAMailbox when no mail can follow. A zip or tar may hold some further on, so it passes.
    """
    kind = detect_kind(path)
    if kind in (ArchiveKind.ZIP, ArchiveKind.TAR):
        return
    if not any(_kind_of(read_fully(member.stream, _HEAD)) for member in walk(path, kind, Faults())):
        raise NotAMailbox(_explain(path, kind, Faults()))


def estimate(archive: Archive) -> int:
    """Bytes in all, for progress: compare with `position["bytes_done"]`."""
    return archive.total_bytes


def iterate(archive: Archive, start: dict[str, Any] | None = None) -> Iterator[RawMail]:
    """The messages in an order that never changes, each with the `position` to continue after it.

    `start` is such a position. Spam and trash come out too, for the caller to skip by label.
    Raises TruncatedArchive at the very end when something was damaged, after all that was readable, and
    ArchiveTooDense as soon as an archive unpacks absurdly.
    """
    faults = Faults()
    begin = start or {}
    index, name, offset = (
        int(begin.get("index", 0)),
        str(begin.get("member", "")),
        int(begin.get("offset", 0)),
    )
    delivered = 0
    for member in walk(archive.path, archive.kind, faults, from_index=index, from_name=name):
        resumes = bool(begin) and (
            member.name == name if archive.kind is ArchiveKind.FOLDER else member.index == index
        )
        for mail in _read_member(member, offset if resumes else 0, faults):
            delivered += 1
            yield mail
    if faults.members:
        raise TruncatedArchive(
            f"The archive is damaged or ends too early ({', '.join(faults.members[:3])}). "
            f"{delivered:,} messages could be read and were kept; the last one may be incomplete.",
            read=delivered,
            members=faults.members,
        )


def _read_member(member: Member, offset: int, faults: Faults) -> Iterator[RawMail]:
    head = read_fully(member.stream, _HEAD)
    kind = _kind_of(head)
    if kind == "mail" and not offset:
        yield _read_mail(member, head)
    if kind != "mbox":
        return
    stream: GuardedReader | _Prefixed = member.stream
    if not offset:
        stream = _Prefixed(head, member.stream)
    elif member.seek:
        member.seek(offset)
    elif offset > len(head):
        skip(member.stream, offset - len(head))
    else:
        stream = _Prefixed(head[offset:], member.stream)
    labels = labels_of_member(member.name)
    for message in split_mbox(stream, offset):
        if not message.complete:
            faults.add(member.name)
        yield _as_raw_mail(
            member,
            message.raw,
            message.fingerprint,
            message.end,
            labels,
            envelope_gmail_id(message.envelope),
            envelope_date(message.envelope),
        )


def _read_mail(member: Member, head: bytes) -> RawMail:
    collector = Collector(unquote_from=False)
    size = len(head)
    collector.add(head)
    while block := member.stream.read(_BLOCK):
        collector.add(block)
        size += len(block)
    raw, fingerprint = collector.finish()
    return _as_raw_mail(member, raw, fingerprint, size, labels_of_member(member.name), None, None)


def _as_raw_mail(
    member: Member,
    raw: bytes,
    fingerprint: str,
    end: int,
    member_labels: tuple[str, ...],
    gmail_id: str | None,
    date: datetime | None,
) -> RawMail:
    fields = _gmail_fields(raw)
    gmail_id = gmail_id or as_api_id(fields.get(b"x-gm-msgid", ""))
    position = {
        "member": member.name,
        "index": member.index,
        "offset": end,
        "bytes_done": member.bytes_done(end),
    }
    return RawMail(
        provider_message_id=f"{GMAIL_ID_PREFIX}{gmail_id}" if gmail_id else fingerprint,
        raw=raw,
        thread_id=as_api_id(fields.get(b"x-gm-thrid", "")),
        labels=read_labels(fields[b"x-gmail-labels"]) if b"x-gmail-labels" in fields else member_labels,
        internal_date=date,
        position=position,
    )


def _gmail_fields(raw: bytes) -> dict[bytes, str]:
    """Takeout's own headers by lower-case name, unfolded."""
    ends = [end for mark in (b"\n\n", b"\n\r\n") if (end := raw.find(mark, 0, _HEADERS_LIMIT)) >= 0]
    head = raw[: min(ends, default=_HEADERS_LIMIT)]
    return {
        match[1].lower(): re.sub(r"\s*\r?\n\s*", " ", match[2].decode("utf-8", "replace"))
        for match in _GMAIL_FIELD.finditer(head)
    }


def _kind_of(head: bytes) -> str | None:
    """`mbox`, `mail`, or None for what is neither."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    first_line, _, rest = head.partition(b"\n")
    if first_line.startswith(b"From ") and _FIELD.match(rest.lstrip(b"\r\n>")):
        return "mbox"
    if _FIELD.match(head) is None or b"\x00" in head[:1_000]:
        return None
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {match[1].lower() for match in _FIELD.finditer(block)}
    return "mail" if len(names & _MAIL_FIELDS) >= 2 or (len(names) <= 2 and b"from" in names) else None


def _explain(path: Path, kind: ArchiveKind, faults: Faults) -> str:
    if faults.members:
        return f"{path.name} is damaged or protected by a password; no mail could be read from it."
    if kind is ArchiveKind.FOLDER:
        return f"The folder {path.name} holds no mail. {_WANTED}"
    if kind in (ArchiveKind.ZIP, ArchiveKind.TAR):
        return f"{path.name} holds no mail; archives inside archives are not opened. {_WANTED}"
    if path.stat().st_size == 0:
        return f"{path.name} is empty. {_WANTED}"
    with path.open("rb") as file:
        magic = file.read(4)
    return _OTHER_FILES.get(magic, f"{path.name} does not look like mail. {_WANTED}")


class _Prefixed:
    """A stream with some bytes put back before it."""

    def __init__(self, head: bytes, stream: GuardedReader) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        if self._head:
            taken, self._head = self._head[:size], self._head[size:]
            return taken
        return self._stream.read(size)
