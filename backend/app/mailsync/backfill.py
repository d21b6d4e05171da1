"""Reading further back: spans of days, newest first, each a checkpoint. A sync of the same account goes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core import db
from app.core.clock import now
from app.mail.sources import MessageRef, Search, Tier, Window
from app.mailsync import incremental, reading, repository, standings
from app.mailsync.coverage import Span
from app.mailsync.reading import Reading
from app.runs import repository as runs
from app.runs.context import RunContext
from app.runs.errors import RetryAfter

DAYS_AT_ONCE = 10
JOB_MAIL_DAYS_AT_ONCE = 90
YIELD_S = 5.0
_PORTION = 100
_JOB_MAIL = (Tier.SENDERS, Tier.TERMS)


@dataclass(frozen=True, slots=True)
class Step:
    """A span that is still to be read, `days` at a time. `is_whole`: all its mail, not only job mail."""

    span: Span
    days: int
    is_whole: bool

    def to_json(self) -> list[Any]:
        return [self.span.after.isoformat(), self.span.before.isoformat(), self.days, self.is_whole]

    @classmethod
    def from_json(cls, told: Sequence[Any]) -> Step:
        span = Span(datetime.fromisoformat(told[0]), datetime.fromisoformat(told[1]))
        return cls(span, told[2], told[3])


def run_backfill(ctx: RunContext) -> None:
    """params: account_ids, own_addresses, days (what a person asked for; else what syncs left), after_run."""
    reading.for_each_account(ctx, _fill)


def _fill(r: Reading) -> None:
    _let_others_go_first(r)
    told = r.under_way
    if told is None:
        steps = _plan(r)
        _count(r, steps)
        with r.ctx.batch():
            r.remember([step.to_json() for step in steps])
    else:
        steps = [Step.from_json(one) for one in told]
    while steps:
        steps = _read(r, steps)


def _plan(r: Reading) -> list[Step]:
    """Job mail first where a person asked for it; all mail only where the scope allows it."""
    days = r.ctx.params.get("days")
    if days is None:
        with db.read_session() as session:
            covered = standings.coverage_of(repository.state_of(session, r.account_id))
        return [Step(hole, DAYS_AT_ONCE, is_whole=True) for hole in covered.holes]
    span = Span(now() - timedelta(days=days), now())
    if r.ctx.settings.gmail_sync_scope == "job_search":
        return [Step(span, DAYS_AT_ONCE, is_whole=False)]
    return [Step(span, JOB_MAIL_DAYS_AT_ONCE, is_whole=False), Step(span, DAYS_AT_ONCE, is_whole=True)]


def _count(r: Reading, steps: Sequence[Step]) -> None:
    """Listing costs next to nothing: how many messages there are to fetch is known before the first is."""
    r.ctx.progress(phase="counting", message=r.to.account.address)
    listed: set[str] = set()
    whole = [step for step in steps if step.is_whole] or steps
    found = sum(len(_list(r, step, step.span, listed)) for step in whole)
    r.ctx.progress(phase="reading", total=r.ctx.counts["processed"] + found)


def _list(r: Reading, step: Step, span: Span, listed: set[str]) -> list[MessageRef]:
    window = Window(span.after, span.before)
    if step.is_whole:
        return reading.unknown(r, Search(Tier.REST, window), listed)
    with db.read_session() as session:
        senders = tuple(repository.senders_of_applications(session, r.ctx.user_id, reading.KNOWN_SENDERS))
    return [
        ref
        for tier in _JOB_MAIL
        for ref in reading.unknown(r, Search(tier, window, senders if tier is Tier.SENDERS else ()), listed)
    ]


def _read(r: Reading, steps: Sequence[Step]) -> list[Step]:
    """Read the newest days of the first step; answers with the steps that are left."""
    _let_others_go_first(r)
    step = steps[0]
    span = Span(max(step.span.after, step.span.before - timedelta(days=step.days)), step.span.before)
    address = r.to.account.address
    r.ctx.progress(phase="reading", message=f"{address}: {span.after:%d %b %Y} to {span.before:%d %b %Y}")
    listed: set[str] = set()
    with incremental.meanwhile(r):
        refs = _list(r, step, span, listed)
        for start in range(0, len(refs), _PORTION):
            _let_others_go_first(r)
            reading.fetch(r, refs[start : start + _PORTION])
    # Far back there may be years without mail: then each step is twice as wide as the one before.
    usual = DAYS_AT_ONCE if step.is_whole else step.days
    left = list(steps[1:])
    if span.after > step.span.after:
        rest = Span(step.span.after, span.after)
        left.insert(0, Step(rest, usual if listed else 2 * step.days, step.is_whole))
    with r.ctx.batch() as session:
        if step.is_whole:
            standings.cover(session, r.to.account, span)
        r.remember([one.to_json() for one in left])
    return left


def _let_others_go_first(r: Reading) -> None:
    """A sync of the account takes minutes at most, and a person may be waiting for it; what a person asked for goes
    before what syncs left. Raises RetryAfter."""
    lanes = ("sync", "backfill") if r.ctx.params.get("days") is None else ("sync",)
    with db.read_session() as session:
        ids = [runs.holding(session, [r.account_id], lane) for lane in lanes]
        others = [runs.load(session, i) for i in ids if i and i != r.ctx.params.get("after_run")]
    if others:
        waits = [one.not_before for one in others if one is not None and one.not_before is not None]
        seconds = max((moment - now()).total_seconds() for moment in waits) if waits else 0.0
        raise RetryAfter(max(YIELD_S, seconds), f"{r.to.account.address}: a sync goes first.")
