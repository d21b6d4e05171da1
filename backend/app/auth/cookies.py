"""The two cookies of a page: the session, which scripts can't read, and the CSRF token, which they must.

Signing in with Google has cookies of its own, for a few minutes.
"""

from __future__ import annotations

from fastapi import Request, Response

from app.auth.dependencies import CSRF_COOKIE, SESSION_COOKIE
from app.auth.origins import is_loopback_host
from app.auth.service import IssuedToken
from app.core.settings import Settings


def set_cookies(request: Request, response: Response, settings: Settings, issued: IssuedToken) -> None:
    """Sign a browser in. Secure, unless it talks plain http to this very machine."""
    secure = _must_be_secure(request, settings)
    for name, value, http_only in (
        (SESSION_COOKIE, issued.access_token, True),
        (CSRF_COOKIE, issued.csrf_token, False),
    ):
        response.set_cookie(
            name,
            value,
            max_age=issued.expires_in,
            path="/",
            secure=secure,
            httponly=http_only,
            samesite="lax",
        )


def clear_cookies(request: Request, response: Response, settings: Settings) -> None:
    """Make a browser forget both cookies."""
    secure = _must_be_secure(request, settings)
    for name, http_only in ((SESSION_COOKIE, True), (CSRF_COOKIE, False)):
        response.delete_cookie(name, path="/", secure=secure, httponly=http_only, samesite="lax")


def set_cookie(
    request: Request, response: Response, settings: Settings, name: str, value: str, seconds: int, path: str
) -> None:
    """A cookie that only the server reads, for addresses under `path`."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=_must_be_secure(request, settings),
        httponly=True,
        samesite="lax",
    )


def clear_cookie(request: Request, response: Response, settings: Settings, name: str, path: str) -> None:
    """Make a browser forget such a cookie."""
    secure = _must_be_secure(request, settings)
    response.delete_cookie(name, path=path, secure=secure, httponly=True, samesite="lax")


def _must_be_secure(request: Request, settings: Settings) -> bool:
    by_tls = request.url.scheme == "https" or settings.public_url.startswith("https:")
    return by_tls or not is_loopback_host(request.headers.get("host", ""))
