"""Events in the primary Google calendar of a connected account: one bounded call, or two when it is there already."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from typing import Any

from app.core import db
from app.core.clock import now
from app.core.outgoing import Purpose
from app.core.settings import Settings
from app.mail import writing
from app.mail.gmail.credentials import TokenKeeper
from app.mail.gmail.errors import WritePermissionMissing
from app.mail.gmail.faults import FaultKind, read_fault
from app.mail.gmail.outcomes import raise_if_final, refuse
from app.mail.models import MailAccount
from app.mail.sources import SourceRateLimited, SourceUnavailable

_CALL_TIMEOUT_S = 5.0
_CONFLICT = 409


def put_event(settings: Settings, account: MailAccount, event_id: str, event: dict[str, Any]) -> str | None:
    """Write the event under this id (a to v and digits), over what stands there; the address of its page at Google.

    `event` is a resource of Google's Calendar API, v3. No transaction may be open. Raises SourceReauthRequired,
    WritePermissionMissing, ApiDisabled, SourceRateLimited, SourceUnavailable, CallRefused.
    """
    db.forbid_open_transaction()
    with writing.token_keeper(settings, account) as keeper, _events(settings, keeper) as events:
        made = _ask(lambda: events.insert(calendarId="primary", body={**event, "id": event_id}).execute())
        if made is None:
            made = _ask(lambda: events.update(calendarId="primary", eventId=event_id, body=event).execute())
    link = (made or {}).get("htmlLink")
    return str(link) if link else None


@contextmanager
def _events(settings: Settings, keeper: TokenKeeper) -> Iterator[Any]:
    """The API's events, over one connection that is closed afterwards."""
    from google.oauth2 import credentials as google_credentials
    from google_auth_httplib2 import AuthorizedHttp
    from googleapiclient.discovery import build_from_document

    from app.mail.gmail.web import Http

    def renew(_request: object, scopes: object = None) -> tuple[str, Any]:  # noqa: ARG001 (google-auth's)
        return keeper.token(refused=credentials.token), (now() + timedelta(days=1)).replace(tzinfo=None)

    build: Any = google_credentials.Credentials  # untyped
    credentials = build(keeper.token(), refresh_handler=renew)
    http_client = AuthorizedHttp(credentials, http=Http(Purpose.CALENDAR, _CALL_TIMEOUT_S))
    try:
        yield build_from_document(_document(settings.gmail_api_base_url), http=http_client).events()
    finally:
        http_client.close()


def _ask(call: Callable[[], Any]) -> dict[str, Any] | None:
    """The answer; None when an event of that id is there already."""
    import httplib2
    from google.auth.exceptions import GoogleAuthError
    from googleapiclient.errors import HttpError

    try:
        answer = call()
    except HttpError as error:
        if error.resp.status == _CONFLICT:
            return None
        fault = read_fault(error.resp.status, error.resp, error.content)
        if fault.kind is FaultKind.SCOPE:
            raise WritePermissionMissing("Google's calendar was not among what you allowed.") from error
        raise_if_final(fault)
        if fault.kind in (FaultKind.RATE, FaultKind.CONCURRENT):
            raise SourceRateLimited(
                "Google asks to wait a moment.", retry_after=fault.retry_after or 60.0
            ) from error
        if fault.kind is FaultKind.RETRY:
            raise SourceUnavailable("Google's calendar did not answer.") from error
        raise refuse(fault) from error
    except (httplib2.HttpLib2Error, http.client.HTTPException, OSError, GoogleAuthError) as error:
        raise SourceUnavailable("Google's calendar can't be reached.") from error
    if not isinstance(answer, dict):  # the library hands out a body that is not JSON as text
        raise SourceUnavailable("Google's calendar gave an answer that can't be read.")
    return answer


def _document(base_url: str) -> dict[str, Any]:
    """The packaged description of the API, with another root when one is set; a copy, the library writes into it."""
    document: dict[str, Any] = json.loads(_packaged_document())
    if base_url:
        root = base_url.rstrip("/") + "/"
        document.update(rootUrl=root, baseUrl=root + document["servicePath"], mtlsRootUrl=root)
    return document


@lru_cache(maxsize=1)
def _packaged_document() -> str:
    from googleapiclient.discovery_cache import get_static_doc

    text: str = get_static_doc("calendar", "v3")
    return text
