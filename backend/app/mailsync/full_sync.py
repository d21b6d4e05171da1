"""A full sync of one mailbox: likely job mail first, newest first, nothing fetched twice, nothing cut silently.

What one run leaves is queued: the rest of the window as a backfill, what a portion had no room for as a run that
goes on with the same cursor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from app.core import db
from app.core.clock import now
from app.core.settings import Settings
from app.intake import service as intake
from app.mail.sources import MessageRef, Search, Tier, Window
from app.mailsync import coverage, reading, repository, standings
from app.mailsync.coverage import BEGINNING, Span
from app.mailsync.models import SyncState
from app.mailsync.reading import FIRST_PORTION, Reading

TIERS = {
    "job_search": (Tier.SENDERS, Tier.TERMS),
    "thorough": (Tier.SENDERS, Tier.TERMS),
    "all": (Tier.SENDERS, Tier.TERMS, Tier.REST),
}
DAY = timedelta(days=1)
_PHASES = {Tier.SENDERS: "senders", Tier.TERMS: "terms", Tier.REST: "rest"}


@dataclass(frozen=True, slots=True)
class FullSync:
    """One full sync of one account, however many attempts and runs it takes.

    `cursor` was read before anything was listed; `began_at` is when. `had_mail` says whether mail of earlier
    syncs lies here, about which nothing was told since.
    """

    cursor: str
    began_at: datetime
    window: Window
    had_mail: bool
    whole: bool = False

    def to_json(self) -> dict[str, Any]:
        after = self.window.after
        return {
            "cursor": self.cursor,
            "began_at": self.began_at.isoformat(),
            "after": after.isoformat() if after else None,
            "had_mail": self.had_mail,
            "whole": self.whole,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> FullSync:
        after = datetime.fromisoformat(told["after"]) if told["after"] else None
        began_at = datetime.fromisoformat(told["began_at"])
        return cls(told["cursor"], began_at, Window(after), told["had_mail"], told.get("whole", False))

    def scope(self, settings: Settings) -> str:
        """How much of the window is read in the sync itself."""
        chosen = settings.gmail_sync_scope
        return "all" if self.whole and chosen == "thorough" else chosen


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


def read_mailbox(r: Reading, window: Window | None = None, *, whole: bool = False) -> None:
    """Read what the tiers of this sync find; as a `whole` leave no rest to a backfill. Moves the account's cursor,
    unless a portion was full: then `capped` in the run's cursor says how to go on."""
    intake.get_ready()
    full = _begin(r, window, whole=whole)
    retry = reading.refs_to_retry(r)
    listed = {ref.id for ref in retry}
    found = taken = 0
    room = _room(r)
    waiting: list[tuple[Tier, list[MessageRef]]] = []
    for tier in TIERS[full.scope(r.ctx.settings)]:
        r.ctx.progress(phase="listing")
        refs = reading.unknown(r, Search(tier, full.window, _senders(r, tier)), listed)
        if tier is Tier.SENDERS:
            refs += retry
        found += len(refs)
        refs = refs[: min(r.ctx.settings.gmail_full_sync_max_per_query or len(refs), room)]
        room -= len(refs)
        taken += len(refs)
        if refs and not any(refs for _, refs in waiting):
            # The first rows, before the next listing takes its time.
            r.ctx.progress(phase=_PHASES[tier])
            reading.fetch(r, refs[:FIRST_PORTION], more_follows=len(refs) > FIRST_PORTION)
            refs = refs[FIRST_PORTION:]
        waiting.append((tier, refs))
    total = r.ctx.counts["processed"] + sum(len(refs) for _, refs in waiting)
    for tier, refs in waiting:
        r.ctx.progress(phase=_PHASES[tier], total=total)
        reading.fetch(r, refs)
    if taken < found:
        _leave_for_later(r, full, found, taken)
    else:
        _finish(r, full)


def _begin(r: Reading, window: Window | None, *, whole: bool) -> FullSync:
    """Read the cursor first; an attempt that was cut short, or a full portion, goes on with the one read then."""
    told = r.under_way
    if told is None:
        told = r.ctx.params.get("continues", {}).get(str(r.account_id))
    if told is None:
        with db.read_session() as session:
            state = repository.state_of(session, r.account_id)
            had_mail = repository.has_mail(session, r.account_id)
        force = bool(r.ctx.params.get("force"))
        chosen = window or window_of(r.ctx.settings, state, force=force)
        told = FullSync(r.source.profile().cursor, now(), chosen, had_mail, whole).to_json()
    r.remember(told)
    return FullSync.from_json(told)


def _senders(r: Reading, tier: Tier) -> tuple[str, ...]:
    """Who wrote about applications that are known already."""
    if tier is not Tier.SENDERS:
        return ()
    with db.read_session() as session:
        return tuple(repository.senders_of_applications(session, r.ctx.user_id, reading.KNOWN_SENDERS))


def _room(r: Reading) -> int:
    """How many messages this run may take."""
    most = r.ctx.params.get("max_results")
    return int(most) if most else 10**9


def _leave_for_later(r: Reading, full: FullSync, found: int, taken: int) -> None:
    capped = r.ctx.result.get("capped") or {"found": 0, "taken": 0}
    with r.ctx.batch():
        r.ctx.result["capped"] = {"found": capped["found"] + found, "taken": capped["taken"] + taken}
        r.ctx.cursor["capped"] = {**r.ctx.cursor.get("capped", {}), str(r.account_id): full.to_json()}


def _finish(r: Reading, full: FullSync) -> None:
    """The cursor moves only now that everything listed is stored or ledgered."""
    scope = full.scope(r.ctx.settings)
    span = Span(min(full.window.after or BEGINNING, full.began_at - timedelta(seconds=1)), full.began_at)
    with r.ctx.batch() as session:
        state = repository.ensure_state(session, r.ctx.user_id, r.account_id)
        covered, before = standings.coverage_of(state), state.last_synced_at
        state = standings.move_cursor(
            session, r.to.account, full.cursor, synced_until=full.began_at, full=True, gap=full.had_mail
        )
        if scope == "all":
            standings.put_coverage(state, coverage.claim(covered, span, before))
        elif scope == "thorough":
            standings.put_coverage(state, coverage.promise(covered, span, before))


def all_stored(r: Reading) -> Window:
    """What reaches back to the oldest message that is stored."""
    with db.read_session() as session:
        oldest = repository.oldest_arrival(session, r.account_id)
    return Window(after=oldest - 2 * DAY if oldest else None)


def since_last_sync(state: SyncState | None, settings: Settings) -> Window:
    """What to read when the history is no longer kept."""
    if state is None or state.last_synced_at is None:
        return window_of(settings, state, force=False)
    return Window(after=state.last_synced_at - timedelta(days=1))
