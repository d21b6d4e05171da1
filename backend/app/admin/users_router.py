"""Administrators look after accounts. What belongs to other people stays out of sight: only that they are here."""

from __future__ import annotations

from fastapi import APIRouter

from app.admin.errors import NoWayIn
from app.admin.users_schemas import AccountIn, AccountOut, AccountPatch, PasswordReset
from app.auth import service as accounts
from app.auth.dependencies import AdminUser
from app.auth.errors import (
    AdminOnly,
    CredentialsInvalid,
    CsrfFailed,
    ForeignOrigin,
    LastAdmin,
    NotSignedIn,
    OwnAccount,
    ReadOnlyKey,
    SlowDown,
    UsernameTaken,
    UserUnknown,
)
from app.auth.models import User
from app.core import db
from app.core.pagination import Limit, Offset, Page
from app.core.web import ReadDb, RowId, WriteDb, problems

router = APIRouter(prefix="/admin/users", tags=["admin"])
_KNOWN = problems(NotSignedIn, CredentialsInvalid, AdminOnly, SlowDown)
_CHANGING = problems(
    NotSignedIn, CredentialsInvalid, AdminOnly, CsrfFailed, ForeignOrigin, ReadOnlyKey, SlowDown
)


@router.get("", response_model=Page[AccountOut], responses=_KNOWN)
def list_users(session: ReadDb, _admin: AdminUser, offset: Offset = 0, limit: Limit = 50) -> Page[AccountOut]:
    """Everybody with an account here, oldest first."""
    rows, total = accounts.list_users(session, offset, limit)
    return Page(
        items=[AccountOut.model_validate(row) for row in rows], total=total, offset=offset, limit=limit
    )


@router.post(
    "",
    status_code=201,
    response_model=AccountOut,
    responses=_CHANGING | problems(UsernameTaken, NoWayIn),
)
def create_user(_admin: AdminUser, body: AccountIn) -> User:
    """Make an account for somebody, whatever REGISTRATION says."""
    if body.password is None and body.google_email is None:
        raise NoWayIn
    hashed = None if body.password is None else accounts.hash_password(body.password)
    columns = body.model_dump(include={"email", "display_name", "google_email"})
    with db.transaction() as session:
        return accounts.create_user(session, body.username, hashed, is_admin=body.is_admin, **columns)


@router.patch(
    "/{user_id}",
    response_model=AccountOut,
    responses=_CHANGING | problems(UserUnknown, OwnAccount, LastAdmin),
)
def change_user(session: WriteDb, admin: AdminUser, user_id: RowId, body: AccountPatch) -> User:
    """Make somebody an administrator or not, or shut somebody out, or in again."""
    return accounts.change_user(session, admin, user_id, **body.model_dump(exclude_none=True))


@router.post(
    "/{user_id}/password",
    response_model=AccountOut,
    responses=_CHANGING | problems(UserUnknown, OwnAccount),
)
def reset_user_password(admin: AdminUser, user_id: RowId, body: PasswordReset) -> User:
    """Give somebody a new password. They are signed out everywhere."""
    hashed = accounts.hash_password(body.password)
    with db.transaction() as session:
        return accounts.reset_password(session, admin, user_id, hashed, totp_off=body.totp_off)
