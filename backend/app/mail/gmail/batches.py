"""One batch of `messages.get`: every id gets an answer of its own, whatever happens to the others."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from app.mail.gmail.faults import GARBLED, Fault, read_fault
from app.mail.gmail.transport import AnswerGarbled, Channel, Channels, attempt
from app.mail.values import RawMail

_FIELDS = "id,threadId,labelIds,historyId,internalDate,raw"
_NO_SUCH_ENDPOINT = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """`parts` has every id asked for, unless the batch failed as a `whole`."""

    parts: dict[str, RawMail | Fault] = field(default_factory=dict)
    whole: Fault | None = None


def get_batch(channels: Channels, ids: Sequence[str]) -> BatchAnswer:
    """Fetch up to 100 messages in one HTTP request. Raises only what concerns credentials."""
    got = attempt(channels, lambda channel: _execute(channels, channel, ids))
    if got == GARBLED and len(ids) == 1:
        return BatchAnswer(parts={ids[0]: GARBLED})
    if isinstance(got, Fault):
        return BatchAnswer(whole=got)
    return BatchAnswer(parts={i: _read_part(i, got.get(i, GARBLED)) for i in ids})


def _execute(channels: Channels, channel: Channel, ids: Sequence[str]) -> dict[str, Any]:
    from googleapiclient.errors import HttpError

    found: dict[str, Any] = {}

    def keep(request_id: str, response: Any, error: Any) -> None:
        found[request_id] = (
            response if error is None else read_fault(error.resp.status, error.resp, error.content)
        )

    batch = _batch_class()(callback=keep, batch_uri=channel.batch_uri)
    for i in ids:
        batch.add(channel.messages.get(userId="me", id=i, format="raw", fields=_FIELDS), request_id=i)
    try:
        batch.execute(http=channel.http)
    except HttpError as error:
        elsewhere = error.resp.status in _NO_SUCH_ENDPOINT and channels.move_batches(channel)
        if not elsewhere:
            raise
        return _execute(channels, channel, ids)
    except (ValueError, LookupError, TypeError) as error:
        # What the library's parser makes of a batch answer that is cut or garbled.
        raise AnswerGarbled from error
    return found


@lru_cache(maxsize=1)
def _batch_class() -> Any:
    """The library's batch, made to bear answers that lack parts or have broken ones."""
    import httplib2
    from googleapiclient.http import BatchHttpRequest

    lost = (httplib2.Response({"status": "503"}), b"")

    class PatientBatch(BatchHttpRequest):  # type: ignore[misc, unused-ignore]
        def _execute(self, http: Any, order: list[str], requests: Any) -> None:
            super()._execute(http, order, requests)
            for request_id in order:
                # A part that Google left out would be a KeyError, and the parts that came lost with it.
                self._responses.setdefault(request_id, lost)

        def _deserialize_response(self, payload: str) -> Any:
            try:
                return super()._deserialize_response(payload)
            except (ValueError, IndexError):
                return lost

    return PatientBatch


def _read_part(message_id: str, answer: Any) -> RawMail | Fault:
    if isinstance(answer, Fault):
        return answer
    try:
        raw = base64.urlsafe_b64decode(answer["raw"])
        return RawMail(
            provider_message_id=message_id,
            raw=raw,
            thread_id=answer.get("threadId"),
            labels=tuple(answer.get("labelIds", ())),
            history_id=int(answer["historyId"]) if "historyId" in answer else None,
            internal_date=_moment(answer.get("internalDate")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return GARBLED


def _moment(milliseconds: str | None) -> datetime | None:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if milliseconds else None
