"""What can go wrong with accounts and mail."""

from __future__ import annotations

from app.core.errors import BadRequest, NotFound


class MailAccountNotFound(NotFound):
    code = "mail_account.not_found"
    title = "There is no such mail account"


class EmailNotFound(NotFound):
    code = "email.not_found"
    title = "There is no such email"


class ConsentStateInvalid(BadRequest):
    """The consent came back with a state that is unknown, used, expired, or another browser's."""

    code = "gmail.state_invalid"
    title = "This Google consent can't be used"


class ConsentDenied(BadRequest):
    code = "gmail.consent_denied"
    title = "Google access was not granted"


class RedirectNotAllowed(BadRequest):
    code = "gmail.redirect_not_allowed"
    title = "That address is not one of ours"
