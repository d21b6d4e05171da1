"""Google as one who knows people (OpenID Connect Core 1.0): its addresses, the trade of a code, its signed answer.

Knows neither users nor sessions. Another issuer (GOOGLE_ISSUER) is asked for its configuration; Google's own
addresses are known, so that beginning a sign-in needs no request.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from jose import jwt
from jose.exceptions import JOSEError

from app.auth.errors import GoogleDenied, GoogleOffline, GoogleTokenInvalid, GoogleUnavailable
from app.core import http
from app.core.clock import now
from app.core.crypto import same
from app.core.outgoing import Purpose
from app.core.settings import Settings

log = structlog.get_logger(__name__)
_GOOGLE = "https://accounts.google.com"
_WITHIN_S = 5.0
_KEPT_FOR = timedelta(hours=1)
_ASKED_AGAIN_AFTER = timedelta(minutes=1)
_ALGORITHM = "RS256"
_SKEW_S = 60
_LONGEST_TOKEN = 16_384
_CHECKS = {
    "require_iss": True,
    "require_aud": True,
    "require_exp": True,
    "require_iat": True,
    "require_sub": True,
    "leeway": _SKEW_S,
}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where Google does what, and the names that it signs with."""

    authorization: str
    token: str
    certs: str
    issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a code was traded for."""

    id_token: str
    access_token: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Who Google says this is. `sub` never changes; `email` (lower case) counts only when it is `verified`."""

    sub: str
    email: str | None
    verified: bool
    name: str | None


class _State:
    """Documents by address, each with when it was fetched."""

    documents: dict[str, tuple[datetime, dict[str, Any]]]

    def __init__(self) -> None:
        self.documents = {}


_state = _State()


def endpoints(settings: Settings) -> Endpoints:
    """Raises GoogleUnavailable, GoogleOffline for an issuer other than Google that can't be asked."""
    issuer = settings.google_issuer.rstrip("/")
    if issuer == _GOOGLE:
        return Endpoints(
            authorization=f"{_GOOGLE}/o/oauth2/v2/auth",
            token="https://oauth2.googleapis.com/token",  # noqa: S106 (an address)
            certs=settings.google_certs_url or "https://www.googleapis.com/oauth2/v3/certs",
            issuers=(_GOOGLE, "accounts.google.com"),
        )
    told = _document(settings, f"{issuer}/.well-known/openid-configuration")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    found = [told.get(name) for name in names]
    named = told.get("issuer")
    if (
        not isinstance(named, str)
        or named.rstrip("/") != issuer
        or not all(isinstance(u, str) for u in found)
    ):
        log.warning("google_configuration_odd", issuer=issuer)
        raise GoogleUnavailable
    authorization, token, certs = (str(each) for each in found)
    return Endpoints(authorization, token, settings.google_certs_url or certs, (named,))


def authorization_url(
    settings: Settings, *, redirect_uri: str, state: str, nonce: str, code_verifier: str
) -> str:
    """Where to send the browser. Raises what `endpoints` raises."""
    query = {
        "client_id": settings.google_client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": "openid email profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge_of(code_verifier),
        "code_challenge_method": "S256",
        # Somebody with several accounts must see which one it will be.
        "prompt": "select_account",
    }
    return f"{endpoints(settings).authorization}?{urlencode(query)}"


def challenge_of(code_verifier: str) -> str:
    """PKCE's S256 (RFC 7636)."""
    return base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).decode().rstrip("=")


