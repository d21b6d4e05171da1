"""Accounts from the command line, by whoever may read the installation's files."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from app.auth import passwords, service
from app.auth.errors import PasswordUnfit, UsernameUnfit
from app.auth.schemas import NewPassword, Username
from app.core import db


def change_user(action: str, username: str, password: str | None) -> str:
    """`create`, `password`, `promote` or `totp-off` of a user; a sentence that says what was done.

    Raises UsernameUnfit, PasswordUnfit, UsernameTaken, UserUnknown.
    """
    if action == "promote":
        with db.transaction() as session:
            service.promote(session, username)
        return f"{username} is an admin now."
    if action == "totp-off":
        with db.transaction() as session:
            service.switch_totp_off(session, service.find_user(session, username).id)
        return f"{username} signs in with the password alone now."
    hashed = passwords.hash_password(_fit(password or ""))
    if action == "create":
        try:
            name = TypeAdapter[str](Username).validate_python(username)
        except ValidationError as error:
            raise UsernameUnfit from error
        with db.transaction() as session:
            user = service.create_user(session, name, hashed)
        return f"{name} can sign in now{', as admin' if user.is_admin else ''}."
    with db.transaction() as session:
        service.set_password(session, service.find_user(session, username).id, hashed, ends_sessions=True)
    return f"{username} has a new password and is signed out everywhere."


def _fit(password: str) -> str:
    try:
        return TypeAdapter[str](NewPassword).validate_python(password)
    except ValidationError as error:
        raise PasswordUnfit from error
