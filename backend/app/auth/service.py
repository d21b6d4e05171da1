"""Accounts: making users, signing in and out, passwords, tickets, API keys, settings.

Hashing a password takes tens of milliseconds, so functions here take the finished hash or only read: a write
transaction never waits for argon2.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.auth import passwords, repository, tokens
from app.auth.errors import (
    ApiKeyNotFound,
    Deactivated,
    LastAdmin,
    LoginFailed,
    OwnAccount,
    RegistrationClosed,
    SessionNotFound,
    SlowDown,
    TooManyPreferences,
    UsernameTaken,
    UserUnknown,
)
from app.auth.models import ApiKey, KeyScope, LoginSession, Ticket, User
from app.core import rate_limit
from app.core.clock import now
from app.core.crypto import digest, new_token
from app.core.db import ReadSession, WriteSession
from app.core.settings import Settings

FAILURES = rate_limit.Limit("login-failures", 5, 15 * 60)
REGISTRATIONS = rate_limit.Limit("registrations", 10, 60 * 60)
TICKET_SECONDS = 60
PREFERENCES_AT_MOST = 100


@dataclass(frozen=True)
class IssuedToken:
    """A fresh sign-in: the token, its CSRF token, and for how long (seconds) it counts."""

    access_token: str
    csrf_token: str
    expires_in: int


@dataclass(frozen=True)
class Client:
    """The machine at the other end, as far as a session remembers it."""

    address: str
    user_agent: str


def hash_password(password: str) -> str:
    """The hash to store. Takes some 30 ms; never inside a transaction."""
    return passwords.hash_password(password)


def username_key(username: str) -> str:
    """The form in which two usernames are the same."""
    return unicodedata.normalize("NFKC", username).casefold()


def has_owner(session: ReadSession) -> bool:
    """Whether anybody has an account yet."""
    return repository.has_user(session)


def count_registration(client: Client) -> None:
    """Raises SlowDown above 10 registrations an hour from one address."""
    wait = rate_limit.hit(REGISTRATIONS, client.address)
    if wait:
        raise SlowDown(wait)


def create_user(
    session: WriteSession,
    username: str,
    password_hash: str | None,
    *,
    only_first: bool = False,
    is_admin: bool = False,
    **columns: Any,
) -> User:
    """Make an account; the first one of an installation is its admin.

    Raises UsernameTaken; RegistrationClosed when `only_first` and somebody was faster.
    """
    repository.lock_registration(session)
    is_first = not repository.has_user(session)
    if only_first and not is_first:
        raise RegistrationClosed
    user = User(
        username=username,
        username_key=username_key(username),
        password_hash=password_hash,
        is_admin=is_first or is_admin,
        **columns,
    )
    session.add(user)
    try:
        session.flush()
    except IntegrityError as error:
        raise UsernameTaken from error
    return user


def find_user(session: ReadSession, username: str) -> User:
    """Raises UserUnknown."""
    found = repository.user_by_key(session, username_key(username))
    if found is None:
        raise UserUnknown
    return found


def check_login(session: ReadSession, username: str, client: Client) -> User | None:
    """The account that somebody names, if it exists. Raises SlowDown after too many failures."""
    refuse_after_failures(username, client)
    return repository.user_by_key(session, username_key(username))


def refuse_after_failures(username: str, client: Client) -> None:
    """Raises SlowDown while the account, whether it exists or not, or the address has failed too often lately."""
    wait = max(
        rate_limit.wait_of(FAILURES, "account", username_key(username)),
        rate_limit.wait_of(FAILURES, "address", client.address),
    )
    if wait:
        raise SlowDown(wait)


def count_failure(username: str, client: Client) -> None:
    """Count one against the account and the address."""
    rate_limit.hit(FAILURES, "account", username_key(username))
    rate_limit.hit(FAILURES, "address", client.address)


def forget_failures(username: str) -> None:
    """Once somebody is all the way in. The address keeps its count: an account of one's own must not clear it."""
    rate_limit.forget(FAILURES, "account", username_key(username))