def trade(settings: Settings, *, code: str, code_verifier: str, redirect_uri: str) -> Tokens:
    """Trade the callback's code. Raises GoogleDenied, GoogleUnavailable, GoogleOffline."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": code_verifier,
        "redirect_uri": redirect_uri,
        "client_id": settings.google_client_id,
        "client_secret": settings.google_client_secret.get_secret_value(),
    }
    status, body = _ask(settings, "POST", endpoints(settings).token, form)
    if 400 <= status < 500:
        log.warning("google_code_refused", reason=str(body.get("error"))[:80])
        raise GoogleDenied(
            "Google did not accept the answer: it was used already or is too old. Please start again."
        )
    id_token, access_token = body.get("id_token"), body.get("access_token")
    if status != 200 or not isinstance(id_token, str):
        raise GoogleUnavailable
    return Tokens(id_token, access_token if isinstance(access_token, str) else None)


def verify(settings: Settings, tokens: Tokens, nonce: str) -> Person:
    """Check the id_token: algorithm, signature, issuer, audience, expiry, nonce. Raises GoogleTokenInvalid,
    GoogleUnavailable, GoogleOffline."""
    place = endpoints(settings)
    try:
        if len(tokens.id_token) > _LONGEST_TOKEN:
            raise _odd("length")
        key = _key(settings, place.certs, jwt.get_unverified_header(tokens.id_token).get("kid"))
        claims: dict[str, Any] = jwt.decode(
            tokens.id_token,
            key,
            algorithms=[_ALGORITHM],
            audience=settings.google_client_id,
            issuer=place.issuers,
            access_token=tokens.access_token,
            options=_CHECKS,
        )
    except (JOSEError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _odd(str(error)) from error
    _check_claims(settings, claims, nonce)
    email = claims.get("email")
    return Person(
        sub=claims["sub"],
        email=email.lower() if isinstance(email, str) and 3 <= len(email) <= 320 else None,
        verified=claims.get("email_verified") in (True, "true"),
        name=str(claims["name"])[:200] if isinstance(claims.get("name"), str) else None,
    )


def _check_claims(settings: Settings, claims: dict[str, Any], nonce: str) -> None:
    """What the library leaves to us."""
    if not isinstance(claims.get("nonce"), str) or not same(claims["nonce"], nonce):
        raise _odd("nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if ("azp" in claims or several) and claims.get("azp") != settings.google_client_id:
        raise _odd("azp")
    if claims["iat"] > now().timestamp() + _SKEW_S:
        raise _odd("iat")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise _odd("sub")


def _key(settings: Settings, certs_url: str, kid: Any) -> Any:
    """The key of that name: a JWK, or a certificate where the keys are a table of those.

    An unknown name may be a new key: the keys are fetched again, at most once a minute.
    """
    if not isinstance(kid, str):
        raise _odd("kid")
    for not_older in (_KEPT_FOR, _ASKED_AGAIN_AFTER):
        told = _document(settings, certs_url, not_older)
        listed = told.get("keys")
        if not isinstance(listed, list):
            found = told.get(kid)
        else:
            found = next((each for each in listed if isinstance(each, dict) and each.get("kid") == kid), None)
        if found is not None:
            return found
    raise _odd("kid")


def _document(settings: Settings, url: str, not_older: timedelta = _KEPT_FOR) -> dict[str, Any]:
    kept = _state.documents.get(url)
    if kept is not None and abs(now() - kept[0]) < not_older:
        return kept[1]
    status, body = _ask(settings, "GET", url)
    if status != 200:
        raise GoogleUnavailable
    _state.documents[url] = (now(), body)
    return body


def _ask(
    settings: Settings, method: str, url: str, form: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of an answer. Raises GoogleUnavailable, GoogleOffline."""
    if settings.offline:
        raise GoogleOffline
    try:
        answer = http.ask(Purpose.SIGN_IN, method, url, form=form, within_s=_WITHIN_S)
        body = json.loads(answer.content)
    except (http.FetchFailed, ValueError) as error:
        log.warning("google_unreachable", reason=type(error).__name__)
        raise GoogleUnavailable from error
    if not isinstance(body, dict):
        raise GoogleUnavailable
    return answer.status, body


def _odd(what: str) -> GoogleTokenInvalid:
    log.warning("google_token_refused", check=what[:80])
    return GoogleTokenInvalid()
