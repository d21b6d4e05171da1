"""Chunks of messages: parsed in the pool, each stored and ledgered in one short transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.core.db import WriteSession
from app.core.settings import Settings
from app.intake import service as intake
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.models import MailAccount
from app.mail.service import Arrival
from app.mail.sources import FetchFailure
from app.mail.values import ParsedMail, RawMail, gmail_api_id
from app.mailsync import repository
from app.mailsync.lines import Line, count, failure_line, line_of
from app.mailsync.models import Outcome, Reason
from app.runs import pool
from app.runs.context import RunContext

log = structlog.get_logger(__name__)
SQLITE_CHUNK = 25
AHEAD = 2  # chunks that are parsed while one is written
Parsed = tuple[ParsedMail, bytes | None]
_LEFT_OUT = {"SPAM": Reason.SPAM, "TRASH": Reason.TRASH, "DRAFT": Reason.DRAFT, "CHAT": Reason.CHAT}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a run stores: the account, whose it is, and which addresses are the user's own."""

    account: MailAccount
    own: frozenset[str]


def chunk_size(settings: Settings) -> int:
    """Messages in one transaction; few on SQLite, where people's writes wait for the one lock."""
    return (
        min(settings.ingestion_batch_size, SQLITE_CHUNK)
        if settings.is_sqlite
        else settings.ingestion_batch_size
    )


def target(account_id: int, user_id: int, own_addresses: Sequence[str]) -> Target:
    with db.read_session() as session:
        account = mail.get_account(session, user_id, account_id)
        return Target(account, mail_service.own_addresses(session, user_id, own_addresses))