def verify_login(user: User | None, username: str, password: str, client: Client) -> User:
    """The user, when the password is right. Uses no database; takes the same time for unknown names.

    Raises LoginFailed, and counts the failure; SlowDown when others failed while this one was looked at: many guesses
    at once get hardly further than the same ones in a row.
    """
    matches = passwords.is_password(user.password_hash if user else None, password)
    if user is None or not matches:
        count_failure(username, client)
        raise LoginFailed
    refuse_after_failures(username, client)
    return user


def refuse_deactivated(user: User) -> None:
    """Asked only after everything else was right, so that it tells strangers nothing. Raises Deactivated."""
    if not user.is_active:
        raise Deactivated


def open_session(session: WriteSession, settings: Settings, user_id: int, client: Client) -> IssuedToken:
    """Sign a user in: one row, one token."""
    at = now()
    repository.delete_expired(session, at)
    lifetime = timedelta(minutes=settings.jwt_expire_minutes)
    row = LoginSession(
        user_id=user_id,
        token_id=new_token(24),
        user_agent=_printable(client.user_agent, 300),
        address=client.address[:64],
        created_at=at,
        last_seen_at=at,
        expires_at=at + lifetime,
    )
    session.add(row)
    session.flush()
    repository.touch_session(session, row.id, user_id, at)
    token = tokens.issue_token(settings, tokens.Claims(user_id, row.token_id), at, row.expires_at)
    return IssuedToken(token, tokens.csrf_of(settings, row.token_id), int(lifetime.total_seconds()))


def signed_in_at(session: ReadSession, user: User, session_id: int | None) -> datetime | None:
    """When a session of the user began; None when there is none."""
    return None if session_id is None else repository.session_began(session, user.id, session_id)


def forget_expired(session: WriteSession) -> int:
    """Delete sessions and tickets that ran out; how many there were."""
    return repository.delete_expired(session, now())


def end_session(session: WriteSession, user: User, session_id: int) -> None:
    """Revoke one session's token. Raises SessionNotFound."""
    if not repository.delete_session(session, user.id, session_id):
        raise SessionNotFound(session_id=session_id)


def end_sessions(session: WriteSession, user: User, keep: int | None = None) -> None:
    """Revoke all of a user's tokens, but the session to keep."""
    repository.delete_sessions(session, user.id, keep)


def list_sessions(
    session: ReadSession, user: User, offset: int, limit: int
) -> tuple[Sequence[LoginSession], int]:
    return repository.sessions_of(session, user.id, now(), offset, limit)


def set_password(session: WriteSession, user_id: int, password_hash: str, *, ends_sessions: bool) -> None:
    """Store a new password; a change (but not a mere rehash) signs the user out everywhere."""
    user = repository.user_by_id(session, user_id)
    if user is None:
        raise UserUnknown
    user.password_hash = password_hash
    if ends_sessions:
        repository.delete_sessions(session, user_id)
    session.flush()


def promote(session: WriteSession, username: str) -> User:
    """Make a user an admin. Raises UserUnknown."""
    user = find_user(session, username)
    user.is_admin = True
    session.flush()
    return user


def list_users(session: ReadSession, offset: int, limit: int) -> tuple[Sequence[User], int]:
    """Everybody with an account here. For administrators."""
    return repository.users(session, offset, limit)


def change_user(
    session: WriteSession,
    admin: User,
    user_id: int,
    *,
    is_admin: bool | None = None,
    is_active: bool | None = None,
    google_email: str | None = None,
) -> User:
    """Let somebody administer or not, in or not; None leaves it. Whoever is shut out is signed out everywhere.

    `google_email` lets the person with this Google account in, unless the account has another one already.
    Raises UserUnknown, OwnAccount, LastAdmin.
    """
    repository.lock_registration(session)
    user = _other_user(session, admin, user_id)
    if google_email is not None and user.google_sub is None:
        user.google_email = google_email
    if is_admin is not None:
        user.is_admin = is_admin
    if is_active is False and user.is_active:
        user.deactivated_at = now()
        repository.delete_sessions(session, user.id)
    elif is_active:
        user.deactivated_at = None
    session.flush()
    if not (repository.has_other_admin(session, user.id) or (user.is_admin and user.is_active)):
        raise LastAdmin
    return user


