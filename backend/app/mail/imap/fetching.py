"""Fetching messages in batches: the next one is on its way while the last is being stored.

A batch is bounded in messages and bytes. One that the server refuses, or that breaks the connection twice, is
halved until the message that does it stands alone; everything else arrives. A huge message is read in pieces
and slimmed while it streams by, so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from app.mail.imap.faults import CommandRefused, ConnectionLost
from app.mail.imap.folders import Folder, read_name
from app.mail.imap.line import Line
from app.mail.imap.scanning import GMAIL_IDS, arrived_at, gmail_ref
from app.mail.imap.wire import Item, Mailbox
from app.mail.slimming import Slimmer, slim
from app.mail.sources import FailureReason, FetchFailure
from app.mail.values import RawMail

PER_BATCH = 100
BATCH_BYTES = 4_000_000
LARGE = 2_000_000  # a message of more bytes is read in pieces
PIECE = 500_000
WHOLE_LIMIT = 256 * 1024  # a larger message goes on without its attachments' bodies
_SIZES_AT_ONCE = 500  # numbers on one line; servers take some eight thousand characters
_TRIES = 2
_SYSTEM_LABELS = {
    "\\Inbox": "INBOX",
    "\\Sent": "SENT",
    "\\Draft": "DRAFT",
    "\\Starred": "STARRED",
    "\\Important": "IMPORTANT",
    "\\Trash": "TRASH",
    "\\Junk": "SPAM",
    "\\Spam": "SPAM",
}

Outcome = RawMail | FetchFailure


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message to fetch: its id, and where it lies. `uidvalidity` None takes the folder as it is."""

    id: str
    folder: Folder
    uidvalidity: int | None
    uid: int


@dataclass(frozen=True, slots=True)
class _Batch:
    wanted: tuple[Wanted, ...]
    in_pieces: bool = False


def fetch(line: Line, wanted: Sequence[Wanted], *, is_gmail: bool) -> Iterator[Outcome]:
    """Every message once, folder by folder, in the order given."""
    for folder in dict.fromkeys(each.folder for each in wanted):
        here = [each for each in wanted if each.folder == folder]
        for start in range(0, len(here), _SIZES_AT_ONCE):
            yield from _fetch_some(line, here[start : start + _SIZES_AT_ONCE], is_gmail=is_gmail)


