"""Where an account's sync stands: its cursor, what is covered, and whether deletions may have been missed.

`SyncState.cursor` holds `{history, coverage, gap, rest_run}`: the source's opaque cursor, a `coverage.Coverage`,
whether time passed that no history told about, and the run that was queued to read the rest.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core.clock import now
from app.core.db import WriteSession
from app.mail.models import MailAccount, Provider
from app.mailsync import coverage, repository
from app.mailsync.coverage import Coverage, Span
from app.mailsync.models import SyncState


def history_cursor(state: SyncState | None) -> str | None:
    """Where the account's history goes on; None when there was no sync yet."""
    if state is None:
        return None
    told = state.cursor.get("history")
    if told is None and state.last_history_id is not None:
        return str(state.last_history_id)
    return str(told) if told is not None else None


def coverage_of(state: SyncState | None) -> Coverage:
    """What has been read whole."""
    if state is None:
        return Coverage()
    told = coverage.from_json(state.cursor.get("coverage"))
    return told if told.since or not state.complete_since else Coverage(state.complete_since)


def has_gap(state: SyncState | None) -> bool:
    """Whether messages may have been deleted without any history telling it."""
    return state is not None and bool(state.cursor.get("gap"))


def rest_run(state: SyncState | None) -> str | None:
    """The run that was last queued to read the rest of the mailbox."""
    return state.cursor.get("rest_run") if state is not None else None


def move_cursor(
    session: WriteSession, account: MailAccount, cursor: str, *, synced_until: datetime, full: bool, gap: bool
) -> SyncState:
    """All that arrived before `synced_until` is stored or ledgered: the history goes on from `cursor`."""
    state = repository.ensure_state(session, account.user_id, account.id)
    _set(state, history=cursor, gap=gap or (has_gap(state)))
    if account.provider == Provider.GMAIL and cursor.isdigit():
        state.last_history_id = int(cursor)
    state.last_synced_at = synced_until
    if full:
        state.last_full_sync_at = synced_until
    state.status, state.error = "idle", None
    return state


def put_coverage(state: SyncState, covered: Coverage) -> None:
    _set(state, coverage=coverage.to_json(covered))
    state.complete_since = coverage.complete_since(covered, state.last_synced_at)


def cover(session: WriteSession, account: MailAccount, span: Span) -> None:
    """The span was read whole; the cursor stays where it is."""
    state = repository.ensure_state(session, account.user_id, account.id)
    put_coverage(state, coverage.cover(coverage_of(state), span))


def open_gap(session: WriteSession, account: MailAccount) -> None:
    """Something may be gone at the source without our knowing."""
    _set(repository.ensure_state(session, account.user_id, account.id), gap=True)


def close_gap(session: WriteSession, account: MailAccount) -> None:
    """Everything that is gone at the source is known to be gone."""
    _set(repository.ensure_state(session, account.user_id, account.id), gap=False)


def note_rest_run(state: SyncState, run_id: str) -> None:
    _set(state, rest_run=run_id)


def _set(state: SyncState, **values: Any) -> None:
    state.cursor = {**state.cursor, **values}
    state.updated_at = now()
