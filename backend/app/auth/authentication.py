"""Finding out who asks, from what a request carries. Holds no database session afterwards.

A header wins over the cookie; only the cookie needs proof (a CSRF token) that our own page made the request,
because only the cookie is sent along without the page's doing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy.exc import OperationalError

from app.auth import repository, tokens
from app.auth.errors import (
    CredentialsInvalid,
    CsrfFailed,
    ForeignOrigin,
    NotSignedIn,
    ReadOnlyKey,
    TooManyRequestsOfUser,
)
from app.auth.models import KeyScope, User
from app.auth.origins import is_own_origin
from app.core import db, rate_limit
from app.core.clock import now
from app.core.crypto import digest, same
from app.core.settings import Settings

log = structlog.get_logger(__name__)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TOUCH_EVERY = timedelta(minutes=1)


class Via(StrEnum):
    """What a request proved its user with."""

    BEARER = "bearer"
    KEY = "key"
    COOKIE = "cookie"
    TICKET = "ticket"


@dataclass(frozen=True)
class Credentials:
    """What a request carries. `query_token` is only filled where an address may carry one."""

    method: str
    host: str
    address: str
    bearer: str | None = None
    api_key: str | None = None
    cookie: str | None = None
    query_token: str | None = None
    csrf_header: str | None = None
    csrf_cookie: str | None = None
    origin: str | None = None

    @property
    def is_safe(self) -> bool:
        return self.method in SAFE_METHODS


@dataclass(frozen=True)
class Identity:
    """Who asks, and by what. `user` is detached: its columns are there, its session is gone."""

    user: User
    via: Via
    session_id: int | None = None


def identify(settings: Settings, given: Credentials, *, is_counted: bool = True) -> Identity:
    """The user behind a request, which counts against the limit per minute unless it is not `is_counted`.

    Raises NotSignedIn, CredentialsInvalid, CsrfFailed, ForeignOrigin, ReadOnlyKey, TooManyRequestsOfUser.
    """
    try:
        found = _identify(settings, given)
    except NotSignedIn:
        limit_requests(settings, f"address:{given.address}")
        raise
    if is_counted:
        limit_requests(settings, f"user:{found.user.id}")
    return found


def limit_requests(settings: Settings, who: str) -> None:
    """Count one request of `who` against RATE_LIMIT_PER_MINUTE. Raises TooManyRequestsOfUser."""
    if not settings.rate_limit_per_minute:
        return
    wait = rate_limit.hit(rate_limit.Limit("requests", settings.rate_limit_per_minute, 60), who)
    if wait:
        raise TooManyRequestsOfUser(wait)


def _identify(settings: Settings, given: Credentials) -> Identity:
    if given.bearer is not None:
        return _by_token(settings, given.bearer, Via.BEARER)
    if given.api_key is not None:
        return _by_key(settings, given.api_key, is_safe=given.is_safe)
    if given.query_token is not None:
        return _by_query(settings, given.query_token)
    if given.cookie is not None:
        return _by_cookie(settings, given, given.cookie)
    raise NotSignedIn


def _by_token(settings: Settings, token: str, via: Via) -> Identity:
    claims = tokens.read_token(settings, token)
    at = now()
    with db.read_session() as session:
        found = repository.session_with_user(session, claims.user_id, claims.token_id, at)
    if found is None:
        raise CredentialsInvalid
    row, user = found
    if at - row.last_seen_at >= TOUCH_EVERY:
        _touch(repository.touch_session, row.id, user.id, at)
    return Identity(user, via, row.id)


def _by_cookie(settings: Settings, given: Credentials, token: str) -> Identity:
    found = _by_token(settings, token, Via.COOKIE)
    if given.is_safe:
        return found
    if given.origin is not None and not is_own_origin(settings, given.origin, given.host):
        raise ForeignOrigin
    token_id = tokens.read_token(settings, token).token_id
    header, cookie = given.csrf_header or "", given.csrf_cookie or ""
    if not same(header, cookie) or not tokens.is_csrf_of(settings, token_id, header):
        raise CsrfFailed
    return found


def _by_key(settings: Settings, key: str, *, is_safe: bool) -> Identity:
    static = settings.api_key.get_secret_value()
    with db.read_session() as session:
        if static and settings.api_key_user_id is not None and same(static, key):
            owner = repository.active_user(session, settings.api_key_user_id)
            if owner is None:
                raise CredentialsInvalid
            return Identity(owner, Via.KEY)
        found = repository.key_with_user(session, digest(key))
    if found is None:
        raise CredentialsInvalid
    row, user = found
    if row.scope != KeyScope.WRITE and not is_safe:
        raise ReadOnlyKey
    at = now()
    if row.last_used_at is None or at - row.last_used_at >= TOUCH_EVERY:
        _touch(repository.touch_key, row.id, user.id, at)
    return Identity(user, Via.KEY)


def _by_query(settings: Settings, token: str) -> Identity:
    if "." in token:
        return _by_token(settings, token, Via.TICKET)
    with db.transaction() as session:
        user_id = repository.take_ticket(session, digest(token), now())
        user = None if user_id is None else repository.active_user(session, user_id)
    if user is None:
        raise CredentialsInvalid
    return Identity(user, Via.TICKET)


def _touch(
    write: Callable[[db.WriteSession, int, int, datetime], None], row_id: int, user_id: int, at: datetime
) -> None:
    """Note when it was last used; a database that is busy right now is no reason to turn anybody away."""
    try:
        with db.transaction() as session:
            write(session, row_id, user_id, at)
    except OperationalError:
        log.warning("last_seen_not_written")