def _fetch_some(line: Line, wanted: Sequence[Wanted], *, is_gmail: bool) -> Iterator[Outcome]:
    try:
        validity = line.run(lambda mailbox: mailbox.enter(wanted[0].folder).uidvalidity)
    except CommandRefused as fault:
        yield from (_given_up(each, fault) for each in wanted)
        return
    here = [each.uid for each in wanted if each.uidvalidity in (None, validity)]
    try:
        sizes = line.run(lambda mailbox: _sizes(mailbox, wanted[0].folder, here))
    except CommandRefused:  # because of one of them; which one, the batches find out
        sizes = dict.fromkeys(here, BATCH_BYTES // 10)
    waiting = _batches([each for each in wanted if each.uid in sizes], sizes)
    for each in wanted:
        if each.uid not in sizes:
            yield _failure(each, FailureReason.GONE, "It was deleted meanwhile.")
    ahead: tuple[_Batch, Future[dict[int, RawMail]]] | None = None
    while waiting or ahead:
        batch, future = ahead or _send(line, waiting.pop(0), is_gmail=is_gmail)
        try:
            arrived = line.wait(future)
        except (CommandRefused, ConnectionLost) as fault:
            ahead = None
            if len(batch.wanted) == 1:
                yield _given_up(batch.wanted[0], fault)
            else:
                middle = len(batch.wanted) // 2
                halves = (batch.wanted[:middle], batch.wanted[middle:])
                waiting = [*(_Batch(half, batch.in_pieces) for half in halves), *waiting]
            continue
        ahead = _send(line, waiting.pop(0), is_gmail=is_gmail) if waiting else None
        for each in batch.wanted:
            yield arrived.get(each.uid) or _failure(each, FailureReason.GONE, "It was deleted meanwhile.")


def _send(line: Line, batch: _Batch, *, is_gmail: bool) -> tuple[_Batch, Future[dict[int, RawMail]]]:
    return batch, line.submit(lambda mailbox: _take(mailbox, batch, is_gmail=is_gmail), tries=_TRIES)


def _batches(wanted: Sequence[Wanted], sizes: dict[int, int]) -> list[_Batch]:
    batches: list[_Batch] = []
    some: list[Wanted] = []
    total = 0
    for each in wanted:
        size = sizes[each.uid]
        if size > LARGE:
            batches.append(_Batch((each,), in_pieces=True))
            continue
        if some and (len(some) >= PER_BATCH or total + size > BATCH_BYTES):
            batches.append(_Batch(tuple(some)))
            some, total = [], 0
        some.append(each)
        total += size
    return [*batches, _Batch(tuple(some))] if some else batches


def _sizes(mailbox: Mailbox, folder: Folder, uids: Sequence[int]) -> dict[int, int]:
    """Bytes of those messages that are still there."""
    mailbox.enter(folder)
    rows = mailbox.fetch(uids, ("RFC822.SIZE",)) if uids else {}
    return {uid: int(row.get(b"RFC822.SIZE") or 0) for uid, row in rows.items()}


def _take(mailbox: Mailbox, batch: _Batch, *, is_gmail: bool) -> dict[int, RawMail]:
    first = batch.wanted[0]
    validity = mailbox.enter(first.folder).uidvalidity
    wanted = {each.uid: each for each in batch.wanted if each.uidvalidity in (None, validity)}
    items = ["FLAGS", "INTERNALDATE", *(GMAIL_IDS if is_gmail else ())]
    if not batch.in_pieces:
        items.append("BODY.PEEK[]")
    rows = mailbox.fetch(list(wanted), items) if wanted else {}
    found: dict[int, RawMail] = {}
    for uid, row in rows.items():
        raw = _in_pieces(mailbox, uid) if batch.in_pieces else row.get(b"BODY[]")
        if isinstance(raw, bytes):
            found[uid] = _mail(wanted[uid], row, raw, is_gmail=is_gmail)
    return found


def _in_pieces(mailbox: Mailbox, uid: int) -> bytes | None:
    slimmer = Slimmer()
    start = 0
    while True:
        row = mailbox.fetch([uid], (f"BODY.PEEK[]<{start}.{PIECE}>",)).get(uid)
        if row is None:
            return None
        piece = next((value for key, value in row.items() if key.startswith(b"BODY[]")), None)
        if not isinstance(piece, bytes) or not piece:
            return slimmer.finish()
        slimmer.feed(piece)
        start += len(piece)
        if len(piece) < PIECE:
            return slimmer.finish()


def _mail(wanted: Wanted, row: Item, raw: bytes, *, is_gmail: bool) -> RawMail:
    return RawMail(
        provider_message_id=wanted.id,
        raw=slim(raw) if len(raw) > WHOLE_LIMIT else raw,
        thread_id=gmail_ref(row).thread_id if is_gmail and b"X-GM-MSGID" in row else None,
        labels=labels_of(row, wanted.folder, is_gmail=is_gmail),
        internal_date=arrived_at(row),
    )


def labels_of(row: Item, folder: Folder, *, is_gmail: bool) -> tuple[str, ...]:
    """Labels as Gmail's API names them, from Gmail's own or from folder and flags."""
    names = [_label(value) for value in row.get(b"X-GM-LABELS", ())] if is_gmail else []
    if folder.label and not (is_gmail and folder.label == folder.name):
        names.append(folder.label)
    flags = {flag.lower() for flag in row.get(b"FLAGS", ()) if isinstance(flag, bytes)}
    if b"FLAGS" in row and b"\\seen" not in flags:
        names.append("UNREAD")
    if b"\\flagged" in flags:
        names.append("STARRED")
    if b"\\draft" in flags:
        names.append("DRAFT")
    return tuple(dict.fromkeys(name for name in names if name))


def _label(value: object) -> str:
    name = read_name(value) if isinstance(value, bytes) else str(value)
    return _SYSTEM_LABELS.get(name, name[:200])


def _given_up(wanted: Wanted, fault: Exception) -> FetchFailure:
    if isinstance(fault, ConnectionLost):
        return _failure(wanted, FailureReason.UNAVAILABLE, "The connection broke whenever it was fetched.")
    return _failure(wanted, FailureReason.REFUSED, "The mail server refuses to hand it over.")


def _failure(wanted: Wanted, reason: FailureReason, detail: str) -> FetchFailure:
    attempts = 1 if reason is FailureReason.GONE else _TRIES
    return FetchFailure(wanted.id, reason, detail, attempts)
