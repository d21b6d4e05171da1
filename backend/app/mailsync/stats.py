"""What is stored of each connected account, by class."""

from __future__ import annotations

from app.auth.models import User
from app.core.db import ReadSession
from app.mail import repository as mail
from app.mail.models import Provider
from app.mailsync import repository
from app.mailsync.schemas import AccountStats


def of_accounts(session: ReadSession, user: User, account_id: int | None) -> list[AccountStats]:
    """All connected accounts of the user, or the one. `emails` counts deleted mail too, `unclassified` what has no
    verdict yet; own mail has a verdict without a class and is in `emails` alone."""
    states = repository.states(session, user.id)
    found = {
        account.id: AccountStats(
            mail_account_id=account.id,
            address=account.address,
            needs_reauth=account.needs_reauth,
            last_synced_at=state.last_synced_at if (state := states.get(account.id)) else None,
            last_full_sync_at=state.last_full_sync_at if state else None,
            last_history_id=state.last_history_id if state else None,
            complete_since=state.complete_since if state else None,
        )
        for account in mail.list_accounts(session, user.id)
        if account.provider != Provider.ARCHIVE and account_id in (None, account.id)
    }
    for owner, email_class, is_judged, is_deleted, count in repository.class_counts(session, user.id):
        one = found.get(owner)
        if one is None:
            continue
        one.emails += count
        one.deleted += count if is_deleted else 0
        one.unclassified += 0 if is_judged else count
        if email_class:
            one.by_class[email_class] = one.by_class.get(email_class, 0) + count
    return list(found.values())
