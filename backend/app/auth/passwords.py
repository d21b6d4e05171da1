"""Passwords: argon2id with OWASP's parameters, few at a time (each takes 19 MiB for a moment)."""

from __future__ import annotations

import base64
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
MAX_LENGTH = 256

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_slots = threading.BoundedSemaphore(4)
# Nobody's password: verifying it takes as long as a real one, so the clock tells no names.
_NOBODY = (
    f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    f"${base64.b64encode(b'nobody-has-this.').decode().rstrip('=')}"
    f"${base64.b64encode(b'nobody-has-this-password-either.').decode().rstrip('=')}"
)


def hash_password(password: str) -> str:
    """The argon2id hash to store. Takes some 30 ms; never inside a transaction."""
    with _slots:
        return _hasher.hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`; takes the same time when there is none."""
    with _slots:
        try:
            _hasher.verify(stored or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None


def rehash_if_outdated(stored: str | None, password: str) -> str | None:
    """A new hash of a password that was just verified, when the old one has other parameters than today's."""
    if stored is None or not _hasher.check_needs_rehash(stored):
        return None
    return hash_password(password)
