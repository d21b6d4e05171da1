"""Mail that a program hands over, over the API: read at once, stored on request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from pydantic import ValidationError

from app.auth.dependencies import CurrentUser
from app.auth.models import User
from app.classification import service as classification
from app.classification.errors import TooManyCalls
from app.core.settings import get_settings
from app.core.web import problems
from app.intake.errors import JudgingTooSlow
from app.mailsync import ingesting, processing
from app.mailsync.errors import NotAMessage, NothingToIngest, NotUnderstood
from app.mailsync.ingest_schemas import (
    EmailInput,
    IngestStarted,
    ItemError,
    ProcessedBatch,
    ProcessedEmail,
)

router = APIRouter(tags=["classification"])
AT_ONCE = 100
INGEST_AT_ONCE = 5_000
_FAILURES = problems(TooManyCalls, JudgingTooSlow)
_MESSAGE = {"type": "string", "format": "binary"}
_BODIES = {
    "requestBody": {
        "required": True,
        "description": "One mail or a list of mails as JSON, or one message as message/rfc822",
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        EmailInput.model_json_schema(),
                        {"type": "array", "items": {"type": "object"}, "minItems": 1},
                    ]
                }
            },
            "message/rfc822": {"schema": _MESSAGE},
        },
    }
}


@router.post("/langgraph/process", response_model=ProcessedEmail, responses=_FAILURES)
def process_email(user: CurrentUser, email: EmailInput, persist: bool = False) -> ProcessedEmail:
    """What one mail says. `persist` stores it as mail of the archive account, like an import."""
    classification.count_call(user.id)
    return _process(user, [email], persist=persist)[0]


@router.post("/langgraph/batch_process", response_model=ProcessedBatch, responses=_FAILURES)
def batch_process(
    user: CurrentUser,
    emails: Annotated[list[Any], Body(min_length=1, max_length=AT_ONCE)],
    persist: bool = False,
) -> ProcessedBatch:
    """What up to 100 mails say, in the order sent. A mail that is not one carries `error`; the rest stand."""
    classification.count_call(user.id)
    return ProcessedBatch(items=_process(user, [_input_of(each) for each in emails], persist=persist))


async def _body_of(request: Request) -> tuple[str, bytes]:
    """The media type and the whole body; its size is limited on the way in."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind, await request.body()


@router.post(
    "/v1/emails/ingest",
    response_model=IngestStarted,
    status_code=202,
    responses=problems(NothingToIngest, NotAMessage, NotUnderstood),
    openapi_extra=_BODIES,
)
def ingest_emails(user: CurrentUser, body: Annotated[tuple[str, bytes], Depends(_body_of)]) -> IngestStarted:
    """Store messages in the archive account, as JSON or RFC 822. The same message twice is stored once."""
    kind, content = body
    errors: list[ItemError] = []
    if kind == "message/rfc822":
        messages = [_checked(content)]
    else:
        messages, errors = _messages_of(content)
    if not messages:
        raise NothingToIngest(errors[0].error if errors else None)
    begun = ingesting.begin(get_settings(), user, messages)
    return IngestStarted(
        job_id=begun.run_id, status_url=f"/api/runs/{begun.run_id}", accepted=len(messages), errors=errors
    )


def _messages_of(content: bytes) -> tuple[list[bytes], list[ItemError]]:
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("The body is neither JSON nor sent as message/rfc822.") from error
    several = given if isinstance(given, list) else [given]
    if len(several) > INGEST_AT_ONCE:
        raise NotUnderstood(f"At most {INGEST_AT_ONCE:,} mails at once.")
    messages, errors = [], []
    for index, each in enumerate(several):
        email = _input_of(each)
        if isinstance(email, EmailInput):
            messages.append(ingesting.to_message(email))
        else:
            errors.append(ItemError(index=index, error=email.error or ""))
    return messages, errors


def _checked(content: bytes) -> bytes:
    if not ingesting.looks_like_mail(content):
        raise NotAMessage
    return content


def _input_of(value: object) -> EmailInput | ProcessedEmail:
    """The mail, or the item that says why it is none."""
    try:
        return EmailInput.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = value.get("message_id") if isinstance(value, dict) else None
        return ProcessedEmail(
            message_id=said[:1_000] if isinstance(said, str) else None,
            error=f"{place}: {first['msg']}" if place else first["msg"],
            error_code="request.invalid",
        )


def _process(
    user: User, given: Sequence[EmailInput | ProcessedEmail], *, persist: bool
) -> list[ProcessedEmail]:
    emails = [each for each in given if isinstance(each, EmailInput)]
    messages = [ingesting.to_message(email) for email in emails]
    begun = ingesting.begin(get_settings(), user, messages) if persist and messages else None
    read = processing.read_messages(user.id, messages) if messages else []
    found = ingesting.wait_for(user.id, begun) if begun else {}
    done = []
    for number, (email, (parsed, verdict)) in enumerate(zip(emails, read, strict=True)):
        if verdict is None:
            one = ProcessedEmail(
                message_id=email.message_id,
                error="This mail could not be read by the classifier.",
                error_code="email.unreadable",
            )
        else:
            one = ProcessedEmail.of(email.message_id, verdict, parsed.subject, parsed.text)
        if begun is not None:
            one.job_id = begun.run_id
            one.email_id, one.application_id = found.get(begun.provider_ids[number], (None, None))
        done.append(one)
    waiting = iter(done)
    return [next(waiting) if isinstance(each, EmailInput) else each for each in given]
