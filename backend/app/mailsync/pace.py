"""How often a person may start reading mail."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from app.auth.dependencies import CurrentUser
from app.auth.models import User
from app.core import rate_limit
from app.core.settings import get_settings
from app.mailsync.errors import TooManyStarts

_STARTS = rate_limit.Limit("sync-starts", 30, 60)


def _starting_user(user: CurrentUser) -> User:
    """Who asks to start; counted, unless requests are not counted at all. Raises TooManyStarts."""
    if get_settings().rate_limit_per_minute and (wait := rate_limit.hit(_STARTS, str(user.id))):
        raise TooManyStarts(headers={"Retry-After": str(wait)}, retry_after_s=wait)
    return user


StartingUser = Annotated[User, Depends(_starting_user)]
