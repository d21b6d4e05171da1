"""Faults that no waiting and no retry can mend, as errors for the user."""

from __future__ import annotations

from datetime import timedelta

from app.core.clock import now
from app.mail.gmail.errors import ApiDisabled, CallRefused, ReauthRequired
from app.mail.gmail.faults import Fault, FaultKind
from app.mail.sources import SourceRateLimited

_PACIFIC_MIDNIGHT_UTC_HOUR = 8  # Google's day ends at midnight Pacific time


def raise_if_final(fault: Fault) -> None:
    """Raise when the whole run has to end: ReauthRequired, ApiDisabled, SourceRateLimited (until
    tomorrow)."""
    if fault.kind is FaultKind.AUTH:
        raise ReauthRequired("Google does not accept the access token. Please connect Gmail again.")
    if fault.kind is FaultKind.SCOPE:
        raise ReauthRequired(
            "The permission to read mail is missing. Please connect Gmail again and leave its box ticked."
        )
    if fault.kind is FaultKind.DISABLED:
        raise ApiDisabled(
            "The Gmail API is off for this Google project, or an administrator forbids it, "
            "or the account has no Gmail.",
            reason=fault.reason,
        )
    if fault.kind is FaultKind.DAILY:
        raise SourceRateLimited("Google's limit for today is used up.", retry_after=_until_tomorrow())


def refuse(fault: Fault) -> CallRefused:
    """The error for a single call that will never work."""
    return CallRefused(f"Google answered {fault.status} {fault.reason}".strip() + ".", status=fault.status)


def _until_tomorrow() -> float:
    moment = now()
    end = moment.replace(hour=_PACIFIC_MIDNIGHT_UTC_HOUR, minute=0, second=0, microsecond=0)
    return ((end if end > moment else end + timedelta(days=1)) - moment).total_seconds()
