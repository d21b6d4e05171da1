"""Queries of accounts. Everything but finding out who asks is scoped to one user."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text, update

from app.auth.models import (
    ApiKey,
    InstanceSetting,
    LoginSession,
    RecoveryCode,
    Ticket,
    User,
    UserSetting,
)
from app.core.db import ReadSession, WriteSession

_REGISTRATION_LOCK = 7_310_578


def lock_registration(session: WriteSession) -> None:
    """Let one registration at a time past this point. SQLite's writers already wait for each other."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _REGISTRATION_LOCK})


def count_users(session: ReadSession) -> int:
    return session.scalar(select(func.count()).select_from(User)) or 0


def count_admins(session: ReadSession) -> int:
    return (
        session.scalar(
            select(func.count()).select_from(User).where(User.is_admin, User.deactivated_at.is_(None))
        )
        or 0
    )


def users_named_like(session: ReadSession, beginning: str) -> Sequence[int]:
    return session.scalars(
        select(User.id).where(User.username_key.startswith(beginning, autoescape=True))
    ).all()


def delete_access(session: WriteSession, user_id: int) -> None:
    """Drop whatever lets somebody in as this user without a password."""
    for table in (Ticket, LoginSession, ApiKey):
        session.execute(delete(table).where(table.user_id == user_id))


def delete_user(session: WriteSession, user_id: int) -> None:
    session.execute(delete(User).where(User.id == user_id))


def has_user(session: ReadSession) -> bool:
    return session.scalar(select(User.id).limit(1)) is not None


def user_by_id(session: ReadSession, user_id: int) -> User | None:
    return session.get(User, user_id)


def active_user(session: ReadSession, user_id: int) -> User | None:
    """The user, unless there is none or an administrator deactivated the account."""
    return session.scalar(select(User).where(User.id == user_id, User.deactivated_at.is_(None)))


def user_by_google(session: ReadSession, google_sub: str) -> User | None:
    return session.scalar(select(User).where(User.google_sub == google_sub))


def user_awaiting_google(session: ReadSession, google_email: str) -> User | None:
    """The oldest account that asked to be linked to the Google account with this (lower case) address."""
    return session.scalar(
        select(User)
        .where(User.google_email == google_email, User.google_sub.is_(None))
        .order_by(User.id)
        .limit(1)
    )


def users(session: ReadSession, offset: int, limit: int) -> tuple[Sequence[User], int]:
    """All accounts, oldest first, and how many there are. For administrators."""
    rows = session.scalars(select(User).order_by(User.id).offset(offset).limit(limit)).all()
    return rows, count_users(session)


def has_other_admin(session: ReadSession, user_id: int) -> bool:
    """Whether somebody else could still administer."""
    return (
        session.scalar(
            select(User.id).where(User.id != user_id, User.is_admin, User.deactivated_at.is_(None)).limit(1)
        )
        is not None
    )


def take_totp_step(session: WriteSession, user_id: int, step: int) -> bool:
    """Use up a step of 30 seconds and all before it; False when it was used already."""
    taken = session.scalar(
        update(User)
        .where(User.id == user_id, func.coalesce(User.totp_last_step, -1) < step)
        .values(totp_last_step=step)
        .returning(User.id)
    )
    return taken is not None


def take_recovery_code(session: WriteSession, user_id: int, code_hash: str) -> bool:
    """Use up a recovery code; False when there is no such one, or none any more."""
    taken = session.scalar(
        delete(RecoveryCode)
        .where(RecoveryCode.user_id == user_id, RecoveryCode.code_hash == code_hash)
        .returning(RecoveryCode.id)
    )
    return taken is not None


def count_recovery_codes(session: ReadSession, user_id: int) -> int:
    mine = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id)
    return session.scalar(mine) or 0


def delete_recovery_codes(session: WriteSession, user_id: int) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def user_by_key(session: ReadSession, username_key: str) -> User | None:
    return session.scalar(select(User).where(User.username_key == username_key))


def session_with_user(
    session: ReadSession, user_id: int, token_id: str, at: datetime
) -> tuple[LoginSession, User] | None:
    """The running session behind a token, and its user, in one indexed query."""
    found = session.execute(
        select(LoginSession, User)
        .join(User, User.id == LoginSession.user_id)
        .where(
            LoginSession.token_id == token_id,
            LoginSession.user_id == user_id,
            LoginSession.expires_at > at,
            User.deactivated_at.is_(None),
        )
    ).first()
    return None if found is None else (found[0], found[1])


def key_with_user(session: ReadSession, key_hash: str) -> tuple[ApiKey, User] | None:
    found = session.execute(
        select(ApiKey, User)
        .join(User, User.id == ApiKey.user_id)
        .where(ApiKey.key_hash == key_hash, User.deactivated_at.is_(None))
    ).first()
    return None if found is None else (found[0], found[1])


def take_ticket(session: WriteSession, ticket_hash: str, at: datetime) -> int | None:
    """Use up a ticket: the id of its user, or None when there is none that still counts."""
    return session.scalar(
        delete(Ticket)
        .where(Ticket.ticket_hash == ticket_hash, Ticket.expires_at > at)
        .returning(Ticket.user_id)
    )