def reset_password(
    session: WriteSession, admin: User, user_id: int, password_hash: str, *, totp_off: bool
) -> User:
    """Give somebody a new password, who is signed out everywhere. Raises UserUnknown, OwnAccount."""
    user = _other_user(session, admin, user_id)
    set_password(session, user.id, password_hash, ends_sessions=True)
    if totp_off:
        switch_totp_off(session, user.id)
    return user


def switch_totp_off(session: WriteSession, user_id: int) -> None:
    """The password alone is enough again. Raises UserUnknown."""
    user = repository.user_by_id(session, user_id)
    if user is None:
        raise UserUnknown
    user.totp_secret = user.totp_confirmed_at = user.totp_last_step = None
    repository.delete_recovery_codes(session, user_id)
    session.flush()


def _other_user(session: ReadSession, admin: User, user_id: int) -> User:
    found = repository.user_by_id(session, user_id)
    if found is None:
        raise UserUnknown
    if found.id == admin.id:
        raise OwnAccount
    return found


def issue_ticket(session: WriteSession, user: User, session_id: int | None) -> str:
    """A pass for one request within TICKET_SECONDS."""
    at = now()
    repository.delete_expired(session, at)
    ticket = new_token(24)
    session.add(
        Ticket(
            user_id=user.id,
            session_id=session_id,
            ticket_hash=digest(ticket),
            expires_at=at + timedelta(seconds=TICKET_SECONDS),
        )
    )
    session.flush()
    return ticket


def create_key(session: WriteSession, user: User, name: str, scope: KeyScope) -> tuple[ApiKey, str]:
    """A named API key: its row, and the key itself, which is never seen again."""
    key = f"jt_{new_token(32)}"
    row = ApiKey(user_id=user.id, name=name, hint=key[:9], key_hash=digest(key), scope=scope)
    session.add(row)
    session.flush()
    return row, key


def list_keys(session: ReadSession, user: User, offset: int, limit: int) -> tuple[Sequence[ApiKey], int]:
    return repository.keys_of(session, user.id, offset, limit)


def delete_key(session: WriteSession, user: User, key_id: int) -> None:
    """Revoke an API key. Raises ApiKeyNotFound."""
    if not repository.delete_key(session, user.id, key_id):
        raise ApiKeyNotFound(api_key_id=key_id)


def stored(session: ReadSession, user: User) -> User:
    """The user's row in this session, where it can be changed. Raises UserUnknown."""
    row = repository.user_by_id(session, user.id)
    if row is None:
        raise UserUnknown
    return row


def update_profile(session: WriteSession, user: User, changes: dict[str, Any]) -> User:
    """Change columns of the user's own row; returns it as stored."""
    row = stored(session, user)
    for column, value in changes.items():
        setattr(row, column, value)
    session.flush()
    return row


def preferences(session: ReadSession, user: User) -> dict[str, Any]:
    """The user's stored settings by name."""
    return repository.preferences_of(session, user.id)


def store_preferences(session: WriteSession, user: User, changes: dict[str, Any]) -> dict[str, Any]:
    """Merge `changes` into the user's settings (None removes); all settings as stored."""
    for name, value in changes.items():
        repository.store_preference(session, user.id, name, value)
    stored = repository.preferences_of(session, user.id)
    if len(stored) > PREFERENCES_AT_MOST:
        raise TooManyPreferences(at_most=PREFERENCES_AT_MOST)
    return stored


def _printable(value: str, length: int) -> str:
    return "".join(letter for letter in value if letter.isprintable())[:length]


def instance_values(session: ReadSession, names: Collection[str]) -> dict[str, tuple[str, bool]]:
    """Values that were set in the page for the whole installation: name to (value, whether it is encrypted)."""
    return repository.instance_values(session, names)


def store_instance_value(
    session: WriteSession, name: str, value: str | None, *, encrypted: bool = False
) -> None:
    """Write such a value; None removes it. Whoever encrypts it says so."""
    repository.store_instance_value(session, name, value, encrypted=encrypted)
