"""FETCH: what is asked of a message, and the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes

from tests.fakes.imap_mailbox import ImapMessage

_BODY = re.compile(r"BODY(\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """One item. `section` is what stands between the brackets of BODY[]."""

    name: str
    section: str | None = None
    start: int | None = None
    count: int = 0

    @property
    def is_whole(self) -> bool:
        return self.section == ""


def read_items(tokens: list[bytes]) -> list[Asked]:
    """The items of a FETCH. Only BODY.PEEK is served: anything else would mark mail as read."""
    text = " ".join(token.decode() for token in tokens).strip("() ")
    found: list[Asked] = []
    while text:
        match = _BODY.match(text)
        if match:
            assert match[1], "only peeking is allowed"
            start = int(match[3]) if match[3] else None
            found.append(Asked("BODY", match[2].strip(), start, int(match[4] or 0)))
            text = text[match.end() :].strip()
        else:
            name, _, text = text.partition(" ")
            found.append(Asked(name.upper()))
            text = text.strip()
    return found


def describe(number: int, message: ImapMessage, asked: list[Asked]) -> bytes:
    """The untagged answer for one message."""
    parts = [f"UID {message.uid}".encode(), *(_part(message, item) for item in asked if item.name != "UID")]
    return b"* %d FETCH (%s)\r\n" % (number, b" ".join(part for part in parts if part))


def _part(message: ImapMessage, item: Asked) -> bytes:
    if item.name == "BODY":
        return _body(message, item)
    if item.name == "FLAGS":
        return f"FLAGS ({' '.join(sorted(message.flags))})".encode()
    if item.name == "INTERNALDATE":
        return f'INTERNALDATE "{message.at.strftime("%d-%b-%Y %H:%M:%S %z")}"'.encode()
    if item.name == "RFC822.SIZE":
        return f"RFC822.SIZE {len(message.raw)}".encode()
    if message.gmail is None:
        raise AssertionError(f"{item.name} is not served here")
    if item.name == "X-GM-MSGID":
        return f"X-GM-MSGID {message.gmail[0]}".encode()
    if item.name == "X-GM-THRID":
        return f"X-GM-THRID {message.gmail[1]}".encode()
    assert item.name == "X-GM-LABELS", item.name
    return b"X-GM-LABELS (" + b" ".join(_label(name) for name in sorted(message.labels)) + b")"


def _label(name: str) -> bytes:
    from imapclient.imap_utf7 import encode

    return b'"' + bytes(encode(name)).replace(b"\\", b"\\\\") + b'"'


def _body(message: ImapMessage, item: Asked) -> bytes:
    if item.section and item.section.upper().startswith("HEADER.FIELDS"):
        wanted = {name.upper() for name in re.findall(r"[A-Za-z-]+", item.section[len("HEADER.FIELDS") :])}
        lines = [f"{k}: {v}" for k, v in message_from_bytes(message.raw).items() if k.upper() in wanted]
        data = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape") + b"\r\n"
        return b"BODY[%s] {%d}\r\n%s" % (item.section.encode(), len(data), data)
    data, where = message.raw, b""
    if item.start is not None:
        data, where = data[item.start : item.start + item.count], b"<%d>" % item.start
    return b"BODY[]%s {%d}\r\n%s" % (where, len(data), data)
