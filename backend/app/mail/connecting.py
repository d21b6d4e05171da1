"""Connecting Gmail: the consent's state, single use and bound to user and browser, and what Google grants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from app.core import crypto, db
from app.core.clock import now
from app.core.db import WriteSession
from app.core.settings import Settings
from app.mail import repository
from app.mail.errors import ConsentStateInvalid, RedirectNotAllowed
from app.mail.gmail.permissions import Permission, scopes_for
from app.mail.models import MailAccount, OauthState, Provider

STATE_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Consent:
    """Where to send the browser, and the nonce that its cookie must carry back."""

    url: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Connected:
    address: str
    redirect_url: str


def begin(
    settings: Settings,
    user_id: int,
    *,
    redirect_uri: str,
    redirect_url: str,
    permissions: Sequence[Permission] = (),
) -> Consent:
    """Start a consent to reading mail, and to these permissions. Raises GmailNotConfigured, GmailClientInvalid,
    RedirectInsecure."""
    from app.mail.gmail import oauth

    request = oauth.authorization(settings, redirect_uri, scopes_for(permissions))
    nonce = crypto.new_token()
    with db.transaction() as session:
        repository.forget_states(session, before=now())
        session.add(
            OauthState(
                user_id=user_id,
                state_hash=crypto.digest(request.state),
                nonce_hash=crypto.digest(nonce),
                code_verifier=crypto.encrypt(request.code_verifier.encode(), settings.encryption_keys),
                redirect_uri=redirect_uri,
                redirect_url=redirect_url,
                expires_at=now() + STATE_LIFE,
            )
        )
    return Consent(request.url, nonce)


def finish(
    settings: Settings,
    *,
    state: str,
    nonce: str | None,
    code: str | None,
    error: str | None,
    signed_in_as: int | None = None,
) -> Connected:
    """Check the state, exchange the code and store the credentials. Whoever is signed in to this browser, if anybody,
    must be who began.

    Raises ConsentStateInvalid, ConsentDenied, ExchangeFailed, ScopeMissing, SourceUnavailable.
    """
    from app.mail.gmail import oauth
    from app.mail.gmail.credentials import seal

    found = _use(state, nonce, signed_in_as)
    if error or not code:
        raise oauth.refused(error or "no_code")
    verifier = crypto.decrypt(found.code_verifier, settings.encryption_keys).decode()
    granted = oauth.exchange(settings, code, verifier, found.redirect_uri, state)
    with db.transaction() as session:
        _connect(
            session, found.user_id, granted.address, seal(granted.payload_json, settings), granted.scopes
        )
    return Connected(granted.address, found.redirect_url)


def callback_address(settings: Settings, origin: str) -> str:
    """Where Google sends people back to; `origin` is the address that they see us at."""
    return settings.gmail_oauth_redirect_uri or f"{origin}/api/gmail/callback"


def allowed_redirect(settings: Settings, wanted: str | None, own_origin: str) -> str:
    """Where to go after the consent: a path of ours or a page of an allowed origin. Raises RedirectNotAllowed."""
    if not wanted:
        return "/"
    if any(ord(c) <= 32 or c == "\\" for c in wanted):
        raise RedirectNotAllowed
    parts = urlsplit(wanted)
    if not parts.scheme and not parts.netloc:
        if wanted.startswith("/") and not wanted.startswith("//"):
            return wanted
        raise RedirectNotAllowed
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme in {"http", "https"} and origin in {own_origin, *settings.cors_origins}:
        return wanted
    raise RedirectNotAllowed


def _use(state: str, nonce: str | None, signed_in_as: int | None) -> OauthState:
    with db.transaction() as session:
        found = repository.find_state(session, crypto.digest(state))
        if found is None or found.expires_at < now() or not repository.use_state(session, found.id):
            raise ConsentStateInvalid(
                "This consent was used already or is too old. Please connect Gmail again."
            )
        if found.nonce_hash and (not nonce or not crypto.same(crypto.digest(nonce), found.nonce_hash)):
            raise ConsentStateInvalid(
                "This consent was begun in another browser. Please connect Gmail from here."
            )
        if signed_in_as is not None and signed_in_as != found.user_id:
            raise ConsentStateInvalid(
                "This consent was begun for another account of Jobtrail. Please connect Gmail from here."
            )
        return found


def _connect(session: WriteSession, user_id: int, address: str, sealed: bytes, scopes: Sequence[str]) -> None:
    account = repository.find_account(session, user_id, Provider.GMAIL, address=address)
    if account is None:
        account = MailAccount(user_id=user_id, provider=Provider.GMAIL, address=address, created_at=now())
        session.add(account)
    account.credentials = sealed
    account.scopes = list(scopes)
    account.needs_reauth = False
    account.connected_at = now()
