"""A small IMAP4rev1 server on a port of its own: real sockets, real TLS, mailboxes in memory.

    with FakeImap(account) as server:
        IMAPClient("127.0.0.1", server.port, ssl=False)

It serves what a reader of mail asks for (LIST, STATUS, EXAMINE, SEARCH, FETCH) and nothing that changes mail;
with CONDSTORE, SPECIAL-USE and Gmail's extensions where told to, and with the faults of `ImapFaults`.
"""

from __future__ import annotations

import argparse
import socket
import socketserver
import ssl
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from tests.fakes.google_mails import generate_mailbox
from tests.fakes.imap_mailbox import ImapAccount
from tests.fakes.imap_session import Session


@dataclass
class ImapFaults:
    """What goes wrong. `cut_after` lists numbers of bodies after which a connection is cut, one for each
    connection in turn; UIDs of `poison` cut it always, those of `refused` get a NO."""

    cut_after: list[int] = field(default_factory=list)
    poison: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    unspeakable: set[int] = field(default_factory=set)  # UIDs that even headers are refused of
    login_says: str = ""  # the text of a NO to every login
    wrongly_refused: int = 0  # so many logins with the right password
    fetch_says: str = ""  # the text of a NO to every FETCH of bodies
    hang_s: float = 0.0  # before each FETCH of bodies
    greeting: bytes = b""  # instead of IMAP's
    delay_s: float = 0.0  # before every answer, as distance does


@dataclass
class ImapAbilities:
    """What the server says it can."""

    condstore: bool = True
    special_use: bool = True
    auth_plain: bool = True
    searches_bodies: bool = True


class FakeImap:
    """`tls` "implicit", "starttls" or "none"; `context` is the server's, with its certificate."""

    def __init__(
        self,
        *accounts: ImapAccount,
        tls: str = "none",
        context: ssl.SSLContext | None = None,
        abilities: ImapAbilities | None = None,
    ) -> None:
        self.accounts = {account.user: account for account in accounts}
        self.tls = tls
        self.context = context
        self.faults = ImapFaults()
        self.abilities = abilities or ImapAbilities()
        self.commands: Counter[str] = Counter()
        self.lines: list[str] = []
        self.connections = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.imap = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def account(self) -> ImapAccount:
        """The only account."""
        (found,) = self.accounts.values()
        return found

    def note(self, words: Sequence[str], line: str) -> None:
        with self._lock:
            self.commands.update([" ".join(words)])
            self.lines.append(line)

    def forget(self) -> None:
        """Count commands anew."""
        with self._lock:
            self.commands.clear()
            self.lines.clear()
            self.connections = 0

    def serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
            self.connections += 1
            cut_after = self.faults.cut_after.pop(0) if self.faults.cut_after else None
        try:
            if self.tls == "implicit":
                assert self.context is not None
                connection = self.context.wrap_socket(connection, server_side=True)
            with closing(Session(self, connection, cut_after)) as session:
                session.run()
        except (OSError, ssl.SSLError):
            pass
        finally:
            with suppress(OSError):
                connection.close()
            with self._lock:
                self._open.discard(connection)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)
        with self._lock:
            left = list(self._open)
        for connection in left:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    imap: FakeImap

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server
    request: socket.socket

    def handle(self) -> None:
        self.server.imap.serve(self.request)


def main() -> None:
    """Serve a generated mailbox until killed: python -m tests.fakes.imap --messages 5000"""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    account = ImapAccount()
    for message in generate_mailbox(given.messages, given.seed, account.user).messages.values():
        at = datetime.fromtimestamp(message.internal_ms / 1000, UTC)
        account.add(message.raw, "Sent" if "SENT" in message.labels else "INBOX", at=at)
    with FakeImap(account) as server:
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
