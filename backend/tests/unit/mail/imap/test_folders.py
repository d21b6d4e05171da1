"""Which folders are read, by what servers say of them and by their names."""

from __future__ import annotations

import pytest

from app.mail.imap.folders import Role, bins, choose, read_folders


def listed(*rows: tuple[str, str]) -> list[tuple[tuple[bytes, ...], bytes | None, bytes]]:
    return [(tuple(flags.encode().split()), b"/", name.encode()) for name, flags in rows]


def test_special_use_decides_and_names_help_out() -> None:
    folders = read_folders(
        listed(
            ("Sent", ""),
            ("Gesendete Objekte", "\\Sent"),
            ("inbox", "\\HasNoChildren"),
            ("Papierkorb", ""),
            ("Everything", "\\All"),
            ("Starred", "\\Flagged"),
            ("Folders", "\\Noselect \\HasChildren"),
            ("Folders/Jobs", ""),
        )
    )
    assert [(f.name, f.role) for f in folders] == [
        ("inbox", Role.INBOX),
        ("Everything", Role.ALL),
        ("Folders/Jobs", Role.MAIL),
        ("Gesendete Objekte", Role.SENT),
        ("Papierkorb", Role.TRASH),
        ("Sent", Role.MAIL),
        ("Starred", Role.VIRTUAL),
    ]
    chosen = choose(folders, None, is_gmail=False)
    assert [f.name for f in chosen] == ["inbox", "Folders/Jobs", "Gesendete Objekte", "Sent"]
    assert [f.label for f in chosen] == ["INBOX", "Folders/Jobs", "SENT", "Sent"]
    assert [f.name for f in choose(folders, ["Sent", "Papierkorb", "gone"], is_gmail=False)] == ["Sent"]
    assert [f.name for f in choose(folders, ["Sent"], is_gmail=True)] == ["Everything"]
    assert [f.name for f in bins(folders)] == ["Papierkorb"]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Junk E-Mail", Role.SPAM),
        ("Spamverdacht", Role.SPAM),
        ("INBOX.Trash", Role.TRASH),
        ("Éléments supprimés", Role.TRASH),
        ("Entwürfe", Role.DRAFTS),
        ("Borradores", Role.DRAFTS),
        ("Verzonden", Role.SENT),
        ("Outbox", Role.OTHER),
        ("Kontakte", Role.OTHER),
        ("Draftsmen", Role.MAIL),
        ('Bin ich gut genug, "vielleicht"', Role.MAIL),
        ("", Role.MAIL),
    ],
)
def test_names_of_other_languages(name: str, role: Role) -> None:
    (folder,) = read_folders([((), b".", name.encode())])
    assert folder.role is role


def test_what_lies_in_the_trash_is_trash() -> None:
    folders = read_folders(listed(("Trash", "\\Trash"), ("Trash/Old", ""), ("Trashcan ideas", "")))
    assert [f.role for f in folders] == [Role.TRASH, Role.TRASH, Role.MAIL]
    flat = read_folders([((), None, b"Trash"), ((), None, b"Trash2")])
    assert [f.role for f in flat] == [Role.TRASH, Role.MAIL]


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        (b"Entw&APw-rfe", "Entwürfe"),
        (b"R&-D", "R&D"),
        (b"R&D", "R&D"),
        ("Entwürfe".encode(), "Entwürfe"),
        (b"B\xfccher", "B\ufffdcher"),
        (b"2026", "2026"),
    ],
)
def test_names_are_read_however_they_are_spelled(wire: bytes, name: str) -> None:
    """One odd name must not keep a whole mailbox from being read; the server is asked in its own spelling."""
    (folder,) = read_folders([((), b"/", wire)])
    assert (folder.name, folder.wire) == (name, wire)
