"""Connecting a mailbox by IMAP: tried first, then stored, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core import db, rate_limit
from app.core.clock import now
from app.core.db import WriteSession
from app.core.errors import AppError
from app.core.settings import Settings
from app.mail import repository
from app.mail.imap.access import ImapAccess, seal, unseal
from app.mail.imap.errors import ImapPasswordNeeded, ImapTestsTooMany
from app.mail.imap.presets import Password, preset_at, preset_of
from app.mail.imap.probing import Probed, probe
from app.mail.models import MailAccount, Provider
from app.mail.sources import SourceReauthRequired

TESTS = rate_limit.Limit("imap-tests", 20, 10 * 60)


def connect(
    settings: Settings, user_id: int, access: ImapAccess, *, keeps_folders: bool = False
) -> tuple[int, Probed]:
    """The account's id, and what was found in it. An account of that address that was there before is connected
    anew. Raises one of `errors.TEST_ERRORS`; then nothing was stored."""
    access = _as_meant(access)
    if keeps_folders:
        access = replace(access, folders=_folders_before(settings, user_id, access.address))
    found = try_access(user_id, access)
    with db.transaction() as session:
        account = repository.find_account(session, user_id, Provider.IMAP, address=access.address)
        if account is None:
            account = MailAccount(
                user_id=user_id, provider=Provider.IMAP, address=access.address, created_at=now()
            )
            session.add(account)
        _keep(session, account, access, settings)
        session.flush()
        return account.id, found


def change(settings: Settings, user_id: int, account_id: int, **fields: object) -> Probed | None:
    """Change how an account is opened; None when only its name changed, which needs no connection. Raises
    MailAccountNotFound, SourceReauthRequired, ImapPasswordNeeded, one of `errors.TEST_ERRORS`."""
    with db.read_session() as session:
        before = stored_access(settings, repository.get_account(session, user_id, account_id))
    wanted = _as_meant(replace(before, **fields))  # type: ignore[arg-type]
    moved = (wanted.host, wanted.port, wanted.security, wanted.username)
    if moved != (before.host, before.port, before.security, before.username) and "password" not in fields:
        raise ImapPasswordNeeded
    found = try_access(user_id, wanted) if replace(wanted, name=before.name) != before else None
    with db.transaction() as session:
        account = repository.get_account(session, user_id, account_id)
        needs_reauth = account.needs_reauth and found is None
        _keep(session, account, wanted, settings)
        account.needs_reauth = needs_reauth
    return found


def try_access(user_id: int, access: ImapAccess) -> Probed:
    """Try to open a mailbox, not too often. Raises one of `errors.TEST_ERRORS`."""
    wait = rate_limit.hit(TESTS, str(user_id))
    if wait:
        raise ImapTestsTooMany(
            "Connections were tried too often. Wait a few minutes.",
            headers={"Retry-After": str(wait)},
            retry_after=wait,
        )
    return probe(access, user_id=user_id)


def stored_access(settings: Settings, account: MailAccount) -> ImapAccess:
    """How an account is opened. Raises SourceReauthRequired when that is no longer stored."""
    if account.provider != Provider.IMAP or account.credentials is None:
        raise SourceReauthRequired("This account is not connected by IMAP any more. Please connect it again.")
    return unseal(account.credentials, settings)


def folder_names(folders: Sequence[str] | None) -> tuple[str, ...] | None:
    """Folders as they are stored: none named means all."""
    return tuple(dict.fromkeys(folders)) or None if folders is not None else None


def _as_meant(access: ImapAccess) -> ImapAccess:
    """App passwords are shown in groups of letters, with spaces that are no part of them."""
    preset = preset_of(access.address) or preset_at(access.host)
    if preset is None or preset.password is not Password.APP:
        return access
    return replace(access, password="".join(access.password.split()))


def _folders_before(settings: Settings, user_id: int, address: str) -> tuple[str, ...] | None:
    with db.read_session() as session:
        account = repository.find_account(session, user_id, Provider.IMAP, address=address)
    try:
        return stored_access(settings, account).folders if account is not None else None
    except AppError:
        return None


def _keep(session: WriteSession, account: MailAccount, access: ImapAccess, settings: Settings) -> None:
    account.credentials = seal(access, settings)
    account.needs_reauth = False
    account.retry_after = None
    session.flush()
