"""Syncs, imports and their ledger over the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, File, Header, Query, Response, UploadFile
from fastapi.responses import StreamingResponse
from sse_starlette import ServerSentEvent

from app.auth.dependencies import CurrentUser, StreamUser
from app.core import db
from app.core.errors import StorageFull
from app.core.pagination import Feed, InvalidCursor, Limit, decode_cursor, encode_cursor
from app.core.settings import get_settings
from app.core.web import ReadDb, WriteDb, problems
from app.intake import repository as intake_repository
from app.mail.archive.errors import ArchiveTooDense, NotAMailbox
from app.mail.errors import MailAccountNotFound
from app.mailsync import repository, service
from app.mailsync.errors import GmailAuthRequired, TooManyStarts, UploadEmpty, UploadTooLarge
from app.mailsync.models import Outcome
from app.mailsync.pace import StartingUser
from app.mailsync.schemas import LedgerLine, SyncStatus
from app.runs import service as runs
from app.runs import streams, watch
from app.runs.errors import RunAlreadyActive, RunNotFound
from app.runs.schemas import RunOut, RunStarted, started

router = APIRouter(tags=["sync"])


@router.post(
    "/sync-emails",
    response_model=RunStarted,
    status_code=202,
    responses=problems(RunAlreadyActive, GmailAuthRequired, MailAccountNotFound, TooManyStarts),
)
def sync_emails(
    session: WriteDb,
    user: StartingUser,
    mode: Literal["auto", "full", "incremental"] = "auto",
    mail_account_id: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> RunStarted:
    """Read the connected mailboxes: by what changed since the last sync, or the whole window again."""
    return started(service.start_sync(session, user, mode=mode, mail_account_id=mail_account_id))


@router.get("/sync-status", response_model=SyncStatus)
def get_sync_status(session: ReadDb, user: CurrentUser) -> SyncStatus:
    """How the newest sync goes."""
    return SyncStatus.of(service.newest_sync(session, user))


@router.get("/sync-events", response_class=StreamingResponse)
def stream_sync(user: StreamUser, last_event_id: Annotated[str | None, Header()] = None) -> Response:
    """The newest sync as server-sent events: `progress`, then `done`, `error` or `canceled`, and the end."""
    with db.read_session() as session:
        run = service.newest_sync(session, user)
        first = RunOut.of(run) if run else None
    if first is not None and last_event_id == f"end-{first.job_id}":
        return Response(status_code=204)
    return streams.respond(_sync_events(user.id, first))


async def _sync_events(user_id: int, first: RunOut | None) -> AsyncIterator[ServerSentEvent]:
    if first is None:
        yield ServerSentEvent(SyncStatus(status="idle").model_dump_json(), event="done", id="end-none")
        return
    async with watch.subscribe(user_id) as subscription:
        yield _sync_event(first)
        if streams.is_over(first):
            return
        async for run in streams.changes(subscription):
            if run.job_id == first.job_id:
                yield _sync_event(run)
                if streams.is_over(run):
                    return


def _sync_event(run: RunOut) -> ServerSentEvent:
    status = SyncStatus.of_run(run).model_dump_json()
    if streams.is_over(run):
        return ServerSentEvent(status, event=run.state, id=f"end-{run.job_id}")
    return ServerSentEvent(status, event="progress", retry=streams.RETRY_MS)


@router.post(
    "/imports/mail",
    response_model=RunStarted,
    status_code=202,
    responses=problems(
        RunAlreadyActive, NotAMailbox, ArchiveTooDense, UploadEmpty, UploadTooLarge, StorageFull
    ),
)
def import_mail(
    user: CurrentUser, file: Annotated[UploadFile, File(description="mbox, zip, tgz or eml")]
) -> RunStarted:
    """Import an archive of mail; it goes on by itself after a restart."""
    settings = get_settings()
    name = file.filename or "mail.mbox"
    with service.receiving(settings, service.suffix_of(name)) as path:
        service.save_upload(settings, file.file, path, name[:200])
        with db.transaction() as session:
            return started(service.start_import(session, user, path, name=name[:200], remove=True))


@router.get(
    "/runs/{run_id}/messages", response_model=Feed[LedgerLine], responses=problems(RunNotFound, InvalidCursor)
)
def list_run_messages(
    session: ReadDb,
    user: CurrentUser,
    run_id: str,
    outcome: Outcome | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> Feed[LedgerLine]:
    """The ledger of a run: every message it looked at and what became of it."""
    run = runs.get(session, user.id, run_id)
    before = decode_cursor(cursor, 1)[0] if cursor else None
    if before is not None and not isinstance(before, int):
        raise InvalidCursor
    lines = repository.ledger(session, user.id, run.id, outcome=outcome, before_id=before, limit=limit)
    verdicts = intake_repository.verdicts_of(
        session, user.id, [line.email_id for line in lines if line.email_id]
    )
    items = []
    for line in lines:
        verdict = verdicts.get(line.email_id) if line.email_id else None
        items.append(
            LedgerLine.of(line, verdict.email_class if verdict else None, verdict.error if verdict else None)
        )
    return Feed(items=items, next_cursor=encode_cursor(lines[-1].id) if len(lines) == limit else None)