class Storer:
    """Messages of one account on their way into the database: while a chunk is written, the next ones are parsed.

    Chunks are written in the order in which they were added. `note` is called with the messages of each chunk within
    the transaction that makes the last of them durable: what it puts into the run's cursor is true.
    """

    def __init__(
        self,
        ctx: RunContext,
        to: Target,
        note: Callable[[Sequence[RawMail | FetchFailure]], None] = lambda _: None,
    ) -> None:
        self._ctx, self._to, self._note = ctx, to, note
        self._chunks: deque[_Chunk] = deque()

    def add(self, items: Sequence[RawMail | FetchFailure]) -> None:
        """Have these parsed, and write what was added before them, but for a chunk or two."""
        self._chunks.append(self._prepare(items))
        while len(self._chunks) > AHEAD:
            self._write_chunk(self._chunks.popleft())

    def finish(self) -> None:
        """Write all that was added."""
        while self._chunks:
            self._write_chunk(self._chunks.popleft())

    def _prepare(self, items: Sequence[RawMail | FetchFailure]) -> _Chunk:
        account = self._to.account
        ids = [item.provider_message_id for item in items]
        with db.read_session() as session:
            known = mail.known_ids(session, account.id, ids)
            logged, nameless = repository.lines_before(session, self._ctx.run_id, account.id, ids)
        under_way = {item.provider_message_id for chunk in self._chunks for item in chunk.items}
        fresh: list[Line] = []
        to_parse: list[RawMail] = []
        for item in {i.provider_message_id: i for i in items}.values():
            if item.provider_message_id in logged or item.provider_message_id in under_way:
                continue
            if isinstance(item, FetchFailure):
                fresh.append(failure_line(item))
            elif item.provider_message_id in known:
                fresh.append(line_of(item, Outcome.KNOWN, email_id=known[item.provider_message_id]))
            elif reason := next((_LEFT_OUT[label] for label in item.labels if label in _LEFT_OUT), None):
                fresh.append(line_of(item, Outcome.SKIPPED, reason=reason))
            elif not item.raw.strip():
                fresh.append(line_of(item, Outcome.SKIPPED, reason=Reason.EMPTY))
            else:
                to_parse.append(item)
        return _Chunk(items, fresh, to_parse, _begin_parsing(to_parse), nameless)

    def _write_chunk(self, chunk: _Chunk) -> None:
        """Store and ledger these messages; one that can't be stored is ledgered and holds up no other."""
        ctx, to = self._ctx, self._to
        found = list(zip(chunk.to_parse, _parsed(chunk), strict=True))
        before = dict(ctx.counts), dict(ctx.result), dict(ctx.cursor)
        try:
            with ctx.batch() as session:
                _write(ctx, session, to, chunk.lines, found)
                _name_emails(session, to, chunk)
                self._note(chunk.items)
        except IntegrityError:
            log.warning("batch_violates_constraint", size=len(found))
            ctx.counts, ctx.result, ctx.cursor = before
            _write_one_by_one(ctx, to, chunk.lines, found)
            with ctx.batch() as session:
                _name_emails(session, to, chunk)
                self._note(chunk.items)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Messages that are stored together. `lines` are those of `items` that need no parsing; `nameless` were looked at
    by earlier runs, and no email came of it."""

    items: Sequence[RawMail | FetchFailure]
    lines: list[Line]
    to_parse: list[RawMail]
    parsing: Future[list[Parsed]] | None
    nameless: Collection[str]


def leave_out(ctx: RunContext, account: MailAccount, provider_ids: Sequence[str], reason: Reason) -> None:
    """Ledger messages that are not fetched at all."""
    with ctx.batch() as session:
        lines = [Line(i, Outcome.SKIPPED, reason) for i in provider_ids]
        repository.add_lines(session, ctx.run_id, account, lines)
        ctx.counts["processed"] += len(lines)
        ctx.counts["skipped"] += len(lines)
        ctx.result["skipped"] = ctx.result.get("skipped", 0) + len(lines)


def parse_raws(raws: list[tuple[bytes, object]]) -> list[Parsed]:
    """Runs in a pool process: what each message says, and its HTML as it is kept."""
    from datetime import datetime

    from app.mail import mime

    found = []
    for raw, at in raws:
        parsed = mime.parse(raw, internal_date=at if isinstance(at, datetime) else None)
        html = mail_service.compress_html(parsed.html)
        found.append((replace(parsed, html=None) if parsed.html else parsed, html))
    return found


def _begin_parsing(raws: Sequence[RawMail]) -> Future[list[Parsed]] | None:
    if not raws:
        return None
    try:
        return pool.submit(parse_raws, [_told(raw) for raw in raws])
    except BrokenProcessPool:  # each will be tried alone
        return None


def _parsed(chunk: _Chunk) -> list[Parsed | None]:
    if chunk.parsing is not None:
        try:
            return list(chunk.parsing.result())
        except BrokenProcessPool:
            log.warning("chunk_broke_the_pool")
        except Exception:
            log.exception("chunk_not_parsed")
    return [_parse_alone(raw) for raw in chunk.to_parse]


def _parse_alone(raw: RawMail) -> Parsed | None:
    for _ in range(2):  # the pool may have been broken before
        try:
            return pool.submit(parse_raws, [_told(raw)]).result()[0]
        except BrokenProcessPool:
            pool.restart()
        except Exception:
            log.exception("message_not_parsed")
            return None
    return None


def _told(raw: RawMail) -> tuple[bytes, object]:
    return raw.raw, raw.internal_date


def _name_emails(session: WriteSession, to: Target, chunk: _Chunk) -> None:
    """Lines of earlier runs learn which emails their messages have become."""
    if chunk.nameless:
        now_known = mail.known_ids(session, to.account.id, chunk.nameless)
        repository.name_email(session, to.account.id, now_known)


def _write(
    ctx: RunContext,
    session: WriteSession,
    to: Target,
    lines: Sequence[Line],
    found: Sequence[tuple[RawMail, Parsed | None]],
) -> None:
    lines = [*lines, *_store(ctx, session, to, found)]
    for line in lines:
        count(ctx, line)
    repository.add_lines(session, ctx.run_id, to.account, lines)


def _store(
    ctx: RunContext, session: WriteSession, to: Target, found: Sequence[tuple[RawMail, Parsed | None]]
) -> list[Line]:
    arrivals = [(raw, _arrival(raw, *parsed)) for raw, parsed in found if parsed is not None]
    lines = [
        line_of(raw, Outcome.FAILED, reason=Reason.UNREADABLE) for raw, parsed in found if parsed is None
    ]
    stored = mail_service.store(session, to.account, [arrival for _, arrival in arrivals], to.own)
    for (raw, arrival), one in zip(arrivals, stored, strict=True):
        ctx.result["near_misses"] = ctx.result.get("near_misses", 0) + one.near_misses
        outcome = Outcome.STORED if one.is_new else Outcome.KNOWN
        lines.append(line_of(raw, outcome, email_id=one.email_id, parsed=arrival.parsed))
    if back := [one.email_id for one in stored if one.is_back]:
        intake.settle_presence(session, ctx.user_id, back)
    return lines


def _arrival(raw: RawMail, parsed: ParsedMail, html: bytes | None) -> Arrival:
    if parsed.date is None and raw.internal_date is not None:
        parsed = replace(parsed, date=raw.internal_date)
    gmail_id = gmail_api_id(raw.provider_message_id)
    return Arrival(
        provider_message_id=raw.provider_message_id,
        parsed=parsed,
        html=html,
        thread_id=raw.thread_id,
        labels=raw.labels,
        history_id=raw.history_id,
        internal_date=raw.internal_date,
        other_ids=(gmail_id or f"gm:{raw.provider_message_id}", raw.provider_message_id),
    )


def _write_one_by_one(
    ctx: RunContext,
    to: Target,
    lines: Sequence[Line],
    found: Sequence[tuple[RawMail, Parsed | None]],
) -> None:
    with ctx.batch() as session:
        _write(ctx, session, to, lines, ())
    for raw, parsed in found:
        before = dict(ctx.counts), dict(ctx.result)
        try:
            with ctx.batch() as session:
                _write(ctx, session, to, (), [(raw, parsed)])
        except IntegrityError:
            ctx.counts, ctx.result = before
            with ctx.batch() as session:
                _write(ctx, session, to, [_refused(session, to, raw)], ())


def _refused(session: WriteSession, to: Target, raw: RawMail) -> Line:
    """Another run of the account was faster, or the message can't be stored at all."""
    known = mail.known_ids(session, to.account.id, [raw.provider_message_id])
    if (email_id := known.get(raw.provider_message_id)) is not None:
        return line_of(raw, Outcome.KNOWN, email_id=email_id)
    log.error("message_violates_constraint")
    return line_of(raw, Outcome.FAILED, reason=Reason.UNREADABLE)
