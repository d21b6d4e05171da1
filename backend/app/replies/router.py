"""Replies and their templates over the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from app.applications.errors import ApplicationNotFound
from app.auth.dependencies import CurrentUser
from app.core.clock import now
from app.core.settings import get_settings
from app.core.web import ReadDb, RowId, WriteDb, problems
from app.mail.errors import EmailNotFound
from app.mail.gmail.errors import ApiDisabled, CallRefused, WritePermissionMissing
from app.mail.sources import SourceRateLimited, SourceReauthRequired, SourceUnavailable
from app.replies import answering, drafting, repository, templates
from app.replies.drafting import Wish
from app.replies.errors import NothingToSay, ReplyUnderWay, TemplateUnknown, VariableUnknown
from app.replies.schemas import ReplyIn, ReplyOut, ReplyPlan, TemplateKey, TemplatesIn, TemplatesOut

router = APIRouter(tags=["replies"])


@router.get(
    "/applications/{application_id}/respond",
    response_model=ReplyPlan,
    responses=problems(ApplicationNotFound, EmailNotFound, TemplateUnknown),
)
def plan_reply(
    session: ReadDb,
    user: CurrentUser,
    application_id: RowId,
    template: TemplateKey | None = None,
    answer_to: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> ReplyPlan:
    """How a reply would go: to whom, by which way, and the text of a template filled in. Writes nothing."""
    answer = answering.plan(session, user, application_id, email_id=answer_to)
    text, missing = answering.fill_template(session, user, answer, template) if template else ("", [])
    return ReplyPlan.of(answer, text, missing)


@router.post(
    "/applications/{application_id}/respond",
    response_model=ReplyOut,
    responses=problems(
        ApplicationNotFound,
        EmailNotFound,
        NothingToSay,
        TemplateUnknown,
        ReplyUnderWay,
        SourceReauthRequired,
        WritePermissionMissing,
        ApiDisabled,
        CallRefused,
        SourceRateLimited,
        SourceUnavailable,
    ),
)
def respond(user: CurrentUser, application_id: RowId, wanted: ReplyIn) -> ReplyOut:
    """Put a reply into Gmail's drafts, in its conversation; with `send`, send it. Where Gmail can't be written to,
    answers with the text and a mailto link instead."""
    wish = Wish(**wanted.model_dump())
    return ReplyOut.of(drafting.respond(get_settings(), user, application_id, wish))


@router.get("/templates", response_model=TemplatesOut)
def get_templates(session: ReadDb, user: CurrentUser) -> TemplatesOut:
    """The templates of replies, and what they may name in braces."""
    return TemplatesOut.of(repository.templates(session, user.id))


@router.put("/templates", response_model=TemplatesOut, responses=problems(VariableUnknown))
def put_templates(session: WriteDb, user: CurrentUser, wanted: TemplatesIn) -> TemplatesOut:
    """Change templates; null goes back to the shipped one."""
    for key, body in wanted.templates.items():
        if body is None or body == templates.SHIPPED[key].body:
            repository.forget_template(session, user.id, key)
            continue
        if unknown := templates.unknown_variables(body):
            names = ", ".join(f"{{{name}}}" for name in unknown)
            raise VariableUnknown(f"There is nothing to fill in for {names}.", variables=unknown)
        repository.put_template(session, user.id, key, body, now())
    session.flush()
    return TemplatesOut.of(repository.templates(session, user.id))
