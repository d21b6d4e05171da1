"""What a person may have allowed us at Google besides reading mail, each asked for when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

READ_SCOPE = "https://www.googleapis.com/auth/gmail.readonly"
_COMPOSE_SCOPE = "https://www.googleapis.com/auth/gmail.compose"
_CALENDAR_SCOPE = "https://www.googleapis.com/auth/calendar.events"
_ALL_OF_GMAIL = frozenset({"https://www.googleapis.com/auth/gmail.modify", "https://mail.google.com/"})


class Permission(StrEnum):
    """`drafts`: write drafts and send them. `calendar`: put events into the calendar."""

    DRAFTS = "drafts"
    CALENDAR = "calendar"


_ASKED = {Permission.DRAFTS: _COMPOSE_SCOPE, Permission.CALENDAR: _CALENDAR_SCOPE}
_GIVEN_BY = {
    Permission.DRAFTS: frozenset({_COMPOSE_SCOPE}) | _ALL_OF_GMAIL,
    Permission.CALENDAR: frozenset({_CALENDAR_SCOPE, "https://www.googleapis.com/auth/calendar"}),
}


def scopes_for(permissions: Iterable[Permission]) -> tuple[str, ...]:
    """What to ask Google for: reading, and these."""
    return (READ_SCOPE, *(_ASKED[one] for one in sorted(set(permissions))))


def is_given(permission: Permission, scopes: Iterable[str]) -> bool:
    """Whether these granted scopes cover it."""
    return bool(_GIVEN_BY[permission] & set(scopes))
