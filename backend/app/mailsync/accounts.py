"""Mail accounts over the API: what is connected, how complete it is, and taking one away."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response

from app.auth.dependencies import CurrentUser
from app.core import db
from app.core.pagination import Page
from app.core.settings import get_settings
from app.core.web import ReadDb, problems
from app.intake import service as intake
from app.mail import connections
from app.mail import repository as mail
from app.mail.errors import MailAccountNotFound
from app.mailsync import imap_accounts, repository, service
from app.mailsync.account_schemas import MailAccountOut
from app.runs import repository as runs
from app.runs.errors import RunAlreadyActive

router = APIRouter(tags=["accounts"])
router.include_router(imap_accounts.router)


@router.get("/mail-accounts", response_model=Page[MailAccountOut])
def list_mail_accounts(session: ReadDb, user: CurrentUser) -> Page[MailAccountOut]:
    """All accounts of the user."""
    accounts = mail.list_accounts(session, user.id)
    counts, states = mail.count_by_account(session, user.id), repository.states(session, user.id)
    items = [
        MailAccountOut.of(account, counts.get(account.id, 0), states.get(account.id), get_settings())
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
        busy = runs.holding(session, [account_id], None)
    if busy:
        raise RunAlreadyActive("Stop what is being read from this account first.", job_id=busy)
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
