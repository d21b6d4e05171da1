"""What a person is told when an IMAP account can't be opened: a fixed set, in our own words.

Nothing that the other side says is passed on, so that a form for mail servers tells no more about a network
than whether mail can be read there.
"""

from __future__ import annotations

from app.core.errors import BadRequest, TooManyRequests, Unprocessable


class ImapHostUnknown(BadRequest):
    code = "imap.host_unknown"
    title = "There is no server of that name"


class ImapRefused(BadRequest):
    """Nobody listens there, or whoever does speaks no IMAP."""

    code = "imap.refused"
    title = "No mail server answers there"


class ImapTimeout(BadRequest):
    code = "imap.timeout"
    title = "The mail server took too long"


class ImapTlsFailed(BadRequest):
    """No encrypted connection, or one to somebody whose certificate nobody vouches for."""

    code = "imap.tls_failed"
    title = "No safe connection to the mail server"


class ImapLoginFailed(BadRequest):
    """`params.hint` says what this provider wants instead of the everyday password, where that is known."""

    code = "imap.login_failed"
    title = "The mail server did not accept the login"


class ImapBusy(BadRequest):
    code = "imap.busy"
    title = "The mail server has no time right now"


class ImapNoFolder(BadRequest):
    code = "imap.no_folder"
    title = "There is no folder to read"


class ImapNotAllowed(Unprocessable):
    """A connection that this form does not make: without TLS to another machine, or to another kind of server."""

    code = "imap.not_allowed"
    title = "That connection is not possible"


class ImapHostNeeded(Unprocessable):
    code = "imap.host_needed"
    title = "Which server holds this mailbox?"


class ImapPasswordNeeded(Unprocessable):
    """A stored password goes to no other server, and to no other user, than it was given for."""

    code = "imap.password_needed"
    title = "Please enter the password again"


class ImapTestsTooMany(TooManyRequests):
    code = "imap.too_many_tests"
    title = "Too many tries"


TEST_ERRORS = (
    ImapHostUnknown,
    ImapRefused,
    ImapTimeout,
    ImapTlsFailed,
    ImapLoginFailed,
    ImapBusy,
    ImapNoFolder,
    ImapNotAllowed,
    ImapTestsTooMany,
)
