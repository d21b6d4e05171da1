"""The drafts of the fake Gmail: created, listed, read, sent, deleted, each with the scope that Google asks for."""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import json
import re
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.google_faults import Faults, Reply
from tests.fakes.google_gmail import Authenticate
from tests.fakes.google_mailbox import Mailbox

_SCOPES = {
    "https://www.googleapis.com/auth/gmail.compose",
    "https://www.googleapis.com/auth/gmail.modify",
    "https://mail.google.com/",
}
_ROUTE = re.compile(r"/gmail/v1/users/(?P<user>[^/]+)/drafts(?:/(?P<id>[^/]+))?$")


class Drafts:
    """Answers calls about drafts for all mailboxes; a draft's message is a message with the label DRAFT."""

    def __init__(self, mailboxes: dict[str, Mailbox], faults: Faults, authenticate: Authenticate) -> None:
        self._mailboxes, self._faults, self._authenticate = mailboxes, faults, authenticate
        self._ids = count(1)
        self.drafts: dict[str, tuple[str, str]] = {}  # draft id -> (address, message id)
        self.sent: list[str] = []  # ids of sent messages

    def knows(self, path: str) -> bool:
        return _ROUTE.match(path) is not None

    def raw(self, draft_id: str) -> bytes:
        """The message of a draft as it was handed over."""
        address, message_id = self.drafts[draft_id]
        return self._mailboxes[address].messages[message_id].raw

    def call(self, method: str, uri: str, authorization: str, body: bytes) -> Reply:
        url = urlsplit(uri)
        who = self._authenticate(authorization.removeprefix("Bearer ").strip())
        if who is None:
            return self._faults.error_reply("401")
        if not who[1] & _SCOPES:
            return self._faults.error_reply("scope")
        route = _ROUTE.match(url.path)
        if route is None or route["user"] not in ("me", who[0]) or who[0] not in self._mailboxes:
            return self._faults.error_reply("404")
        box, name = self._mailboxes[who[0]], route["id"]
        if method == "POST" and name is None:
            return self._create(box, json.loads(body or b"{}"))
        if method == "POST" and name == "send":
            return self._send(box, str(json.loads(body or b"{}").get("id")))
        if method == "GET" and name is None:
            q = parse_qs(url.query).get("q", [""])[0]
            return Reply(body=self._list(box, q))
        if method == "GET" and name in self.drafts:
            return Reply(body=self._row(name))
        return self._faults.error_reply("404")

    def _create(self, box: Mailbox, body: dict[str, Any]) -> Reply:
        given = body.get("message") or {}
        try:
            raw = base64.urlsafe_b64decode(str(given.get("raw", "")).encode())
        except (ValueError, binascii.Error):
            return self._faults.error_reply("400")
        head = email.message_from_bytes(raw, policy=email.policy.default)
        thread = given.get("threadId")
        if not raw or head.get("From") is None:
            return self._faults.error_reply("400")
        if thread is not None and not self._fits(box, str(thread), head):
            return self._faults.error_reply("404")
        message_id = box.add(raw, ("DRAFT",), str(thread) if thread else None)
        draft_id = f"r-{next(self._ids)}"
        self.drafts[draft_id] = (box.address, message_id)
        return Reply(body=self._row(draft_id))

    def _fits(self, box: Mailbox, thread: str, head: Any) -> bool:
        """Google's three conditions for joining a thread: it exists, the references follow, the subject is its."""
        there = box.thread(thread)
        named = f"{head.get('In-Reply-To', '')} {head.get('References', '')}".split()
        known = {str(m.parsed.get("Message-ID", "")).strip() for m in there}
        subjects = {_bare(str(m.parsed.get("Subject", ""))) for m in there}
        return bool(there) and bool(known & set(named)) and _bare(str(head.get("Subject", ""))) in subjects

    def _send(self, box: Mailbox, draft_id: str) -> Reply:
        if self.drafts.get(draft_id, ("", ""))[0] != box.address:
            return self._faults.error_reply("404")
        _, message_id = self.drafts.pop(draft_id)
        stored = box.messages[message_id]
        box.delete(message_id)
        sent = box.add(stored.raw, ("SENT",), stored.thread_id)
        self.sent.append(sent)
        return Reply(body={"id": sent, "threadId": stored.thread_id, "labelIds": ["SENT"]})

    def _list(self, box: Mailbox, q: str) -> dict[str, Any]:
        hits = {m.id for m in box.find(q)} if q else set(box.messages)
        rows = [
            self._row(i) for i, (address, m) in self.drafts.items() if address == box.address and m in hits
        ]
        return {"drafts": rows, "resultSizeEstimate": len(rows)} if rows else {"resultSizeEstimate": 0}

    def _row(self, draft_id: str) -> dict[str, Any]:
        address, message_id = self.drafts[draft_id]
        thread_id = self._mailboxes[address].messages[message_id].thread_id
        return {"id": draft_id, "message": {"id": message_id, "threadId": thread_id, "labelIds": ["DRAFT"]}}


def _bare(subject: str) -> str:
    return re.sub(r"^(?:(?:re|aw|fwd?):\s*)+", "", subject.strip(), flags=re.IGNORECASE).lower()
