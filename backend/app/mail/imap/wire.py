"""One connection to a mail server: opened and logged in, folders examined, messages searched and fetched.

IMAPClient speaks the protocol: it is kept (4.1, 2026), BSD-licensed, blocking like the rest of this house, parses
every answer, knows Gmail's items, and hands over raw bytes; imap-tools parses mail itself, aioimaplib is GPL,
and imaplib alone leaves the parsing to its caller.
"""

from __future__ import annotations

import imaplib
import logging
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from app.core import outgoing
from app.core.outgoing import Purpose
from app.mail.imap.access import ImapAccess, Security, is_loopback
from app.mail.imap.faults import OpenFailed, OpenProblem, read_login_fault, read_open_fault
from app.mail.imap.folders import Folder, read_folders

_OVERLAP = 1_000
_MOST_ADDRESSES = 3  # of one name, tried one after the other
SEARCH_SLICE = 50_000  # messages per SEARCH: imaplib takes answers of up to a megabyte on one line

Item = dict[bytes, Any]


@dataclass(frozen=True, slots=True)
class Examined:
    """A folder as it was when it was examined. `modseq` is None where the server keeps none."""

    exists: int
    uidnext: int
    uidvalidity: int
    modseq: int | None


class _Named(ssl.SSLContext):
    """Holds the other side to the name that a person gave, though the connection goes to an address of it."""

    def __new__(cls, _name: str) -> Self:
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def __init__(self, name: str) -> None:
        self._name = name
        self.load_default_certs()

    def wrap_socket(self, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        return super().wrap_socket(*args, **(kwargs | {"server_hostname": self._name}))


def open_mailbox(
    access: ImapAccess, *, connect_s: float, read_s: float, user_id: int | None = None
) -> Mailbox:
    """Connect, to one of the host's checked addresses and to nothing else, and log in; `user_id` is whose mailbox it
    is. Raises OpenFailed."""
    import imapclient

    logging.getLogger("imapclient").setLevel(logging.WARNING)  # its debug lines quote mail
    if access.security is Security.NONE and not is_loopback(access.host):
        raise OpenFailed(OpenProblem.TLS)
    timeout = imapclient.SocketTimeout(connect_s, read_s)
    context = _Named(access.host.strip("[]"))
    try:
        client = _connect(access, context, timeout, user_id)
    except Exception as error:
        raise read_open_fault(error) from error
    try:
        _log_in(client, access, context)
    except BaseException:
        with suppress(Exception):
            client.shutdown()
        raise
    return Mailbox(client)


def _connect(access: ImapAccess, context: ssl.SSLContext, timeout: Any, user_id: int | None) -> Any:
    import imapclient

    found = outgoing.addresses(
        Purpose.IMAP, access.host, access.port, user_id=user_id, within_s=timeout.connect
    )
    for place, address in enumerate(found[:_MOST_ADDRESSES], start=1):
        try:
            return imapclient.IMAPClient(
                address,
                access.port,
                ssl=access.security is Security.TLS,
                ssl_context=context,
                timeout=timeout,
            )
        except (ssl.SSLError, imaplib.IMAP4.error):
            raise
        except OSError:
            if place == len(found[:_MOST_ADDRESSES]):
                raise
    raise socket.gaierror(socket.EAI_NONAME, "the name has no address")


def _log_in(client: Any, access: ImapAccess, context: ssl.SSLContext) -> None:
    if access.security is Security.STARTTLS and not client.has_capability("STARTTLS"):
        raise OpenFailed(OpenProblem.NO_STARTTLS)
    try:
        if access.security is Security.STARTTLS:
            client.starttls(context)
        takes_plain = client.has_capability("AUTH=PLAIN")
    except Exception as error:
        raise read_open_fault(error) from error
    try:
        if takes_plain:
            client.plain_login(access.username, access.password)
        else:
            client.login(_quoted(access.username), access.password)
    except UnicodeError:  # LOGIN knows ASCII only; the error would quote the password
        raise OpenFailed(OpenProblem.LOGIN) from None
    except Exception as error:
        raise read_login_fault(error) from error


def _quoted(value: str) -> str:
    """imaplib quotes the password, but not the user."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Mailbox:
    """A logged-in connection. Exceptions are IMAPClient's and the socket's own (see `faults`)."""

    def __init__(self, client: Any) -> None:
        client.normalise_times = False
        client.folder_encode = False
        self._client = client
        self._selected: tuple[bytes, Examined] | None = None
        self.is_gmail = bool(client.has_capability("X-GM-EXT-1"))
        self._has_modseq = bool(client.has_capability("CONDSTORE") or client.has_capability("QRESYNC"))

    def folders(self) -> list[Folder]:
        listed = self._client.list_folders()
        return read_folders((flags, delimiter, _as_bytes(name)) for flags, delimiter, name in listed)

    def examine(self, folder: Folder) -> Examined:
        """Open a folder read-only and tell its numbers as of now."""
        self._selected = None
        found = self._client.select_folder(folder.wire, readonly=True)
        examined = Examined(
            exists=int(found.get(b"EXISTS", 0)),
            uidnext=int(found.get(b"UIDNEXT", 0)),
            uidvalidity=int(found.get(b"UIDVALIDITY", 0)),
            modseq=found.get(b"HIGHESTMODSEQ"),
        )
        if not examined.uidnext:  # RFC 3501 lets a server keep it to itself
            last = max(self._client.search(["UID", "*"]), default=0) if examined.exists else 0
            examined = Examined(examined.exists, last + 1, examined.uidvalidity, examined.modseq)
        self._selected = (folder.wire, examined)
        return examined

    def enter(self, folder: Folder) -> Examined:
        """The folder opened, as it was when this connection examined it."""
        if self._selected is not None and self._selected[0] == folder.wire:
            return self._selected[1]
        return self.examine(folder)

    def status(self, folder: Folder) -> Examined:
        """A folder's numbers without opening it."""
        items = ["MESSAGES", "UIDNEXT", "UIDVALIDITY", *(["HIGHESTMODSEQ"] if self._has_modseq else [])]
        found = self._client.folder_status(folder.wire, items)
        return Examined(
            int(found[b"MESSAGES"]),
            int(found[b"UIDNEXT"]),
            int(found[b"UIDVALIDITY"]),
            found.get(b"HIGHESTMODSEQ"),
        )

    def search(self, *criteria: Any) -> list[int]:
        """UIDs in the folder that is open, ascending."""
        exists = self._selected[1].exists if self._selected else 0
        if exists <= SEARCH_SLICE:
            return sorted(self._client.search(list(criteria)))
        found: set[int] = set()
        for start in range(1, exists + 1, SEARCH_SLICE):
            # What is expunged meanwhile moves the rest forward: look back a little.
            first, last = max(1, start - _OVERLAP), min(start + SEARCH_SLICE - 1, exists)
            found.update(self._client.search([f"{first}:{last}", *criteria]))
        return sorted(found)

    def search_from(self, uid: int) -> list[int]:
        """UIDs from `uid` on, ascending. "5:*" names the newest message even where it is older than 5."""
        return [found for found in self._client.search(["UID", f"{uid}:*", "UNDELETED"]) if found >= uid]

    def search_gmail(self, query: str, since: date | None) -> list[int]:
        """UIDs that Gmail's own search finds in the folder that is open, from that day on."""
        criteria = [*(("SINCE", since) if since else ()), "X-GM-RAW", query]
        return list(self._client.search(criteria, "UTF-8"))

    def search_text(self, uids: Sequence[int], phrases: Sequence[str]) -> list[int]:
        """UIDs of those messages whose body has one of the phrases."""
        return list(self._client.search(["UID", _numbers(uids), *_any_of(phrases)], "UTF-8"))

    def fetch(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, Item]:
        """What the server says of these messages; those it doesn't know are absent."""
        found: dict[int, Item] = self._client.fetch(list(uids), list(items))
        return found

    def shut(self) -> None:
        """Break the connection off, from any thread: who waits on it gets an error at once."""
        with suppress(Exception):
            self._client.socket().shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Say goodbye and close."""
        try:
            self._client.logout()
        except (imaplib.IMAP4.error, OSError, EOFError):
            with suppress(Exception):
                self._client.shutdown()


def _as_bytes(name: object) -> bytes:
    """IMAPClient takes a name of digits for a number."""
    return name if isinstance(name, bytes) else str(name).encode()


def _any_of(phrases: Sequence[str]) -> Iterator[Any]:
    """IMAP's OR takes two keys: OR a OR b c."""
    for place, phrase in enumerate(phrases):
        if place < len(phrases) - 1:
            yield "OR"
        yield "BODY"
        yield phrase


def _numbers(uids: Sequence[int]) -> str:
    """A sequence set, runs of numbers as ranges."""
    parts: list[str] = []
    first = last = -2
    for uid in sorted(uids):
        if uid != last + 1:
            if last >= 0:
                parts.append(f"{first}:{last}" if first != last else str(first))
            first = uid
        last = uid
    if last >= 0:
        parts.append(f"{first}:{last}" if first != last else str(first))
    return ",".join(parts)
