"""The runner: mail is read again page by page, and either kept aside as a preview or written at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.classification.values import EmailClass, Verdict
from app.classification.version import PIPELINE_VERSION
from app.core import db
from app.core.clock import now
from app.core.db import WriteSession
from app.intake import judging, service
from app.intake import repository as intake
from app.intake.judging import Waiting
from app.intake.models import Proposal
from app.intake.reprocess import accepting, refetching, repository
from app.intake.reprocess.comparing import differences
from app.intake.reprocess.repository import Judged, Selection
from app.intake.reprocess.tallies import add, tally
from app.llm import service as llm
from app.mail import service as mail_service
from app.mail.models import EmailBody
from app.runs.context import RunContext

PAGE = 100


def run_reprocess(ctx: RunContext) -> None:
    """params: `selection` (fields of Selection) and `preview`; or `accept`, the ids to take (None: all)."""
    if "accept" in ctx.params:
        accepting.accept_proposals(ctx)
        return
    wanted = selection_of(ctx.params.get("selection", {}))
    preview = bool(ctx.params.get("preview"))
    _begin(ctx, wanted, preview=preview)
    given_up: set[int] = set()
    while rows := _next(ctx, wanted):
        ctx.checkpoint()
        dropped = [one for one in rows if refetching.is_dropped(one)]
        fetched = refetching.fetch_bodies(ctx, dropped, given_up)
        if preview:
            _keep_aside(ctx, rows, fetched)
        else:
            _write(ctx, rows, fetched)
        ctx.progress()
    ctx.progress(phase="done")


def selection_of(values: Mapping[str, Any]) -> Selection:
    """The selection that a run's parameters hold."""
    known: dict[str, Any] = dict(values)
    if known.get("since"):
        known["since"] = datetime.fromisoformat(known["since"])
    if known.get("versions") is not None:
        known["versions"] = tuple(known["versions"])
    return Selection(**known)


def _begin(ctx: RunContext, wanted: Selection, *, preview: bool) -> None:
    """`seen` in the cursor is how much was looked at and changed, by the run that this one goes on with too."""
    looked_at, changed = ctx.cursor.get("seen", (0, 0))
    ctx.result = {
        "preview": preview, "before": {}, "after": {}, "looked_at": looked_at, "changed": changed,
    } | ctx.result  # fmt: skip
    if not ctx.cursor.get("begun"):
        with ctx.batch() as session:
            if preview:  # takes the place of the one before
                repository.forget_proposals(session, ctx.user_id)
            ctx.cursor["begun"] = True
    with db.read_session() as session:
        total = sum(repository.count_by_class(session, ctx.user_id, wanted).values())
    total = ctx.cursor.setdefault("total", total)
    ctx.progress(phase="reading", total=total - (looked_at - ctx.counts["processed"]))
    if not preview:
        with ctx.turn("intake"):
            service.link_left_over(ctx)


def _next(ctx: RunContext, wanted: Selection) -> list[Judged]:
    at = ctx.cursor.get("after")
    after = (datetime.fromisoformat(at[0]), int(at[1])) if at else None
    with db.read_session() as session:
        return repository.page(session, ctx.user_id, wanted, after, PAGE)


def _readable(rows: Sequence[Judged], fetched: Mapping[int, EmailBody]) -> list[Waiting]:
    return [
        Waiting(one.email, fetched.get(one.email.id, one.body))
        for one in rows
        if one.email.id in fetched or not refetching.is_dropped(one)
    ]


def _keep_aside(ctx: RunContext, rows: Sequence[Judged], fetched: Mapping[int, EmailBody]) -> None:
    """Judge a page and store what would be different, each mail with the cursor behind it."""
    waiting = _readable(rows, fetched)
    with db.read_session() as session:
        proposed = repository.proposed_classes(session, ctx.user_id)
    earlier = {email_id: EmailClass(name) for email_id, name in proposed.items()}
    judged = judging.judge(ctx.user_id, waiting, ctx.checkpoint, ctx, earlier)
    by_id = {w.email.id: w for w in waiting}
    for start in range(0, len(rows), service.WRITE_AT_ONCE):
        with ctx.batch() as session:
            stays: list[int] = []
            for one in rows[start : start + service.WRITE_AT_ONCE]:
                w, verdict = by_id.get(one.email.id), judged.get(one.email.id)
                if w is None or verdict is None or not _propose(ctx, session, one, w, verdict):
                    stays.append(one.email.id)
                if one.email.id in fetched and verdict is not None:
                    _restore(session, fetched[one.email.id], verdict)
                _count(ctx, one, verdict, readable=w is not None, fetched=one.email.id in fetched)
            repository.note_checked(session, ctx.user_id, stays, PIPELINE_VERSION)
        ctx.checkpoint()


