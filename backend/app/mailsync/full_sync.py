"""A full sync of one mailbox: likely job mail first, then the rest of the window; nothing fetched twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

import structlog

from app.core import db
from app.core.clock import now
from app.core.errors import AppError
from app.core.settings import Settings
from app.intake import service as intake
from app.mail import connections
from app.mail import repository as mail
from app.mail.sources import (
    FetchFailure,
    MailSource,
    MessageRef,
    Search,
    SourceRateLimited,
    SourceReauthRequired,
    SourceStopped,
    Tier,
    Window,
)
from app.mail.values import RawMail
from app.mailsync import repository, storing
from app.mailsync.models import SyncState
from app.runs.context import RunContext
from app.runs.errors import RetryAfter

log = structlog.get_logger(__name__)
FETCH_AT_ONCE = 500
_TIERS = {"job_search": (Tier.SENDERS, Tier.TERMS), "all": tuple(Tier), "thorough": tuple(Tier)}
_PHASES = {Tier.SENDERS: "senders", Tier.TERMS: "terms", Tier.REST: "rest"}


def run_sync(ctx: RunContext) -> None:
    """params: account_ids, own_addresses, force. One account after the other; each is tried even if one fails."""
    failures: list[AppError] = []
    for account_id in ctx.params["account_ids"]:
        if account_id in ctx.cursor.get("finished", []):
            continue
        try:
            _sync_account(ctx, account_id)
        except SourceRateLimited as wait:
            raise RetryAfter(wait.retry_after, "Google asks to wait; going on by itself.") from wait
        except SourceStopped:
            ctx.checkpoint()
            raise
        except SourceReauthRequired as error:
            with ctx.batch() as session:
                mail.mark_reauth(session, account_id)
            failures.append(error)
        except AppError as error:
            failures.append(error)
        else:
            ctx.cursor["finished"] = [*ctx.cursor.get("finished", []), account_id]
            ctx.cursor.pop("history_id", None)
            ctx.cursor.pop("began_at", None)
    intake.take_in(ctx)
    if failures:
        raise failures[0]


def window_of(settings: Settings, state: SyncState | None, *, force: bool) -> Window:
    """Which part of the mailbox a full sync reads."""
    after_date = settings.gmail_full_sync_after_date
    if after_date:
        return Window(after=datetime.combine(after_date, time(), UTC))
    if force:
        return Window()
    if state and state.last_synced_at and not settings.gmail_full_sync_ignore_last_synced:
        return Window(after=state.last_synced_at - timedelta(days=1))
    return Window(after=now() - timedelta(days=settings.gmail_full_sync_days_back))


def _sync_account(ctx: RunContext, account_id: int) -> None:
    to = storing.target(account_id, ctx.user_id, ctx.params.get("own_addresses", []))
    with db.read_session() as session:
        window = window_of(
            ctx.settings, repository.state_of(session, account_id), force=bool(ctx.params.get("force"))
        )
    source = connections.open_source(ctx.settings, to.account, ctx.should_stop)
    try:
        ctx.progress(phase="listing", message=to.account.address)
        ctx.cursor.setdefault("history_id", source.profile().cursor)
        ctx.cursor.setdefault("began_at", now().isoformat())
        for tier in _TIERS[ctx.settings.gmail_sync_scope]:
            _read_tier(ctx, source, to, tier, window)
    finally:
        ctx.result["units"] = ctx.result.get("units", 0) + source.units
        source.close()
    _finish(ctx, account_id, window)


def _read_tier(ctx: RunContext, source: MailSource, to: storing.Target, tier: Tier, window: Window) -> None:
    ctx.progress(phase="listing")
    missing: list[MessageRef] = []
    with db.read_session() as session:
        retry = repository.failed_ids(session, to.account.id) if tier is Tier.SENDERS else []
    for page in source.list_ids(Search(tier, window)):
        ids = [ref.id for ref in page]
        with db.read_session() as session:
            known = mail.known_ids(session, to.account.id, ids)
            logged = repository.logged_ids(session, ctx.run_id, to.account.id, ids)
        ctx.result["listed"] = ctx.result.get("listed", 0) + len(ids)
        missing.extend(ref for ref in page if ref.id not in known and ref.id not in logged)
        ctx.checkpoint()
    listed = {ref.id for ref in missing}
    missing = [*(MessageRef(i) for i in retry if i not in listed), *missing]
    ctx.progress(phase=_PHASES[tier], total=ctx.counts["processed"] + len(missing))
    for start in range(0, len(missing), FETCH_AT_ONCE):
        _fetch(ctx, source, to, missing[start : start + FETCH_AT_ONCE])


def _fetch(ctx: RunContext, source: MailSource, to: storing.Target, refs: Sequence[MessageRef]) -> None:
    judged_at = ctx.counts["created"]
    for chunk in _chunks(source.fetch(refs), storing.chunk_size(ctx.settings)):
        storing.store_chunk(ctx, to, chunk)
        ctx.checkpoint()
        if ctx.counts["created"] - judged_at >= 100:
            judged_at = ctx.counts["created"]
            intake.take_in(ctx)
    intake.take_in(ctx)


def _chunks(items: Iterator[RawMail | FetchFailure], size: int) -> Iterator[list[RawMail | FetchFailure]]:
    """Pieces of `size`; what had arrived before the source gave up is handed on first."""
    chunk: list[RawMail | FetchFailure] = []
    given_up: Exception | None = None
    try:
        for item in items:
            chunk.append(item)
            if len(chunk) >= size:
                yield chunk
                chunk = []
    except (AppError, SourceStopped) as error:
        given_up = error
    if chunk:
        yield chunk
    if given_up is not None:
        raise given_up


def _finish(ctx: RunContext, account_id: int, window: Window) -> None:
    """The cursor moves only now that everything listed is stored or ledgered."""
    began = datetime.fromisoformat(ctx.cursor["began_at"])
    with ctx.batch() as session:
        state = repository.ensure_state(session, ctx.user_id, account_id)
        state.last_history_id = int(ctx.cursor["history_id"])
        state.last_synced_at = state.last_full_sync_at = began
        if ctx.settings.gmail_sync_scope != "job_search":
            since = window.after or datetime(1970, 1, 1, tzinfo=UTC)
            state.complete_since = min(since, state.complete_since) if state.complete_since else since
        state.status, state.error, state.updated_at = "idle", None, now()
