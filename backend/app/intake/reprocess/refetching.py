"""Mail whose text is no longer here, fetched once more from where it came."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool

import structlog

from app.core import db
from app.core.errors import AppError
from app.intake.reprocess.repository import Judged
from app.mail import connections
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.models import EmailBody, MailAccount, Provider
from app.mail.sources import MessageRef, SourceRateLimited, SourceStopped
from app.mail.values import ParsedMail, RawMail
from app.runs import pool
from app.runs.context import RunContext
from app.runs.errors import RetryAfter

log = structlog.get_logger(__name__)


def is_dropped(one: Judged) -> bool:
    """Whether the mail had a text that was not kept."""
    return one.body.is_cut and not one.body.text


def fetch_bodies(ctx: RunContext, dropped: Sequence[Judged], given_up: set[int]) -> dict[int, EmailBody]:
    """Bodies by email id, as they would be stored, of those that their source still has.

    Accounts that can't be read are added to `given_up` and not tried again. No transaction may be open. Raises
    RetryAfter when a provider asks to wait, RunCanceled and RunInterrupted.
    """
    if not dropped:
        return {}
    found: dict[int, EmailBody] = {}
    for account, wanted in _by_account(ctx, dropped, given_up):
        try:
            raws = _fetch(ctx, account, list(wanted))
        except SourceStopped:
            ctx.checkpoint()
            raise
        except SourceRateLimited as wait:
            raise RetryAfter(
                wait.retry_after, "The mail provider asks to wait; this goes on by itself."
            ) from wait
        except AppError as error:
            log.warning("dropped_text_not_fetched", code=error.code)
            given_up.add(account.id)
            continue
        for raw, parsed in zip(raws, _parse(raws), strict=True):
            one = wanted.get(raw.provider_message_id)
            if parsed is not None and one is not None:
                found[one.email.id] = mail_service.new_body(one.email, parsed)
    return found


def parse_all(raws: list[bytes]) -> list[ParsedMail]:
    """Runs in a pool process."""
    from app.mail import mime

    return [mime.parse(raw) for raw in raws]


def _by_account(
    ctx: RunContext, dropped: Sequence[Judged], given_up: set[int]
) -> list[tuple[MailAccount, dict[str, Judged]]]:
    """The mail to fetch from each connected account, by the id that it has there."""
    with db.read_session() as session:
        sources = mail.sources_of(session, ctx.user_id, [one.email.id for one in dropped])
        accounts = {a.id: a for a in mail.list_accounts(session, ctx.user_id)}
    by_id = {one.email.id: one for one in dropped}
    found: dict[int, dict[str, Judged]] = {}
    for source in sources:
        account = accounts.get(source.mail_account_id)
        if account is None or account.provider == Provider.ARCHIVE or account.id in given_up:
            continue
        if not source.is_deleted and (one := by_id.pop(source.email_id, None)) is not None:
            found.setdefault(account.id, {})[source.provider_message_id] = one
    return [(accounts[account_id], wanted) for account_id, wanted in found.items()]


def _fetch(ctx: RunContext, account: MailAccount, ids: Sequence[str]) -> list[RawMail]:
    source = connections.open_source(ctx.settings, account, ctx.should_stop, background=True)
    try:
        return [item for item in source.fetch([MessageRef(i) for i in ids]) if isinstance(item, RawMail)]
    finally:
        source.close()


def _parse(raws: Sequence[RawMail]) -> list[ParsedMail | None]:
    try:
        return list(pool.submit(parse_all, [raw.raw for raw in raws]).result()) if raws else []
    except BrokenProcessPool:
        pool.restart()
    except Exception:
        log.exception("fetched_again_but_not_parsed")
    return [None] * len(raws)
