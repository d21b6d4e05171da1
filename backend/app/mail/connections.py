"""Opening the source behind a connected account; credentials are decrypted here and saved when renewed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from app.core import db
from app.core.clock import now
from app.core.errors import AppError
from app.core.settings import Settings
from app.mail import repository
from app.mail.buckets import Bucket, units_at_hand
from app.mail.gmail.quota import tariff_of
from app.mail.models import MailAccount, Provider
from app.mail.sources import SourceRateLimited, SourceReauthRequired

if TYPE_CHECKING:
    from app.mail.gmail.client import GmailClient
    from app.mail.imap.client import ImapClient

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a provider's quota lets a mailbox be read: `at_once` messages now, then so many a second."""

    at_once: int
    messages_per_second: float

    def seconds_for(self, messages: int) -> float:
        """How long reading so many takes, at least."""
        return max(0, messages - self.at_once) / self.messages_per_second


def reading_pace(settings: Settings, account: MailAccount) -> Pace | None:
    """How fast `account` may be read now; None where no quota holds readers up."""
    tariff = tariff_of(settings)
    if account.provider != Provider.GMAIL or not tariff.units_per_minute:
        return None
    at_hand = units_at_hand(account.address.lower(), tariff)
    return Pace(int(at_hand / tariff.prices["messages.get"]), tariff.messages_per_second)


def open_source(
    settings: Settings, account: MailAccount, should_stop: Callable[[], bool], *, background: bool = False
) -> GmailClient | ImapClient:
    """The mailbox of `account`; in the `background`, others who read it at Gmail go first. Raises
    SourceReauthRequired when it has no usable credentials, SourceRateLimited while its provider asks to
    wait."""
    if account.credentials is None or account.needs_reauth:
        raise SourceReauthRequired
    if account.retry_after is not None and (left := (account.retry_after - now()).total_seconds()) > 0:
        raise SourceRateLimited("The mail provider asks to wait.", retry_after=left)
    if account.provider == Provider.IMAP:
        return _open_imap(settings, account.user_id, account.credentials, should_stop)
    return _open_gmail(settings, account, account.credentials, should_stop, background=background)


def _open_imap(
    settings: Settings, user_id: int, sealed: bytes, should_stop: Callable[[], bool]
) -> ImapClient:
    from app.mail.imap.access import unseal
    from app.mail.imap.client import ImapClient

    thorough = settings.gmail_sync_scope != "job_search"
    return ImapClient(unseal(sealed, settings), should_stop=should_stop, thorough=thorough, user_id=user_id)


def _open_gmail(
    settings: Settings,
    account: MailAccount,
    sealed: bytes,
    should_stop: Callable[[], bool],
    *,
    background: bool,
) -> GmailClient:
    from app.mail.gmail.client import GmailClient
    from app.mail.gmail.credentials import seal, unseal

    account_id = account.id
    bucket = Bucket(account.address.lower(), tariff_of(settings), background)

    def save(payload: bytes) -> None:
        with db.transaction() as session:
            repository.save_credentials(session, account_id, seal(payload, settings))

    return GmailClient(settings, unseal(sealed, settings), save=save, should_stop=should_stop, purse=bucket)


def identify(settings: Settings, account: MailAccount) -> str:
    """Ask Gmail whose mailbox this is: one call, no retry. Raises SourceReauthRequired, SourceUnavailable,
    SourceRateLimited."""
    from app.mail.gmail.client import identify as ask
    from app.mail.gmail.credentials import seal, unseal

    if account.provider != Provider.GMAIL or account.credentials is None or account.needs_reauth:
        raise SourceReauthRequired
    payload = unseal(account.credentials, settings)
    address, renewed = ask(settings, payload)
    if renewed != payload:
        with db.transaction() as session:
            repository.save_credentials(session, account.id, seal(renewed, settings))
    return address


def renew_access(settings: Settings, account: MailAccount) -> None:
    """Get a fresh access token ahead of need, where the provider has such. Raises SourceReauthRequired,
    SourceUnavailable."""
    from app.mail.gmail.credentials import read_credentials, renew, seal, unseal

    if account.provider != Provider.GMAIL or account.credentials is None:
        return
    db.forbid_open_transaction()
    fresh = renew(read_credentials(unseal(account.credentials, settings)))
    with db.transaction() as session:
        repository.save_credentials(session, account.id, seal(fresh.to_json(), settings))


def revoke_grant(settings: Settings, account: MailAccount) -> bool:
    """Take the grant back at Google, as far as that is possible; True when it is gone. A password is no grant:
    only its owner can take it back."""
    from app.mail.gmail import oauth
    from app.mail.gmail.credentials import unseal

    if account.credentials is None or account.provider != Provider.GMAIL:
        return True
    try:
        return oauth.revoke(settings, unseal(account.credentials, settings))
    except AppError as error:
        log.warning("grant_not_revoked", code=error.code)
        return False
