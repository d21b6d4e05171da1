"""Sources that went and came back: what the ledger says of it, and applications that stand otherwise now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from app.core.clock import now
from app.core.db import WriteSession
from app.intake import service as intake
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.models import MailAccount
from app.mailsync import repository
from app.mailsync.folding import Net
from app.mailsync.models import EmailLog, Outcome
from app.runs.context import RunContext

AT_ONCE = 25
SQLITE_AT_ONCE = 8
Value = TypeVar("Value")


def restore(ctx: RunContext, account: MailAccount, provider_ids: Collection[str]) -> None:
    """These messages are there (again)."""
    apply(ctx, account, [Net(i, came=True) for i in provider_ids])


def delete(ctx: RunContext, account: MailAccount, provider_ids: Collection[str]) -> None:
    """These messages are no longer there."""
    apply(ctx, account, [Net(i, is_deleted=True) for i in provider_ids])


def apply(ctx: RunContext, account: MailAccount, nets: Iterable[Net]) -> None:
    """Bring stored sources up to date: gone, back, labels. Messages that aren't stored are passed over."""
    for some in _portions(list(nets), SQLITE_AT_ONCE if ctx.settings.is_sqlite else AT_ONCE):
        with ctx.batch() as session:
            _apply(ctx, session, account, some)
        ctx.checkpoint()


def _apply(ctx: RunContext, session: WriteSession, account: MailAccount, nets: Sequence[Net]) -> None:
    by_id = {net.id: net for net in nets}
    sources = mail.sources_by_provider_id(session, account.id, list(by_id))
    turned: dict[int, Outcome] = {}
    lines: dict[str, Outcome] = {}
    for source in sources:
        net = by_id[source.provider_message_id]
        if net.labels is not None and set(net.labels) != set(source.labels):
            source.labels = list(net.labels)
            _count(ctx, "updated")
        if net.is_gone == source.is_deleted:
            continue
        if not net.is_gone and net.labels is None and not net.came:
            continue
        source.is_deleted = net.is_gone
        outcome = Outcome.DELETED if net.is_gone else Outcome.RESTORED
        turned[source.email_id] = outcome
        lines[source.provider_message_id] = outcome
        _count(ctx, "deleted" if net.is_gone else "restored")
    if not turned:
        return
    session.flush()
    intake.settle_presence(session, ctx.user_id, mail_service.settle_deleted(session, ctx.user_id, turned))
    _note(ctx, session, account, {s.provider_message_id: s.email_id for s in sources}, lines)


def _note(
    ctx: RunContext,
    session: WriteSession,
    account: MailAccount,
    email_ids: dict[str, int],
    outcomes: dict[str, Outcome],
) -> None:
    """One ledger line per message and run: what happened last counts."""
    known = repository.lines_of(session, ctx.run_id, account.id, list(outcomes))
    emails = {e.id: e for e in mail.emails_by_id(session, ctx.user_id, [email_ids[i] for i in outcomes])}
    for provider_id, outcome in outcomes.items():
        if (line := known.get(provider_id)) is not None:
            line.outcome, line.reason = outcome, None
            continue
        email = emails[email_ids[provider_id]]
        session.add(
            EmailLog(
                user_id=ctx.user_id,
                run_id=ctx.run_id,
                mail_account_id=account.id,
                provider_message_id=provider_id,
                email_id=email.id,
                subject=email.subject[:300],
                sender=email.sender_email[:320],
                received_at=email.received_at,
                outcome=outcome,
                processed_at=now(),
            )
        )


def _count(ctx: RunContext, name: str) -> None:
    if name in ctx.counts:
        ctx.counts[name] += 1
    ctx.result[name] = ctx.result.get(name, 0) + 1


def _portions(values: Sequence[Value], size: int) -> Iterable[Sequence[Value]]:
    return (values[start : start + size] for start in range(0, len(values), size))
