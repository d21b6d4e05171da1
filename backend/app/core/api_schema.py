"""openapi.json as it is committed: one shape of errors, and the answers that any endpoint may give."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.core.web import Problem

_PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
_ANY = {
    "400": "The request can't be understood, or names an unknown host",
    "429": "Too many requests",
    "500": "Something went wrong",
    "503": "The database is not reachable",
}
_WITH_LOGIN = {"401": "Please sign in"}
_UNSAFE = {"403": "Not allowed", "413": "Too large", "507": "The disk is full"}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of `app`, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas.setdefault("Problem", Problem.model_json_schema(ref_template="#/components/schemas/{model}"))
        for path in made["paths"].values():
            for method, operation in path.items():
                _complete(operation, method)
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        app.openapi_schema = made
    return app.openapi_schema


def _complete(operation: dict[str, Any], method: str) -> None:
    answers = operation["responses"]
    more = dict(_ANY)
    if "security" in operation:
        more |= _WITH_LOGIN
    if method not in {"get", "head"}:
        more |= _UNSAFE
    for status, title in more.items():
        answers.setdefault(status, {"description": title})
    if "422" in answers:
        answers["422"] = {"description": "Invalid input"}
    for status, answer in answers.items():
        if int(status) >= 400:
            page: dict[str, Any] = {kind: {} for kind in answer.get("content", {}) if kind == "text/html"}
            answer["content"] = {**page, "application/problem+json": {"schema": _PROBLEM_REF}}
    operation["responses"] = dict(sorted(answers.items()))
