"""SEARCH: keys as a client sends them become a predicate over one message of a folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from email import message_from_bytes
from email.message import Message

from tests.fakes.google_mailbox import Mailbox
from tests.fakes.imap_mailbox import ImapFolder, ImapMessage

Predicate = Callable[[int, ImapMessage], bool]  # sequence number, message


class BadKeys(Exception):
    """A SEARCH that can't be read: BAD."""


class NotSearched(Exception):
    """A SEARCH that this server does not do: NO."""


def numbers(spec: str, highest: int) -> Callable[[int], bool]:
    """A sequence set as a test of numbers; `*` is `highest`."""
    singles: set[int] = set()
    ranges = []
    for part in spec.split(","):
        ends = [highest if end == "*" else int(end) for end in part.split(":")]
        if min(ends) == max(ends):
            singles.add(ends[0])
        else:
            ranges.append((min(ends), max(ends)))
    return lambda number: number in singles or any(low <= number <= high for low, high in ranges)


class Keys:
    """Reads the keys of one SEARCH."""

    def __init__(
        self, tokens: list[bytes], folder: ImapFolder, *, searches_bodies: bool, box: Mailbox | None
    ) -> None:
        self._tokens = tokens
        self._folder = folder
        self._searches_bodies = searches_bodies
        self._box = box

    def all(self) -> Predicate:
        found: list[Predicate] = []
        while self._tokens:
            found.append(self._key())
        if not found:
            raise BadKeys
        return lambda number, message: all(test(number, message) for test in found)

    def _word(self) -> str:
        if not self._tokens:
            raise BadKeys
        return self._tokens.pop(0).decode("utf-8")

    def _key(self) -> Predicate:
        name = self._word()
        if name[0].isdigit() or name[0] == "*":
            test = numbers(name, len(self._folder.messages))
            return lambda number, _message: test(number)
        return self._named(name.upper())

    def _named(self, name: str) -> Predicate:
        if name == "CHARSET":
            if self._word().upper() not in ("UTF-8", "US-ASCII"):
                raise NotSearched
            return lambda _number, _message: True
        if name == "ALL":
            return lambda _number, _message: True
        if name in ("UNDELETED", "DELETED"):
            return lambda _number, message: ("\\Deleted" in message.flags) == (name == "DELETED")
        if name == "UID":
            test = numbers(self._word(), max(self._folder.messages, default=0))
            return lambda _number, message: test(message.uid)
        if name in ("SINCE", "BEFORE"):
            day = _day(self._word())
            since = name == "SINCE"
            return lambda _number, message: (message.at.date() >= day) == since
        if name == "OR":
            one, other = self._key(), self._key()
            return lambda number, message: one(number, message) or other(number, message)
        if name == "NOT":
            test_it = self._key()
            return lambda number, message: not test_it(number, message)
        if name == "MODSEQ":
            count = int(self._word())
            return lambda _number, message: message.modseq >= count
        return self._about_text(name)

    def _about_text(self, name: str) -> Predicate:
        if name == "BODY":
            text = self._word().casefold()
            if not self._searches_bodies:
                raise NotSearched
            return lambda _number, message: text in _text_of(message_from_bytes(message.raw)).casefold()
        if self._box is not None and name == "X-GM-MSGID":
            wanted = int(self._word())
            return lambda _number, message: message.gmail is not None and message.gmail[0] == wanted
        if self._box is not None and name == "X-GM-RAW":
            found = {int(m.id, 16) for m in self._box.find(self._word(), include_spam_trash=True)}
            return lambda _number, message: message.gmail is not None and message.gmail[0] in found
        raise BadKeys


def _day(text: str) -> date:
    return datetime.strptime(text, "%d-%b-%Y").date()  # noqa: DTZ007


def _text_of(message: Message) -> str:
    parts = []
    for part in message.walk():
        data = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(data, bytes):
            parts.append(data.decode(part.get_content_charset() or "utf-8", "replace"))
    return "\n".join(parts)
