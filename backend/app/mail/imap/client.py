"""A mailbox over IMAP as a source of mail: what the sync engine asks of any provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from app.mail.gmail.query import body_phrases, build_queries
from app.mail.imap import changes
from app.mail.imap.access import ImapAccess
from app.mail.imap.faults import CommandRefused
from app.mail.imap.fetching import Wanted, fetch
from app.mail.imap.folders import Folder, Role, choose
from app.mail.imap.ids import folder_key, gmail_number, mark_of, read_place
from app.mail.imap.line import Line, Patience
from app.mail.imap.matching import sender_test
from app.mail.imap.scanning import Found, Layout, list_refs, scan
from app.mail.imap.wire import Mailbox
from app.mail.sources import (
    ChangePage,
    FailureReason,
    FetchFailure,
    MessageRef,
    Search,
    SourceProfile,
    SourceUnavailable,
    Tier,
    Window,
)
from app.mail.values import RawMail

_PAGE = 500
_BODY_SLICE = 500  # messages whose bodies a server searches in one command


class ImapClient:
    """One mailbox over IMAP (a MailSource). Not for use by several threads at once; its own thread is its own
    business. `thorough` says that the rest of the window will be read anyway, so that nobody has to search
    bodies."""

    def __init__(
        self,
        access: ImapAccess,
        *,
        should_stop: Callable[[], bool] = lambda: False,
        patience: Patience | None = None,
        thorough: bool = True,
        user_id: int | None = None,
    ) -> None:
        self._access = access
        self._line = Line(access, patience or Patience(), should_stop, user_id)
        self._thorough = thorough
        self._layout: Layout | None = None
        self._window: Window | None = None
        self._found: list[Found] = []
        self._uids: dict[str, tuple[Folder, int]] = {}  # where Gmail's messages lie, as far as listed

    @property
    def units(self) -> int:
        """IMAP has no quota of units."""
        return 0

    def close(self) -> None:
        self._line.close()

    def profile(self) -> SourceProfile:
        cursor, messages = changes.mark_all(self._line, self._look())
        return SourceProfile(self._access.address.lower(), cursor, messages)

    def list_ids(self, search: Search) -> Iterator[list[MessageRef]]:
        rows = self._scan(search.window)
        chosen: Iterator[Found] = iter(rows)
        if search.tier is Tier.SENDERS:
            is_job_sender = sender_test(search.senders)
            chosen = (row for row in rows if is_job_sender(row.sender))
        elif search.tier is Tier.TERMS:
            by_text = self._find_by_text(search)
            chosen = (row for row in rows if row.ref.id in by_text or row.is_term)
        page: list[MessageRef] = []
        for row in chosen:
            page.append(row.ref)
            if len(page) >= _PAGE:
                yield page
                page = []
        if page:
            yield page

    def list_present(self, window: Window) -> Iterator[list[MessageRef]]:
        layout = self._look()
        seen: set[str] = set()
        for page in list_refs(self._line, layout, _present_folders(layout), window):
            fresh = [ref for ref in page if ref.id not in seen]
            seen.update(ref.id for ref in fresh)
            if fresh:
                yield fresh

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[RawMail | FetchFailure]:
        layout = self._look()
        wanted: list[Wanted] = []
        for message_id in dict.fromkeys(ref.id for ref in refs):
            place = self._find(layout, message_id)
            if place is None:
                detail = "It was deleted meanwhile."
                yield FetchFailure(message_id, FailureReason.GONE, detail, attempts=1)
            else:
                wanted.append(place)
        yield from fetch(self._line, wanted, is_gmail=layout.is_gmail)

    def history(self, since: str) -> Iterator[ChangePage]:
        yield from changes.list_changes(self._line, self._look(), since)

    def _look(self) -> Layout:
        """The mailbox's folders, asked for once."""
        if self._layout is None:
            is_gmail, folders = self._line.ask(lambda mailbox: (mailbox.is_gmail, mailbox.folders()))
            chosen = choose(folders, self._access.folders, is_gmail=is_gmail)
            if not chosen:
                raise SourceUnavailable(no_folder_sentence(is_gmail=is_gmail))
            mark = mark_of(self._access.host, self._access.username)
            self._layout = Layout(mark, is_gmail, tuple(folders), tuple(chosen))
        return self._layout

    def _scan(self, window: Window) -> list[Found]:
        """What lies in the window, newest first; asked for once, as tiers follow each other."""
        if self._window != window:
            layout = self._look()
            seen: dict[str, Found] = {}
            for page in scan(self._line, layout, window):
                for row in page:
                    seen.setdefault(row.ref.id, row)
            self._found, self._window = list(seen.values()), window
            if layout.is_gmail:
                names = {folder.name: folder for folder in layout.chosen}
                self._uids |= {row.ref.id: (names[row.folder], row.uid) for row in self._found}
        return self._found

    def _find_by_text(self, search: Search) -> set[str]:
        """Messages whose text has a phrase of job mail. Gmail has an index for that; elsewhere the server reads
        every body, which is worth its while only when nothing else would find them."""
        layout = self._look()
        rows = self._found
        if layout.is_gmail:
            found: set[int] = set()
            folder = layout.chosen[0]
            after = search.window.after
            since = (after - timedelta(days=1)).date() if after else None  # in a zone of the server's own
            for query in build_queries(Search(Tier.TERMS)):
                ask = partial(_search_gmail, folder=folder, query=query, since=since)
                found |= set(self._line.ask(ask))
            return {row.ref.id for row in rows if row.uid in found}
        if self._thorough:
            return set()
        return {row.ref.id for folder in layout.chosen for row in self._rows_by_text(folder)}

    def _rows_by_text(self, folder: Folder) -> Iterator[Found]:
        """Where a server won't search bodies, every message may be one."""
        rows = {row.uid: row for row in self._found if row.folder == folder.name}
        uids = list(rows)
        for start in range(0, len(uids), _BODY_SLICE):
            some = uids[start : start + _BODY_SLICE]
            try:
                found = self._line.run(partial(_search_text, folder=folder, uids=some))
            except CommandRefused:
                found = some
            yield from (rows[uid] for uid in found if uid in rows)

    def _find(self, layout: Layout, message_id: str) -> Wanted | None:
        """Where a message lies; None when it no longer can be anywhere."""
        if (number := gmail_number(message_id)) is not None:
            known = self._uids.get(message_id)
            if known is None and layout.is_gmail:
                folder = layout.chosen[0]
                uids = self._line.ask(partial(_search_number, folder=folder, number=number))
                known = (folder, uids[0]) if uids else None
            return Wanted(message_id, known[0], None, known[1]) if known else None
        place = read_place(message_id)
        if place is None or place.mark != layout.mark:
            return None
        folder_here = next((f for f in layout.folders if folder_key(f.name) == place.folder), None)
        return Wanted(message_id, folder_here, place.uidvalidity, place.uid) if folder_here else None


