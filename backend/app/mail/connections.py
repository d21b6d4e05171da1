"""Opening the source behind a connected account; credentials are decrypted here and saved when renewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core import db
from app.core.settings import Settings
from app.mail import repository
from app.mail.models import MailAccount
from app.mail.sources import SourceReauthRequired

if TYPE_CHECKING:
    from app.mail.gmail.client import GmailClient


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
