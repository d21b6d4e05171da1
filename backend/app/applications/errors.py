"""What can go wrong with applications, what is kept with them, and decisions."""

from __future__ import annotations

from app.core.errors import Conflict, NotFound, Unprocessable


class ApplicationNotFound(NotFound):
    code = "application.not_found"
    title = "There is no such application"


class UnknownFigure(Unprocessable):
    """A list was asked for by a part of a figure that no figure has."""

    code = "application.unknown_figure"
    title = "No figure has such a part"


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


class NoteNotFound(NotFound):
    code = "note.not_found"
    title = "There is no such note"


class ContactNotFound(NotFound):
    code = "contact.not_found"
    title = "There is no such person"


class ContactExists(Conflict):
    code = "contact.exists"
    title = "Somebody with this address is there already"


class ReminderNotFound(NotFound):
    code = "reminder.not_found"
    title = "There is no such reminder"


class TagNotFound(NotFound):
    code = "tag.not_found"
    title = "There is no such tag"


class TagExists(Conflict):
    code = "tag.exists"
    title = "There is a tag of this name already"


class ViewNotFound(NotFound):
    code = "view.not_found"
    title = "There is no such view"


class ViewExists(Conflict):
    code = "view.exists"
    title = "There is a view of this name already"


class TooManyKept(Unprocessable):
    code = "application.too_many_kept"
    title = "There are too many of these already"


class NothingToMerge(Unprocessable):
    code = "application.nothing_to_merge"
    title = "Give two or more applications that are not one already"


class NotItsMail(Conflict):
    code = "application.not_its_mail"
    title = "This email does not belong to the application"


class NothingLeft(Conflict):
    code = "application.nothing_left"
    title = "At least one email has to stay with the application"
