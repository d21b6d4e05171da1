"""Is everything there, and what was left out that should not have been."""

from __future__ import annotations

from fastapi import APIRouter

from app.core.web import RowId, WriteDb, problems
from app.mail.errors import MailAccountNotFound
from app.mailsync import service
from app.mailsync.errors import (
    GmailAuthRequired,
    LedgerLineNotFound,
    NeverSynced,
    NothingToFetch,
    TooManyStarts,
)
from app.mailsync.pace import StartingUser
from app.mailsync.schemas import LeftOutFetch
from app.runs.errors import RunAlreadyActive
from app.runs.schemas import RunStarted, started

router = APIRouter(tags=["sync"])


@router.post(
    "/mail-accounts/{account_id}/verify",
    response_model=RunStarted,
    status_code=202,
    responses=problems(MailAccountNotFound, GmailAuthRequired, NeverSynced, RunAlreadyActive, TooManyStarts),
)
def verify_mail_account(
    session: WriteDb, user: StartingUser, account_id: RowId, fix: bool = False
) -> RunStarted:
    """Compare the account with what is stored of it; the run's result tells, and `fix` fetches what is missing."""
    return started(service.start_verify(session, user, mail_account_id=account_id, fix=fix))


@router.post(
    "/emails/ledger/{line_id}/was-job-mail",
    response_model=LeftOutFetch,
    status_code=202,
    responses=problems(
        LedgerLineNotFound, NothingToFetch, GmailAuthRequired, RunAlreadyActive, TooManyStarts
    ),
)
def fetch_left_out_mail(
    session: WriteDb, user: StartingUser, line_id: RowId, others: bool = False
) -> LeftOutFetch:
    """Fetch a message that was left out, now; with `others` also what was left out of its sender."""
    run, count = service.fetch_left_out(session, user, line_id, others=others)
    told = started(run)
    return LeftOutFetch(job_id=told.job_id, status_url=told.status_url, others_from_sender=count)
