"""One client's conversation with the fake IMAP server."""

from __future__ import annotations

import base64
import re
import socket
import time
from typing import TYPE_CHECKING

from tests.fakes.imap_fetch import Asked, describe, read_items
from tests.fakes.imap_mailbox import ImapAccount, ImapFolder, ImapMessage
from tests.fakes.imap_search import BadKeys, Keys, NotSearched, numbers

if TYPE_CHECKING:
    from tests.fakes.imap import FakeImap

_TOKEN = re.compile(rb'\s*(?:"((?:[^"\\]|\\.)*)"|\{(\d+)\+?\}\r\n|([()])|([^\s()"]+(?:\[[^\]]*\][^\s()]*)?))')
_CHANGING = frozenset(
    ["APPEND", "STORE", "COPY", "MOVE", "EXPUNGE", "DELETE", "RENAME", "CREATE", "CLOSE", "SELECT"]
)


class Cut(Exception):
    """The connection ends here."""


class Session:
    def __init__(self, server: FakeImap, connection: socket.socket, cut_after: int | None) -> None:
        self._server = server
        self._socket = connection
        self._file = connection.makefile("rb")
        self._cut_after = cut_after
        self._bodies = 0
        self._account: ImapAccount | None = None
        self._folder: ImapFolder | None = None
        self._is_safe = server.tls == "implicit"

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def run(self) -> None:
        self._send(self._server.faults.greeting or b"* OK [CAPABILITY %s] ready\r\n" % self._capabilities())
        try:
            while line := self._read_command():
                tag, tokens = line
                if not tokens:
                    self._send(tag + b" BAD empty\r\n")
                    continue
                if self._server.faults.delay_s:
                    time.sleep(self._server.faults.delay_s)
                if not self._answer(tag, tokens):
                    return
        except Cut:
            return

    def _capabilities(self) -> bytes:
        can = self._server.abilities
        words = ["IMAP4rev1", "LITERAL+", "ENABLE", "UIDPLUS"]
        words += ["CONDSTORE"] if can.condstore else []
        words += ["SPECIAL-USE"] if can.special_use else []
        words += ["AUTH=PLAIN"] if can.auth_plain else []
        words += ["STARTTLS", "LOGINDISABLED"] if self._server.tls == "starttls" and not self._is_safe else []
        if any(account.box is not None for account in self._server.accounts.values()):
            words.append("X-GM-EXT-1")
        return " ".join(words).encode()

    def _send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def _read_command(self) -> tuple[bytes, list[bytes]] | None:
        line = self._file.readline()
        if not line.strip():
            return None
        whole = line
        while literal := re.search(rb"\{(\d+)(\+?)\}\r\n\Z", whole):
            if not literal[2]:
                self._send(b"+ go on\r\n")
            whole += self._file.read(int(literal[1]))
            whole += self._file.readline()
        return _tokens(whole)

    def _answer(self, tag: bytes, tokens: list[bytes]) -> bool:
        """Whether the conversation goes on."""
        name = tokens.pop(0).decode().upper()
        words = [name]
        if name == "UID":
            name = tokens.pop(0).decode().upper()
            words.append(name)
        shown = b" ".join(tokens).decode("utf-8", "replace") if name not in ("LOGIN", "AUTHENTICATE") else ""
        self._server.note(words, f"{' '.join(words)} {shown}")
        if name in _CHANGING:
            return self._end(tag, "BAD", "this server is only read")
        if name == "LOGOUT":
            self._send(b"* BYE see you\r\n" + tag + b" OK bye\r\n")
            return False
        if name in ("CAPABILITY", "NOOP", "ENABLE"):
            if name == "CAPABILITY":
                self._send(b"* CAPABILITY " + self._capabilities() + b"\r\n")
            return self._end(tag, "OK", "done")
        if name in ("LOGIN", "AUTHENTICATE", "STARTTLS"):
            return self._open(tag, name, tokens)
        if self._account is None:
            return self._end(tag, "BAD", "log in first")
        with self._account.lock:
            reply = {"LIST": self._list, "STATUS": self._status, "EXAMINE": self._examine}.get(name)
            if reply is not None:
                return self._end(tag, *reply(self._account, tokens))
        if self._folder is None or words[0] != "UID" or name not in ("SEARCH", "FETCH"):
            return self._end(tag, "BAD", "not here")
        return self._end(tag, *(self._search(tokens) if name == "SEARCH" else self._fetch(tokens)))

    def _end(self, tag: bytes, state: str, text: str) -> bool:
        self._send(tag + f" {state} {text}\r\n".encode())
        return True

    def _open(self, tag: bytes, name: str, tokens: list[bytes]) -> bool:
        if name == "STARTTLS":
            assert self._server.context is not None
            self._end(tag, "OK", "go ahead")
            self._file.close()
            self._socket = self._server.context.wrap_socket(self._socket, server_side=True)
            self._file, self._is_safe = self._socket.makefile("rb"), True
            return True
        if name == "AUTHENTICATE":
            self._send(b"+ \r\n")
            _, user, password = base64.b64decode(self._file.readline()).split(b"\x00")
        else:
            user, password = tokens
        if self._server.tls == "starttls" and not self._is_safe:
            return self._end(tag, "NO", "[PRIVACYREQUIRED] not in the clear")
        if said := self._server.faults.login_says:
            return self._end(tag, "NO", said)
        if self._server.faults.wrongly_refused:
            self._server.faults.wrongly_refused -= 1
            return self._end(tag, "NO", "[AUTHENTICATIONFAILED] Invalid credentials")
        account = self._server.accounts.get(user.decode())
        if account is None or account.password != password.decode():
            return self._end(tag, "NO", "[AUTHENTICATIONFAILED] Invalid credentials")
        self._account = account
        return self._end(tag, "OK", "logged in")

    def _list(self, account: ImapAccount, _tokens: list[bytes]) -> tuple[str, str]:
        for folder in account.folders.values():
            told = [a for a in folder.attributes if self._server.abilities.special_use or a == "\\Noselect"]
            self._send(f'* LIST ({" ".join(told)}) "/" {_quote(folder.name)}\r\n'.encode())
        return "OK", "listed"

    def _status(self, account: ImapAccount, tokens: list[bytes]) -> tuple[str, str]:
        folder = account.folders.get(_unquote(tokens[0]))
        if folder is None:
            return "NO", "[NONEXISTENT] no such folder"
        told = {
            "MESSAGES": len(folder.messages),
            "UIDNEXT": folder.uidnext,
            "UIDVALIDITY": folder.uidvalidity,
            "HIGHESTMODSEQ": folder.modseq,
        }
        asked = [token.decode().upper() for token in tokens[1:] if token not in (b"(", b")")]
        pairs = " ".join(f"{name} {told[name]}" for name in asked)
        self._send(f"* STATUS {_quote(folder.name)} ({pairs})\r\n".encode())
        return "OK", "told"

    def _examine(self, account: ImapAccount, tokens: list[bytes]) -> tuple[str, str]:
        folder = account.folders.get(_unquote(tokens[0]))
        if folder is None or not folder.is_selectable:
            self._folder = None
            return "NO", "[NONEXISTENT] no such folder"
        self._folder = folder
        lines = [
            "* FLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen)",
            f"* {len(folder.messages)} EXISTS",
            "* 0 RECENT",
            f"* OK [UIDVALIDITY {folder.uidvalidity}] valid",
            f"* OK [UIDNEXT {folder.uidnext}] next",
        ]
        if self._server.abilities.condstore:
            lines.append(f"* OK [HIGHESTMODSEQ {folder.modseq}] highest")
        self._send("".join(f"{line}\r\n" for line in lines).encode())
        return "OK", "[READ-ONLY] examined"

    def _search(self, tokens: list[bytes]) -> tuple[str, str]:
        assert self._account is not None
        assert self._folder is not None
        bodies = self._server.abilities.searches_bodies
        with self._account.lock:
            try:
                keys = Keys(tokens, self._folder, searches_bodies=bodies, box=self._account.box).all()
            except BadKeys:
                return "BAD", "what?"
            except NotSearched:
                return "NO", "[CANNOT] not here"
            messages = list(enumerate(self._folder.messages.values(), 1))
            found = [str(m.uid) for number, m in messages if keys(number, m)]
        self._send(" ".join(["* SEARCH", *found]).encode() + b"\r\n")
        return "OK", "searched"

    def _fetch(self, tokens: list[bytes]) -> tuple[str, str]:
        assert self._account is not None
        assert self._folder is not None
        asked = read_items(tokens[1:])
        with self._account.lock:
            test = numbers(tokens[0].decode(), max(self._folder.messages, default=0))
            chosen = [(n, m) for n, m in enumerate(self._folder.messages.values(), 1) if test(m.uid)]
        faults = self._server.faults
        described = any(item.section or item.name == "RFC822.SIZE" for item in asked)
        if described and any(m.uid in faults.unspeakable for _, m in chosen):
            return "NO", "Some messages could not be read"
        if any(item.is_whole for item in asked):
            if faults.hang_s:
                time.sleep(faults.hang_s)
            if faults.fetch_says:
                return "NO", faults.fetch_says
            if any(m.uid in faults.refused for _, m in chosen):
                return "NO", "Some messages could not be read"
        for number, message in chosen:
            self._send_message(number, message, asked)
        return "OK", "fetched"

    def _send_message(self, number: int, message: ImapMessage, asked: list[Asked]) -> None:
        data = describe(number, message, asked)
        if any(item.is_whole for item in asked):
            if message.uid in self._server.faults.poison or self._bodies == self._cut_after:
                self._send(data[: len(data) // 2])
                self._socket.shutdown(socket.SHUT_RDWR)
                raise Cut
            self._bodies += 1
        self._send(data)


def _tokens(line: bytes) -> tuple[bytes, list[bytes]]:
    tag, _, rest = line.strip(b"\r\n").partition(b" ")
    found: list[bytes] = []
    at = 0
    while (match := _TOKEN.match(rest, at)) is not None:
        at = match.end()
        if match[1] is not None:
            found.append(re.sub(rb"\\(.)", rb"\1", match[1]))
        elif match[2] is not None:
            size = int(match[2])
            found.append(rest[at : at + size])
            at += size
        else:
            found.append(match[3] or match[4])
    return tag, found


def _quote(name: str) -> str:
    from imapclient.imap_utf7 import encode

    return '"' + str(encode(name), "ascii").replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquote(name: bytes) -> str:
    from imapclient.imap_utf7 import decode

    return str(decode(name))
