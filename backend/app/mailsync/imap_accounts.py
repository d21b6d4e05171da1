"""Connecting mailboxes by IMAP over the API; every connection is tried before it is stored."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.auth.dependencies import CurrentUser
from app.core import db
from app.core.settings import get_settings
from app.core.web import RowId, problems
from app.mail import connections
from app.mail import repository as mail
from app.mail.errors import MailAccountNotFound
from app.mail.imap import connecting
from app.mail.imap.access import ImapAccess, Security
from app.mail.imap.errors import TEST_ERRORS, ImapHostNeeded, ImapNotAllowed, ImapPasswordNeeded
from app.mail.imap.presets import Password, preset_of
from app.mail.models import Provider
from app.mail.sources import SourceRateLimited, SourceReauthRequired, SourceUnavailable
from app.mailsync import repository
from app.mailsync.account_schemas import (
    AccountTested,
    ImapChange,
    ImapConnect,
    ImapConnected,
    ImapPreset,
    ImapPresetAnswer,
    MailAccountOut,
    folders_out,
)

router = APIRouter(tags=["accounts"])
_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}


@router.get("/mail-accounts/imap/presets", response_model=ImapPresetAnswer)
def get_imap_preset(_user: CurrentUser, address: Annotated[str, Query(max_length=320)]) -> ImapPresetAnswer:
    """Where the provider of an address keeps mail, and which password it wants."""
    preset = preset_of(address)
    return ImapPresetAnswer(preset=ImapPreset.of(preset) if preset else None)


@router.post(
    "/mail-accounts/imap",
    response_model=ImapConnected,
    status_code=201,
    responses=problems(*TEST_ERRORS, ImapHostNeeded),
)
def connect_imap(user: CurrentUser, body: ImapConnect) -> ImapConnected:
    """Connect a mailbox. Nothing is stored unless it can be opened; an account of that address is connected anew,
    and keeps its folders unless others are named."""
    keeps_folders = "folders" not in body.model_fields_set
    account_id, found = connecting.connect(
        get_settings(), user.id, _access_of(body), keeps_folders=keeps_folders
    )
    return ImapConnected(account=_shown(user.id, account_id), folders=folders_out(found))


@router.patch(
    "/mail-accounts/{account_id}",
    response_model=ImapConnected,
    responses=problems(MailAccountNotFound, SourceReauthRequired, ImapPasswordNeeded, *TEST_ERRORS),
)
def change_imap_account(user: CurrentUser, account_id: RowId, body: ImapChange) -> ImapConnected:
    """Change how a mailbox is opened, or what it is called. Tried first, unless only its name changes."""
    fields = body.told()
    if "folders" in fields:
        fields["folders"] = connecting.folder_names(fields["folders"])
    found = connecting.change(get_settings(), user.id, account_id, **fields)
    return ImapConnected(account=_shown(user.id, account_id), folders=folders_out(found))


@router.post(
    "/mail-accounts/{account_id}/test",
    response_model=AccountTested,
    responses=problems(
        MailAccountNotFound, SourceReauthRequired, SourceUnavailable, SourceRateLimited, *TEST_ERRORS
    ),
)
def test_mail_account(user: CurrentUser, account_id: RowId) -> AccountTested:
    """Whether the account can be opened now; takes ten seconds at most."""
    settings = get_settings()
    with db.read_session() as session:
        account = mail.get_account(session, user.id, account_id)
    if account.provider != Provider.IMAP:
        return AccountTested(address=connections.identify(settings, account), folders=[])
    found = connecting.try_access(user.id, connecting.stored_access(settings, account))
    return AccountTested(address=account.address, folders=folders_out(found))


def _access_of(body: ImapConnect) -> ImapAccess:
    preset = preset_of(body.address)
    if body.host is None and preset is not None and preset.password is Password.NONE:
        raise ImapNotAllowed(preset.steps)
    host = body.host or (preset.host if preset else None)
    if host is None:
        raise ImapHostNeeded("Ask your provider for the name of its IMAP server, such as imap.example.com.")
    if body.host is None and preset is not None:
        security, port = body.security or preset.security, body.port or preset.port
    else:
        security = body.security or Security.TLS
        port = body.port or _PORTS[security]
    return ImapAccess(
        address=body.address.lower(),
        host=host,
        port=port,
        security=security,
        username=body.username or body.address,
        password=body.password,
        folders=connecting.folder_names(body.folders),
        name=body.name,
    )


def _shown(user_id: int, account_id: int) -> MailAccountOut:
    with db.read_session() as session:
        account = mail.get_account(session, user_id, account_id)
        emails = mail.count_by_account(session, user_id).get(account_id, 0)
        state = repository.state_of(session, account_id)
        return MailAccountOut.of(account, emails, state, get_settings())
