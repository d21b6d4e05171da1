"""Message ids of IMAP: Gmail's own where the server tells them, else folder, UIDVALIDITY and UID.

Two servers may well give a folder the same UIDVALIDITY (1, for one), so an id also carries a mark of the
server and the login that it belongs to.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.mail.values import GMAIL_ID_PREFIX

_LONGEST_NAME = 120
_MARK = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies. `folder` is the folder's key, not its name."""

    mark: str
    folder: str
    uidvalidity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.mark}/{self.folder}/{self.uidvalidity}/{self.uid}"


def mark_of(host: str, username: str) -> str:
    """A short mark of one login at one server."""
    return hashlib.sha256(f"{host.lower()}\x1f{username}".encode("utf-8", "replace")).hexdigest()[:_MARK]


def folder_key(name: str) -> str:
    """The folder's name, or a digest where it is too long or odd to stand in an id."""
    if len(name) <= _LONGEST_NAME and name.isprintable():
        return name
    return "~" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read_place(message_id: str) -> Place | None:
    """The place that an id names; None when it is no such id."""
    mark, _, rest = message_id.partition("/")
    folder, _, numbers = rest.rpartition("/")
    folder, _, validity = folder.rpartition("/")
    if not (folder and len(mark) == _MARK and validity.isdecimal() and numbers.isdecimal()):
        return None
    return Place(mark, folder, int(validity), int(numbers))


def gmail_id(number: int) -> str:
    """The id of a message by its X-GM-MSGID: what other doors call it too."""
    return f"{GMAIL_ID_PREFIX}{number:016x}"


def gmail_number(message_id: str) -> int | None:
    """The X-GM-MSGID that an id names."""
    digits = message_id.removeprefix(GMAIL_ID_PREFIX)
    if digits == message_id:
        return None
    try:
        return int(digits, 16)
    except ValueError:
        return None


def replaces(new_id: str, old_id: str) -> bool:
    """Whether a message that now is `new_id` can't be `old_id` any more: the folder was numbered anew, or the
    account moved to another server."""
    new, old = read_place(new_id), read_place(old_id)
    if new is None or old is None or new.folder != old.folder:
        return False
    return (new.mark, new.uidvalidity) != (old.mark, old.uidvalidity)
