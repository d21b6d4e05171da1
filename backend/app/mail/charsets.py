"""Bytes of a mail to text, whatever the mail claims about them. Nothing here raises."""

from __future__ import annotations

import binascii
import quopri
import re
from functools import lru_cache

# What senders write and what they mean: browsers' supersets, and names Python does not know.
_ALIASES = {
    "": "us-ascii",
    "ascii": "us-ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8",
    "windows-874": "cp874",
}
# Codecs of Python that are no charsets: they interpret, warn or always fail.
_NOT_CHARSETS = frozenset(
    {"unicode_escape", "raw_unicode_escape", "undefined", "idna", "punycode", "mbcs", "oem"}
)
_CHARSET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,40}")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_REPLACED = "\ufffd"


def decode_text(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether the declared charset fitted. Undecodable bytes become U+FFFD."""
    name = _python_name(charset)
    if name == "cp1252" or name is None or name == "us-ascii":
        # UTF-8 by accident is next to impossible, so text that happens to be UTF-8 is UTF-8.
        utf8 = _strictly(data, "utf-8")
        if utf8 is not None:
            return utf8, name is not None or charset is None
        return data.decode("cp1252", "replace"), name == "cp1252"
    text = _strictly(data, name)
    if text is not None:
        return text, True
    if name != "utf-8":
        utf8 = _strictly(data, "utf-8")
        return (utf8, False) if utf8 is not None else (_replacing(data, name), False)
    text = data.decode("utf-8", "replace")
    if any(character > "\x7f" and character != _REPLACED for character in text):
        return text, False
    return data.decode("cp1252", "replace"), False  # not one valid sequence: a Western mail that says UTF-8


def decode_base64(data: bytes) -> bytes | None:
    """The bytes, as far as they are readable; None when it is plain text under a wrong label."""
    cleaned = _NOT_BASE64.sub(b"", data)
    strange = len(data) - len(cleaned) - data.count(b"\n") - data.count(b"\r") - data.count(b"=")
    if strange > 3 and strange > len(data) // 12:
        return None
    if len(cleaned) % 4 == 1:
        cleaned = cleaned[:-1]
    try:
        return binascii.a2b_base64(cleaned + b"=" * (-len(cleaned) % 4))
    except binascii.Error:
        return None


def decode_quoted_printable(data: bytes) -> bytes:
    """Never fails: what is no escape stays as it is."""
    return quopri.decodestring(data)


@lru_cache(maxsize=256)
def _python_name(charset: str | None) -> str | None:
    if charset is None:
        return "us-ascii"
    name = charset.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if _CHARSET_NAME.fullmatch(name) is None or name.replace("-", "_") in _NOT_CHARSETS:
        return None
    try:
        probe = b"\0\0\0\0".decode(name)  # of no bytes at all, Python looks nothing up
    except (LookupError, ValueError, TypeError):
        return None
    return name if isinstance(probe, str) else None


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (LookupError, ValueError, TypeError):
        return None


def _replacing(data: bytes, name: str) -> str:
    try:
        return data.decode(name, "replace")
    except (LookupError, ValueError, TypeError):
        return data.decode("utf-8", "replace")
