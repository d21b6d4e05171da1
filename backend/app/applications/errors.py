"""What can go wrong with applications and decisions."""

from __future__ import annotations

from app.core.errors import Conflict, NotFound, Unprocessable


class ApplicationNotFound(NotFound):
    code = "application.not_found"
    title = "There is no such application"


class DecisionNotFound(NotFound):
    code = "decision.not_found"
    title = "There is no such decision"


class DecisionAlreadyRevoked(Conflict):
    code = "decision.already_revoked"
    title = "This was undone already"


class NothingToChange(Unprocessable):
    code = "application.nothing_to_change"
    title = "Nothing to change was given"


class InterviewNotFound(NotFound):
    code = "interview.not_found"
    title = "There is no such interview"


class ActionItemNotFound(NotFound):
    code = "action_item.not_found"
    title = "There is no such action item"


class InterviewTimesWrong(Unprocessable):
    """It would end before it begins, or the zone is unknown."""

    code = "interview.times_wrong"
    title = "These times don't fit together"
