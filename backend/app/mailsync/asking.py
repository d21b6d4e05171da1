"""Fetching messages by name: what a comparison found missing, and what a person says was job mail."""

from __future__ import annotations

from app.core import db
from app.mail import repository as mail
from app.mail.sources import MessageRef, Search, Tier
from app.mailsync import incremental, reading, repository
from app.mailsync.reading import Reading
from app.runs.context import RunContext


def run_fetch(ctx: RunContext) -> None:
    """params: account_ids (one), own_addresses, ids, asked (a person asked for one), others (of the same sender)."""
    reading.for_each_account(ctx, _fetch)


def _fetch(r: Reading) -> None:
    r.ctx.progress(phase="reading", message=r.to.account.address)
    with incremental.meanwhile(r):
        refs = reading.unknown_among(r, [MessageRef(i) for i in r.ctx.params["ids"]])
        r.ctx.progress(phase="reading", total=r.ctx.counts["processed"] + len(refs))
        reading.fetch(r, refs)
        if r.ctx.params.get("asked"):
            _look_for_others(r)


def _look_for_others(r: Reading) -> None:
    """Mail of the same sender that was left out, too: counted, and fetched if asked."""
    with db.read_session() as session:
        known = mail.known_ids(session, r.account_id, r.ctx.params["ids"])
        senders = {e.sender_email for e in mail.emails_by_id(session, r.ctx.user_id, list(known.values()))}
    listed: set[str] = set()
    if senders:
        for page in r.source.list_ids(Search(Tier.SENDERS, senders=tuple(sorted(senders)))):
            listed.update(ref.id for ref in page)
            r.ctx.checkpoint()
    with db.read_session() as session:
        others = repository.left_out_by_query(session, r.account_id, listed)
    with r.ctx.batch():
        r.ctx.result["others_from_sender"] = len(others)
    if r.ctx.params.get("others"):
        r.ctx.progress(phase="reading", total=r.ctx.counts["processed"] + len(others))
        reading.fetch(r, reading.unknown_among(r, [MessageRef(i) for i in sorted(others, reverse=True)]))
