"""Errors are classes that know their status, their code and what to tell a person.

AppError (500)
├── BadRequest 400        ├── Unauthorized 401     ├── Forbidden 403
├── NotFound 404          ├── Conflict 409         ├── TooLarge 413
├── Unprocessable 422     ├── TooManyRequests 429  └── Unavailable 503

Services raise them; one handler (`core.problems`) speaks HTTP (RFC 9457, application/problem+json).
"""

from __future__ import annotations

from typing import Any, ClassVar


class AppError(Exception):
    """Base of all expected failures. `detail` is a sentence for a person; `params` are values for a program."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self, detail: str | None = None, *, headers: dict[str, str] | None = None, **params: Any
    ) -> None:
        self.detail = detail or self.title
        self.params = params
        self.headers = headers or {}
        super().__init__(self.detail)


class BadRequest(AppError):
    status = 400
    code = "request.bad"
    title = "Bad request"


class Unauthorized(AppError):
    status = 401
    code = "auth.required"
    title = "Please sign in"


class Forbidden(AppError):
    status = 403
    code = "auth.forbidden"
    title = "Not allowed"


class NotFound(AppError):
    status = 404
    code = "not_found"
    title = "Not found"


class Conflict(AppError):
    status = 409
    code = "conflict"
    title = "Conflict"


class TooLarge(AppError):
    status = 413
    code = "request.too_large"
    title = "Too large"


class Unprocessable(AppError):
    status = 422
    code = "request.invalid"
    title = "Invalid input"


class TooManyRequests(AppError):
    status = 429
    code = "rate_limited"
    title = "Too many requests"


class Unavailable(AppError):
    status = 503
    code = "unavailable"
    title = "Not available right now"


class StorageFull(AppError):
    """The disk or the database has no room left; nothing of the failed step was stored."""

    status = 507
    code = "storage.full"
    title = "The disk is full"
