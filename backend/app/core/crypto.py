"""Encryption of credentials at rest (Fernet, rotating keys) and comparison of secrets."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.core.errors import AppError


class CredentialsUnreadable(AppError):
    """Stored credentials can't be decrypted with the keys at hand."""

    code = "crypto.unreadable"
    title = "Stored credentials can't be read with this ENCRYPTION_KEY"


def encrypt(plain: bytes, keys: list[str]) -> bytes:
    """Ciphertext under the first (newest) key."""
    return _fernet(keys).encrypt(plain)


def decrypt(cipher: bytes, keys: list[str]) -> bytes:
    """Plain bytes; any of `keys` may have written it. Raises CredentialsUnreadable."""
    try:
        return _fernet(keys).decrypt(cipher)
    except InvalidToken as error:
        raise CredentialsUnreadable from error


def resealed(cipher: bytes, keys: list[str]) -> bytes | None:
    """The same under the newest key; None where that key wrote it. Raises CredentialsUnreadable."""
    try:
        Fernet(keys[0]).decrypt(cipher)
    except InvalidToken:
        return encrypt(decrypt(cipher, keys), keys)
    return None


def new_key() -> str:
    return Fernet.generate_key().decode()


def new_token(size: int = 32) -> str:
    """A random URL-safe secret of `size` random bytes."""
    return secrets.token_urlsafe(size)


def digest(value: str) -> str:
    """SHA-256 hex of a secret that has enough randomness of its own (tokens, keys; never passwords)."""
    return hashlib.sha256(value.encode()).hexdigest()


def same(a: str, b: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(a.encode(), b.encode())


def _fernet(keys: list[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
