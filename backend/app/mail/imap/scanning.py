"""What lies in a window of a mailbox, newest first, with sender and subject.

The window is the server's work (SEARCH SINCE and BEFORE); senders and subjects are fetched and matched here,
some 200 bytes a message: one command for 500 messages at any server, where a SEARCH for 300 senders would be
too long for some, slow at others, and differ in what it finds between all of them. A list of folders is read
in rounds of their newest messages, so that a huge mailbox gives its newest mail at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import Any

from app.mail import headers
from app.mail.imap.faults import CommandRefused
from app.mail.imap.folders import Folder
from app.mail.imap.ids import Place, folder_key, gmail_id
from app.mail.imap.line import Line
from app.mail.imap.matching import has_job_subject
from app.mail.imap.wire import Examined, Item, Mailbox
from app.mail.sources import MessageRef, SourceUnavailable, Window

PER_COMMAND = 500
PER_ROUND = 2_000
SKEW = timedelta(seconds=1)
_HEADERS = "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]"
GMAIL_IDS = ("X-GM-MSGID", "X-GM-THRID", "X-GM-LABELS")
_INSIDE = 3  # days off either edge
_PARSER = BytesHeaderParser(policy=compat32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """A message that lies in the window."""

    ref: MessageRef
    folder: str
    uid: int
    at: datetime
    sender: str
    is_term: bool  # whether its subject has a word of job mail


@dataclass(frozen=True, slots=True)
class Layout:
    """What a mailbox looks like: its folders, which of them are read, and the mark that its ids carry."""

    mark: str
    is_gmail: bool
    folders: tuple[Folder, ...]
    chosen: tuple[Folder, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What of a folder lies in a window: `uids`, newest first."""

    folder: Folder
    examined: Examined
    uids: list[int]


def scan(line: Line, layout: Layout, window: Window) -> Iterator[list[Found]]:
    """Pages of what lies in the window, each newest first. Messages marked as deleted count as gone."""
    contents = [look_into(line, folder, window) for folder in layout.chosen]
    done = 0
    while any(len(each.uids) > done for each in contents):
        page: list[Found] = []
        for each in contents:
            for start in range(done, min(done + PER_ROUND, len(each.uids)), PER_COMMAND):
                some = each.uids[start : min(start + PER_COMMAND, done + PER_ROUND)]
                page.extend(_describe(line, layout, each, some, window))
        done += PER_ROUND
        page.sort(key=lambda found: found.at, reverse=True)
        if page:
            yield page


def list_refs(
    line: Line, layout: Layout, folders: Sequence[Folder], window: Window
) -> Iterator[list[MessageRef]]:
    """Pages of ids of all that lies in the window, drafts too; dates are asked for at the window's edges only."""
    for folder in folders:
        contents = look_into(line, folder, window)
        sure = set(contents.uids if window == Window() else look_into(line, folder, window, _INSIDE).uids)
        for start in range(0, len(contents.uids), PER_COMMAND):
            some = contents.uids[start : start + PER_COMMAND]
            edge = [uid for uid in some if uid not in sure]
            rows = fetch_rows(line, contents, edge, ("INTERNALDATE",)) if edge else {}
            near = {uid for uid, row in rows.items() if _is_inside(row, window)}
            page = _refs(line, layout, contents, [uid for uid in some if uid in sure or uid in near])
            if page:
                yield page


def look_into(line: Line, folder: Folder, window: Window, margin: int = 0) -> Contents:
    """The messages of a folder that may lie in the window. Raises SourceUnavailable."""

    def look(mailbox: Mailbox) -> Contents:
        examined = mailbox.examine(folder)
        uids = mailbox.search(*_criteria(window, margin)) if examined.exists else []
        return Contents(folder, examined, uids[::-1])

    try:
        return line.run(look)
    except CommandRefused as error:
        raise SourceUnavailable(
            f"The mail server refuses to open the folder {folder.name!r}. If that is meant to be, leave it out "
            "in the settings of this account."
        ) from error


