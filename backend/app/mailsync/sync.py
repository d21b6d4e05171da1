"""The sync run: account after account, by history where there is a cursor, else by search."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core import db
from app.core.clock import now
from app.core.db import WriteSession
from app.mail import repository as mail
from app.mail.models import MailAccount
from app.mail.sources import CursorExpired, IdsExpired
from app.mailsync import full_sync, incremental, reading, repository, service, standings
from app.mailsync.models import SyncState
from app.mailsync.reading import Reading
from app.runs import repository as runs
from app.runs.context import RunContext
from app.runs.errors import RunAlreadyActive
from app.runs.models import RunState

_AFTER_AN_ERROR = timedelta(hours=1)


def run_sync(ctx: RunContext) -> None:
    """params: account_ids, own_addresses, mode (auto, full, incremental), force, max_results, continues."""
    reading.for_each_account(ctx, _sync_account, lambda: _queue_what_follows(ctx))


def _sync_account(r: Reading) -> None:
    with db.read_session() as session:
        state = repository.state_of(session, r.account_id)
        has_mail = repository.has_mail(session, r.account_id)
    address = r.to.account.address
    r.ctx.progress(phase="starting", message=address)
    cursor = standings.history_cursor(state)
    goes_on = r.under_way is not None or "continues" in r.ctx.params
    if goes_on or r.ctx.params["mode"] == "full" or r.ctx.params.get("force"):
        full_sync.read_mailbox(r)
    elif state is None or cursor is None:
        if r.ctx.params["mode"] == "incremental":
            r.ctx.progress(
                phase="starting", message=f"{address}: nothing was read before; this is a full sync."
            )
        full_sync.read_mailbox(r)
    elif not has_mail and r.ctx.params["mode"] == "auto":
        full_sync.read_mailbox(r)
    else:
        _read_changes(r, state, cursor)


def _read_changes(r: Reading, state: SyncState, cursor: str) -> None:
    try:
        incremental.read_changes(r, state, cursor)
    except CursorExpired as expired:
        anew = isinstance(expired, IdsExpired)
        window = full_sync.all_stored(r) if anew else full_sync.since_last_sync(state, r.ctx.settings)
        since = f"{window.after:%d %B %Y}" if window.after else "the beginning"
        r.ctx.result["cursor_expired"] = True
        r.ctx.progress(
            phase="listing",
            message=f"{r.to.account.address}: what changed is no longer known there; everything since {since} is read.",
        )
        full_sync.read_mailbox(r, window, whole=anew)


def _queue_what_follows(ctx: RunContext) -> None:
    """What this run left: the next portion, and the rest of the window."""
    queued = ctx.cursor.get("queued", [])
    finished = [i for i in ctx.cursor.get("finished", []) if i not in queued]
    if not finished:
        return
    left = ctx.cursor.get("capped", {})
    capped = {str(i): left[str(i)] for i in finished if str(i) in left}
    with ctx.batch() as session:
        ctx.cursor["queued"] = [*queued, *finished]
        if capped:
            service.go_on(session, ctx, capped)
        if ctx.settings.gmail_sync_scope != "job_search":
            for account_id in finished:
                if str(account_id) not in capped:
                    account = mail.get_account(session, ctx.user_id, account_id)
                    _queue_rest(ctx, session, account)


def _queue_rest(ctx: RunContext, session: WriteSession, account: MailAccount) -> None:
    state = repository.state_of(session, account.id)
    if state is None or not standings.coverage_of(state).holes or not _may_queue(session, state):
        return
    try:
        run = service.start_rest(session, ctx, account)
    except RunAlreadyActive:
        return
    standings.note_rest_run(state, run.id)


def _may_queue(session: WriteSession, state: SyncState) -> bool:
    """A person who canceled the last one has said no, until the next full sync; one that failed is given time."""
    last_id = standings.rest_run(state)
    last = runs.load(session, last_id) if last_id else None
    if last is None:
        return True
    if last.state == RunState.CANCELED:
        return _is_after(state.last_full_sync_at, last.created_at)
    if last.state == RunState.ERROR:
        return _is_after(now(), (last.finished_at or last.created_at) + _AFTER_AN_ERROR)
    return True


def _is_after(one: datetime | None, other: datetime) -> bool:
    return one is not None and one > other
