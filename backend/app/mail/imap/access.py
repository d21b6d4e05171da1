"""What it takes to open a mailbox over IMAP, and how that is kept: sealed, all of it."""

from __future__ import annotations

import ipaddress
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from app.core import crypto
from app.core.settings import Settings
from app.mail.sources import SourceReauthRequired

KIND = "imap"


class Security(StrEnum):
    """TLS from the first byte, TLS after a greeting in the clear, or none (this machine only)."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ImapAccess:
    """One mailbox. `folders` are those to read, None for all that hold mail; `name` is what its owner calls it."""

    address: str
    host: str
    port: int
    security: Security
    username: str
    password: str
    folders: tuple[str, ...] | None = None
    name: str = ""

    def to_json(self) -> bytes:
        return json.dumps({"kind": KIND, **asdict(self)}).encode()


def read_access(payload_json: bytes) -> ImapAccess:
    """What `to_json` wrote. Raises SourceReauthRequired when it can't be used."""
    try:
        fields = json.loads(payload_json)
        del fields["kind"]
        fields["security"] = Security(fields["security"])
        fields["folders"] = None if fields["folders"] is None else tuple(fields["folders"])
        return ImapAccess(**fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceReauthRequired("What was stored about this account is incomplete.") from error


def seal(access: ImapAccess, settings: Settings) -> bytes:
    """Ciphertext for the database."""
    return crypto.encrypt(access.to_json(), settings.encryption_keys)


def unseal(sealed: bytes, settings: Settings) -> ImapAccess:
    """What `seal` was given. Raises crypto.CredentialsUnreadable, SourceReauthRequired."""
    return read_access(crypto.decrypt(sealed, settings.encryption_keys))


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this very machine, without asking any resolver."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
