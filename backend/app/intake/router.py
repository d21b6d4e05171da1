"""Emails, search, timelines and what a person says about an application, over the API."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.errors import (
    ApplicationNotFound,
    DecisionAlreadyRevoked,
    DecisionNotFound,
    NothingToChange,
)
from app.applications.schemas import ApplicationDetail, ApplicationPatch
from app.applications.timeline import page as page_of_lines
from app.auth.dependencies import CurrentUser
from app.classification.values import EmailClass
from app.core import db
from app.core.pagination import Feed, InvalidCursor, Limit, Offset, Page
from app.core.web import ReadDb, RowId, WriteDb, problems
from app.correlation import repository as correlation
from app.intake import history, reading, repository, service, speaking
from app.intake.repository import EmailFilters
from app.intake.schemas import (
    EmailDetail,
    EmailOut,
    SearchHit,
    TimelineLineOut,
    email_detail,
    email_out,
    line_out,
)
from app.mail import repository as mail
from app.mail.errors import EmailNotFound

router = APIRouter(tags=["mail and history"])
MaybeId = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@router.get("/emails", response_model=Page[EmailOut])
def list_emails(
    session: ReadDb,
    user: CurrentUser,
    email_class: EmailClass | None = None,
    application_id: MaybeId = None,
    mail_account_id: MaybeId = None,
    direction: Literal["in", "out"] | None = None,
    deleted: bool | None = None,
    unsure: bool | None = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Page[EmailOut]:
    """All mail of the user, newest first."""
    wanted = EmailFilters(
        email_class=email_class,
        application_id=application_id,
        mail_account_id=mail_account_id,
        direction=direction,
        deleted=deleted,
        unsure=unsure,
        q=q.replace("\x00", "") if q else None,
    )
    views, total = reading.list_emails(session, user.id, wanted, offset, limit)
    return Page(items=[email_out(view) for view in views], total=total, offset=offset, limit=limit)


@router.get("/emails/{email_id}", response_model=EmailDetail, responses=problems(EmailNotFound))
def get_email(session: ReadDb, user: CurrentUser, email_id: RowId) -> EmailDetail:
    """One email with its text, its verdict and the spans that decided."""
    return email_detail(reading.get_email(session, user.id, email_id))


@router.get("/search", response_model=Page[SearchHit])
def search(
    session: ReadDb,
    user: CurrentUser,
    q: Annotated[str, Query(max_length=200)] = "",
    offset: Annotated[int, Query(ge=0, le=1000)] = 0,
    limit: Limit = 20,
) -> Page[SearchHit]:
    """Applications and emails that contain every word: in names, or in the text of linked mail."""
    found = repository.search(session, user.id, q.replace("\x00", ""), 200)
    shown = found[offset : offset + limit]
    known = applications.load_many(session, user.id, [ref for kind, ref in shown if kind == "application"])
    email_ids = [ref for kind, ref in shown if kind == "email"]
    emails = {e.id: e for e in mail.emails_by_id(session, user.id, email_ids)}
    links = correlation.links_of(session, user.id, email_ids)
    items = []
    for kind, ref in shown:
        if kind == "application" and (a := known.get(ref)):
            items.append(
                SearchHit(
                    kind="application",
                    id=ref,
                    application_id=ref,
                    title=a.company_name or "Unknown company",
                    subtitle=a.job_title or "",
                    snippet=a.stage,
                    at=a.last_activity_at,
                )
            )
        elif kind == "email" and (e := emails.get(ref)):
            items.append(
                SearchHit(
                    kind="email",
                    id=ref,
                    application_id=links[ref].application_id if ref in links else None,
                    title=e.subject or "(no subject)",
                    subtitle=e.sender_name or e.sender_email,
                    snippet=e.snippet,
                    at=e.received_at,
                )
            )
    return Page(items=items, total=len(found), offset=offset, limit=limit)


@router.get(
    "/v1/applications/{application_id}/timeline",
    response_model=Feed[TimelineLineOut],
    responses=problems(ApplicationNotFound, InvalidCursor),
)
def get_timeline(
    session: ReadDb, user: CurrentUser, application_id: RowId, cursor: str | None = None, limit: Limit = 50
) -> Feed[TimelineLineOut]:
    """The application's history, newest first."""
    application = application_service.get(session, user.id, application_id)
    lines, mails = history.timeline(session, user.id, application)
    shown, next_cursor = page_of_lines(lines, cursor, limit)
    items = []
    for line in shown:
        one = mails.get(line.email_id) if line.email_id else None
        items.append(
            line_out(
                line,
                one.verdict if one else None,
                one.link.method if one else None,
                one.link.score if one else None,
            )
        )
    return Feed(items=items, next_cursor=next_cursor)


@router.patch(
    "/applications/{application_id}",
    response_model=ApplicationDetail,
    responses=problems(ApplicationNotFound, NothingToChange),
)
def edit_application(
    session: WriteDb, user: CurrentUser, application_id: RowId, patch: ApplicationPatch
) -> ApplicationDetail:
    """Say what is right; each field is a decision that can be undone."""
    changes = patch.model_dump(exclude_unset=True, exclude={"at"}, mode="json")
    if changes.get("stage", "") is None:
        del changes["stage"]
    if changes.get("pinned", False) is None:
        del changes["pinned"]
    application, made = service.edit_application(session, user.id, application_id, changes, patch.at)
    return application_service.detail(session, user.id, application.id, made)


@router.post(
    "/decisions/{decision_id}/revoke",
    response_model=ApplicationDetail | None,
    responses=problems(DecisionNotFound, DecisionAlreadyRevoked, ApplicationNotFound),
)
def revoke_decision(user: CurrentUser, decision_id: RowId) -> ApplicationDetail | None:
    """Undo; answers with the application that it touched, null when there is no one: the mail it was about
    belongs to none, or a whole import was taken back."""
    application_id = speaking.take_back(user.id, decision_id)
    if application_id is None:
        return None
    with db.read_session() as session:
        return application_service.detail(session, user.id, application_id)