def fetch_rows(line: Line, contents: Contents, uids: Sequence[int], items: Sequence[str]) -> dict[int, Item]:
    """What the server says of these messages: nothing (an empty row) of one that it refuses to describe, and of
    one that is gone there is no row. Raises SourceUnavailable when the folder was numbered anew."""
    found: dict[int, Item] = {}
    waiting = [uids[start : start + PER_COMMAND] for start in range(0, len(uids), PER_COMMAND)]
    while waiting:
        some = waiting.pop(0)

        def ask(mailbox: Mailbox, some: Sequence[int] = some) -> dict[int, Item]:
            if mailbox.enter(contents.folder).uidvalidity != contents.examined.uidvalidity:
                raise SourceUnavailable("The mail server numbered a folder anew meanwhile.")
            return mailbox.fetch(some, items)

        try:
            found |= line.run(ask)
        except CommandRefused:
            if len(some) == 1:
                found[some[0]] = {}
            else:  # one odd message makes some servers refuse all that were asked for with it
                waiting = [some[: len(some) // 2], some[len(some) // 2 :], *waiting]
    return found


def gmail_ref(row: Item) -> MessageRef:
    """The message that a row with X-GM-MSGID speaks of."""
    thread = row.get(b"X-GM-THRID")
    return MessageRef(gmail_id(int(row[b"X-GM-MSGID"])), f"{int(thread):016x}" if thread else None)


def arrived_at(row: Item) -> datetime | None:
    """INTERNALDATE in UTC."""
    moment = row.get(b"INTERNALDATE")
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def place_of(layout: Layout, contents: Contents, uid: int) -> str:
    """The id of a message where the server has none of its own."""
    return str(Place(layout.mark, folder_key(contents.folder.name), contents.examined.uidvalidity, uid))


def _criteria(window: Window, margin: int) -> list[Any]:
    """SEARCH keys for the window. Servers compare days, in a zone of their own: a day more on either side finds
    all of it, and with a `margin` of three days less nothing outside."""
    keys: list[Any] = ["UNDELETED"]
    if window.after is not None:
        keys += ["SINCE", (window.after + timedelta(days=margin - 1)).date()]
    if window.before is not None:
        keys += ["BEFORE", (window.before + timedelta(days=2 - margin)).date()]
    return keys


def _is_inside(row: Item, window: Window) -> bool:
    """A message without a date lies in every window: better one too many."""
    at = arrived_at(row)
    if at is None:
        return True
    after = window.after is None or at >= window.after - SKEW
    return after and (window.before is None or at <= window.before + SKEW)


def _describe(
    line: Line, layout: Layout, contents: Contents, uids: Sequence[int], window: Window
) -> Iterator[Found]:
    items = ["INTERNALDATE", _HEADERS, *(GMAIL_IDS if layout.is_gmail else ())]
    for uid, row in fetch_rows(line, contents, uids, items).items():
        if not _is_inside(row, window) or (row and b"INTERNALDATE" not in row):
            continue
        if layout.is_gmail and (b"X-GM-MSGID" not in row or b"\\Draft" in row.get(b"X-GM-LABELS", ())):
            continue
        block = next((value for key, value in row.items() if key.startswith(b"BODY[HEADER")), b"")
        fields = headers.collect(_PARSER.parsebytes(block if isinstance(block, bytes) else b""))
        yield Found(
            ref=gmail_ref(row) if layout.is_gmail else MessageRef(place_of(layout, contents, uid)),
            folder=contents.folder.name,
            uid=uid,
            at=arrived_at(row) or _EPOCH,
            sender=sys.intern(headers.read_sender(fields)[1]),
            is_term=has_job_subject(headers.decode_words(headers.first(fields, "subject") or "")),
        )


def _refs(line: Line, layout: Layout, contents: Contents, uids: Sequence[int]) -> list[MessageRef]:
    if not layout.is_gmail:
        return [MessageRef(place_of(layout, contents, uid)) for uid in uids]
    rows = fetch_rows(line, contents, uids, GMAIL_IDS)
    return [gmail_ref(row) for row in rows.values() if b"X-GM-MSGID" in row]
