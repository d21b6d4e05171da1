"""One batch of reads: everything asked for gets an answer of its own, whatever happens to the rest."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from app.mail.gmail.faults import GARBLED, Fault, read_fault
from app.mail.gmail.rebuilding import rebuild
from app.mail.gmail.transport import AnswerGarbled, Channel, Channels, attempt
from app.mail.values import RawMail

_ANY_ID = "id-of-what-is-asked-for"
_FIELDS = "id,threadId,labelIds,historyId,internalDate,raw"
_THREAD_FIELDS = "messages(id,threadId,labelIds,historyId,internalDate,sizeEstimate,payload)"
_NO_SUCH_ENDPOINT = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


@dataclass(frozen=True, slots=True)
class Ask:
    """One message (`wanted` is empty), or the thread of that id, of which the `wanted` messages count."""

    id: str
    wanted: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the answer; a thread has the id of its first message."""
        return f"thread-{self.id}" if self.wanted else self.id

    @property
    def method(self) -> str:
        return "threads.get" if self.wanted else "messages.get"


# A message gives itself, a thread those of the wanted messages that can be read from its answer.
Answer = tuple[RawMail, ...] | Fault


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """`parts` has the key of everything asked for, unless the batch failed as a `whole`."""

    parts: dict[str, Answer] = field(default_factory=dict)
    whole: Fault | None = None


def get_batch(channels: Channels, asks: Sequence[Ask]) -> BatchAnswer:
    """Up to 100 reads in one HTTP request. Raises only what concerns credentials."""
    got = attempt(channels, lambda channel: _execute(channels, channel, asks))
    if got == GARBLED and len(asks) == 1:
        return BatchAnswer(parts={asks[0].key: GARBLED})
    if isinstance(got, Fault):
        return BatchAnswer(whole=got)
    return BatchAnswer(parts={ask.key: _read_part(ask, got.get(ask.key, GARBLED)) for ask in asks})


def _execute(channels: Channels, channel: Channel, asks: Sequence[Ask]) -> dict[str, Any]:
    from googleapiclient.errors import HttpError

    found: dict[str, Any] = {}

    def keep(request_id: str, response: Any, error: Any) -> None:
        found[request_id] = (
            response if error is None else read_fault(error.resp.status, error.resp, error.content)
        )

    batch = _batch_class()(callback=keep, batch_uri=channel.batch_uri)
    for ask in asks:
        batch.ask(channel, ask)
    try:
        batch.execute(http=channel.http)
    except HttpError as error:
        elsewhere = error.resp.status in _NO_SUCH_ENDPOINT and channels.move_batches(channel)
        if not elsewhere:
            raise
        return _execute(channels, channel, asks)
    except (ValueError, LookupError, TypeError) as error:
        # What the library's parser makes of a batch answer that is cut or garbled.
        raise AnswerGarbled from error
    return found


def _any_request(channel: Channel, *, thread: bool) -> Any:
    """The library's request for one message or thread, whichever that is."""
    if thread:
        return channel.threads.get(userId="me", id=_ANY_ID, format="full", fields=_THREAD_FIELDS)
    return channel.messages.get(userId="me", id=_ANY_ID, format="raw", fields=_FIELDS)


@dataclass(frozen=True, slots=True)
class _Posting:
    """Sends what was written beforehand in place of what the library wrote."""

    http: Any
    body: str
    content_type: str

    def request(self, uri: str, **_ignored: Any) -> Any:
        headers = {"content-type": self.content_type}
        return self.http.request(uri, method="POST", body=self.body, headers=headers)


@lru_cache(maxsize=1)
def _batch_class() -> Any:
    """The library's batch, made to bear answers that lack parts or have broken ones, and to write its requests
    once instead of once for each part: that took most of the time of reading mail."""
    import httplib2
    from googleapiclient.http import BatchHttpRequest

    lost = (httplib2.Response({"status": "503"}), b"")

    class PatientBatch(BatchHttpRequest):  # type: ignore[misc, unused-ignore]
        def __init__(self, callback: Any, batch_uri: str) -> None:
            super().__init__(callback=callback, batch_uri=batch_uri)
            self._templates: dict[str, Any] = {}
            self._ids: dict[str, str] = {}

        def ask(self, channel: Channel, ask: Ask) -> None:
            if ask.method not in self._templates:
                self._templates[ask.method] = _any_request(channel, thread=bool(ask.wanted))
            self.add(self._templates[ask.method], request_id=ask.key)
            self._ids[ask.key] = quote(ask.id, safe="")

        def _execute(self, http: Any, order: list[str], requests: Any) -> None:
            body, content_type = self._write(order, requests)
            super()._execute(_Posting(http, body, content_type), [], {})
            for request_id in order:
                # A part that Google left out would be a KeyError, and the parts that came lost with it.
                self._responses.setdefault(request_id, lost)

        def _write(self, order: list[str], requests: Any) -> tuple[str, str]:
            """The parts as the library writes them, with the token of this moment."""
            texts: dict[int, str] = {}
            boundary = f"=={uuid4().hex}"
            lines: list[str] = []
            for request_id in order:
                request = requests[request_id]
                text = texts.get(id(request))
                if text is None:
                    text = texts[id(request)] = self._serialize_request(request)
                lines += (
                    f"--{boundary}",
                    "Content-Type: application/http",
                    "MIME-Version: 1.0",
                    "Content-Transfer-Encoding: binary",
                    f"Content-ID: {self._id_to_header(request_id)}",
                    "",
                    text.replace(_ANY_ID, self._ids[request_id], 1),
                )
            return "\n".join([*lines, f"--{boundary}--", ""]), f'multipart/mixed; boundary="{boundary}"'

        def _deserialize_response(self, payload: str) -> Any:
            try:
                return super()._deserialize_response(payload)
            except (ValueError, IndexError):
                return lost

    return PatientBatch


def _read_part(ask: Ask, answer: Any) -> Answer:
    if isinstance(answer, Fault):
        return answer
    try:
        if not ask.wanted:
            return (_mail(ask.id, answer, base64.urlsafe_b64decode(answer["raw"])),)
        rows = {row["id"]: row for row in answer["messages"] if row["id"] in ask.wanted}
        return tuple(_mail(i, row, raw) for i, row in rows.items() if (raw := rebuild(row)) is not None)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, OSError):
        return GARBLED


def _mail(message_id: str, row: Mapping[str, Any], raw: bytes) -> RawMail:
    return RawMail(
        provider_message_id=message_id,
        raw=raw,
        thread_id=row.get("threadId"),
        labels=tuple(row.get("labelIds", ())),
        history_id=int(row["historyId"]) if "historyId" in row else None,
        internal_date=_moment(row.get("internalDate")),
    )


def _moment(milliseconds: str | None) -> datetime | None:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if milliseconds else None
