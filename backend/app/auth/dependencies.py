"""How endpoints of all rooms learn who asks.

`CurrentUser` for every endpoint; `StreamUser` where a browser can't send headers (event streams, the jump to
Google) and the address may carry `?token=`. Both give a detached `User` and hold no database session.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from app.auth.authentication import Credentials, Identity, identify, limit_requests
from app.auth.errors import AdminOnly, ForeignOrigin, NotSignedIn
from app.auth.models import User
from app.auth.origins import is_local_request, is_own_origin
from app.auth.service import Client
from app.core.settings import Settings, get_settings

SESSION_COOKIE = "session"
CSRF_COOKIE = "csrf_token"
CSRF_HEADER = "X-CSRF-Token"

_bearer = HTTPBearer(auto_error=False, scheme_name="Bearer", bearerFormat="JWT")
_api_key = APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="ApiKey")
_cookie = APIKeyCookie(name=SESSION_COOKIE, auto_error=False, scheme_name="SessionCookie")


async def _documented(
    _by_bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    _by_key: Annotated[str | None, Depends(_api_key)],
    _by_cookie: Annotated[str | None, Depends(_cookie)],
) -> None:
    """Name the ways in for openapi.json. `_credentials` reads them: the key's header has a settable name."""


Documented = Annotated[None, Depends(_documented)]


def address_of(request: Request) -> str:
    """The address of the machine at the other end."""
    return request.client.host if request.client else ""


def client_of(request: Request) -> Client:
    return Client(address_of(request), request.headers.get("user-agent", ""))


def is_local(request: Request) -> bool:
    """Whether the request comes from a person at this machine."""
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    return is_local_request(address_of(request), request.headers.get("host", ""), forwarded=forwarded)


def _credentials(request: Request, settings: Settings, *, query: bool) -> Credentials:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return Credentials(
        method=request.method,
        host=request.headers.get("host", ""),
        address=address_of(request),
        bearer=value.strip() if scheme.lower() == "bearer" else None,
        api_key=request.headers.get(settings.api_key_header),
        cookie=request.cookies.get(SESSION_COOKIE),
        query_token=request.query_params.get("token") if query else None,
        csrf_header=request.headers.get(CSRF_HEADER),
        csrf_cookie=request.cookies.get(CSRF_COOKIE),
        origin=request.headers.get("origin"),
    )


def _identify(request: Request, *, query: bool, is_counted: bool = True) -> Identity:
    settings = get_settings()
    found = identify(settings, _credentials(request, settings, query=query), is_counted=is_counted)
    request.state.user_id = found.user.id
    return found


def current_identity(request: Request, _ways: Documented) -> Identity:
    return _identify(request, query=False)


CurrentIdentity = Annotated[Identity, Depends(current_identity)]


def optional_identity(request: Request) -> Identity | None:
    """Who asks, if anybody; wrong credentials count as none."""
    try:
        return _identify(request, query=False)
    except NotSignedIn:
        return None


OptionalIdentity = Annotated[Identity | None, Depends(optional_identity)]


async def current_user(identity: CurrentIdentity) -> User:
    return identity.user


CurrentUser = Annotated[User, Depends(current_user)]


def stream_user(request: Request, _ways: Documented) -> User:
    return _identify(request, query=True).user


StreamUser = Annotated[User, Depends(stream_user)]


def sending_user(request: Request, _ways: Documented) -> User:
    """Who sends the many pieces of something big: were they counted, the page could ask for nothing meanwhile."""
    return _identify(request, query=False, is_counted=False).user


SendingUser = Annotated[User, Depends(sending_user)]


async def admin_user(identity: CurrentIdentity) -> User:
    if not identity.user.is_admin:
        raise AdminOnly
    return identity.user


AdminUser = Annotated[User, Depends(admin_user)]


def anonymous_page(request: Request) -> None:
    """Guard of unsafe endpoints without a login: not from a foreign page, and not too often."""
    settings = get_settings()
    limit_requests(settings, f"address:{address_of(request)}")
    origin = request.headers.get("origin")
    if origin is not None and not is_own_origin(settings, origin, request.headers.get("host", "")):
        raise ForeignOrigin
