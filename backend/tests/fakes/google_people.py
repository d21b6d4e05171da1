"""The side of the fake that knows people (OpenID Connect): its configuration, its keys, and real signed id_tokens.

A test bends what is signed next by `google.people.bend(...)`: other claims, another algorithm, another key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwk, jwt

KID = "fake-key-1"
LIFE_S = 3600


@lru_cache(maxsize=4)
def private_key(name: str = KID) -> str:
    """A PEM key, the same for a name as long as the process lives."""
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def public_key(name: str = KID) -> str:
    """Its public half, as PEM."""
    key = serialization.load_pem_private_key(private_key(name).encode(), None)
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def sub_of(address: str) -> str:
    """The number by which the fake knows a person for ever."""
    return "1" + str(int(hashlib.sha256(address.encode()).hexdigest()[:16], 16))


@dataclass
class Bend:
    """How the next id_token differs from an honest one. `claims` with None leaves that claim out."""

    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: str | None = None
    kid: str = KID
    unsigned: bool = False
    spoilt: bool = False


class People:
    """Signs who somebody is; also answers for the addresses that belong to it."""

    def __init__(self) -> None:
        self.verified = True
        self.kids = [KID]
        self.asked_for_keys = 0
        self._bend = Bend()
        self._lock = threading.Lock()

    def bend(self, **how: Any) -> None:
        """The next id_token is made like this, those after it honestly again."""
        self._bend = Bend(**how)

    def configuration(self, base: str) -> dict[str, Any]:
        return {
            "issuer": base,
            "authorization_endpoint": f"{base}/o/oauth2/v2/auth",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/oauth2/v3/userinfo",
            "jwks_uri": f"{base}/oauth2/v3/certs",
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        self.asked_for_keys += 1
        return {
            "keys": [
                {**jwk.construct(public_key(kid), "RS256").to_dict(), "kid": kid, "use": "sig"}
                for kid in self.kids
            ]
        }

    def id_token(self, base: str, client_id: str, address: str, nonce: str, access_token: str) -> str:
        with self._lock:
            bend, self._bend = self._bend, Bend()
        at = int(time.time())
        claims: dict[str, Any] = {
            "iss": base,
            "aud": client_id,
            "azp": client_id,
            "sub": sub_of(address),
            "email": address,
            "email_verified": self.verified,
            "name": address.partition("@")[0].replace(".", " ").title(),
            "at_hash": _half_hash(access_token),
            "nonce": nonce,
            "iat": at,
            "exp": at + LIFE_S,
        }
        claims = {name: value for name, value in (claims | bend.claims).items() if value is not None}
        key = bend.key or private_key(bend.kid if bend.kid in self.kids else KID)
        if bend.algorithm.startswith("HS"):
            token = _signed_by_hand(claims, key, bend.kid)
        else:
            token = jwt.encode(claims, key, algorithm=bend.algorithm, headers={"kid": bend.kid})
        header, body, signature = token.split(".")
        if bend.unsigned:
            return f"{_encoded(json.dumps({'alg': 'none', 'kid': bend.kid}).encode())}.{body}."
        if bend.spoilt:
            return f"{header}.{body}.{signature[:-8]}{'A' * 8}"
        return token


def _signed_by_hand(claims: dict[str, Any], key: str, kid: str) -> str:
    """HS256 with any key, also with a public one, which no library signs with: just what an attacker would send."""
    head = _encoded(json.dumps({"alg": "HS256", "typ": "JWT", "kid": kid}).encode())
    body = _encoded(json.dumps(claims).encode())
    signature = hmac.new(key.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{_encoded(signature)}"


def _half_hash(token: str) -> str:
    return _encoded(hashlib.sha256(token.encode()).digest()[:16])


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
