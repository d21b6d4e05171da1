"""What can go wrong when a person speaks about an email."""

from __future__ import annotations

from app.core.errors import Conflict, Unavailable, Unprocessable


class NothingSaid(Unprocessable):
    code = "email.nothing_said"
    title = "Say what is right: a class, a field or an application"


class OwnMail(Unprocessable):
    code = "email.own_mail"
    title = "Mail that you wrote has no class"


class NotReadYet(Conflict):
    code = "email.not_read_yet"
    title = "This mail has not been read yet"


class EmptyApplication(Conflict):
    code = "application.no_mail"
    title = "This application has no mail to which another could be linked"


class JudgingTooSlow(Unavailable):
    """The machine is too busy to read mail within the time that a request may take."""

    code = "email.too_slow"
    title = "Reading this took too long"
