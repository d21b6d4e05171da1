"""One chunk of messages: parsed in the pool, stored and ledgered in one short transaction."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.core.clock import now
from app.core.db import WriteSession
from app.core.settings import Settings
from app.intake import service as intake
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.models import MailAccount
from app.mail.service import Arrival
from app.mail.sources import FailureReason, FetchFailure
from app.mail.values import ParsedMail, RawMail, gmail_api_id
from app.mailsync import repository
from app.mailsync.models import EmailLog, Outcome, Reason
from app.runs import pool
from app.runs.context import RunContext

log = structlog.get_logger(__name__)
SQLITE_CHUNK = 8
_LEFT_OUT = {"SPAM": Reason.SPAM, "TRASH": Reason.TRASH, "DRAFT": Reason.DRAFT, "CHAT": Reason.CHAT}
_COUNTED = {Outcome.STORED: "created", Outcome.SKIPPED: "skipped", Outcome.FAILED: "errors"}


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


def store_chunk(ctx: RunContext, to: Target, items: Sequence[RawMail | FetchFailure]) -> None:
    """Parse, store and ledger these messages; one that can't be stored is ledgered and holds up no other."""
    account = to.account
    with db.read_session() as session:
        ids = [item.provider_message_id for item in items]
        known = mail.known_ids(session, account.id, ids)
        seen = repository.logged_ids(session, ctx.run_id, account.id, ids)
        nameless = repository.nameless_ids(session, account.id, ids)
    items = list({i.provider_message_id: i for i in items if i.provider_message_id not in seen}.values())
    lines: list[EmailLog] = []
    to_parse: list[RawMail] = []
    for item in items:
        if isinstance(item, FetchFailure):
            lines.append(_failure(ctx, account, item))
        elif item.provider_message_id in known:
            lines.append(_line(ctx, account, item, Outcome.KNOWN, email_id=known[item.provider_message_id]))
        elif reason := next((_LEFT_OUT[label] for label in item.labels if label in _LEFT_OUT), None):
            lines.append(_line(ctx, account, item, Outcome.SKIPPED, reason=reason))
        elif not item.raw.strip():
            lines.append(_line(ctx, account, item, Outcome.SKIPPED, reason=Reason.EMPTY))
        else:
            to_parse.append(item)
    arrivals = [(raw, parsed) for raw, parsed in zip(to_parse, _parse(to_parse), strict=True)]
    counts_before = dict(ctx.counts), dict(ctx.result)
    try:
        with ctx.batch() as session:
            _write(ctx, session, to, lines, arrivals)
            if nameless:
                session.flush()
                now_known = mail.known_ids(session, account.id, nameless)
                repository.name_email(session, account.id, now_known)
    except IntegrityError:
        log.warning("batch_violates_constraint", size=len(arrivals))
        ctx.counts, ctx.result = counts_before
        _write_one_by_one(ctx, to, lines, arrivals)


def leave_out(ctx: RunContext, account: MailAccount, provider_ids: Sequence[str], reason: Reason) -> None:
    """Ledger messages that are not fetched at all."""
    with ctx.batch() as session:
        for provider_id in provider_ids:
            session.add(
                EmailLog(
                    user_id=ctx.user_id,
                    run_id=ctx.run_id,
                    mail_account_id=account.id,
                    provider_message_id=provider_id,
                    outcome=Outcome.SKIPPED,
                    reason=reason,
                    processed_at=now(),
                )
            )
        ctx.counts["processed"] += len(provider_ids)
        ctx.counts["skipped"] += len(provider_ids)
        ctx.result["skipped"] = ctx.result.get("skipped", 0) + len(provider_ids)


def parse_raws(raws: list[tuple[bytes, object]]) -> list[ParsedMail]:
    """Runs in a pool process."""
    from datetime import datetime

    from app.mail import mime

    return [mime.parse(raw, internal_date=at if isinstance(at, datetime) else None) for raw, at in raws]


def _parse(raws: Sequence[RawMail]) -> list[ParsedMail | None]:
    if not raws:
        return []
    plain: list[tuple[bytes, object]] = [(r.raw, r.internal_date) for r in raws]
    try:
        return list(pool.submit(parse_raws, plain).result())
    except BrokenProcessPool:
        pool.restart()
    except Exception:
        log.exception("chunk_not_parsed")
    return [_parse_alone(item) for item in plain]


def _parse_alone(item: tuple[bytes, object]) -> ParsedMail | None:
    try:
        return pool.submit(parse_raws, [item]).result()[0]
    except BrokenProcessPool:
        pool.restart()
    except Exception:
        log.exception("message_not_parsed")
    return None


def _write(
    ctx: RunContext,
    session: WriteSession,
    to: Target,
    lines: Sequence[EmailLog],
    arrivals: Sequence[tuple[RawMail, ParsedMail | None]],
) -> None:
    for line in lines:
        _count(ctx, line)
        session.add(line)
    for line in _store(ctx, session, to, arrivals):
        _count(ctx, line)
        session.add(line)


