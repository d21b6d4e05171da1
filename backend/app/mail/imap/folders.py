"""Which folders of a mailbox hold mail to read, and what a folder says about its mail.

Servers tell the purpose of a folder by SPECIAL-USE (RFC 6154); where they don't, its name does, in the
languages that mail programs name it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.mail.archive.labels import read_labels


class Role(StrEnum):
    """What a folder is for."""

    ALL = "all"
    INBOX = "inbox"
    SENT = "sent"
    SPAM = "spam"
    TRASH = "trash"
    DRAFTS = "drafts"
    VIRTUAL = "virtual"  # shows mail that lies elsewhere
    OTHER = "other"  # holds no mail: contacts, feeds, what waits to be sent
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Folder:
    """One selectable folder. `label` is what its mail is labelled with, as Gmail names such labels; `wire` is the
    name as the server spells it."""

    name: str
    role: Role
    label: str | None
    wire: bytes


_FLAGS = {
    b"\\all": Role.ALL,
    b"\\allmail": Role.ALL,
    b"\\sent": Role.SENT,
    b"\\junk": Role.SPAM,
    b"\\spam": Role.SPAM,
    b"\\trash": Role.TRASH,
    b"\\drafts": Role.DRAFTS,
    b"\\flagged": Role.VIRTUAL,
    b"\\starred": Role.VIRTUAL,
    b"\\important": Role.VIRTUAL,
}
_NOT_SELECTABLE = frozenset([b"\\noselect", b"\\nonexistent"])
_LABELS = {
    "INBOX": Role.INBOX,
    "SENT": Role.SENT,
    "SPAM": Role.SPAM,
    "TRASH": Role.TRASH,
    "DRAFT": Role.DRAFTS,
}
_LABELS |= {"CHAT": Role.OTHER, "STARRED": Role.VIRTUAL, "IMPORTANT": Role.VIRTUAL}
_MORE_NAMES = {
    Role.SENT: "enviados|elementos enviados|itens enviados|posta inviata|inviati|verzonden|verzonden items",
    Role.SPAM: "junk mail|bulk|spamverdacht|unerwünscht|correo no deseado|posta indesiderata|lixo eletrônico"
    "|ongewenst|ongewenste e-mail|quarantine",
    Role.TRASH: "deleted|papelera|elementos eliminados|cestino|posta eliminata|lixeira|itens excluídos"
    "|prullenbak|verwijderde items|gelöscht",
    Role.DRAFTS: "borradores|bozze|rascunhos|concepten",
    Role.OTHER: "outbox|postausgang|boîte d'envoi|bandeja de salida|notes|notizen|calendar|kalender|contacts"
    "|kontakte|tasks|aufgaben|journal|rss feeds|rss-feeds|sync issues|conversation history|templates|vorlagen",
}
_BY_NAME = {name: role for role, names in _MORE_NAMES.items() for name in names.split("|")}
_ROLE_LABELS = {Role.INBOX: "INBOX", Role.SENT: "SENT", Role.SPAM: "SPAM", Role.TRASH: "TRASH"}
_ROLE_LABELS |= {Role.DRAFTS: "DRAFT"}
_LEFT_OUT = frozenset([Role.ALL, Role.SPAM, Role.TRASH, Role.DRAFTS, Role.VIRTUAL, Role.OTHER])
_INHERITED = frozenset([Role.SPAM, Role.TRASH, Role.DRAFTS])


def read_folders(listed: Iterable[tuple[Sequence[bytes], bytes | None, bytes]]) -> list[Folder]:
    """The selectable folders out of LIST's (flags, delimiter, name), the inbox first."""
    rows = [
        ({flag.lower() for flag in flags}, delimiter, read_name(wire), wire)
        for flags, delimiter, wire in listed
    ]
    told = {role for flags, *_ in rows for flag in flags if (role := _FLAGS.get(flag))}
    folders: list[Folder] = []
    closed: list[tuple[str, Role]] = []  # what begins like this lies inside spam, trash or drafts
    for flags, delimiter, name, wire in sorted(rows, key=lambda row: (row[2].upper() != "INBOX", row[2])):
        separator = delimiter.decode("ascii", "replace") if delimiter else ""
        role = next((inside for start, inside in closed if name.startswith(start)), None)
        role = role or _role_of(flags, name, separator, told)
        if role in _INHERITED and separator:
            closed.append((name + separator, role))
        if not flags & _NOT_SELECTABLE:
            label = _ROLE_LABELS.get(role) or (name[:200] if role is Role.MAIL else None)
            folders.append(Folder(name, role, label, wire))
    return folders


def read_name(wire: bytes) -> str:
    """A folder's or label's name out of modified UTF-7; servers that spell it otherwise are taken at their word."""
    from imapclient.imap_utf7 import decode

    if wire.isascii():
        try:
            return str(decode(wire))
        except ValueError:
            return wire.decode("ascii")
    return wire.decode("utf-8", "replace")


def choose(folders: Sequence[Folder], wanted: Sequence[str] | None, *, is_gmail: bool) -> list[Folder]:
    """The folders to read: Gmail's one that holds everything, else those wanted, else all that hold mail."""
    if is_gmail:
        return [folder for folder in folders if folder.role is Role.ALL]
    readable = [folder for folder in folders if folder.role not in _LEFT_OUT]
    if wanted is None:
        return readable
    names = set(wanted)
    return [folder for folder in readable if folder.name in names]


def bins(folders: Sequence[Folder]) -> list[Folder]:
    """Trash and spam."""
    return [folder for folder in folders if folder.role in (Role.TRASH, Role.SPAM)]


def _role_of(flags: set[bytes], name: str, separator: str, told: set[Role]) -> Role:
    if name.upper() == "INBOX":
        return Role.INBOX
    for flag in flags:
        if flag in _FLAGS:
            return _FLAGS[flag]
    last = name.rpartition(separator)[2] if separator else name
    labels = read_labels('"' + last.replace('"', "") + '"')
    by_name = _LABELS.get(labels[0]) if labels else None
    by_name = by_name or _BY_NAME.get(last.casefold(), Role.MAIL)
    # A folder called "Sent" is an ordinary one where the server says which one is for sent mail.
    return Role.MAIL if by_name in told or by_name is Role.INBOX else by_name
