"""Credentials of one account: how they are kept, and who renews the access token."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from app.core import crypto
from app.core.clock import now
from app.core.outgoing import Purpose
from app.core.settings import Settings
from app.mail.gmail.errors import GmailClientInvalid, ReauthRequired
from app.mail.sources import SourceUnavailable

log = structlog.get_logger(__name__)

# Renew this long before the end, or at three quarters of a shorter life.
_MARGIN_S = 225.0
_CALL_TIMEOUT_S = 15.0
_DEAD_GRANTS = frozenset({"invalid_grant", "invalid_rapt"})
_BAD_CLIENTS = frozenset({"invalid_client", "unauthorized_client", "deleted_client", "disabled_client"})


@dataclass(frozen=True, slots=True)
class StoredCredentials:
    """What is needed to act for one account; all of it is secret. `expires_at` is None when unknown."""

    token: str
    refresh_token: str
    token_uri: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]
    expires_at: datetime | None

    def to_json(self) -> bytes:
        fields: dict[str, Any] = {
            "token": self.token,
            "refresh_token": self.refresh_token,
            "token_uri": self.token_uri,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "scopes": list(self.scopes),
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
        }
        return json.dumps(fields).encode()


def read_credentials(payload_json: bytes) -> StoredCredentials:
    """The credentials that `to_json` wrote. Raises ReauthRequired when they can't be used."""
    try:
        fields = json.loads(payload_json)
        expires_at = fields["expires_at"]
        return StoredCredentials(
            token=fields["token"],
            refresh_token=fields["refresh_token"],
            token_uri=fields["token_uri"],
            client_id=fields["client_id"],
            client_secret=fields["client_secret"],
            scopes=tuple(fields["scopes"]),
            expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ReauthRequired("The stored credentials are incomplete. Please connect Gmail again.") from error


def seal(payload_json: bytes, settings: Settings) -> bytes:
    """Ciphertext for the database."""
    return crypto.encrypt(payload_json, settings.encryption_keys)


def unseal(sealed: bytes, settings: Settings) -> bytes:
    """The payload that `seal` was given. Raises crypto.CredentialsUnreadable."""
    return crypto.decrypt(sealed, settings.encryption_keys)


class TokenKeeper:
    """Hands out a valid access token to any thread; renews it once, however many ask, and saves it at
    once."""

    def __init__(self, stored: StoredCredentials, save: Callable[[bytes], None]) -> None:
        self._stored = stored
        self._save = save
        self._margin = timedelta(seconds=_MARGIN_S)
        self._lock = threading.Lock()

    def token(self, *, refused: str | None = None) -> str:
        """A token to use now, never `refused` (the one that Google just turned down). Raises ReauthRequired,
        GmailClientInvalid, SourceUnavailable."""
        with self._lock:
            if self._stored.token == refused or self._is_stale():
                self._renew()
            return self._stored.token

    def _is_stale(self) -> bool:
        expires_at = self._stored.expires_at
        return not self._stored.token or expires_at is None or expires_at - self._margin <= now()

    def _renew(self) -> None:
        fresh = renew(self._stored)
        if fresh.expires_at is not None:
            life = (fresh.expires_at - now()).total_seconds()
            self._margin = timedelta(seconds=min(_MARGIN_S, life / 4))
        self._stored = fresh
        self._save(fresh.to_json())


def renew(stored: StoredCredentials) -> StoredCredentials:
    """The same credentials with a new access token (and refresh token, when Google gives one). One network
    call."""
    import httplib2
    from google.auth import exceptions
    from google.oauth2 import credentials as google_credentials
    from google_auth_httplib2 import Request

    from app.mail.gmail.web import Http

    # No scopes: asking for one that was not granted would fail, none means all that were.
    build: Any = google_credentials.Credentials  # untyped
    credentials = build(
        None,
        refresh_token=stored.refresh_token,
        token_uri=stored.token_uri,
        client_id=stored.client_id,
        client_secret=stored.client_secret,
    )
    http = Http(Purpose.GMAIL, _CALL_TIMEOUT_S)
    try:
        credentials.refresh(Request(http))
    except exceptions.RefreshError as error:
        raise _refused(error) from error
    except (exceptions.GoogleAuthError, httplib2.HttpLib2Error, OSError) as error:
        log.warning("gmail_token_not_renewed", reason=type(error).__name__)
        raise SourceUnavailable("Google did not answer when asked for a new access token.") from error
    finally:
        http.close()
    expiry: datetime | None = credentials.expiry
    return replace(
        stored,
        token=credentials.token,
        refresh_token=credentials.refresh_token or stored.refresh_token,
        expires_at=expiry.replace(tzinfo=UTC) if expiry else None,
    )


def _refused(error: Exception) -> ReauthRequired | GmailClientInvalid | SourceUnavailable:
    body = error.args[1] if len(error.args) > 1 else None
    word = str(body.get("error", "")) if isinstance(body, dict) else ""
    log.warning("gmail_token_refused", reason=word or "unknown")
    if word in _DEAD_GRANTS:
        return ReauthRequired("Google no longer accepts this connection. Please connect Gmail again.")
    if word in _BAD_CLIENTS:
        return GmailClientInvalid("Google no longer knows the OAuth client of this connection.")
    if getattr(error, "retryable", False) or not word:
        return SourceUnavailable("Google did not renew the access token.")
    return ReauthRequired("Google refused to renew the access token. Please connect Gmail again.")
