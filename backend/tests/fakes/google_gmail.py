"""The Gmail API of the fake: what one call answers, alone or as part of a batch."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.google_faults import Faults, Reply
from tests.fakes.google_mailbox import SYSTEM_LABELS, HistoryGone, Mailbox, StoredMessage
from tests.fakes.google_search import BadSearch

_READING = {
    "https://www.googleapis.com/auth/gmail.readonly",
    "https://www.googleapis.com/auth/gmail.modify",
    "https://mail.google.com/",
}
_ROUTE = re.compile(
    r"/gmail/v1/users/(?P<user>[^/]+)/(?P<kind>profile|messages|threads|history|labels)(?:/(?P<id>[^/]+))?$"
)
_PAGE_LIMIT = 500
_BATCH_LIMIT = 100
Query = dict[str, list[str]]
# Who an access token belongs to: (address, scopes), None when it is not valid (any more).
Authenticate = Callable[[str], tuple[str, frozenset[str]] | None]


class GmailApi:
    """Answers calls for all mailboxes it is given."""

    def __init__(self, mailboxes: dict[str, Mailbox], faults: Faults, authenticate: Authenticate) -> None:
        self._mailboxes = mailboxes
        self._faults = faults
        self._authenticate = authenticate

    def call(self, method: str, uri: str, authorization: str) -> Reply:
        """One API call; never a transport fault but by `Reply.fault`."""
        url = urlsplit(uri)
        query = parse_qs(url.query, keep_blank_values=True)
        route = _ROUTE.match(url.path)
        if route is None or method != "GET":
            return self._faults.error_reply("404")
        mailbox = self._mailbox(authorization, route["user"])
        if isinstance(mailbox, Reply):
            return mailbox
        return self._answer(mailbox, route["kind"], route["id"], query)

    def batch(self, content_type: str, body: bytes, authorization: str) -> Reply:
        """A multipart/mixed answer with one part per call, as Google frames it."""
        calls = list(_split_batch(content_type, body))
        if not calls or len(calls) > _BATCH_LIMIT:
            return self._faults.error_reply("400")
        boundary = "batch_jobtrail_fake"
        out: list[str] = []
        for content_id, method, uri, part_authorization in calls:
            reply = self.call(method, uri, part_authorization or authorization)
            if reply.fault != "missing":
                out.append(f"--{boundary}\r\n{_part(content_id, reply)}")
        out.append(f"--{boundary}--\r\n")
        self._faults.note(kind="batch", calls=len(calls))
        return Reply(200, "".join(out).encode(), {"Content-Type": f"multipart/mixed; boundary={boundary}"})

    def _mailbox(self, authorization: str, user: str) -> Mailbox | Reply:
        who = self._authenticate(authorization.removeprefix("Bearer ").strip())
        if who is None:
            return self._faults.error_reply("401")
        address, scopes = who
        if not scopes & _READING:
            return self._faults.error_reply("scope")
        if user not in ("me", address) or address not in self._mailboxes:
            return self._faults.error_reply("404")
        return self._mailboxes[address]

    def _answer(self, mailbox: Mailbox, kind: str, item: str | None, query: Query) -> Reply:
        name = _METHODS.get((kind, item is not None))
        if name is None:
            return self._faults.error_reply("404")
        if not self._faults.charge(name):
            return self._faults.error_reply("403")
        if name == "messages.get":
            assert item is not None
            return self._get(mailbox, item, query)
        if name == "threads.get":
            found = mailbox.thread(item or "")
            if not found:
                return self._faults.error_reply("404")
            rendered = [_render(m, query) for m in found]
            return Reply(body={"id": item, "historyId": str(mailbox.history_id), "messages": rendered})
        if name == "messages.list":
            return self._list(mailbox, query)
        if name == "history.list":
            return self._history(mailbox, query)
        if name == "labels.list":
            own = [{"id": i, "name": n, "type": "user"} for i, n in mailbox.label_names.items()]
            return Reply(
                body={"labels": [{"id": i, "name": i, "type": "system"} for i in SYSTEM_LABELS] + own}
            )
        return Reply(
            body={
                "emailAddress": mailbox.address,
                "messagesTotal": len(mailbox.messages),
                "threadsTotal": len({m.thread_id for m in mailbox.messages.values()}),
                "historyId": str(mailbox.history_id),
            }
        )

    def _get(self, mailbox: Mailbox, message_id: str, query: Query) -> Reply:
        fault = self._faults.draw_part(message_id)
        if fault in ("missing", "not_json", "truncated"):
            reply = Reply(fault=fault)
            if fault == "truncated" and message_id in mailbox.messages:
                reply.body = _render(mailbox.messages[message_id], query)
            return reply
        if fault:
            return self._faults.error_reply(fault)
        if not re.fullmatch(r"[0-9a-f]{1,16}", message_id):
            return self._faults.error_reply("400")
        stored = mailbox.messages.get(message_id)
        if stored is None:
            return self._faults.error_reply("404")
        return Reply(body=_masked(_render(stored, query), query))

    def _list(self, mailbox: Mailbox, query: Query) -> Reply:
        spam = _first(query, "includeSpamTrash", "false") == "true"
        try:
            found = mailbox.find(
                _first(query, "q", ""), include_spam_trash=spam, labels=query.get("labelIds", [])
            )
            start, size = _page(query)
        except (BadSearch, ValueError):
            return self._faults.error_reply("page_token")
        page = found[start : start + size]
        body: dict[str, Any] = {"resultSizeEstimate": min(201, len(found))}
        if page:
            body["messages"] = [{"id": m.id, "threadId": m.thread_id} for m in page]
        if start + size < len(found):
            body["nextPageToken"] = str(start + size)
        return Reply(body=body)

    def _history(self, mailbox: Mailbox, query: Query) -> Reply:
        try:
            rows = mailbox.history(int(_first(query, "startHistoryId", "0")))
            start, size = _page(query)
        except (HistoryGone, ValueError):
            return self._faults.error_reply("404")
        types = query.get("historyTypes", [])
        kinds = {_HISTORY[t] for t in types} if types else set(_HISTORY.values())
        rows = [row for row in rows if row.kind in kinds]
        body: dict[str, Any] = {"historyId": str(mailbox.history_id)}
        if page := rows[start : start + size]:
            body["history"] = [_history_row(row) for row in page]
        if start + size < len(rows):
            body["nextPageToken"] = str(start + size)
        return Reply(body=body)


_METHODS = {
    ("profile", False): "getProfile",
    ("messages", False): "messages.list",
    ("messages", True): "messages.get",
    ("threads", True): "threads.get",
    ("history", False): "history.list",
    ("labels", False): "labels.list",
}
_HISTORY = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


def _history_row(row: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"message": row.message}
    if row.changed:
        entry["labelIds"] = sorted(row.changed)
    reference = {"id": row.message["id"], "threadId": row.message["threadId"]}
    return {"id": str(row.id), "messages": [reference], row.kind: [entry]}


def _first(query: Query, name: str, default: str) -> str:
    return query.get(name, [default])[0]


def _page(query: Query) -> tuple[int, int]:
    size = int(_first(query, "maxResults", "100"))
    start = int(_first(query, "pageToken", "0"))
    if start < 0 or size < 1:
        raise ValueError(start)
    return start, min(size, _PAGE_LIMIT)


def _masked(message: dict[str, Any], query: Query) -> dict[str, Any]:
    """Google's `fields`, at the top level."""
    mask = _first(query, "fields", "")
    return {k: v for k, v in message.items() if k in mask.split(",")} if mask else message


