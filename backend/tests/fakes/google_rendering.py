"""How Google shows a message: raw, or parsed into a tree of parts with headers and bodies."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from email.message import EmailMessage, Message
from typing import Any

from tests.fakes.google_mailbox import StoredMessage, decode

_FOLD = re.compile(r"\r?\n[ \t]+")
_INLINE_LIMIT = 200_000  # longer texts are given as attachments


def render(
    stored: StoredMessage, kind: str, metadata_headers: Iterable[str] = (), *, decoded: bool = True
) -> dict[str, Any]:
    """The resource of one message in the format `raw`, `full`, `metadata` or `minimal`."""
    found: dict[str, Any] = {
        "id": stored.id,
        "threadId": stored.thread_id,
        "labelIds": sorted(stored.labels),
        "snippet": stored.texts["body"].strip()[:180],
        "historyId": str(stored.history_id),
        "internalDate": str(stored.internal_ms),
        "sizeEstimate": len(stored.raw),
    }
    if kind == "raw":
        found["raw"] = base64.urlsafe_b64encode(stored.raw).decode()
    elif kind == "metadata":
        wanted = {name.lower() for name in metadata_headers}
        heads = _headers(stored.parsed, decoded=decoded)
        kept = [head for head in heads if not wanted or head["name"].lower() in wanted]
        found["payload"] = {"mimeType": stored.parsed.get_content_type(), "headers": kept}
    elif kind == "full":
        found["payload"] = _payload(stored.parsed, "", decoded=decoded)
    return found


def masked(resource: dict[str, Any], fields: str) -> dict[str, Any]:
    """Google's `fields`: names at the top level, and of the entries of a list in brackets."""
    if not fields:
        return resource
    found: dict[str, Any] = {}
    for name, inner in re.findall(r"(\w+)(?:\(([^)]*)\))?", fields):
        if name in resource:
            value = resource[name]
            found[name] = [masked(entry, inner) for entry in value] if inner else value
    return found


def _headers(part: EmailMessage, *, decoded: bool) -> list[dict[str, str]]:
    if decoded:
        return [{"name": name, "value": str(value)} for name, value in part.items()]
    return [{"name": name, "value": _unfolded(str(value))} for name, value in part.raw_items()]


def _unfolded(value: str) -> str:
    """As it was sent, on one line; JSON takes no bytes that are not UTF-8."""
    return _FOLD.sub(" ", value.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _payload(part: EmailMessage, part_id: str, *, decoded: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "headers": _headers(part, decoded=decoded),
        "body": {"size": 0},
    }
    children = part.get_payload()
    if part.is_multipart() and isinstance(children, list):
        prefix = f"{part_id}." if part_id else ""
        found["parts"] = [
            _payload(child, f"{prefix}{n}", decoded=decoded)
            for n, child in enumerate(children)
            if isinstance(child, EmailMessage)
        ]
        return found
    data = _body(part)
    found["body"] = {"size": len(data)}
    if found["filename"] or len(data) > _INLINE_LIMIT:
        found["body"]["attachmentId"] = f"ANGjdJ{abs(hash(data)):x}"
    else:
        found["body"]["data"] = base64.urlsafe_b64encode(data).decode()
    return found


def _body(part: Message[Any, Any]) -> bytes:
    """Google hands out text as UTF-8, whatever the header says, and with the line ends that were sent."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    if part.get_content_maintype() != "text":
        return data
    return decode(data, part.get_content_charset("utf-8")).encode()