def _store(
    ctx: RunContext, session: WriteSession, to: Target, found: Sequence[tuple[RawMail, ParsedMail | None]]
) -> list[EmailLog]:
    readable = [(raw, parsed) for raw, parsed in found if parsed is not None]
    arrivals = [_arrival(raw, parsed) for raw, parsed in readable]
    lines = [
        _line(ctx, to.account, raw, Outcome.FAILED, reason=Reason.UNREADABLE)
        for raw, parsed in found
        if parsed is None
    ]
    stored = mail_service.store(session, to.account, arrivals, to.own)
    for (raw, _), arrival, one in zip(readable, arrivals, stored, strict=True):
        ctx.result["near_misses"] = ctx.result.get("near_misses", 0) + one.near_misses
        outcome = Outcome.STORED if one.is_new else Outcome.KNOWN
        lines.append(_line(ctx, to.account, raw, outcome, email_id=one.email_id, parsed=arrival.parsed))
    if back := [one.email_id for one in stored if one.is_back]:
        session.flush()
        intake.settle_presence(session, ctx.user_id, back)
    return lines


def _arrival(raw: RawMail, parsed: ParsedMail) -> Arrival:
    if parsed.date is None and raw.internal_date is not None:
        parsed = replace(parsed, date=raw.internal_date)
    gmail_id = gmail_api_id(raw.provider_message_id)
    return Arrival(
        provider_message_id=raw.provider_message_id,
        parsed=parsed,
        thread_id=raw.thread_id,
        labels=raw.labels,
        history_id=raw.history_id,
        internal_date=raw.internal_date,
        other_ids=(gmail_id or f"gm:{raw.provider_message_id}", raw.provider_message_id),
    )


def _write_one_by_one(
    ctx: RunContext,
    to: Target,
    lines: Sequence[EmailLog],
    arrivals: Sequence[tuple[RawMail, ParsedMail | None]],
) -> None:
    from sqlalchemy.orm import make_transient

    for line in lines:
        make_transient(line)
    with ctx.batch() as session:
        _write(ctx, session, to, lines, ())
    for raw, parsed in arrivals:
        before = dict(ctx.counts), dict(ctx.result)
        try:
            with ctx.batch() as session:
                _write(ctx, session, to, (), [(raw, parsed)])
        except IntegrityError:
            ctx.counts, ctx.result = before
            with ctx.batch() as session:
                line = _refused(ctx, session, to, raw)
                _count(ctx, line)
                session.add(line)


def _refused(ctx: RunContext, session: WriteSession, to: Target, raw: RawMail) -> EmailLog:
    """Another run of the account was faster, or the message can't be stored at all."""
    known = mail.known_ids(session, to.account.id, [raw.provider_message_id])
    if (email_id := known.get(raw.provider_message_id)) is not None:
        return _line(ctx, to.account, raw, Outcome.KNOWN, email_id=email_id)
    log.error("message_violates_constraint")
    return _line(ctx, to.account, raw, Outcome.FAILED, reason=Reason.UNREADABLE)


def _failure(ctx: RunContext, account: MailAccount, failure: FetchFailure) -> EmailLog:
    gone = failure.reason == FailureReason.GONE
    return EmailLog(
        user_id=ctx.user_id,
        run_id=ctx.run_id,
        mail_account_id=account.id,
        provider_message_id=failure.provider_message_id,
        outcome=Outcome.SKIPPED if gone else Outcome.FAILED,
        reason=Reason.GONE if gone else Reason.FETCH_FAILED,
        error=None if gone else failure.detail,
        attempts=failure.attempts,
        processed_at=now(),
    )


def _line(
    ctx: RunContext,
    account: MailAccount,
    raw: RawMail,
    outcome: Outcome,
    *,
    reason: Reason | None = None,
    email_id: int | None = None,
    parsed: ParsedMail | None = None,
) -> EmailLog:
    return EmailLog(
        user_id=ctx.user_id,
        run_id=ctx.run_id,
        mail_account_id=account.id,
        provider_message_id=raw.provider_message_id,
        email_id=email_id,
        subject=_plain(parsed.subject)[:300] if parsed else "",
        sender=_plain(parsed.sender_email)[:320] if parsed else "",
        received_at=(parsed.date if parsed else None) or raw.internal_date,
        outcome=outcome,
        reason=reason,
        processed_at=now(),
    )


def _plain(value: str) -> str:
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def _count(ctx: RunContext, line: EmailLog) -> None:
    ctx.counts["processed"] += 1
    if name := _COUNTED.get(Outcome(line.outcome)):
        ctx.counts[name] += 1
    word = {Outcome.SKIPPED: "skipped", Outcome.FAILED: "failed"}.get(
        Outcome(line.outcome), str(line.outcome)
    )
    ctx.result[word] = ctx.result.get(word, 0) + 1
    ctx.result["fetched"] = ctx.result.get("fetched", 0) + 1
