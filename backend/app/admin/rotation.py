"""Putting secrets under the newest ENCRYPTION_KEY, so that an older one can be taken away.

Every secret is swapped under the condition that nobody wrote another one meanwhile; doing it twice is the same as
doing it once, and being stopped half-way leaves what any of the keys can read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import structlog

from app.auth import repository as accounts
from app.core import crypto, db
from app.core.settings import Settings, get_settings
from app.mail import repository as mail

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many secrets were put under the newest key, stood there already, and can't be read by any key."""

    moved: int
    there: int
    unreadable: int


class _Swap(Protocol):
    """Write `after` where `before` stands; false where it no longer does."""

    def __call__(self, session: db.WriteSession, /, *, before: bytes, after: bytes) -> bool: ...


class _State:
    done_for: tuple[str, ...] = ()


def reseal(settings: Settings) -> Resealed:
    """Put every stored secret under the newest key."""
    moved = there = unreadable = 0
    for name, cipher, swap in _secrets():
        try:
            after = crypto.resealed(cipher, settings.encryption_keys)
        except crypto.CredentialsUnreadable:
            log.warning("secret_unreadable", secret_of=name)
            unreadable += 1
            continue
        if after is None:
            there += 1
            continue
        with db.transaction() as session:
            moved += swap(session, before=cipher, after=after)
    return Resealed(moved, there, unreadable)


def reseal_once() -> None:
    """Once per process, where there is more than one key."""
    settings = get_settings()
    done_for = (settings.database_url, *settings.encryption_keys)
    if len(settings.encryption_keys) < 2 or _State.done_for == done_for:
        return
    _State.done_for = done_for
    done = reseal(settings)
    if done.moved or done.unreadable:
        log.info("secrets_resealed", moved=done.moved, unreadable=done.unreadable)


def _secrets() -> Iterator[tuple[str, bytes, _Swap]]:
    """Every secret that lasts: whose it is, as it is stored, and how it is swapped. A consent's is gone in ten
    minutes."""
    with db.read_session() as session:
        of_mail = [(each.id, each.credentials) for each in mail.all_accounts(session) if each.credentials]
        of_instance = accounts.encrypted_instance_values(session)
        of_users = accounts.totp_secrets(session)
    for account_id, credentials in of_mail:
        yield f"mail account {account_id}", credentials, partial(_swap_account, account_id=account_id)
    for name, value in of_instance.items():
        yield f"setting {name}", value.encode(), partial(_swap_setting, name=name)
    for user_id, secret in of_users.items():
        yield f"user {user_id}", secret.encode(), partial(_swap_totp, user_id=user_id)


def _swap_totp(session: db.WriteSession, /, *, user_id: int, before: bytes, after: bytes) -> bool:
    return accounts.swap_totp_secret(session, user_id, before.decode(), after.decode())


def _swap_account(session: db.WriteSession, /, *, account_id: int, before: bytes, after: bytes) -> bool:
    return mail.swap_credentials(session, account_id, before, after)


def _swap_setting(session: db.WriteSession, /, *, name: str, before: bytes, after: bytes) -> bool:
    return accounts.swap_instance_value(session, name, before.decode(), after.decode())
