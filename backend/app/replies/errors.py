"""What can go wrong with replies and calendars."""

from __future__ import annotations

from app.core.errors import Conflict, NotFound, TooManyRequests, Unprocessable


class NothingToSay(Unprocessable):
    """Neither a message nor a template was given."""

    code = "reply.empty"
    title = "There is nothing in this reply"


class ReplyUnderWay(Conflict):
    """The same reply is being written this moment, by another click."""

    code = "reply.under_way"
    title = "This reply is being written already"


class TemplateUnknown(Unprocessable):
    code = "template.unknown"
    title = "There is no template of that name"


class VariableUnknown(Unprocessable):
    """A template names something in braces that nobody can fill in."""

    code = "template.unknown_variable"
    title = "This template uses a variable that doesn't exist"


class CalendarNotFound(NotFound):
    code = "calendar.not_found"
    title = "There is no calendar at this address"


class CalendarReadTooOften(TooManyRequests):
    code = "calendar.rate_limited"
    title = "This calendar is read too often"
