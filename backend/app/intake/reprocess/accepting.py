"""Taking kept-aside verdicts: they become the mail's own, links and stages follow."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import db
from app.core.clock import now
from app.core.db import WriteSession
from app.intake import repository as intake
from app.intake import service
from app.intake.models import Proposal, VerdictRow
from app.intake.reprocess import repository
from app.intake.reprocess.tallies import add, tally
from app.mail.models import Email
from app.runs.context import RunContext

PAGE = 100
Kept = tuple[Email, VerdictRow, Proposal]


def accept_proposals(ctx: RunContext) -> None:
    """params: `accept`, ids of emails; None takes all. What was taken is gone from the preview, so that a run that
    was killed goes on with the rest."""
    wanted: list[int] | None = ctx.params["accept"]
    ctx.result = {"preview": False, "before": {}, "after": {}, "accepted": 0, "changed": 0} | ctx.result
    with db.read_session() as session:
        if wanted is None:
            left = repository.count_proposals(session, ctx.user_id)
        else:
            left = len(repository.proposed_among(session, ctx.user_id, wanted))
    ctx.progress(phase="accepting", total=ctx.counts["processed"] + left)
    with ctx.turn("intake"):
        service.link_left_over(ctx)
    while rows := _next(ctx, wanted):
        with ctx.turn("intake"):
            taken: list[int] = []
            for start in range(0, len(rows), service.WRITE_AT_ONCE):
                some = rows[start : start + service.WRITE_AT_ONCE]
                with ctx.batch() as session:
                    taken += _take(ctx, session, some)
                ctx.checkpoint()
            service.link(ctx, service.find_linkable(ctx, taken))
        ctx.progress()
    ctx.progress(phase="done")


def _next(ctx: RunContext, wanted: list[int] | None) -> Sequence[Kept]:
    with db.read_session() as session:
        if wanted is None:
            return repository.proposals(session, ctx.user_id, 0, PAGE)
        left = sorted(repository.proposed_among(session, ctx.user_id, wanted))[:PAGE]
        return repository.proposals(session, ctx.user_id, 0, PAGE, left)


def _take(ctx: RunContext, session: WriteSession, some: Sequence[Kept]) -> list[int]:
    """Write these verdicts, but for mail whose verdict has changed since it was compared; answers with the emails."""
    ids = [email.id for email, _, _ in some]
    current = intake.verdicts_of(session, ctx.user_id, ids)
    taken = []
    for email, _, proposal in some:
        ctx.counts["processed"] += 1
        row = current.get(email.id)
        if row is None or row.classified_at != proposal.based_on:
            add(ctx, "overtaken")
            ctx.counts["skipped"] += 1
            continue
        tally(ctx, "before", row.email_class)
        tally(ctx, "after", proposal.email_class)
        add(ctx, "accepted")
        add(ctx, "changed")
        ctx.counts["updated"] += 1
        _become(row, proposal)
        taken.append(email.id)
    repository.forget_proposals(session, ctx.user_id, ids)
    session.flush()
    return taken


def _become(row: VerdictRow, proposal: Proposal) -> None:
    if row.email_class != proposal.email_class:
        row.review_after = None
    for name, value in proposal.verdict.items():
        setattr(row, name, value)
    row.error, row.checked_version, row.classified_at = None, None, now()
    row.link_pending = True
