"""What a turn of each kind of schedule does."""

from __future__ import annotations

from collections.abc import Callable

from app.auth.models import User
from app.core.db import WriteSession
from app.core.settings import Settings
from app.mail.models import MailAccount
from app.mailsync import repository as sync_states
from app.mailsync import service, standings
from app.mailsync.models import ScheduleKind
from app.runs.models import Run

Starter = Callable[[WriteSession, User, MailAccount], Run | None]
ORDINARY = 0  # a click goes before a turn


def start_sync(session: WriteSession, user: User, account: MailAccount) -> Run:
    return service.start_sync(session, user, mode="auto", mail_account_id=account.id, priority=ORDINARY)


def start_deletions(session: WriteSession, user: User, account: MailAccount) -> Run | None:
    """None while the account's history has told of everything: there is nothing to look for."""
    if not standings.has_gap(sync_states.state_of(session, account.id)):
        return None
    return service.start_deletions(session, user, mail_account_id=account.id, priority=ORDINARY)


STARTERS: dict[ScheduleKind, Starter] = {
    ScheduleKind.SYNC: start_sync,
    ScheduleKind.DELETIONS: start_deletions,
}


def start(kind: ScheduleKind, session: WriteSession, user: User, account: MailAccount) -> Run | None:
    """Queue the run of a turn, behind what people asked for; None when there is nothing to do. Raises what the
    room's own start raises."""
    return STARTERS[kind](session, user, account)


def interval_s(settings: Settings, kind: ScheduleKind) -> int:
    """Seconds between two turns as the settings have it; 0 = never."""
    minutes = {
        ScheduleKind.SYNC: settings.sync_interval_minutes,
        ScheduleKind.DELETIONS: settings.deletion_check_interval_minutes,
        ScheduleKind.TOKEN: settings.token_refresh_interval_minutes,
    }
    return 60 * minutes[kind]
