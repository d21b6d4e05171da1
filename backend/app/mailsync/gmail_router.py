"""Names that clients of other trackers know: syncs, backfills and figures of Gmail, over the same services."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from app.auth.dependencies import CurrentUser
from app.core.settings import get_settings
from app.core.web import ReadDb, WriteDb, problems
from app.mail.errors import MailAccountNotFound
from app.mailsync import service, stats
from app.mailsync.errors import BackfillTooSoon, GmailAuthRequired, TooManyStarts
from app.mailsync.pace import StartingUser
from app.mailsync.schemas import BackfillCanceled, BackfillStatus, GmailStats, GmailSyncRequest
from app.runs import repository as runs_repository
from app.runs import service as runs
from app.runs.errors import RunAlreadyActive, RunNotFound
from app.runs.models import ACTIVE, RunKind
from app.runs.schemas import RunOut, RunStarted, started

router = APIRouter(tags=["gmail"])
UserEmail = Annotated[str | None, Query(max_length=320, description="The address of one of your accounts")]
JobId = Annotated[str, Query(max_length=64)]
_JOBS = 500


@router.post(
    "/gmail/sync",
    response_model=RunStarted,
    status_code=202,
    responses=problems(RunAlreadyActive, GmailAuthRequired, MailAccountNotFound, TooManyStarts),
)
def sync_gmail(
    session: WriteDb, user: StartingUser, wanted: GmailSyncRequest | None = None, user_email: UserEmail = None
) -> RunStarted:
    """Read the connected mailboxes; `force_full_sync` reads them whole, `max_results` in portions of that size."""
    asked = wanted or GmailSyncRequest()
    account_id = service.account_of(session, user, user_email)
    return started(
        service.start_sync(
            session,
            user,
            mode="full" if asked.force_full_sync else "auto",
            mail_account_id=account_id,
            force=asked.force_full_sync,
            max_results=asked.max_results,
        )
    )


@router.post(
    "/gmail/sync/deleted",
    response_model=RunStarted,
    status_code=202,
    responses=problems(RunAlreadyActive, GmailAuthRequired, MailAccountNotFound, TooManyStarts),
)
def sync_gmail_deleted(
    session: WriteDb,
    user: StartingUser,
    force_full_sync: bool = False,
    max_results: Annotated[int, Query(ge=1, le=5000)] = 1000,
    user_email: UserEmail = None,
) -> RunStarted:
    """Look for mail that was deleted at its source while no history told of it."""
    account_id = service.account_of(session, user, user_email)
    return started(
        service.start_deletions(
            session, user, mail_account_id=account_id, force=force_full_sync, max_results=max_results
        )
    )


@router.post(
    "/gmail/backfill/start",
    response_model=RunStarted,
    status_code=202,
    responses=problems(
        RunAlreadyActive, BackfillTooSoon, GmailAuthRequired, MailAccountNotFound, TooManyStarts
    ),
)
def start_gmail_backfill(
    session: WriteDb,
    user: StartingUser,
    days: Annotated[int, Query(ge=1, le=3650)] = 60,
    not_before: Annotated[AwareDatetime | None, Query(description="Begin then, not at once")] = None,
    user_email: UserEmail = None,
) -> RunStarted:
    """Read mail of the last days, newest first, whatever was synced before."""
    return started(
        service.start_backfill(
            session,
            user,
            days=days,
            mail_account_id=service.account_of(session, user, user_email),
            not_before=not_before,
            cooldown_s=get_settings().backfill_cooldown_s,
        )
    )


@router.get(
    "/gmail/backfill/status",
    response_model=BackfillStatus,
    responses=problems(RunNotFound, MailAccountNotFound),
)
def get_gmail_backfill_status(
    session: ReadDb, user: CurrentUser, job_id: JobId, user_email: UserEmail = None
) -> BackfillStatus:
    """How a backfill goes."""
    service.account_of(session, user, user_email)
    return BackfillStatus.of(RunOut.of(service.get_backfill(session, user, job_id)))


@router.post(
    "/gmail/backfill/cancel",
    response_model=BackfillCanceled,
    responses=problems(RunNotFound, MailAccountNotFound),
)
def cancel_gmail_backfill(
    session: WriteDb, user: CurrentUser, job_id: JobId, user_email: UserEmail = None
) -> BackfillCanceled:
    """Stop a backfill; what it stored stays."""
    service.account_of(session, user, user_email)
    run = service.get_backfill(session, user, job_id)
    if run.state not in ACTIVE:
        return BackfillCanceled(ok=False, error="This backfill has ended already.")
    runs.cancel(session, run)
    return BackfillCanceled(ok=True, error=None)


@router.get(
    "/gmail/backfill/jobs",
    response_model=dict[str, BackfillStatus],
    responses=problems(MailAccountNotFound),
)
def list_gmail_backfill_jobs(
    session: ReadDb, user: CurrentUser, user_email: UserEmail = None
) -> dict[str, BackfillStatus]:
    """All backfills of the last 30 days, newest first."""
    account_id = service.account_of(session, user, user_email)
    found, _ = runs_repository.page(
        session, user.id, kind=RunKind.BACKFILL, state=None, offset=0, limit=_JOBS
    )
    return {
        run.id: BackfillStatus.of(RunOut.of(run))
        for run in found
        if account_id is None or account_id in run.params.get("account_ids", [])
    }


@router.get("/gmail/stats", response_model=GmailStats, responses=problems(MailAccountNotFound))
def get_gmail_stats(session: ReadDb, user: CurrentUser, user_email: UserEmail = None) -> GmailStats:
    """What is stored of each connected account."""
    account_id = service.account_of(session, user, user_email)
    return GmailStats(items=stats.of_accounts(session, user, account_id))
