"""Finding mail that was deleted at its source while no history told of it.

A message is thought deleted only when two complete listings of everything that still exists, spam and trash
included, don't name it. What only lies in the trash is told by its labels.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from app.core import db
from app.mail.sources import FailureReason, FetchFailure, MessageRef, Search, Tier, Window
from app.mail.values import RawMail
from app.mailsync import incremental, presence, reading, repository, service, standings
from app.mailsync.folding import Net
from app.mailsync.reading import Reading
from app.mailsync.repository import StoredSource
from app.runs.context import RunContext

EDGE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Portion:
    """What of an account is looked at in one run: message ids with their moments, the window they lie in, how many
    stored messages there are in all, and where the next run goes on."""

    moments: dict[str, datetime | None]
    window: Window
    found: int
    going_on: dict[str, Any] | None


def run_deletions(ctx: RunContext) -> None:
    """params: account_ids, own_addresses, force, max_results, continues."""
    reading.for_each_account(ctx, _check, lambda: _queue_what_follows(ctx))


def _check(r: Reading) -> None:
    with db.read_session() as session:
        state = repository.state_of(session, r.account_id)
        stored = repository.present_sources(session, r.account_id)
    if not r.ctx.params.get("force") and not standings.has_gap(state):
        r.ctx.progress(phase="checked", message="The history told of everything that was deleted.")
        return
    synced_at = state.last_full_sync_at if state else None
    portion = _portion(r, stored)
    r.ctx.progress(phase="listing", total=r.ctx.counts["processed"] + len(portion.moments))
    with incremental.meanwhile(r):
        gone = _missing(r, portion)
        hidden = _in_trash(r, portion, gone)
        presence.delete(r.ctx, r.to.account, gone)
        presence.apply(r.ctx, r.to.account, hidden)
    with r.ctx.batch() as session:
        r.ctx.counts["processed"] += len(portion.moments)
        if portion.going_on is not None:
            r.ctx.result["capped"] = {"found": portion.found, "taken": len(portion.moments)}
            r.ctx.cursor["capped"] = {
                **r.ctx.cursor.get("capped", {}),
                str(r.account_id): portion.going_on,
            }
            return
        fresh = repository.state_of(session, r.account_id)
        if fresh is not None and fresh.last_full_sync_at == synced_at:
            standings.close_gap(session, r.to.account)
    count = r.ctx.counts["deleted"]
    r.ctx.progress(phase="checked", message=f"{count} no longer there." if count else "Nothing was deleted.")


def _portion(r: Reading, stored: Sequence[StoredSource]) -> Portion:
    """The newest messages that the portion before did not look at; all of them without `max_results`."""
    ordered = sorted(stored, key=_order, reverse=True)
    start = r.ctx.params.get("continues", {}).get(str(r.account_id))
    if start is not None:
        ordered = [one for one in ordered if _order(one) < (start["moment"], start["id"])]
    size = int(r.ctx.params.get("max_results") or 0) or len(ordered)
    some = ordered[:size]
    moments = {one.provider_message_id: one.arrived_at for one in some}
    rest = ordered[size:]
    going_on = {"moment": _order(some[-1])[0], "id": some[-1].id} if rest else None
    known = [moment for moment in moments.values() if moment is not None]
    if not known or len(known) < len(moments):
        return Portion(moments, Window(), len(stored), going_on)
    before = None if start is None else max(known) + 2 * EDGE
    return Portion(moments, Window(min(known) - 2 * EDGE, before), len(stored), going_on)


def _order(one: StoredSource) -> tuple[str, int]:
    return (one.arrived_at.isoformat() if one.arrived_at else "", one.id)


def _missing(r: Reading, portion: Portion) -> set[str]:
    """What neither of two listings names. What lies near the window's edge is asked for by itself."""
    missing = set(portion.moments)
    for _ in range(2):
        if missing:
            missing = _not_listed(r, portion.window, missing)
    near = {i for i in missing if _is_near_edge(portion.moments[i], portion.window)}
    return missing - _still_there(r, near)


def _not_listed(r: Reading, window: Window, ids: Collection[str]) -> set[str]:
    left = set(ids)
    for page in r.source.list_present(window):
        left.difference_update(ref.id for ref in page)
        r.ctx.checkpoint()
    r.note_units()
    return left


def _is_near_edge(moment: datetime | None, window: Window) -> bool:
    edges = [edge for edge in (window.after, window.before) if edge is not None]
    return bool(edges) and (moment is None or any(abs(moment - edge) <= EDGE for edge in edges))


def _still_there(r: Reading, ids: Collection[str]) -> set[str]:
    if not ids:
        return set()
    answers = r.source.fetch([MessageRef(i) for i in sorted(ids)])
    gone = {
        a.provider_message_id
        for a in answers
        if isinstance(a, FetchFailure) and a.reason == FailureReason.GONE
    }
    return set(ids) - gone


def _in_trash(r: Reading, portion: Portion, gone: Collection[str]) -> list[Net]:
    """Stored messages that exist but are not listed with the others: what their labels are now."""
    seen = set(
        chain.from_iterable(
            (ref.id for ref in page) for page in r.source.list_ids(Search(Tier.REST, portion.window))
        )
    )
    odd = [MessageRef(i) for i in portion.moments if i not in seen and i not in gone]
    found: list[Net] = []
    for answer in r.source.fetch(odd) if odd else ():
        if isinstance(answer, RawMail):
            found.append(Net(answer.provider_message_id, came=True, labels=answer.labels))
        elif answer.reason == FailureReason.GONE:
            found.append(Net(answer.provider_message_id, is_deleted=True))
    r.note_units()
    return found


def _queue_what_follows(ctx: RunContext) -> None:
    queued = ctx.cursor.get("queued", [])
    capped = {i: told for i, told in ctx.cursor.get("capped", {}).items() if i not in queued}
    if capped:
        with ctx.batch() as session:
            ctx.cursor["queued"] = [*queued, *capped]
            service.go_on(session, ctx, capped)
