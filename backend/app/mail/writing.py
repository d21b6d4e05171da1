"""Writing at a connected account's provider, as far as its owner allowed that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.core import db
from app.core.settings import Settings
from app.mail import repository
from app.mail.gmail.permissions import Permission, is_given
from app.mail.models import MailAccount, Provider
from app.mail.sources import SourceReauthRequired

if TYPE_CHECKING:
    from app.mail.gmail.credentials import TokenKeeper
    from app.mail.gmail.drafts import DraftBox


def may(account: MailAccount, permission: Permission) -> bool:
    """Whether this account can be used for that now."""
    connected = account.credentials is not None and not account.needs_reauth
    return account.provider == Provider.GMAIL and connected and is_given(permission, account.scopes)


@contextmanager
def drafts_of(settings: Settings, account: MailAccount) -> Iterator[DraftBox]:
    """The drafts of a Gmail account. Raises SourceReauthRequired, also when Google says so meanwhile; the
    account is marked then."""
    from app.mail.gmail.drafts import DraftBox

    payload = _payload(settings, account)
    box = DraftBox(settings, payload, _saver(settings, account.id))
    try:
        with _marking(account.id):
            yield box
    finally:
        box.close()


@contextmanager
def token_keeper(settings: Settings, account: MailAccount) -> Iterator[TokenKeeper]:
    """Who renews and saves the account's access token, for another API of Google's. Raises
    SourceReauthRequired."""
    from app.mail.gmail.credentials import TokenKeeper, read_credentials

    payload = _payload(settings, account)
    with _marking(account.id):
        yield TokenKeeper(read_credentials(payload), _saver(settings, account.id))


def _payload(settings: Settings, account: MailAccount) -> bytes:
    from app.mail.gmail.credentials import unseal

    if account.provider != Provider.GMAIL or account.credentials is None or account.needs_reauth:
        raise SourceReauthRequired
    return unseal(account.credentials, settings)


def _saver(settings: Settings, account_id: int) -> Callable[[bytes], None]:
    from app.mail.gmail.credentials import seal

    def save(payload: bytes) -> None:
        with db.transaction() as session:
            repository.save_credentials(session, account_id, seal(payload, settings))

    return save


@contextmanager
def _marking(account_id: int) -> Iterator[None]:
    try:
        yield
    except SourceReauthRequired:
        with db.transaction() as session:
            repository.mark_reauth(session, account_id)
        raise
