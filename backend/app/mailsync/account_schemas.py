"""Mail accounts as the API shows and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, StringConstraints

from app.core.errors import AppError
from app.core.settings import Settings
from app.mail.imap.access import ImapAccess, Security, unseal
from app.mail.imap.folders import Role
from app.mail.imap.presets import Password, Preset
from app.mail.imap.probing import Probed
from app.mail.models import MailAccount, Provider
from app.mailsync.models import SyncState

_PRINTABLE = r"^[^\x00-\x1f\x7f]+$"
Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=320, pattern=r"^[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+$"),
]
Host = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=253, pattern=r"^[A-Za-z0-9.:_\[\]-]+$")
]
Port = Annotated[int, Field(ge=1, le=65535)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=320, pattern=_PRINTABLE)]
FolderName = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=_PRINTABLE)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class ImapShown(BaseModel):
    """How an account is opened; the password is never shown. `folders` null means all that hold mail."""

    host: str
    port: int
    security: Security
    username: str
    folders: list[str] | None

    @classmethod
    def of(cls, access: ImapAccess) -> Self:
        folders = None if access.folders is None else list(access.folders)
        return cls(
            host=access.host,
            port=access.port,
            security=access.security,
            username=access.username,
            folders=folders,
        )


class MailAccountOut(BaseModel):
    """One connected source; `complete_since` is the moment back to which its mail is complete. `connected` is
    false for archives and for accounts whose credentials were deleted; `error` is what kept the last sync from
    its end."""

    id: int
    provider: str
    address: str
    name: str
    is_demo: bool
    connected: bool
    needs_reauth: bool
    emails: int
    last_synced_at: datetime | None
    complete_since: datetime | None
    error: str | None
    created_at: datetime
    imap: ImapShown | None

    @classmethod
    def of(cls, account: MailAccount, emails: int, state: SyncState | None, settings: Settings) -> Self:
        access = _access_of(account, settings)
        return cls(
            id=account.id,
            provider=account.provider,
            address=account.address,
            name=access.name if access else "",
            is_demo=account.is_demo,
            connected=account.credentials is not None,
            needs_reauth=account.needs_reauth,
            emails=emails,
            last_synced_at=state.last_synced_at if state else None,
            complete_since=state.complete_since if state else None,
            error=state.error if state else None,
            created_at=account.created_at,
            imap=ImapShown.of(access) if access else None,
        )


def _access_of(account: MailAccount, settings: Settings) -> ImapAccess | None:
    """None where there is none, or none that can be read with the keys at hand: a sync says so."""
    if account.provider != Provider.IMAP or account.credentials is None:
        return None
    try:
        return unseal(account.credentials, settings)
    except AppError:
        return None


class ImapConnect(BaseModel):
    """A mailbox to connect. Host, port and security may be left out for well-known providers; `username` is else
    the address; `folders` null or empty means all that hold mail."""

    address: Address
    password: Text
    host: Host | None = None
    port: Port | None = None
    security: Security | None = None
    username: Text | None = None
    folders: list[FolderName] | None = Field(default=None, max_length=500)
    name: Name = ""


class ImapChange(BaseModel):
    """What to change; what is left out stays. Another host or user needs the password again."""

    host: Host | None = None
    port: Port | None = None
    security: Security | None = None
    username: Text | None = None
    password: Text | None = None
    folders: list[FolderName] | None = Field(default=None, max_length=500)
    name: Name | None = None

    def told(self) -> dict[str, Any]:
        """Only the fields that were given; `folders` may be given as null."""
        given = self.model_dump(exclude_unset=True)
        return {name: value for name, value in given.items() if value is not None or name == "folders"}


class ImapFolderOut(BaseModel):
    """A folder at the server, what it is for, and whether its mail is read."""

    name: str
    role: Role
    is_read: bool


class AccountTested(BaseModel):
    """The account can be opened; `folders` only with IMAP."""

    address: str
    folders: list[ImapFolderOut]


class ImapConnected(BaseModel):
    """The stored account, and the folders that were found."""

    account: MailAccountOut
    folders: list[ImapFolderOut]


def folders_out(found: Probed | None) -> list[ImapFolderOut]:
    """The folders of a tried mailbox; none when it was not tried."""
    if found is None:
        return []
    chosen = set(found.chosen)
    return [ImapFolderOut(name=f.name, role=f.role, is_read=f in chosen) for f in found.folders]


class ImapPreset(BaseModel):
    """What is known of a provider. `password` says which one a mail program needs: `app`, `own`, or `none` when
    it takes no passwords; `steps` is what to do first."""

    name: str
    host: str
    port: int
    security: Security
    password: Password
    steps: str
    help_url: str

    @classmethod
    def of(cls, preset: Preset) -> Self:
        return cls(**{name: getattr(preset, name) for name in cls.model_fields})


class ImapPresetAnswer(BaseModel):
    """`preset` is null for domains that aren't known: host and port come from the provider then."""

    preset: ImapPreset | None