def delete_expired(session: WriteSession, at: datetime) -> int:
    """Drop tickets and sessions that ran out; how many."""
    gone = [
        session.execute(delete(Ticket).where(Ticket.expires_at <= at)),
        session.execute(delete(LoginSession).where(LoginSession.expires_at <= at)),
    ]
    return sum(max(0, int(getattr(each, "rowcount", 0))) for each in gone)


def touch_session(session: WriteSession, session_id: int, user_id: int, at: datetime) -> None:
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(last_seen_at=at))
    session.execute(update(User).where(User.id == user_id).values(last_seen_at=at))


def touch_key(session: WriteSession, key_id: int, user_id: int, at: datetime) -> None:
    session.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=at))
    session.execute(update(User).where(User.id == user_id).values(last_seen_at=at))


def sessions_of(
    session: ReadSession, user_id: int, at: datetime, offset: int, limit: int
) -> tuple[Sequence[LoginSession], int]:
    """A user's running sessions, last used first, and how many there are."""
    mine = (LoginSession.user_id == user_id, LoginSession.expires_at > at)
    rows = session.scalars(
        select(LoginSession)
        .where(*mine)
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    return rows, session.scalar(select(func.count()).select_from(LoginSession).where(*mine)) or 0


def session_began(session: ReadSession, user_id: int, session_id: int) -> datetime | None:
    return session.scalar(
        select(LoginSession.created_at).where(LoginSession.id == session_id, LoginSession.user_id == user_id)
    )


def delete_session(session: WriteSession, user_id: int, session_id: int) -> bool:
    """End one session of a user; False when there is none."""
    found = session.scalar(
        delete(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.user_id == user_id)
        .returning(LoginSession.id)
    )
    return found is not None


def delete_sessions(session: WriteSession, user_id: int, keep: int | None = None) -> None:
    """End all sessions of a user, but the one to keep."""
    ended = delete(LoginSession).where(LoginSession.user_id == user_id)
    session.execute(ended if keep is None else ended.where(LoginSession.id != keep))


def keys_of(session: ReadSession, user_id: int, offset: int, limit: int) -> tuple[Sequence[ApiKey], int]:
    """A user's API keys, newest first, and how many there are."""
    rows = session.scalars(
        select(ApiKey).where(ApiKey.user_id == user_id).order_by(ApiKey.id.desc()).offset(offset).limit(limit)
    ).all()
    total = session.scalar(select(func.count()).select_from(ApiKey).where(ApiKey.user_id == user_id)) or 0
    return rows, total


def delete_key(session: WriteSession, user_id: int, key_id: int) -> bool:
    """Remove one API key of a user; False when there is none."""
    found = session.scalar(
        delete(ApiKey).where(ApiKey.id == key_id, ApiKey.user_id == user_id).returning(ApiKey.id)
    )
    return found is not None


def preferences_of(session: ReadSession, user_id: int) -> dict[str, Any]:
    """A user's stored settings by name."""
    rows = session.scalars(
        select(UserSetting).where(UserSetting.user_id == user_id).order_by(UserSetting.name)
    )
    return {row.name: row.value for row in rows}


def store_preference(session: WriteSession, user_id: int, name: str, value: Any) -> None:
    """Write one setting of a user; None removes it."""
    row = session.scalar(select(UserSetting).where(UserSetting.user_id == user_id, UserSetting.name == name))
    if value is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(UserSetting(user_id=user_id, name=name, value=value))
    else:
        row.value = value
    session.flush()


def instance_values(session: ReadSession, names: Collection[str]) -> dict[str, tuple[str, bool]]:
    """Values of the whole installation by name, each with whether it is encrypted."""
    rows = session.scalars(select(InstanceSetting).where(InstanceSetting.name.in_(names)))
    return {row.name: (row.value, row.encrypted) for row in rows}


def encrypted_instance_values(session: ReadSession) -> dict[str, str]:
    """The encrypted values of the whole installation, by name."""
    rows = session.scalars(select(InstanceSetting).where(InstanceSetting.encrypted.is_(True)))
    return {row.name: row.value for row in rows}


def totp_secrets(session: ReadSession) -> dict[int, str]:
    """Everybody's encrypted secret of the second step, by user."""
    rows = session.execute(select(User.id, User.totp_secret).where(User.totp_secret.is_not(None)))
    return {user_id: secret for user_id, secret in rows if secret is not None}


def swap_totp_secret(session: WriteSession, user_id: int, before: str, after: str) -> bool:
    """Write the same secret under another key, unless another was written meanwhile."""
    row = session.get(User, user_id, with_for_update=True)
    if row is None or row.totp_secret != before:
        return False
    row.totp_secret = after
    session.flush()
    return True


def swap_instance_value(session: WriteSession, name: str, before: str, after: str) -> bool:
    """Write the same value under another key, unless another was written meanwhile."""
    row = session.get(InstanceSetting, name, with_for_update=True)
    if row is None or row.value != before:
        return False
    row.value = after
    session.flush()
    return True


def store_instance_value(session: WriteSession, name: str, value: str | None, *, encrypted: bool) -> None:
    """Write a value of the whole installation; None removes it."""
    row = session.get(InstanceSetting, name)
    if value is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(InstanceSetting(name=name, value=value, encrypted=encrypted))
    else:
        row.value, row.encrypted = value, encrypted
    session.flush()