def _render(stored: StoredMessage, query: Query) -> dict[str, Any]:
    kind = _first(query, "format", "full")
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
        wanted = {name.lower() for name in query.get("metadataHeaders", [])}
        heads = [h for h in _headers(stored.parsed) if not wanted or h["name"].lower() in wanted]
        found["payload"] = {"mimeType": stored.parsed.get_content_type(), "headers": heads}
    elif kind == "full":
        found["payload"] = _payload(stored.parsed, "")
    return found


def _headers(part: EmailMessage) -> list[dict[str, str]]:
    return [{"name": name, "value": str(value)} for name, value in part.items()]


def _payload(part: Any, part_id: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "headers": _headers(part),
        "body": {"size": 0},
    }
    if part.is_multipart():
        prefix = f"{part_id}." if part_id else ""
        found["parts"] = [_payload(child, f"{prefix}{n}") for n, child in enumerate(part.iter_parts())]
        return found
    try:
        # Google hands out text as UTF-8, whatever the header says.
        content = part.get_content()
        data = content.encode() if isinstance(content, str) else bytes(content)
    except (LookupError, KeyError, TypeError):
        data = part.get_payload(decode=True) or b""
    found["body"] = {"size": len(data)}
    if found["filename"]:
        found["body"]["attachmentId"] = f"ANGjdJ{abs(hash(data)):x}"
    else:
        found["body"]["data"] = base64.urlsafe_b64encode(data).decode()
    return found


def _split_batch(content_type: str, body: bytes) -> Any:
    """(content id, method, uri, authorization) of each call."""
    boundary = re.search(r'boundary="?([^";]+)"?', content_type)
    if boundary is None:
        return
    for chunk in body.replace(b"\r\n", b"\n").split(b"--" + boundary[1].encode())[1:]:
        if chunk.startswith(b"--"):
            return
        outer, _, inner = chunk.lstrip(b"\n").decode().partition("\n\n")
        heads = dict(line.split(": ", 1) for line in outer.splitlines() if ": " in line)
        request, *lines = inner.splitlines()
        method, uri, _ = request.split(" ", 2)
        inner_heads = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines if ": " in line)}
        yield heads["Content-ID"], method, uri, inner_heads.get("authorization", "")


def _part(content_id: str, reply: Reply) -> str:
    answer_id = content_id.replace("<", "<response-", 1)
    text = json.dumps(reply.body)
    if reply.fault == "not_json":
        text = "<html>Service overloaded</html>"
    elif reply.fault == "truncated":
        text = text[: len(text) // 2]
    reason = "OK" if reply.status == 200 else "Error"
    extra = "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items())
    outer = f"Content-Type: application/http\r\nContent-ID: {answer_id}\r\n\r\n"
    inner = f"HTTP/1.1 {reply.status} {reason}\r\nContent-Type: application/json; charset=UTF-8\r\n{extra}"
    return f"{outer}{inner}Content-Length: {len(text)}\r\n\r\n{text}\r\n"
