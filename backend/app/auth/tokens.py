"""Our tokens: JWT by python-jose, HS256 and nothing else. Google's are read in `google_oidc`."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from jose import jwt
from jose.exceptions import JWTError

from app.auth.errors import CredentialsInvalid
from app.core.crypto import same
from app.core.settings import Settings

_ALGORITHM = "HS256"
_LONGEST = 4096
_REQUIRED = {"require_exp": True, "require_iat": True, "require_sub": True, "require_jti": True}


@dataclass(frozen=True)
class Claims:
    """What a verified token says. Whether its session still stands is another question."""

    user_id: int
    token_id: str


def issue_token(settings: Settings, claims: Claims, issued_at: datetime, expires_at: datetime) -> str:
    """A signed token."""
    body = {
        "sub": str(claims.user_id),
        "jti": claims.token_id,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
    }
    token: str = jwt.encode(body, _secret(settings), algorithm=_ALGORITHM)
    return token


def read_token(settings: Settings, token: str) -> Claims:
    """Claims of a token that we signed and that has not expired. Raises CredentialsInvalid."""
    if len(token) > _LONGEST:
        raise CredentialsInvalid
    try:
        body = jwt.decode(token, _secret(settings), algorithms=[_ALGORITHM], options=_REQUIRED)
        return Claims(user_id=int(body["sub"]), token_id=str(body["jti"]))
    except (JWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise CredentialsInvalid from error


def csrf_of(settings: Settings, token_id: str) -> str:
    """The CSRF token that belongs to one session."""
    return _mac(settings, f"csrf:{token_id}").hexdigest()


def is_csrf_of(settings: Settings, token_id: str, given: str) -> bool:
    return same(csrf_of(settings, token_id), given)


def setup_code(settings: Settings) -> str:
    """The code that lets somebody on another machine make the first account.

    Derived from SECRET_KEY, so every process prints the same one and nothing is stored.
    """
    number = int.from_bytes(_mac(settings, "setup-code").digest()[:8])
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    code = "".join(letters[(number >> (5 * place)) & 31] for place in range(12))
    return "-".join((code[:4], code[4:8], code[8:]))


def is_setup_code(settings: Settings, given: str) -> bool:
    """Whether `given` is the setup code, however it was typed."""
    typed = "".join(letter for letter in given.upper() if letter.isalnum())
    return same(setup_code(settings).replace("-", ""), typed)


def _mac(settings: Settings, message: str) -> hmac.HMAC:
    return hmac.new(_secret(settings).encode(), message.encode(), hashlib.sha256)


def _secret(settings: Settings) -> str:
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise RuntimeError("There is no SECRET_KEY yet: call ensure_secrets first.")
    return secret
