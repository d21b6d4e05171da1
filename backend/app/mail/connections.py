"""Opening the source behind a connected account; credentials are decrypted here and saved when renewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from app.core import db
from app.core.errors import AppError
from app.core.settings import Settings
from app.mail import repository
from app.mail.models import MailAccount
from app.mail.sources import SourceReauthRequired

if TYPE_CHECKING:
    from app.mail.gmail.client import GmailClient

log = structlog.get_logger(__name__)


def open_source(settings: Settings, account: MailAccount, should_stop: Callable[[], bool]) -> GmailClient:
    """The Gmail mailbox of `account`. Raises SourceReauthRequired when it has no usable credentials."""
    from app.mail.gmail.client import GmailClient
    from app.mail.gmail.credentials import seal, unseal

    if account.credentials is None or account.needs_reauth:
        raise SourceReauthRequired
    account_id = account.id

    def save(payload: bytes) -> None:
        with db.transaction() as session:
            repository.save_credentials(session, account_id, seal(payload, settings))

    return GmailClient(settings, unseal(account.credentials, settings), save=save, should_stop=should_stop)


def revoke_grant(settings: Settings, account: MailAccount) -> bool:
    """Take the grant back at Google, as far as that is possible; True when it is gone."""
    from app.mail.gmail import oauth
    from app.mail.gmail.credentials import unseal

    if account.credentials is None:
        return True
    try:
        return oauth.revoke(settings, unseal(account.credentials, settings))
    except AppError as error:
        log.warning("grant_not_revoked", code=error.code)
        return False
