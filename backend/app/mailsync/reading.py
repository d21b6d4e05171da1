"""What all runs that read a mailbox have in common: opening it, listing what is unknown, fetching and judging."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import structlog

from app.core import db
from app.core.errors import AppError
from app.intake import service as intake
from app.mail import connections
from app.mail import repository as mail
from app.mail.models import Provider
from app.mail.sources import (
    FetchFailure,
    MailSource,
    MessageRef,
    Search,
    SourceRateLimited,
    SourceReauthRequired,
    SourceStopped,
)
from app.mail.values import RawMail
from app.mailsync import ahead, presence, repository, storing
from app.mailsync.errors import GmailReauthRequired
from app.runs.context import RunContext
from app.runs.errors import RetryAfter
from app.runs.models import RunKind

log = structlog.get_logger(__name__)
FETCH_AT_ONCE = 500
FIRST_STEP = 25
FIRST_PORTION = FIRST_STEP + ahead.MOST  # while the first are judged, the next are on their way
LARGEST_STEP = 200
KNOWN_SENDERS = 120
_GMAIL_ID = re.compile(r"[0-9a-f]{16}")
_COUNTED = (
    "listed", "fetched", "stored", "updated", "deleted", "skipped", "failed",
    "applications_created", "applications_changed", "units", "cache_hits", "llm_calls",
)  # fmt: skip


@dataclass(slots=True)
class Steps:
    """When stored mail is judged: soon at first, so that a person sees something, then in growing steps."""

    size: int = FIRST_STEP
    waiting: int = 0

    def add(self, stored: int, *, idle: bool = False) -> bool:
        """Count what was stored; True when it is time to judge: sooner when there is nothing else to do, so that
        little is left to judge when the last mail has come."""
        self.waiting += stored
        if self.waiting < (FIRST_STEP if idle else self.size):
            return False
        self.waiting, self.size = 0, min(2 * self.size, LARGEST_STEP)
        return True


@dataclass(frozen=True, slots=True)
class Reading:
    """One account being read by one run."""

    ctx: RunContext
    to: storing.Target
    source: MailSource
    units_before: int
    leave: Event  # ends what the source is doing: nobody wants the rest
    steps: Steps = field(default_factory=Steps)

    @property
    def account_id(self) -> int:
        return self.to.account.id

    def count(self, name: str, amount: int) -> None:
        """Add to a figure of the run's result."""
        self.ctx.result[name] = self.ctx.result.get(name, 0) + amount

    @property
    def under_way(self) -> Any:
        """What an attempt before this one had begun with this account; None when it is new."""
        return self.ctx.cursor.get("under_way", {}).get(str(self.account_id))

    def remember(self, under_way: Any) -> None:
        """How a later attempt goes on with this account; durable with the next write of the run."""
        self.ctx.cursor["under_way"] = {
            **self.ctx.cursor.get("under_way", {}),
            str(self.account_id): under_way,
        }

    def note_units(self) -> None:
        self.ctx.result["units"] = self.units_before + self.source.units


def for_each_account(
    ctx: RunContext, work: Callable[[Reading], None], afterwards: Callable[[], None] | None = None
) -> None:
    """Do `work` for each account of the run that isn't finished yet; each is tried even if another fails.

    What was stored is judged in any case. Then raises RetryAfter when a provider asks to wait; else does what
    comes `afterwards`, and raises the first failure.
    """
    ctx.result = dict.fromkeys(_COUNTED, 0) | {"by_class": {}, "cost": 0.0, "capped": None} | ctx.result
    failures: list[AppError] = []
    waits: list[SourceRateLimited] = []
    for account_id in ctx.params["account_ids"]:
        if account_id in ctx.cursor.get("finished", []):
            continue
        try:
            with opened(ctx, account_id) as reading:
                work(reading)
        except SourceRateLimited as wait:
            waits.append(wait)
        except SourceStopped:
            ctx.checkpoint()
            raise
        except AppError as error:
            failures.append(error)
            with ctx.batch() as session:
                repository.note_error(session, account_id, error.detail)
                if isinstance(error, SourceReauthRequired):
                    mail.mark_reauth(session, account_id)
        else:
            ctx.cursor["finished"] = [*ctx.cursor.get("finished", []), account_id]
            ctx.cursor.get("under_way", {}).pop(str(account_id), None)
    intake.take_in(ctx)
    if waits:
        raise RetryAfter(
            min(w.retry_after for w in waits), "The mail provider asks to wait; this goes on by itself."
        ) from waits[0]
    if afterwards is not None:
        afterwards()
    if failures:
        raise failures[0]


