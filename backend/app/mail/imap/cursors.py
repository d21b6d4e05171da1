"""The cursor of an IMAP account: per folder, what its numbers were and which messages it held.

IMAP tells what is new, but not what is gone (QRESYNC does, at few servers): for that the cursor remembers the
UIDs, packed into about a byte for each gap between them.
"""

from __future__ import annotations

import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from app.mail.sources import IdsExpired

_VERSION = 1


@dataclass(frozen=True, slots=True)
class FolderMark:
    """A folder as the last sync left it. `exists` counts messages marked as deleted too, `uids` (packed) does
    not hold them; Gmail's folders need none, its ids don't hang on UIDs."""

    uidvalidity: int
    uidnext: int
    exists: int
    modseq: int | None
    uids: str = ""


def write_cursor(login: str, marks: Mapping[str, FolderMark]) -> str:
    """Marks by folder name as one opaque string; `login` is the mark of server and user (`ids.mark_of`)."""
    folders = {name: asdict(mark) for name, mark in marks.items()}
    return json.dumps({"v": _VERSION, "login": login, "folders": folders}, separators=(",", ":"))


def read_cursor(cursor: str, login: str) -> dict[str, FolderMark]:
    """What `write_cursor` wrote. Raises IdsExpired when that was about another server or user, or is something
    else altogether."""
    try:
        fields = json.loads(cursor)
        if (fields["v"], fields["login"]) == (_VERSION, login):
            return {name: FolderMark(**mark) for name, mark in fields["folders"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IdsExpired from error
    raise IdsExpired


def pack(uids: Iterable[int]) -> str:
    """UIDs as text; runs cost nothing."""
    parts: list[str] = []
    first = last = -1
    before = 0
    for uid in [*sorted(uids), -1]:
        if uid == last + 1 and last >= 0:
            last = uid
            continue
        if last >= 0:
            parts.append(f"{first - before:x}" if first == last else f"{first - before:x}-{last - first:x}")
            before = last
        first = last = uid
    return b85encode(zlib.compress(",".join(parts).encode())).decode()


def unpack(packed: str) -> set[int]:
    """The UIDs that `pack` was given. Raises IdsExpired."""
    if not packed:
        return set()
    found: set[int] = set()
    before = 0
    try:
        text = zlib.decompress(b85decode(packed)).decode()
        for part in text.split(",") if text else ():
            start, _, length = part.partition("-")
            first = before + int(start, 16)
            before = first + int(length or "0", 16)
            found.update(range(first, before + 1))
    except (ValueError, zlib.error) as error:
        raise IdsExpired from error
    return found
