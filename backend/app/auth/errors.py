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
