"""The Gmail API of the fake: what one call answers, alone or as part of a batch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.google_faults import Faults, Reply
from tests.fakes.google_mailbox import SYSTEM_LABELS, HistoryGone, Mailbox, StoredMessage
from tests.fakes.google_rendering import masked, render
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
        if any(spoiler in uri for _, _, uri, _ in calls for spoiler in self._faults.spoilers):
            return self._faults.error_reply("500")
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
        if not self._faults.charge(name, mailbox.address):
            return self._faults.error_reply("403")
        if name in ("messages.get", "threads.get"):
            return self._get(mailbox, name, item or "", query)
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

    def _get(self, mailbox: Mailbox, method: str, item: str, query: Query) -> Reply:
        fault = self._faults.draw_part(item)
        if fault == "odd":
            return Reply(body={"id": item, "raw": None, "messages": [None]})
        if fault and fault not in ("missing", "not_json", "truncated"):
            return self._faults.error_reply(fault)
        if not re.fullmatch(r"[0-9a-f]{1,16}", item):
            return self._faults.error_reply("400")
        if method == "threads.get":
            if (_first(query, "format", "full")) == "raw":
                return self._faults.error_reply("400")
            rows = [self._render(stored, query) for stored in mailbox.thread(item)]
            found = {"id": item, "historyId": str(mailbox.history_id), "messages": rows} if rows else None
        else:
            stored = mailbox.messages.get(item)
            found = self._render(stored, query) if stored else None
        if found is None:
            return self._faults.error_reply("404")
        return Reply(body=masked(found, _first(query, "fields", "")), fault=fault)

    def _render(self, stored: StoredMessage, query: Query) -> dict[str, Any]:
        return render(
            stored,
            _first(query, "format", "full"),
            query.get("metadataHeaders", []),
            decoded=self._faults.plan.decoded_headers,
        )

    def _list(self, mailbox: Mailbox, query: Query) -> Reply:
        spam = _first(query, "includeSpamTrash", "false") == "true"
        try:
            found = mailbox.find(
                _first(query, "q", ""), include_spam_trash=spam, labels=query.get("labelIds", [])
            )
            start, size = _page(query)
        except (BadSearch, ValueError):
            return self._faults.error_reply("page_token")
        page = found[max(0, start - self._faults.plan.repeated_rows) : start + size]
        body: dict[str, Any] = {"resultSizeEstimate": min(201, len(found))}
        if page:
            body["messages"] = [{"id": m.id, "threadId": m.thread_id} for m in page]
        if start + size < len(found):
            body["nextPageToken"] = str(start + size)
        return Reply(body=body)

    def _history(self, mailbox: Mailbox, query: Query) -> Reply:
        try:
            rows = mailbox.history(int(_first(query, "startHistoryId", "0")))
            start, size = _page(query, first=-self._faults.plan.empty_pages)
        except (HistoryGone, ValueError):
            return self._faults.error_reply("404")
        types = query.get("historyTypes", [])
        kinds = {_HISTORY[t] for t in types} if types else set(_HISTORY.values())
        rows = [row for row in rows if row.kind in kinds]
        body: dict[str, Any] = {"historyId": str(mailbox.history_id)}
        if start < 0:
            return Reply(body=body | {"nextPageToken": str(start + 1)})
        if page := rows[max(0, start - self._faults.plan.repeated_rows) : start + size]:
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


def _page(query: Query, first: int = 0) -> tuple[int, int]:
    size = int(_first(query, "maxResults", "100"))
    start = int(_first(query, "pageToken", str(first)))
    if start < first or size < 1:
        raise ValueError(start)
    return start, min(size, _PAGE_LIMIT)


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
