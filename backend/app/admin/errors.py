"""Why an installation can't serve."""

from __future__ import annotations

from app.core.errors import Unavailable, Unprocessable


class NotReady(Unavailable):
    """Something that requests need does not answer; `params` says what does."""

    code = "health.not_ready"
    title = "This installation is not ready"


class NoWayIn(Unprocessable):
    """An account with neither password nor Google address would be nobody's."""

    code = "admin.no_way_in"
    title = "A new account needs a password, or the address of a Google account"
