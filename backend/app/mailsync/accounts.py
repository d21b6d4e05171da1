"""Mail accounts over the API: what is connected, how complete it is, and taking one away."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from app.auth.dependencies import CurrentUser
from app.core import db
from app.core.pagination import Page
from app.core.settings import get_settings
from app.core.web import ReadDb, problems
from app.intake import service as intake
from app.mail import connections
from app.mail import repository as mail
from app.mail.errors import MailAccountNotFound
from app.mailsync import repository, service
from app.runs import repository as runs
from app.runs.errors import RunAlreadyActive

router = APIRouter(tags=["accounts"])


class MailAccountOut(BaseModel):
    """One connected source; `complete_since` is the moment back to which its mail is complete."""

    id: int
    provider: str
    address: str
    is_demo: bool
    needs_reauth: bool
    emails: int
    last_synced_at: datetime | None
    complete_since: datetime | None
    created_at: datetime


@router.get("/mail-accounts", response_model=Page[MailAccountOut])
def list_mail_accounts(session: ReadDb, user: CurrentUser) -> Page[MailAccountOut]:
    """All accounts of the user."""
    accounts = mail.list_accounts(session, user.id)
    counts, states = mail.count_by_account(session, user.id), repository.states(session, user.id)
    items = [
        MailAccountOut(
            id=account.id,
            provider=account.provider,
            address=account.address,
            is_demo=account.is_demo,
            needs_reauth=account.needs_reauth,
            emails=counts.get(account.id, 0),
            last_synced_at=state.last_synced_at if (state := states.get(account.id)) else None,
            complete_since=state.complete_since if state else None,
            created_at=account.created_at,
        )
        for account in accounts
    ]
    return Page(items=items, total=len(items), offset=0, limit=100)


@router.delete(
    "/mail-accounts/{account_id}",
    status_code=204,
    response_class=Response,
    responses=problems(MailAccountNotFound, RunAlreadyActive),
)
def delete_mail_account(
    user: CurrentUser,
    account_id: Annotated[int, Path(ge=1, le=2**31 - 1)],
    emails: Literal["keep", "delete"] = "keep",
) -> Response:
    """Disconnect an account: the grant is taken back, the credentials are deleted; its mail stays unless asked."""
    settings = get_settings()
    with db.read_session() as session:
        account = mail.get_account(session, user.id, account_id)
        busy = runs.holding(session, [account_id], "sync")
    if busy:
        raise RunAlreadyActive("Stop the sync of this account first.", job_id=busy)
    connections.revoke_grant(settings, account)
    with db.transaction() as session:
        account = mail.get_account(session, user.id, account_id)
        if emails == "delete" or account.is_demo:
            intake.forget_emails(session, user.id, mail.email_ids_only_of(session, account.id))
            service.forget_account(session, account)
            mail.delete_account(session, account, with_emails=False)
        else:
            account.credentials = None
            account.needs_reauth = True
    return Response(status_code=204)
