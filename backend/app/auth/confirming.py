"""Making sure that the person at the keyboard is the user, before something that a thief of the session would do."""

from __future__ import annotations

from datetime import timedelta

from app.auth import service
from app.auth.authentication import Identity
from app.auth.errors import LoginFailed, SignInAgain, WrongPassword
from app.auth.service import Client
from app.core import db
from app.core.clock import now

FRESH = timedelta(minutes=10)


def confirm(identity: Identity, password: str | None, client: Client) -> None:
    """Check the password once more; an account without one must have signed in within FRESH.

    Uses no open database session of the caller's. Raises WrongPassword, SignInAgain, SlowDown.
    """
    user = identity.user
    if not user.has_password:
        with db.read_session() as session:
            since = service.signed_in_at(session, user, identity.session_id)
        if since is None or now() - since > FRESH:
            raise SignInAgain
        return
    service.refuse_after_failures(user.username, client)
    try:
        service.verify_login(user, user.username, password or "", client)
    except LoginFailed as error:
        raise WrongPassword from error
    service.forget_failures(user.username)
