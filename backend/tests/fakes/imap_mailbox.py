"""Mailboxes in memory as an IMAP server keeps them: folders, UIDs, flags, and a count of changes."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parsedate_to_datetime

from tests.fakes.google_mailbox import Mailbox

GMAIL_FOLDERS = {
    "INBOX": (),
    "[Gmail]": ("\\Noselect",),
    "[Gmail]/All Mail": ("\\All",),
    "[Gmail]/Drafts": ("\\Drafts",),
    "[Gmail]/Important": ("\\Important",),
    "[Gmail]/Sent Mail": ("\\Sent",),
    "[Gmail]/Spam": ("\\Junk",),
    "[Gmail]/Starred": ("\\Flagged",),
    "[Gmail]/Trash": ("\\Trash",),
}
PLAIN_FOLDERS = {
    "INBOX": (),
    "Archive": ("\\Archive",),
    "Drafts": ("\\Drafts",),
    "Junk": ("\\Junk",),
    "Sent": ("\\Sent",),
    "Trash": ("\\Trash",),
}


@dataclass
class ImapMessage:
    """One message in one folder. `gmail` is (message number, thread number) at Gmail's server."""

    uid: int
    raw: bytes
    at: datetime
    flags: set[str]
    modseq: int
    gmail: tuple[int, int] | None = None
    labels: set[str] = field(default_factory=set)


@dataclass
class ImapFolder:
    name: str
    attributes: tuple[str, ...] = ()
    uidvalidity: int = 1
    uidnext: int = 1
    messages: dict[int, ImapMessage] = field(default_factory=dict)  # by UID, ascending
    modseq: int = 1

    @property
    def is_selectable(self) -> bool:
        return "\\Noselect" not in self.attributes


class ImapAccount:
    """One user's mailbox. Safe for several threads."""

    def __init__(
        self,
        user: str = "ana.testperson@example.com",
        password: str = "a-password-of-the-app",
        folders: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.user = user
        self.password = password
        self.lock = threading.RLock()
        self.folders: dict[str, ImapFolder] = {}
        self.box: Mailbox | None = None  # the same mailbox as Gmail's API shows it
        self._modseq = 1
        for name, attributes in (folders or PLAIN_FOLDERS).items():
            self.create(name, attributes)

    def create(self, name: str, attributes: tuple[str, ...] = ()) -> ImapFolder:
        with self.lock:
            folder = ImapFolder(name, attributes, uidvalidity=1000 + len(self.folders))
            self.folders[name] = folder
            return folder

    def add(
        self,
        raw: bytes,
        folder: str = "INBOX",
        *,
        at: datetime | None = None,
        flags: Iterable[str] = (),
        gmail: tuple[int, int] | None = None,
        labels: Iterable[str] = (),
    ) -> int:
        """Put a message into a folder; its UID. `at` is else the Date header, else now."""
        with self.lock:
            here = self.folders[folder]
            uid, here.uidnext = here.uidnext, here.uidnext + 1
            here.messages[uid] = ImapMessage(
                uid, raw, at or _date_of(raw), set(flags), self._count(here), gmail, set(labels)
            )
            return uid

    def fill(self, raws: Iterable[bytes], folder: str = "INBOX") -> list[int]:
        return [self.add(raw, folder) for raw in raws]

    def expunge(self, folder: str, *uids: int) -> None:
        with self.lock:
            here = self.folders[folder]
            for uid in uids:
                del here.messages[uid]
            self._count(here)

    def flag(self, folder: str, uid: int, *flags: str) -> None:
        with self.lock:
            here = self.folders[folder]
            here.messages[uid].flags |= set(flags)
            here.messages[uid].modseq = self._count(here)

    def relabel(self, folder: str, uid: int, labels: Iterable[str]) -> None:
        with self.lock:
            here = self.folders[folder]
            here.messages[uid].labels = set(labels)
            here.messages[uid].modseq = self._count(here)

    def move(self, uid: int, source: str, target: str) -> int:
        with self.lock:
            found = self.folders[source].messages[uid]
            self.expunge(source, uid)
            return self.add(
                found.raw, target, at=found.at, flags=found.flags, gmail=found.gmail, labels=found.labels
            )

    def renumber(self, folder: str) -> None:
        """What a restored backup does: the same messages under new UIDs, told by a new UIDVALIDITY."""
        with self.lock:
            here = self.folders[folder]
            here.uidvalidity += 7
            old = list(here.messages.values())
            here.messages, here.uidnext = {}, 1
            for found in old:
                self.add(
                    found.raw, folder, at=found.at, flags=found.flags, gmail=found.gmail, labels=found.labels
                )

    def rename(self, folder: str, name: str) -> None:
        with self.lock:
            found = self.folders.pop(folder)
            found.name, found.uidvalidity = name, found.uidvalidity + 500
            self.folders[name] = found

    def _count(self, folder: ImapFolder) -> int:
        self._modseq += 1
        folder.modseq = self._modseq
        return self._modseq


def gmail_account(box: Mailbox, password: str = "abcd efgh ijkl mnop") -> ImapAccount:
    """The mailbox of Gmail's API as Gmail's IMAP server shows it."""
    account = ImapAccount(box.address, password, GMAIL_FOLDERS)
    account.box = box
    show_box(account)
    return account


def show_box(account: ImapAccount) -> None:
    """Bring the folders to what the mailbox of the API holds now."""
    assert account.box is not None
    with account.lock:
        wanted = {int(i, 16): m for i, m in account.box.messages.items()}
        for name in ("[Gmail]/All Mail", "[Gmail]/Trash", "[Gmail]/Spam"):
            here = account.folders[name]
            numbers = {n for n, m in wanted.items() if _folder_of(m.labels) == name}
            there = {m.gmail[0]: uid for uid, m in here.messages.items() if m.gmail}
            if gone := [uid for number, uid in there.items() if number not in numbers]:
                account.expunge(name, *gone)
            for number in sorted(numbers - set(there)):
                found = wanted[number]
                account.add(
                    found.raw,
                    name,
                    at=datetime.fromtimestamp(found.internal_ms / 1000, UTC),
                    flags=() if "UNREAD" in found.labels else ("\\Seen",),
                    gmail=(number, int(found.thread_id, 16)),
                    labels=_imap_labels(found.labels, account.box),
                )


def _folder_of(labels: set[str]) -> str:
    if "TRASH" in labels:
        return "[Gmail]/Trash"
    return "[Gmail]/Spam" if "SPAM" in labels else "[Gmail]/All Mail"


def _imap_labels(labels: set[str], box: Mailbox) -> set[str]:
    system = {"INBOX": "\\Inbox", "SENT": "\\Sent", "DRAFT": "\\Draft", "STARRED": "\\Starred"}
    system |= {"IMPORTANT": "\\Important"}
    own = {box.label_names[label] for label in labels if label in box.label_names}
    return {system[label] for label in labels if label in system} | own


def _date_of(raw: bytes) -> datetime:
    try:
        found = parsedate_to_datetime(str(message_from_bytes(raw)["Date"]))
    except (ValueError, TypeError):
        return datetime.now(UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
