"""What can go wrong between a person and the door."""

from __future__ import annotations

from typing import Any

from app.core.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    Unprocessable,
)


class NotSignedIn(Unauthorized):
    """No credentials were sent."""

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class CredentialsInvalid(NotSignedIn):
    """The token, ticket or key is forged, expired, used up or revoked."""

    code = "auth.credentials_invalid"
    title = "This sign-in is not valid any more. Please sign in again"


class LoginFailed(NotSignedIn):
    """User or password is wrong; which one is never said."""

    code = "auth.login_failed"
    title = "Username or password is wrong"


class CodeRequired(NotSignedIn):
    """The password is right, and the account wants the authenticator's code besides: send it as `code`."""

    code = "auth.code_required"
    title = "Please enter the code from your authenticator app"


class CodeWrong(NotSignedIn):
    """The code is wrong, too old, or was used already."""

    code = "auth.code_wrong"
    title = "This code is wrong or was used already. Please wait for the next one"


class Deactivated(Forbidden):
    """Who asks has the right password, so that nobody else learns this."""

    code = "auth.deactivated"
    title = "This account was deactivated by an administrator"


class WrongPassword(Forbidden):
    code = "auth.wrong_password"
    title = "The current password is wrong"


class SlowDown(TooManyRequests):
    """Too many tries; `Retry-After` says when the next one counts."""

    code = "auth.slow_down"
    title = "Too many attempts. Please wait before trying again"

    def __init__(self, seconds: int, **params: Any) -> None:
        headers = {"Retry-After": str(seconds)}
        super().__init__(None, headers=headers, retry_after_s=seconds, **params)


class TooManyRequestsOfUser(SlowDown):
    code = "rate_limited"
    title = "Too many requests"


class SignInAgain(Forbidden):
    """An account without a password confirms important changes by having signed in a moment ago."""

    code = "auth.sign_in_again"
    title = "Please sign out and in again first: your sign-in is too old for this change"


class TotpAlreadyOn(Conflict):
    code = "auth.totp_already_on"
    title = "2-step login is on already"


class TotpNotOn(Conflict):
    code = "auth.totp_not_on"
    title = "2-step login is not on"


class TotpNotBegun(Conflict):
    """There is no secret that waits for its first code."""

    code = "auth.totp_not_begun"
    title = "Please begin to set up 2-step login first"


class TotpCodeWrong(Forbidden):
    """The first code, that would have switched it on; who asks is signed in all the same."""

    code = "auth.totp_code_wrong"
    title = "This is not the code that the app shows now. Is the clock of your phone right?"


class GoogleNotConfigured(NotFound):
    code = "auth.google_not_configured"
    title = "Signing in with Google is not set up here"


class GoogleUnavailable(Unavailable):
    """Google does not answer, or not as it should; nothing was changed."""

    code = "auth.google_unavailable"
    title = "Google does not answer as it should. Please try again later"


class GoogleOffline(Forbidden):
    code = "auth.google_offline"
    title = "Jobtrail is set to stay offline, so it can't ask Google"


class GoogleStateInvalid(BadRequest):
    """The answer of Google belongs to no sign-in that this browser began a moment ago."""

    code = "auth.google_state"
    title = "This sign-in was not begun in this browser, or too long ago. Please start again"


class GoogleDenied(Forbidden):
    code = "auth.google_denied"
    title = "Google did not sign you in, so nothing was changed"


class GoogleTokenInvalid(BadRequest):
    """The id_token is not what it should be; which check failed is in the log."""

    code = "auth.google_token"
    title = "Google's answer could not be verified. Nobody was signed in"


class GoogleUnknown(Forbidden):
    code = "auth.google_unknown"
    title = "No account here is linked to this Google account"

    def __init__(self) -> None:
        super().__init__(
            "No account here is linked to this Google account. Sign in with your password and link it in "
            "Settings, or ask who runs this Jobtrail."
        )


class GoogleTaken(Conflict):
    code = "auth.google_taken"
    title = "This Google account is linked to another account here"


class GoogleNotLinked(Conflict):
    code = "auth.google_not_linked"
    title = "No Google account is linked"


class OnlyWayIn(Conflict):
    """Without it nobody could sign in to the account any more."""

    code = "auth.only_way_in"
    title = "This is the only way into your account: set a password first"


class LastAdmin(Conflict):
    code = "auth.last_admin"
    title = "Somebody must be able to administer: make another administrator first"


class OwnAccount(Conflict):
    """Administrators change their own account like anybody, in Settings."""

    code = "auth.own_account"
    title = "This is your own account: change it in Settings"


class RegistrationClosed(Forbidden):
    code = "auth.registration_closed"
    title = "This installation takes no new accounts"


class SetupCodeRequired(Forbidden):
    """The first account from another machine needs the code that the start printed."""

    code = "auth.setup_code_required"
    title = "Please enter the setup code that the server printed when it started"


class SetupCodeWrong(Forbidden):
    code = "auth.setup_code_wrong"
    title = "This is not the setup code that the server printed when it started"


class UsernameTaken(Conflict):
    code = "auth.username_taken"
    title = "This username is taken"


class UserUnknown(NotFound):
    code = "auth.user_unknown"
    title = "There is no such user"


class CsrfFailed(Forbidden):
    code = "auth.csrf"
    title = "This page is out of date. Please reload it and try again"


class ForeignOrigin(Forbidden):
    code = "auth.foreign_origin"
    title = "Requests from other sites are not allowed"


class ReadOnlyKey(Forbidden):
    code = "auth.read_only_key"
    title = "This API key may only read"


class AdminOnly(Forbidden):
    code = "auth.admin_only"
    title = "Only administrators may do this"


class SessionNotFound(NotFound):
    code = "auth.session_not_found"
    title = "There is no such session"


class ApiKeyNotFound(NotFound):
    code = "auth.api_key_not_found"
    title = "There is no such API key"


class TooManyPreferences(BadRequest):
    code = "settings.too_many"
    title = "Too many settings are stored"


class UsernameUnfit(Unprocessable):
    code = "auth.username_unfit"
    title = "A username has 1 to 64 letters, digits or . _ @ + - and no spaces"


class PasswordUnfit(Unprocessable):
    code = "auth.password_unfit"
    title = "A password has 10 to 256 characters"
