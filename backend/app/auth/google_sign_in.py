"""Signing in with Google, and linking a Google account, from the first click to the session.

What a browser began stands sealed in a cookie of that browser: state, nonce, PKCE verifier, and for whom. An answer
that comes to another browser finds no cookie there and does nothing, whoever sent the link to it.

Google's `sub` is what binds an account. An e-mail address binds only an account that asked for it: by the link step
in Settings, or because its administrator named the address; and only while Google says that it is verified.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from app.auth import google_oidc, repository, service, two_step
from app.auth.errors import (
    GoogleDenied,
    GoogleNotConfigured,
    GoogleNotLinked,
    GoogleStateInvalid,
    GoogleTaken,
    GoogleUnknown,
    OnlyWayIn,
    UsernameTaken,
)
from app.auth.google_oidc import Person
from app.auth.models import User
from app.auth.service import Client
from app.core import crypto, db
from app.core.clock import now
from app.core.db import WriteSession
from app.core.settings import Settings

ATTEMPT_S = 600
SECOND_STEP_S = 300
_UNFIT = re.compile(r"[^\w.@+-]")
_NAMES_TRIED = 20


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and what its cookie must carry back."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Who Google says it is: a user here, to be signed in unless only an account was linked. Goes on at `target`."""

    user: User
    target: str
    linked: bool


def begin(settings: Settings, *, redirect_uri: str, target: str | None, link: User | None = None) -> Begun:
    """Start a sign-in, or for `link` the linking of this user's account.

    Raises GoogleNotConfigured, GoogleUnavailable, GoogleOffline.
    """
    if not settings.google_sign_in:
        raise GoogleNotConfigured
    state, nonce, verifier = crypto.new_token(), crypto.new_token(), crypto.new_token(48)
    attempt = {
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "redirect_uri": redirect_uri,
        "target": own_path(target),
        "link": link.id if link else None,
    }
    url = google_oidc.authorization_url(
        settings,
        redirect_uri=redirect_uri,
        state=state,
        nonce=nonce,
        code_verifier=verifier,
    )
    return Begun(url, _seal(settings, "attempt", attempt, ATTEMPT_S))


def finish(
    settings: Settings,
    *,
    state: str,
    code: str | None,
    error: str | None,
    cookie: str | None,
    asker: User | None,
    client: Client,
) -> Finished:
    """Check what came back, and find or link the account. `asker` is who is signed in to this browser.

    Raises GoogleStateInvalid, GoogleDenied, GoogleTokenInvalid, GoogleUnavailable, GoogleOffline, GoogleUnknown,
    GoogleTaken, SlowDown, Deactivated.
    """
    if not settings.google_sign_in:
        raise GoogleNotConfigured
    attempt = _unseal(settings, "attempt", cookie)
    if not crypto.same(attempt["state"], state):
        raise GoogleStateInvalid
    if error or not code:
        raise GoogleDenied
    if attempt["link"] is not None and (asker is None or asker.id != attempt["link"]):
        raise GoogleStateInvalid
    tokens = google_oidc.trade(
        settings, code=code, code_verifier=attempt["verifier"], redirect_uri=attempt["redirect_uri"]
    )
    person = google_oidc.verify(settings, tokens, attempt["nonce"])
    if attempt["link"] is not None and asker is not None:
        with db.transaction() as session:
            return Finished(_link(session, asker, person), attempt["target"], linked=True)
    user = _find_or_make(settings, person, client)
    service.refuse_deactivated(user)
    return Finished(user, attempt["target"], linked=False)


def hold_for_code(settings: Settings, user: User) -> str:
    """What a browser keeps between Google's answer and the code of the authenticator app."""
    return _seal(settings, "second", {"user_id": user.id}, SECOND_STEP_S)


def finish_with_code(settings: Settings, cookie: str | None, code: str, client: Client) -> User:
    """The second step of somebody who was held. Raises GoogleStateInvalid, CodeRequired, CodeWrong, SlowDown,
    Deactivated."""
    held = _unseal(settings, "second", cookie)
    with db.read_session() as session:
        user = repository.user_by_id(session, held["user_id"])
    if user is None:
        raise GoogleStateInvalid
    two_step.check(settings, user, code, client)
    service.refuse_deactivated(user)
    service.forget_failures(user.username)
    return user


def unlink(session: WriteSession, user: User) -> User:
    """Forget the Google account. Raises GoogleNotLinked, OnlyWayIn."""
    row = service.stored(session, user)
    if not row.has_google:
        raise GoogleNotLinked
    if not row.has_password:
        raise OnlyWayIn
    row.google_sub = row.google_email = None
    session.flush()
    return row


def own_path(wanted: str | None) -> str:
    """`wanted` when it is a path of this page, else `/`: a sign-in must not lead anybody elsewhere."""
    if not wanted or len(wanted) > 500 or not re.match(r"/(?![/\\])", wanted):
        return "/"
    return "/" if any(ord(each) <= 32 or ord(each) == 127 or each == "\\" for each in wanted) else wanted


def _link(session: WriteSession, user: User, person: Person) -> User:
    known = repository.user_by_google(session, person.sub)
    if known is not None and known.id != user.id:
        raise GoogleTaken
    row = service.stored(session, user)
    row.google_sub, row.google_email = person.sub, person.email
    session.flush()
    return row


def _find_or_make(settings: Settings, person: Person, client: Client) -> User:
    with db.transaction() as session:
        known = repository.user_by_google(session, person.sub)
        if known is not None:
            return known
        awaited = None
        if person.verified and person.email:
            awaited = repository.user_awaiting_google(session, person.email)
        if awaited is not None:
            return _link(session, awaited, person)
        # The first account is its owner's, and needs the setup code from afar: never a stranger's by Google.
        if settings.registration != "open" or not service.has_owner(session):
            raise GoogleUnknown
    service.count_registration(client)
    return _make(person)


def _make(person: Person) -> User:
    verified = person.email if person.verified else None
    name = _UNFIT.sub("", verified or person.name or "")[:56] or "somebody"
    for number in range(1, _NAMES_TRIED + 1):
        username = name if number == 1 else f"{name}-{number}"
        try:
            with db.transaction() as session:
                known = repository.user_by_google(session, person.sub)  # the second click was faster
                return known or service.create_user(
                    session,
                    username,
                    None,
                    email=verified,
                    display_name=person.name,
                    google_sub=person.sub,
                    google_email=person.email,
                )
        except UsernameTaken:
            continue
    raise UsernameTaken


def _seal(settings: Settings, kind: str, body: dict[str, Any], seconds: int) -> str:
    sealed = {**body, "kind": kind, "until": int(now().timestamp()) + seconds}
    return crypto.encrypt(json.dumps(sealed).encode(), settings.encryption_keys).decode()


def _unseal(settings: Settings, kind: str, cookie: str | None) -> dict[str, Any]:
    """Raises GoogleStateInvalid for what we did not seal, not for this, or too long ago."""
    if not cookie or len(cookie) > 4096:
        raise GoogleStateInvalid
    try:
        body: dict[str, Any] = json.loads(crypto.decrypt(cookie.encode(), settings.encryption_keys))
    except crypto.CredentialsUnreadable as error:
        raise GoogleStateInvalid from error
    if body["kind"] != kind or body["until"] < now().timestamp():
        raise GoogleStateInvalid
    return body
