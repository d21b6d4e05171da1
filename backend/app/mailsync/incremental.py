"""An incremental sync: the history since the last one, folded, applied and fetched. Nothing new is one request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from app.core import db
from app.core.clock import now
from app.mail import repository as mail
from app.mail.sources import Change, CursorExpired, MessageRef, Search, Tier, Window
from app.mailsync import presence, reading, repository, standings, storing
from app.mailsync.folding import Net, fold
from app.mailsync.models import Reason, SyncState
from app.mailsync.reading import Reading
from app.runs.errors import LeaseLost, RetryAfter, RunInterrupted

_AT_ONCE = 500


def read_changes(r: Reading, state: SyncState, cursor: str) -> None:
    """Bring the account up to date from `cursor` on, and move it. Raises CursorExpired before anything changed."""
    r.ctx.progress(phase="changes")
    began = now()
    walk = _Walk(r, cursor)
    nets = fold(walk.changes())
    r.note_units()
    unknown: list[Net] = []
    for some in _portions(list(nets.values())):
        with db.read_session() as session:
            known = mail.known_ids(session, r.account_id, [net.id for net in some])
        unknown += [net for net in some if net.id not in known]
        presence.apply(r.ctx, r.to.account, [net for net in some if net.id in known])
    wanted = [MessageRef(net.id, net.thread_id) for net in unknown if net.is_wanted]
    refs = _in_scope(r, state, reading.unknown_among(r, list(reversed(wanted))))
    retry = reading.refs_to_retry(r)
    fresh = {ref.id for ref in refs}
    refs += [ref for ref in retry if ref.id not in fresh]
    if refs:
        r.ctx.progress(phase="changes", total=r.ctx.counts["processed"] + len(refs))
        reading.fetch(r, refs)
    with r.ctx.batch() as session:
        standings.move_cursor(session, r.to.account, walk.cursor, synced_until=began, full=False, gap=False)


@contextmanager
def meanwhile(r: Reading) -> Iterator[None]:
    """For runs that read an account beside its syncs: what such a sync learned of messages that the block only
    stored later is applied to them at the end, too. Without a sync meanwhile the next one does that. An attempt
    that is cut short leaves it to the next; a run that ends early leaves a gap, which the deletion check closes."""
    key = str(r.account_id)
    begun = r.ctx.cursor.setdefault("read_since", {})
    before = begun.setdefault(key, _cursor_now(r))
    try:
        yield
    except (RetryAfter, RunInterrupted, LeaseLost):
        raise
    except BaseException:
        if before != _cursor_now(r):
            _open_gap(r)
        raise
    if before is not None and before != _cursor_now(r):
        try:
            nets = fold(_Walk(r, before).changes())
        except CursorExpired:
            _open_gap(r)
        else:
            presence.apply(r.ctx, r.to.account, nets.values())
    begun.pop(key)


def _cursor_now(r: Reading) -> str | None:
    with db.read_session() as session:
        return standings.history_cursor(repository.state_of(session, r.account_id))


def _open_gap(r: Reading) -> None:
    with r.ctx.batch() as session:
        standings.open_gap(session, r.to.account)


class _Walk:
    """The history page by page; `cursor` is where it goes on once all pages were read."""

    def __init__(self, r: Reading, cursor: str) -> None:
        self.cursor = cursor
        self._r = r

    def changes(self) -> Iterator[Change]:
        for page in self._r.source.history(self.cursor):
            yield from page.changes
            self.cursor = page.cursor or self.cursor
            self._r.ctx.checkpoint()


def _in_scope(r: Reading, state: SyncState, refs: list[MessageRef]) -> list[MessageRef]:
    """With scope `job_search` only what the search for job mail finds; the rest is noted, and can be asked for."""
    if r.ctx.settings.gmail_sync_scope != "job_search" or not refs:
        return refs
    after = state.last_synced_at - timedelta(days=1) if state.last_synced_at else None
    with db.read_session() as session:
        senders = tuple(repository.senders_of_applications(session, r.ctx.user_id, reading.KNOWN_SENDERS))
    found: set[str] = set()
    for tier in (Tier.SENDERS, Tier.TERMS):
        for page in r.source.list_ids(Search(tier, Window(after), senders if tier is Tier.SENDERS else ())):
            found.update(ref.id for ref in page)
            r.ctx.checkpoint()
    r.note_units()
    left_out = [ref.id for ref in refs if ref.id not in found]
    for start in range(0, len(left_out), presence.SQLITE_AT_ONCE):
        some = left_out[start : start + presence.SQLITE_AT_ONCE]
        storing.leave_out(r.ctx, r.to.account, some, Reason.NOT_IN_QUERY)
    return [ref for ref in refs if ref.id in found]


def _portions(nets: Sequence[Net]) -> Iterable[Sequence[Net]]:
    return (nets[start : start + _AT_ONCE] for start in range(0, len(nets), _AT_ONCE))
