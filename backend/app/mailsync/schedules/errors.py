"""What can go wrong with schedules, for callers."""

from __future__ import annotations

from app.core.errors import Conflict


class NothingScheduled(Conflict):
    """Only accounts that are connected to a mailbox are read again by themselves."""

    code = "schedule.not_possible"
    title = "This account has no schedule"
