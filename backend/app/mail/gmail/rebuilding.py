"""Messages of a whole thread come parsed, never raw: write them as RFC 822 again, for the one MIME parser.

Texts are UTF-8 whatever their part's header says, so the header is mended. Attachments' bodies stay out; their
sizes are noted, as in a slimmed message. What can't be told with certainty (a text that is not in the answer, a
message inside the message, letters in a charset that nobody named) is better read raw.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.mail.slimming import BODY_SIZE_HEADER, FULL_SIZE_HEADER

_HEADER_NAME = re.compile(r"[!-9;-~]{1,200}")
_LINE_ENDS = re.compile(r"[\r\n\x00]+")
_CHARSET = re.compile(r"""charset\s*=\s*("[^"]*"|[^\s;"]+)""", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f]+(?: +[^\x00-\x7f]+)*")
_UNSURE = re.compile("[\ufffd\x80-\x9f]")  # what a wrong guess at a charset leaves
_SENDERS = frozenset({"from", "sender"})
_UNQUOTED_COMMA = re.compile(r'\s*([^"<>@]*,[^"<>@]*?)\s*(<[^<>]+>)\s*')
_REWRITTEN = frozenset({"content-type", "content-transfer-encoding"})
_TEXTS = frozenset({"text/plain", "text/html", "text/enriched"})
_CALENDARS = frozenset({"text/calendar", "application/ics"})
_DEEPEST = 25


class _Unsure(Exception):
    """This message has to be read raw."""


def rebuild(message: Mapping[str, Any]) -> bytes | None:
    """A message of `format=full` as bytes that parse like the original; None when it has to be read raw.
    Any JSON will do."""
    writer = _Writer()
    try:
        writer.out.append(f"{FULL_SIZE_HEADER}: {int(message['sizeEstimate'])}\r\n".encode())
        writer.write(message["payload"], 0)
    except (_Unsure, TypeError, ValueError, AttributeError, LookupError):
        return None
    return b"".join(writer.out)


class _Writer:
    """The bytes so far, and what decides about later parts."""

    def __init__(self) -> None:
        self.out: list[bytes] = []
        self._boundaries = 0
        self._has_calendar = False

    def write(self, part: Mapping[str, Any], depth: int) -> None:
        """One part with its headers and all below it."""
        kind = str(part["mimeType"]).lower()
        headers = [(str(row["name"]), str(row["value"])) for row in part.get("headers", ())]
        if depth > _DEEPEST or kind.startswith("message/") or (depth == 0 and not headers):
            raise _Unsure
        if kind.startswith("multipart/"):
            self._write_multipart(kind, headers, part["parts"], depth)
        elif self._is_read(kind, headers, str(part.get("filename", ""))):
            self._write_text(kind, headers, part["body"])
        else:
            self._write_attachment(headers, part["body"])

    def _write_multipart(
        self, kind: str, headers: list[tuple[str, str]], parts: Sequence[Mapping[str, Any]], depth: int
    ) -> None:
        if not parts:
            raise _Unsure
        self._boundaries += 1
        boundary = f"=_rebuilt_{self._boundaries}"  # nothing inside begins with two hyphens
        self._write_headers([*_others(headers), ("Content-Type", f'{kind}; boundary="{boundary}"')])
        for part in parts:
            self.out.append(f"\r\n--{boundary}\r\n".encode())
            self.write(part, depth + 1)
        self.out.append(f"\r\n--{boundary}--\r\n".encode())

    def _is_read(self, kind: str, headers: list[tuple[str, str]], name: str) -> bool:
        """Whether the parser looks into the part, of calendars only into the first."""
        if kind in _CALENDARS or name.lower().endswith(".ics"):
            first, self._has_calendar = not self._has_calendar, True
            return first
        attached = any(
            key.lower() == "content-disposition" and value.strip().lower().startswith("attachment")
            for key, value in headers
        )
        return kind in _TEXTS and not attached

    def _write_text(self, kind: str, headers: list[tuple[str, str]], body: Mapping[str, Any]) -> None:
        data = _data(body)
        stated = next((value for key, value in headers if key.lower() == "content-type"), "")
        text = data.decode("utf-8")
        if not text.isascii() and (_UNSURE.search(text) or not _names_charset(stated)):
            raise _Unsure
        typed = stated if stated.strip().lower().startswith(kind) else kind
        if _CHARSET.search(typed):
            typed = _CHARSET.sub("charset=utf-8", typed)
        else:
            typed = f"{typed.rstrip().rstrip(';')}; charset=utf-8"
        self._write_headers(
            [*_others(headers), ("Content-Type", typed), ("Content-Transfer-Encoding", "base64")]
        )
        self.out += [base64.b64encode(data), b"\r\n"]

    def _write_attachment(self, headers: list[tuple[str, str]], body: Mapping[str, Any]) -> None:
        kept = [(key, value) for key, value in headers if key.lower() != "content-transfer-encoding"]
        self._write_headers([*kept, (BODY_SIZE_HEADER, str(int(body.get("size", 0))))])

    def _write_headers(self, headers: Sequence[tuple[str, str]]) -> None:
        for name, value in headers:
            if _HEADER_NAME.fullmatch(name):
                self.out.append(f"{name}: {_header_value(name.lower(), value)}\r\n".encode())
        self.out.append(b"\r\n")


def _others(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in headers if key.lower() not in _REWRITTEN]


def _names_charset(content_type: str) -> bool:
    """Whether the header says in which charset its letters beyond ASCII were."""
    found = _CHARSET.search(content_type)
    name = found[1].strip('"').lower() if found else "us-ascii"
    codecs.lookup(name)  # LookupError: Google may have guessed otherwise than we would
    return name not in ("us-ascii", "ascii")


def _data(body: Mapping[str, Any]) -> bytes:
    if "data" not in body:
        if body.get("attachmentId") or int(body.get("size", 0)):
            raise _Unsure
        return b""
    try:
        return base64.urlsafe_b64decode(str(body["data"]) + "==")
    except binascii.Error as error:
        raise _Unsure from error


def _header_value(name: str, value: str) -> str:
    """On one line; non-ASCII parameters as encoded words, and a comma in a decoded name quoted again."""
    value = _LINE_ENDS.sub(" ", value).encode("utf-8", "replace").decode()
    if name in ("content-type", "content-disposition"):
        return _FOREIGN.sub(_encoded_word, value)
    if name in _SENDERS and (found := _UNQUOTED_COMMA.fullmatch(value)):
        return f'"{found[1]}" {found[2]}'
    return value


def _encoded_word(found: re.Match[str]) -> str:
    return f"=?utf-8?b?{base64.b64encode(found[0].encode()).decode()}?="
