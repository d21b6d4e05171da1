"""What can go wrong with Google, told apart by what the user can do about it."""

from __future__ import annotations

from app.core.errors import BadRequest, Conflict, Forbidden, Unavailable
from app.mail.sources import SourceReauthRequired


class GmailNotConfigured(BadRequest):
    """There is no OAuth client: neither CREDENTIALS_PATH nor GMAIL_CREDENTIALS_JSON."""

    code = "gmail.not_configured"
    title = "Gmail is not set up on this server"


class GmailClientInvalid(BadRequest):
    """The OAuth client's JSON can't be used."""

    code = "gmail.client_invalid"
    title = "The Google OAuth client can't be used"


class GmailClientGiven(Conflict):
    """The operator gave an OAuth client already; the page does not put another one beside it."""

    code = "gmail.client_given"
    title = "There is a Google OAuth client already"


class RedirectInsecure(BadRequest):
    """Google sends codes over plain http to loopback addresses only."""

    code = "gmail.redirect_insecure"
    title = "Google needs https for this address"


class ConsentDenied(BadRequest):
    """The user said no on Google's page."""

    code = "gmail.consent_denied"
    title = "Access to Gmail was not granted"


class ScopeMissing(BadRequest):
    """The user connected, but without the permission to read mail."""

    code = "gmail.scope_missing"
    title = "The permission to read mail is missing"


class ExchangeFailed(BadRequest):
    """Google did not accept the code it gave out: used already, too old, or made for another client."""

    code = "gmail.exchange_failed"
    title = "Google did not complete the connection"


class ReauthRequired(SourceReauthRequired):
    """Google no longer accepts the refresh token (revoked, expired, password changed)."""

    code = "gmail.reauth_required"
    title = "Gmail needs to be connected again"


class ApiDisabled(BadRequest):
    """The Gmail API is off in the Google project, or an administrator forbids it, or there is no mailbox."""

    code = "gmail.api_disabled"
    title = "Google refuses access to the Gmail API"


class CallRefused(Unavailable):
    """Google says that a request will never work; nothing the user can mend."""

    code = "gmail.refused"
    title = "Google refused a request"


class WritePermissionMissing(Forbidden):
    """The user connected Gmail for reading only; writing needs another consent."""

    code = "gmail.write_permission_missing"
    title = "Gmail is connected for reading only"
