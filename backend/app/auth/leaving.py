"""An account that goes: nobody gets in from one moment to the next, and its rows follow.

Between the two its name says that it is going, in a form that nobody can choose: whoever finds such an account, after
a restart too, finishes what was begun.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.auth import repository
from app.core.clock import now
from app.core.db import ReadSession, WriteSession

_GOING = "(going) "


def is_only_admin(session: ReadSession, user_id: int) -> bool:
    """Whether others would be left without anybody who looks after the installation."""
    user = repository.user_by_id(session, user_id)
    if user is None or not user.is_admin:
        return False
    return repository.count_users(session) > 1 and repository.count_admins(session) == 1


def close_door(session: WriteSession, user_id: int) -> None:
    """End every session, ticket and key of the account, and every way to make new ones. Its name is free."""
    user = repository.user_by_id(session, user_id)
    if user is None:
        return
    repository.delete_access(session, user_id)
    user.username = user.username_key = f"{_GOING}{user_id}"
    user.password_hash = user.google_sub = user.google_email = user.totp_secret = None
    user.is_admin, user.deactivated_at = False, now()
    session.flush()


def going(session: ReadSession) -> Sequence[int]:
    """Accounts whose door is closed and that are still there."""
    return repository.users_named_like(session, _GOING)


def forget(session: WriteSession, user_id: int) -> None:
    """Delete the account's own row, and what may be left behind it."""
    repository.delete_user(session, user_id)