def no_folder_sentence(*, is_gmail: bool) -> str:
    """What to do when a mailbox has no folder to read."""
    if is_gmail:
        return (
            'Gmail hides the folder "All Mail" from mail programs. Turn on "Show in IMAP" for it in the label '
            "settings of Gmail, then try again."
        )
    return "None of the chosen folders is there. Choose others in the settings of this account."


def _present_folders(layout: Layout) -> list[Folder]:
    """Every folder that a stored message may lie in; with Gmail also those it may have gone to."""
    if not layout.is_gmail:
        return [folder for folder in layout.folders if folder.role not in (Role.ALL, Role.VIRTUAL)]
    return [f for f in layout.folders if f.role in (Role.ALL, Role.TRASH, Role.SPAM)]


def _search_gmail(mailbox: Mailbox, folder: Folder, query: str, since: date | None) -> list[int]:
    mailbox.enter(folder)
    return mailbox.search_gmail(query, since)


def _search_number(mailbox: Mailbox, folder: Folder, number: int) -> list[int]:
    mailbox.examine(folder)
    return mailbox.search("X-GM-MSGID", number)


def _search_text(mailbox: Mailbox, folder: Folder, uids: Sequence[int]) -> list[int]:
    mailbox.enter(folder)
    return [uid for phrases in body_phrases() for uid in mailbox.search_text(uids, phrases)]