def _propose(ctx: RunContext, session: WriteSession, one: Judged, w: Waiting, verdict: Verdict) -> bool:
    """Keep the verdict aside if it is another one; whether it is."""
    values = judging.values_of(w, verdict, llm.settings_in_force().review_confidence_threshold)
    changes = differences(one.verdict, values)
    repository.forget_proposals(session, ctx.user_id, [one.email.id])
    if changes:
        session.add(
            Proposal(
                email_id=one.email.id,
                user_id=ctx.user_id,
                run_id=ctx.run_id,
                email_class=values["email_class"],
                verdict=values,
                changes=changes,
                based_on=one.verdict.classified_at,
                created_at=now(),
            )
        )
    elif one.verdict.model_missed != values["model_missed"]:
        repository.note_missed(session, ctx.user_id, one.email.id, missed=values["model_missed"])
    return bool(changes)


def _write(ctx: RunContext, rows: Sequence[Judged], fetched: Mapping[int, EmailBody]) -> None:
    """Judge a page and write the verdicts at once. A mail that can't be judged keeps the verdict it has."""
    waiting = _readable(rows, fetched)
    with ctx.turn("intake"):
        judged = judging.judge(ctx.user_id, waiting, ctx.checkpoint, ctx)
        left = list(rows)

        def count(w: Waiting | None) -> None:
            """Count this mail, and those before it on the page that keep their verdicts."""
            while left:
                one = left.pop(0)
                verdict, mine = judged.get(one.email.id), w is not None and one.email.id == w.email.id
                readable = any(each.email.id == one.email.id for each in waiting)
                _count(ctx, one, verdict, readable=readable, fetched=one.email.id in fetched)
                if mine:
                    return

        some = [w for w in waiting if judged[w.email.id] is not None]
        linkable = service.write_verdicts(ctx, some, judged, count)
        with ctx.batch() as session:
            repository.forget_proposals(session, ctx.user_id, [w.email.id for w in some])
            for email_id, body in fetched.items():
                if (verdict := judged.get(email_id)) is not None:
                    _restore(session, body, verdict)
            written = {w.email.id for w in some}
            stays = [one.email.id for one in rows if one.email.id not in written]
            repository.note_checked(session, ctx.user_id, stays, PIPELINE_VERSION)
            count(None)
        service.link(ctx, linkable)


def _restore(session: WriteSession, body: EmailBody, verdict: Verdict) -> None:
    """Text that was dropped is wanted again when the mail is about an application after all."""
    if verdict.unsure or verdict.email_class not in intake.UNLINKABLE:
        mail_service.put_body_back(session, body)


def _count(ctx: RunContext, one: Judged, verdict: Verdict | None, *, readable: bool, fetched: bool) -> None:
    """Count a mail and put the cursor behind it."""
    ctx.cursor["after"] = [one.email.received_at.isoformat(), one.email.id]
    ctx.counts["processed"] += 1
    add(ctx, "looked_at")
    ctx.cursor["seen"] = [ctx.result["looked_at"], ctx.result["changed"]]
    if fetched:
        add(ctx, "fetched_again")
    tally(ctx, "before", one.verdict.email_class)
    if verdict is None:
        add(ctx, "failed" if readable else "not_at_source")
        ctx.counts["skipped"] += 1
        tally(ctx, "after", one.verdict.email_class)
        return
    if verdict.classified_by.startswith(("user", "learned")):
        add(ctx, "kept_by_you")
    tally(ctx, "after", verdict.email_class)
    if differences(one.verdict, judging.told(verdict)):
        ctx.counts["updated"] += 1
        add(ctx, "changed")
        ctx.cursor["seen"][1] += 1
