"""Connections to the Gmail API: one per thread, batches included, all to GMAIL_API_BASE_URL.

The client library's `api_endpoint` moves single calls only, so the packaged discovery document is given
another root instead. httplib2 has no time-out of its own and is not thread-safe.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from queue import Empty, LifoQueue
from typing import Any

from app.core.clock import now
from app.core.outgoing import Purpose
from app.mail.gmail.credentials import TokenKeeper
from app.mail.gmail.faults import GARBLED, UNREACHED, Fault, read_fault
from app.mail.sources import SourceUnavailable

# What the library posts batches to, and what Google's guide names; emulators know one of them.
_BATCH_PATHS = ("batch", "batch/gmail/v1")


class AnswerGarbled(Exception):
    """An answer came, but not one that can be read."""


@dataclass(slots=True)
class Channel:
    """One connection with its own HTTP state. `users`, `messages` and `threads` are the API's resources, `root`
    is its address, `batch_uri` where batches go."""

    users: Any
    messages: Any
    threads: Any
    http: Any
    credentials: Any
    root: str
    batch_uri: str


class Channels:
    """Lends connections to threads and keeps the idle ones for the next call."""

    def __init__(self, base_url: str, keeper: TokenKeeper, timeout_s: float) -> None:
        self._root = base_url.rstrip("/") + "/" if base_url else ""
        self._keeper = keeper
        self._timeout_s = timeout_s
        self._batch_path = _BATCH_PATHS[0]
        self._idle: LifoQueue[Channel] = LifoQueue()
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[Channel]:
        """A connection with a valid token. One that failed is not used again. Raises what TokenKeeper
        raises."""
        try:
            channel = self._idle.get_nowait()
        except Empty:
            channel = self._open()
        channel.credentials.token = self._keeper.token()
        channel.credentials.expiry = None
        channel.batch_uri = channel.root + self._batch_path
        try:
            yield channel
        except BaseException:
            channel.http.close()
            raise
        self._idle.put(channel)
        if self._closed:
            self.close()

    def move_batches(self, channel: Channel) -> bool:
        """Send batches to the other address from now on. False when that one did not answer either."""
        other = channel.root + _BATCH_PATHS[1]
        if channel.batch_uri == other:
            return False
        self._batch_path, channel.batch_uri = _BATCH_PATHS[1], other
        return True

    def close(self) -> None:
        """Close the idle connections, and those in use as soon as they are given back."""
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().http.close()
            except Empty:
                return

    def _open(self) -> Channel:
        from google.oauth2 import credentials as google_credentials
        from google_auth_httplib2 import AuthorizedHttp
        from googleapiclient.discovery import build_from_document

        from app.mail.gmail.web import Http

        def renew(_request: object, scopes: object = None) -> tuple[str, Any]:  # noqa: ARG001 (google-auth's)
            # google-auth asks on 401 and refuses answers that expire soon; when to renew is the keeper's
            # business.
            far = (now() + timedelta(days=1)).replace(tzinfo=None)
            return self._keeper.token(refused=credentials.token), far

        build: Any = google_credentials.Credentials  # untyped
        credentials = build(None, refresh_handler=renew)
        authorized = AuthorizedHttp(credentials, http=Http(Purpose.GMAIL, self._timeout_s))
        document = _document(self._root)
        users = build_from_document(document, http=authorized).users()
        return Channel(
            users, users.messages(), users.threads(), authorized, credentials, document["rootUrl"], ""
        )


def attempt(channels: Channels, call: Callable[[Channel], Any]) -> Any:
    """What `call` answers (any JSON object), or the Fault that stands for its failure, network trouble
    included. Raises only what TokenKeeper raises about credentials."""
    from googleapiclient.errors import BatchError, HttpError

    try:
        with channels.lend() as channel:
            try:
                return call(channel)
            except (
                AnswerGarbled,
                BatchError,
                UnicodeDecodeError,
            ):  # BatchError is an HttpError, of status 200
                return GARBLED
            except HttpError as error:
                return read_fault(error.resp.status, error.resp, error.content)
    except _unreached():
        return UNREACHED


def fault_of(answer: object) -> Fault | None:
    """None for a usable answer. The library hands out a body that is not JSON as text, without an error."""
    if isinstance(answer, Fault):
        return answer
    return None if isinstance(answer, dict) else GARBLED


@lru_cache(maxsize=1)
def _unreached() -> tuple[type[Exception], ...]:
    import httplib2
    from google.auth.exceptions import GoogleAuthError

    return (SourceUnavailable, httplib2.HttpLib2Error, http.client.HTTPException, OSError, GoogleAuthError)


def _document(root: str) -> dict[str, Any]:
    """The packaged description of Gmail's API, with another root when one is set. A copy of its own for each
    connection: the library writes into it."""
    document: dict[str, Any] = json.loads(_packaged_document())
    if root:
        document.update(rootUrl=root, baseUrl=root, mtlsRootUrl=root)
    return document


@lru_cache(maxsize=1)
def _packaged_document() -> str:
    from googleapiclient.discovery_cache import get_static_doc

    text: str = get_static_doc("gmail", "v1")
    return text
