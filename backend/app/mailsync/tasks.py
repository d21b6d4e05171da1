"""The runners of this room."""

from __future__ import annotations

from app.mailsync import asking, backfill, deletions, importing, sync, verify
from app.runs.context import RunContext
from app.runs.models import RunKind
from app.runs.registry import runner


@runner(RunKind.SYNC)
def sync_accounts(ctx: RunContext) -> None:
    """Read connected mailboxes."""
    sync.run_sync(ctx)


@runner(RunKind.BACKFILL)
def fill_back(ctx: RunContext) -> None:
    """Read further back."""
    backfill.run_backfill(ctx)


@runner(RunKind.DELETIONS)
def check_deletions(ctx: RunContext) -> None:
    """Look for mail that is no longer at its source."""
    deletions.run_deletions(ctx)


@runner(RunKind.VERIFY)
def verify_account(ctx: RunContext) -> None:
    """Compare an account with what is stored of it."""
    verify.run_verify(ctx)


@runner(RunKind.FETCH)
def fetch_messages(ctx: RunContext) -> None:
    """Fetch messages by name."""
    asking.run_fetch(ctx)


@runner(RunKind.IMPORT)
def import_archive(ctx: RunContext) -> None:
    """Read an uploaded or local archive."""
    importing.run_import(ctx)
