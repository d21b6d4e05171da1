"""Turns exceptions into problem+json answers, and gives every request an id."""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from app.core.errors import AppError, StorageFull

log = structlog.get_logger(__name__)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


def install(app: FastAPI) -> None:
    """Register the handlers on `app`."""
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OperationalError, _database_error)
    app.add_exception_handler(StaleDataError, _changed_meanwhile)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(UnicodeEncodeError, _unstorable)
    app.add_exception_handler(Exception, _unexpected)


def problem(
    request_id: str,
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    params: dict[str, Any] | None = None,
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """One problem+json response."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "params": jsonable_encoder(params or {}),
        "request_id": request_id,
    }
    if errors is not None:
        body["errors"] = errors
    return JSONResponse(body, status, media_type="application/problem+json", headers=headers)


def request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


async def _app_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AppError)  # noqa: S101 (registered for this class only)
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request_failed", code=error.code, detail=error.detail)
    return problem(
        request_id(request),
        error.status,
        error.code,
        error.title,
        error.detail,
        params=error.params,
        headers=error.headers,
    )


async def _validation_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = [{"loc": [str(p) for p in e["loc"]], "msg": e["msg"], "type": e["type"]} for e in error.errors()]
    first = found[0] if found else {"loc": [], "msg": "Invalid input"}
    detail = f"{'.'.join(first['loc'][1:]) or 'request'}: {first['msg']}"
    return problem(request_id(request), 422, "request.invalid", "Invalid input", detail, errors=found)


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    if isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_ROOM:
        full = StorageFull("There is no room on the disk for what was sent; nothing was stored.")
        return await _app_error(request, full)
    title = HTTPStatus(error.status_code).phrase
    return problem(
        request_id(request),
        error.status_code,
        f"http.{error.status_code}",
        title,
        str(error.detail),
        headers=dict(error.headers or {}),
    )


async def _database_error(request: Request, error: Exception) -> JSONResponse:
    log.error("database_unavailable", exc_info=error)
    return problem(
        request_id(request),
        503,
        "database.unavailable",
        "The database is not reachable",
        "The database did not answer. Nothing was changed; please try again.",
        headers={"Retry-After": "5"},
    )


async def _unstorable(request: Request, error: Exception) -> JSONResponse:
    log.warning("input_cannot_be_stored", error=type(error).__name__)
    detail = "Something in the request can't be stored: a character that is none, or a number out of range."
    return problem(request_id(request), 422, "request.invalid", "Invalid input", detail)


async def _changed_meanwhile(request: Request, error: Exception) -> JSONResponse:
    log.info("changed_meanwhile", detail=str(error))
    return problem(
        request_id(request),
        409,
        "conflict.changed_meanwhile",
        "This changed meanwhile",
        "New mail or another window changed this just now. Nothing was overwritten; please try again.",
    )


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected_error", exc_info=error)
    return problem(
        request_id(request),
        500,
        "internal",
        "Something went wrong",
        "An unexpected error; it was written to the log.",
    )
