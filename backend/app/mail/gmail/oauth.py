"""Connecting a Gmail account: Google's authorization-code flow with PKCE, and taking the grant back."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog

from app.core import db
from app.core.clock import now
from app.core.outgoing import Purpose
from app.core.settings import LOOPBACK_NAMES, Settings
from app.mail.gmail import client_files
from app.mail.gmail.client import identify
from app.mail.gmail.credentials import StoredCredentials, read_credentials
from app.mail.gmail.errors import (
    ConsentDenied,
    ExchangeFailed,
    GmailClientInvalid,
    GmailNotConfigured,
    RedirectInsecure,
    ScopeMissing,
)
from app.mail.gmail.permissions import READ_SCOPE as READ_SCOPE  # noqa: PLC0414 (passed on)
from app.mail.sources import SourceUnavailable

log = structlog.get_logger(__name__)

# Any of these lets us read; a user may have granted more than was asked.
_READING_SCOPES = frozenset(
    {READ_SCOPE, "https://www.googleapis.com/auth/gmail.modify", "https://mail.google.com/"}
)
_CALL_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """Where to send the browser, and the two secrets that the callback will need."""

    url: str
    state: str
    code_verifier: str


@dataclass(frozen=True, slots=True)
class GrantedCredentials:
    """What Google granted. `payload_json` is secret (encrypt it); `address` is the mailbox it belongs to."""

    payload_json: bytes
    scopes: tuple[str, ...]
    address: str


def client_config(settings: Settings) -> dict[str, Any] | None:
    """The OAuth client in Google's own format, or None when there is none. GMAIL_CREDENTIALS_JSON goes before
    CREDENTIALS_PATH, and that before a client that was handed over in the page. Raises GmailClientInvalid, with what
    is wrong and where it was read."""
    found = client_files.find(settings)
    if found is None:
        return None
    where, text = found
    try:
        config = json.loads(text)
    except ValueError as error:
        raise GmailClientInvalid(f"{where} is not JSON.") from error
    check_client(config, where)
    told: dict[str, Any] = config
    return told


def authorization(
    settings: Settings, redirect_uri: str, scopes: Sequence[str] = (READ_SCOPE,)
) -> AuthorizationRequest:
    """Begin a connection. No network. Raises GmailNotConfigured, GmailClientInvalid, RedirectInsecure."""
    flow = _flow(settings, redirect_uri, scopes)
    # What was allowed before stays allowed: a new consent must not take permissions away.
    url, state = flow.authorization_url(
        access_type="offline", prompt="consent", include_granted_scopes="true"
    )
    return AuthorizationRequest(url=url, state=state, code_verifier=flow.code_verifier)


def exchange(
    settings: Settings,
    code: str,
    code_verifier: str,
    redirect_uri: str,
    state: str,
    scopes: Sequence[str] = (READ_SCOPE,),
) -> GrantedCredentials:
    """Trade the callback's code for credentials and ask whose mailbox it is: two calls, 10 s at most. The
    caller has already checked `state`. Raises ExchangeFailed, ScopeMissing, SourceUnavailable and what
    `authorization` raises."""
    db.forbid_open_transaction()
    flow = _flow(settings, redirect_uri, scopes, state=state, code_verifier=code_verifier)
    token = _fetch_token(flow, code)
    granted = _granted_scopes(token, scopes)
    if not may_read(granted):
        raise ScopeMissing(
            "Google connected, but without the permission to read mail. "
            "Try again and leave the box for Gmail ticked."
        )
    if not token.get("refresh_token"):
        raise ExchangeFailed(
            "Google gave no lasting permission. "
            "Remove this app in your Google account's settings, then try again."
        )
    life = timedelta(seconds=float(token.get("expires_in") or 0))
    payload = StoredCredentials(
        token=token["access_token"],
        refresh_token=token["refresh_token"],
        token_uri=flow.client_config["token_uri"],
        client_id=flow.client_config["client_id"],
        client_secret=flow.client_config["client_secret"],
        scopes=granted,
        expires_at=now() + life,
    ).to_json()
    address, payload = identify(settings, payload)
    return GrantedCredentials(payload, granted, address)


def may_read(scopes: Sequence[str]) -> bool:
    """Whether these scopes let us read mail."""
    return bool(_READING_SCOPES & set(scopes))


def refused(error: str) -> ConsentDenied | ExchangeFailed:
    """The error for a callback that came with `error=` instead of a code."""
    if error == "access_denied":
        return ConsentDenied("You did not allow access to Gmail, so nothing was connected.")
    return ExchangeFailed("Google stopped the connection. Please try again.", reason=error[:80])


def revoke(settings: Settings, payload_json: bytes) -> bool:
    """Take the grant back at Google. True when it is gone (also when it was before), False when Google could
    not be reached: the caller deletes its copy either way."""
    import httplib2

    from app.mail.gmail.web import Http

    db.forbid_open_transaction()
    stored = read_credentials(payload_json)
    http = Http(Purpose.GMAIL, _CALL_TIMEOUT_S)
    try:
        answer, _ = http.request(
            settings.google_revoke_url,
            "POST",
            body=urlencode({"token": stored.refresh_token or stored.token}),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
    except (httplib2.HttpLib2Error, OSError) as error:
        log.warning("gmail_revoke_failed", reason=type(error).__name__)
        return False
    finally:
        http.close()
    # 400 is invalid_token: already revoked or expired.
    return answer.status in (200, 400)


def is_loopback(url: str) -> bool:
    """Whether the address leads to this machine."""
    return (urlsplit(url).hostname or "") in {name.strip("[]") for name in LOOPBACK_NAMES}


def check_client(config: object, where: str) -> None:
    """Raises GmailClientInvalid, which says what is wrong with the client that was read at `where`."""
    if not isinstance(config, dict):
        raise GmailClientInvalid(f"{where} is not an OAuth client.")
    client = config.get("web") or config.get("installed")
    if not isinstance(client, dict):
        if config.get("type") == "service_account":
            raise GmailClientInvalid(f"{where} is a service account's key; Gmail needs an OAuth client.")
        raise GmailClientInvalid(f"{where} is not an OAuth client: it has neither `web` nor `installed`.")
    for name in ("client_id", "client_secret", "auth_uri", "token_uri"):
        if not isinstance(client.get(name), str) or not client[name]:
            raise GmailClientInvalid(f"{where} lacks `{name}`. Download the client's JSON from Google again.")
    for name in ("auth_uri", "token_uri"):
        if urlsplit(client[name]).scheme != "https" and not is_loopback(client[name]):
            raise GmailClientInvalid(f"{where}: `{name}` must be an https address.")


def _flow(
    settings: Settings,
    redirect_uri: str,
    scopes: Sequence[str],
    *,
    state: str | None = None,
    code_verifier: str | None = None,
) -> Any:
    config = client_config(settings)
    if config is None:
        raise GmailNotConfigured(
            "There is no Google OAuth client yet: hand over its JSON under Set up Gmail, "
            "or put it at CREDENTIALS_PATH or into GMAIL_CREDENTIALS_JSON."
        )
    if urlsplit(redirect_uri).scheme != "https" and not is_loopback(redirect_uri):
        raise RedirectInsecure(
            "Google returns people over https only, unless the address is this machine's own. "
            "Open the page on http://localhost, or set PUBLIC_URL to an https address."
        )
    from google_auth_oauthlib.flow import Flow

    client = config.get("web") or config["installed"]
    if "http" in (urlsplit(client["auth_uri"]).scheme, urlsplit(client["token_uri"]).scheme):
        # Only a client whose endpoints are on this machine gets here.
        os.environ.setdefault("OAUTHLIB_INSECURE_TRANSPORT", "1")  # house: oauthlib has no other switch
    return Flow.from_client_config(
        config, scopes=list(scopes), state=state, redirect_uri=redirect_uri, code_verifier=code_verifier
    )


def _fetch_token(flow: Any, code: str) -> dict[str, Any]:
    """The token answer. Raises ExchangeFailed, SourceUnavailable."""
    from oauthlib.oauth2 import OAuth2Error
    from requests import RequestException

    from app.mail.gmail.web import Adapter

    for scheme in ("https://", "http://"):
        flow.oauth2session.mount(scheme, Adapter(Purpose.GMAIL))
    try:
        return dict(flow.fetch_token(code=code, timeout=_CALL_TIMEOUT_S))
    except OAuth2Error as error:
        log.warning("gmail_exchange_refused", reason=error.error)
        raise ExchangeFailed(
            "Google did not accept the answer: it was used already or is too old. Please start again."
        ) from error
    except RequestException as error:
        raise SourceUnavailable("Google did not answer in time. Please try again.") from error
    except Warning as changed:
        # oauthlib's way to say that other scopes were granted than asked; which ones is for the caller to
        # judge.
        token: dict[str, Any] | None = getattr(changed, "token", None)
        if token is None:
            raise
        return dict(token)
    finally:
        flow.oauth2session.close()


def _granted_scopes(token: dict[str, Any], asked: Sequence[str]) -> tuple[str, ...]:
    """The scopes of the answer; none named means those that were asked (RFC 6749, 5.1)."""
    scope = token.get("scope")
    if scope is None:
        return tuple(asked)
    return tuple(scope.split() if isinstance(scope, str) else filter(None, scope))
