"""What changed in a mailbox since a cursor.

A folder whose numbers stand still (STATUS: messages, UIDNEXT, MODSEQ) costs one command. In the others UIDs
from the old UIDNEXT on are new; when fewer messages are left than there should be, or when the server counts
changes (CONDSTORE) and some happened, its UIDs are listed and compared. A new UIDVALIDITY ends it: every id of
that folder has become worthless.

Gmail has one folder with everything: what is gone from it is in trash or spam, where its id is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.mail.imap.cursors import FolderMark, pack, read_cursor, unpack, write_cursor
from app.mail.imap.fetching import labels_of
from app.mail.imap.folders import Folder, bins
from app.mail.imap.ids import Place, folder_key
from app.mail.imap.line import Line
from app.mail.imap.scanning import GMAIL_IDS, Contents, Layout, fetch_rows, gmail_ref, look_into, place_of
from app.mail.imap.wire import Examined, Mailbox
from app.mail.sources import Change, ChangeKind, ChangePage, CursorExpired, IdsExpired, Window

_PER_PAGE = 500


def mark_all(line: Line, layout: Layout) -> tuple[str, int]:
    """(cursor as of now, number of messages). What arrives while this runs counts as new."""
    marks: dict[str, FolderMark] = {}
    for folder in watched(layout):
        contents = look_into(line, folder, Window())
        marks[folder.name] = _mark(layout, contents.examined, set(contents.uids))
    return write_cursor(layout.mark, marks), sum(
        marks[f.name].exists for f in layout.chosen if f.name in marks
    )


def watched(layout: Layout) -> list[Folder]:
    """The folders that a cursor covers."""
    return [*layout.chosen, *(bins(layout.folders) if layout.is_gmail else ())]


def list_changes(line: Line, layout: Layout, since: str) -> Iterator[ChangePage]:
    """Pages of changes, the cursor on the last. Raises CursorExpired, IdsExpired."""
    before = read_cursor(since, layout.mark)
    after: dict[str, FolderMark] = {}
    for folder in watched(layout):
        known = before.get(folder.name)
        changes, after[folder.name] = _compare(line, layout, folder, known)
        yield from _pages(changes)
    yield from _pages(_vanished(layout, before))
    yield ChangePage(cursor=write_cursor(layout.mark, after))


def _pages(changes: list[Change]) -> Iterator[ChangePage]:
    for start in range(0, len(changes), _PER_PAGE):
        yield ChangePage(tuple(changes[start : start + _PER_PAGE]))


def _compare(
    line: Line, layout: Layout, folder: Folder, known: FolderMark | None
) -> tuple[list[Change], FolderMark]:
    if known is not None:
        now = line.ask(lambda mailbox: mailbox.status(folder))
        if (now.uidvalidity, now.uidnext, now.exists) == (
            known.uidvalidity,
            known.uidnext,
            known.exists,
        ) and (now.modseq is None or known.modseq is None or now.modseq == known.modseq):
            return [], known
    if layout.is_gmail:
        return _compare_gmail(line, layout, folder, known)
    contents = look_into(line, folder, Window())
    if known is not None and contents.examined.uidvalidity != known.uidvalidity:
        raise IdsExpired
    here = {uid for uid in contents.uids if uid < contents.examined.uidnext}
    there = unpack(known.uids) if known is not None else set()
    labels = (folder.label,) if folder.label else ()
    changes = [
        Change(ChangeKind.ADDED, place_of(layout, contents, uid), labels=labels)
        for uid in sorted(here - there)
    ]
    changes += [Change(ChangeKind.DELETED, place_of(layout, contents, uid)) for uid in sorted(there - here)]
    return changes, _mark(layout, contents.examined, here)


def _compare_gmail(
    line: Line, layout: Layout, folder: Folder, known: FolderMark | None
) -> tuple[list[Change], FolderMark]:
    examined, new, touched = line.ask(lambda mailbox: _gmail_uids(mailbox, folder, known))
    contents = Contents(folder, examined, new)
    if known is not None and examined.uidvalidity != known.uidvalidity:
        if folder in layout.chosen:
            raise CursorExpired  # what changed is not known; the ids are Gmail's own, and stay
        known = None
    if known is None and folder not in layout.chosen:
        return [], _mark(layout, examined, set())  # a bin seen for the first time says nothing about before
    changes: list[Change] = []
    fresh = set(new)
    for uid, row in fetch_rows(line, contents, [*new, *touched], ("FLAGS", *GMAIL_IDS)).items():
        if b"X-GM-MSGID" not in row:
            continue
        ref, labels = gmail_ref(row), labels_of(row, folder, is_gmail=True)
        if folder not in layout.chosen:
            changes.append(
                Change(ChangeKind.LABELS_ADDED, ref.id, ref.thread_id, labels, (str(folder.label),))
            )
        elif uid in fresh:
            changes.append(Change(ChangeKind.ADDED, ref.id, ref.thread_id, labels))
        else:
            changes.append(Change(ChangeKind.LABELS_ADDED, ref.id, ref.thread_id, labels, labels))
    return changes, _mark(layout, examined, set())


def _gmail_uids(
    mailbox: Mailbox, folder: Folder, known: FolderMark | None
) -> tuple[Examined, list[int], list[int]]:
    """(the folder, UIDs that are new, older ones that were changed)."""
    examined = mailbox.examine(folder)
    first = known.uidnext if known is not None and known.uidvalidity == examined.uidvalidity else 1
    new = [uid for uid in mailbox.search_from(first) if uid < examined.uidnext] if examined.exists else []
    counts = known is not None and known.modseq is not None and examined.modseq is not None
    if not counts or known is None or known.modseq == examined.modseq or not examined.exists:
        return examined, new, []
    touched = [uid for uid in mailbox.search("MODSEQ", int(known.modseq or 0) + 1) if uid < first]
    return examined, new, touched


def _vanished(layout: Layout, before: dict[str, FolderMark]) -> list[Change]:
    """Messages of folders that are no longer there. Folders that are only no longer read keep theirs."""
    if layout.is_gmail:
        return []
    there = {folder.name for folder in layout.folders}
    return [
        Change(ChangeKind.DELETED, str(Place(layout.mark, folder_key(name), mark.uidvalidity, uid)))
        for name, mark in before.items()
        if name not in there
        for uid in sorted(unpack(mark.uids))
    ]


def _mark(layout: Layout, examined: Examined, uids: set[int]) -> FolderMark:
    packed = "" if layout.is_gmail else pack(uid for uid in uids if uid < examined.uidnext)
    return FolderMark(examined.uidvalidity, examined.uidnext, examined.exists, examined.modseq, packed)