@contextmanager
def opened(ctx: RunContext, account_id: int) -> Iterator[Reading]:
    """The account's mailbox, closed afterwards, its units counted. Raises GmailReauthRequired for Gmail's sake."""
    to = storing.target(account_id, ctx.user_id, ctx.params.get("own_addresses", []))
    try:
        behind = ctx.kind == RunKind.BACKFILL  # a sync of the same mailbox has its quota first
        leave = Event()
        source = connections.open_source(
            ctx.settings, to.account, lambda: leave.is_set() or ctx.should_stop(), background=behind
        )
        reading = Reading(ctx, to, source, ctx.result.get("units", 0), leave)
        if (pace := connections.reading_pace(ctx.settings, to.account)) is not None:
            ctx.result["messages_per_second"] = pace.messages_per_second
        try:
            yield reading
        finally:
            reading.note_units()
            source.close()
    except SourceReauthRequired as error:
        if to.account.provider == Provider.GMAIL and error.code == SourceReauthRequired.code:
            raise GmailReauthRequired(error.detail) from error
        raise


def unknown(reading: Reading, search: Search, listed: set[str]) -> list[MessageRef]:
    """What the search finds and this run hasn't `listed` before, nor stored; what was thought deleted is restored."""
    found: list[MessageRef] = []
    for page in reading.source.list_ids(search):
        fresh = [ref for ref in page if ref.id not in listed]
        listed.update(ref.id for ref in fresh)
        reading.count("listed", len(fresh))
        found += unknown_among(reading, fresh)
        reading.note_units()
        reading.ctx.checkpoint()
    return newest_first(found)


def newest_first(refs: Iterable[MessageRef]) -> list[MessageRef]:
    """What several queries found, as one list. Gmail's ids are hexadecimal and count up with time; ids of any other
    shape stay in the order in which their source named them."""
    return sorted(refs, key=lambda ref: -int(ref.id, 16) if _GMAIL_ID.fullmatch(ref.id) else 0)


def unknown_among(reading: Reading, refs: Sequence[MessageRef]) -> list[MessageRef]:
    """Those that are neither stored nor in this run's ledger. They exist: the ones thought deleted are restored."""
    ids = [ref.id for ref in refs]
    with db.read_session() as session:
        known = mail.known_ids(session, reading.account_id, ids)
        logged = repository.logged_ids(session, reading.ctx.run_id, reading.account_id, ids)
        back = mail.deleted_sources(session, reading.account_id, known)
    presence.restore(reading.ctx, reading.to.account, back)
    return [ref for ref in refs if ref.id not in known and ref.id not in logged]


def refs_to_retry(reading: Reading) -> list[MessageRef]:
    """Messages that earlier runs could not fetch and that are worth another try."""
    with db.read_session() as session:
        ids = repository.failed_ids(session, reading.account_id)
        logged = repository.logged_ids(session, reading.ctx.run_id, reading.account_id, ids)
    return [MessageRef(i) for i in ids if i not in logged]


def fetch(reading: Reading, refs: Sequence[MessageRef], *, more_follows: bool = False) -> None:
    """Fetch, store and ledger these messages; judge in growing steps while they come, and what is left at the end,
    unless more follows."""
    with closing(store_fetched(reading, refs)) as portions:
        for stored, idle in portions:
            if reading.steps.add(stored, idle=idle):
                intake.take_in(reading.ctx)
    if refs and not more_follows:
        intake.take_in(reading.ctx)
        reading.steps.waiting = 0


def store_fetched(reading: Reading, refs: Sequence[MessageRef]) -> Generator[tuple[int, bool]]:
    """Fetch, store and ledger these messages; tells after each portion how many emails are new, and whether nothing
    more is here yet."""
    ctx = reading.ctx
    storer = storing.Storer(ctx, reading.to, lambda _: reading.note_units())
    before = ctx.counts["created"]
    with ahead.arriving(_fetched(reading.source, refs), reading.leave.set) as arriving:
        for chunk in _portions(arriving, storing.chunk_size(ctx.settings)):
            if chunk:
                storer.add(chunk)
            else:
                storer.finish()
            ctx.checkpoint()
            stored, before = ctx.counts["created"] - before, ctx.counts["created"]
            if stored or not chunk:
                yield stored, not chunk


def _fetched(source: MailSource, refs: Sequence[MessageRef]) -> Iterator[RawMail | FetchFailure]:
    for start in range(0, len(refs), FETCH_AT_ONCE):
        yield from source.fetch(refs[start : start + FETCH_AT_ONCE])


def _portions(
    arriving: Iterable[RawMail | FetchFailure | None], size: int
) -> Iterator[list[RawMail | FetchFailure]]:
    """Pieces of `size`, and an empty one when nothing comes for a moment, and at the end: what is here need not wait
    for more. What had arrived before the source gave up is handed on first."""
    chunk: list[RawMail | FetchFailure] = []
    given_up: Exception | None = None
    try:
        for item in arriving:
            if item is not None:
                chunk.append(item)
            if chunk and (item is None or len(chunk) >= size):
                yield chunk
                chunk = []
            if item is None:
                yield []
    except (AppError, SourceStopped) as error:
        given_up = error
    if chunk:
        yield chunk
    yield []
    if given_up is not None:
        raise given_up
