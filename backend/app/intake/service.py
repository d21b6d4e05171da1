"""What happens to mail once it is stored, and to applications when a person speaks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.decided import repository as decided
from app.applications.errors import NothingToChange
from app.applications.models import Application, DecisionKind
from app.core import db
from app.core.clock import now
from app.core.db import WriteSession
from app.correlation import repository as correlation
from app.correlation.keys import KnownNames
from app.intake import judging, linking, repository, search_index, standing
from app.intake.judging import Waiting, judge_values
from app.intake.linking import Placing
from app.mail import repository as mail
from app.runs.context import RunContext

__all__ = [
    "edit_application",
    "forget_emails",
    "judge_values",
    "link",
    "link_left_over",
    "settle_presence",
    "take_in",
    "to_link",
    "write_verdicts",
]
BATCH = 100
APPLICATIONS_AT_ONCE = 1  # linked in one transaction
WRITE_AT_ONCE = 5  # mails in one transaction: people's writes wait no longer than that takes


def take_in(ctx: RunContext) -> None:
    """Judge and link every email of the user that has no verdict yet. Safe to call again at any time.

    One run at a time for each user: two that link the same mails at once would make two applications of one.
    """
    with ctx.turn("intake"):
        _take_in(ctx)


def _take_in(ctx: RunContext) -> None:
    link_left_over(ctx)
    after = 0
    while True:
        with db.read_session() as session:
            waiting = [Waiting(e, b) for e, b in repository.pending(session, ctx.user_id, after, BATCH)]
        if not waiting:
            return
        after = waiting[-1].email.id
        later = judging.later_in_conversation(ctx.user_id, waiting)
        judged = judging.judge(ctx.user_id, [*waiting, *later], ctx.checkpoint, ctx)
        fresh = {w.email.id for w in waiting}

        def count(w: Waiting, judged: judging.Judged = judged, fresh: Collection[int] = fresh) -> None:
            if w.email.id in fresh:
                _count(ctx, judged[w.email.id])

        link(ctx, write_verdicts(ctx, [*waiting, *later], judged, count))
        ctx.checkpoint()


def forget_emails(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> None:
    """Delete emails; applications that consisted of them alone go too, the others are recomputed."""
    links = correlation.links_of(session, user_id, email_ids)
    touched = {link.application_id for link in links.values()}
    repository.forget_search_entries_in_portions(session, user_id, "email", email_ids)
    mail.delete_emails(session, user_id, list(email_ids))
    session.expire_all()
    left = correlation.count_links(session, touched)
    for application_id, application in applications.load_many(session, user_id, touched).items():
        if left.get(application_id) or standing.is_made_by_hand(session, application):
            standing.settle(session, user_id, application)
        else:
            repository.forget_search_entries(session, user_id, "application", [application_id])
            applications.delete_application(session, application_id)
    applications.delete_response_estimate(session, user_id)  # it tells of mail that is gone


def settle_presence(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> None:
    """Recompute the applications of emails that were deleted at their sources, or came back."""
    touched = {link.application_id for link in correlation.links_of(session, user_id, email_ids).values()}
    for application in applications.load_many(session, user_id, touched).values():
        standing.settle(session, user_id, application)


def edit_application(
    session: WriteSession, user_id: int, application_id: int, changes: dict[str, Any], at: datetime | None
) -> tuple[Application, list[int]]:
    """Write down what a person said, each field as a decision, and recompute. Raises NothingToChange."""
    known = application_service.get(session, user_id, application_id)
    if not changes:
        raise NothingToChange
    application = decided.lock(session, user_id, known.id) or known
    made: list[int] = []
    for name, value in changes.items():
        made.append(_decide(session, application, name, value, at))
    session.flush()
    standing.settle(session, user_id, application)
    return application, made


def _decide(
    session: WriteSession, application: Application, name: str, value: Any, at: datetime | None
) -> int:
    if name == "stage":
        return _decide_stage(session, application, value, at)
    if name == "pinned":
        pinned = decided.active(session, application.user_id, (DecisionKind.PIN,), application.id)
        if pinned and application.pinned == value:
            return pinned[-1].id  # the second click
        payload = {"pinned": value, "stage": application.stage}
        return application_service.decide(session, application, DecisionKind.PIN, payload).id
    if (said := _said_already(session, application, name, value)) is not None:
        return said  # the second click
    decision = application_service.decide(
        session, application, DecisionKind.FIELD, {"field": name, "value": value}
    )
    word = name.replace("_", " ")
    sentence = f"You set the {word} to {value}" if value else f"You cleared the {word}"
    application_service.log_event(
        session, application, "application_updated", sentence, cause="user", at=now(), decision_id=decision.id
    )
    return decision.id


def _decide_stage(session: WriteSession, application: Application, stage: str, at: datetime | None) -> int:
    """A stage that the user set is theirs to date: said again with another date, the new date replaces the old."""
    payload: dict[str, Any] = {"stage": stage}
    spoken = decided.active(session, application.user_id, (DecisionKind.STAGE,), application.id)
    newest = max(spoken, key=lambda d: (d.effective_at, d.id), default=None)
    if newest is not None and newest.payload["stage"] == stage == application.stage:
        if at is None or at == newest.effective_at:
            return newest.id  # the second click
        payload["replaces"] = newest.id
    return application_service.decide(session, application, DecisionKind.STAGE, payload, at=at).id


def _said_already(session: WriteSession, application: Application, name: str, value: Any) -> int | None:
    """The decision in force that says just this."""
    for decision in reversed(standing.decisions_on(session, application.user_id, application)):
        if decision.kind == DecisionKind.FIELD and decision.payload["field"] == name:
            return decision.id if decision.payload["value"] == value else None
    return None


def write_verdicts(
    ctx: RunContext, waiting: Sequence[Waiting], judged: judging.Judged, count: Callable[[Waiting], None]
) -> list[int]:
    """Write the verdicts; `count` is called for each email in the transaction that holds its verdict, so that a
    crash leaves no count without it. Answers with the emails that may belong to an application."""
    linkable: list[int] = []
    names: KnownNames | None = None
    for start in range(0, len(waiting), WRITE_AT_ONCE):
        some = waiting[start : start + WRITE_AT_ONCE]
        with ctx.batch() as session:
            judging.record(session, ctx.user_id, some, judged)
            session.flush()
            for w in some:
                count(w)
            names = names or linking.load_names(session, ctx.user_id)
            linkable += to_link(session, ctx.user_id, [w.email.id for w in some], names)
        ctx.checkpoint()
    return linkable


def to_link(
    session: WriteSession, user_id: int, email_ids: Sequence[int], names: KnownNames | None = None
) -> list[int]:
    """Note that these emails, whose verdicts are new, wait for their links; answers with those to be linked, and the
    mail that others left behind."""
    linkable = linking.put_keys(session, user_id, email_ids, names)
    linkable += linking.let_go(session, user_id, sorted(set(email_ids) - set(linkable)))
    repository.link_needed(session, user_id, linkable)
    return linkable


def link_left_over(ctx: RunContext) -> None:
    """Link what a run that was stopped had judged and not yet linked."""
    with db.read_session() as session:
        left_over = repository.link_pending(session, ctx.user_id)
    for start in range(0, len(left_over), BATCH):
        link(ctx, left_over[start : start + BATCH])


def link(ctx: RunContext, email_ids: Sequence[int]) -> None:
    """Link these emails, and bring the applications that this touches up to date."""
    with db.read_session() as session:
        word = decided.newest_word_about_mail(session, ctx.user_id)
    waiting = [Placing(c, r, set(email_ids)) for c, r in linking.compute(ctx.user_id, email_ids)]
    while waiting:
        placing = waiting[0]
        with ctx.batch() as session:
            spoken = decided.newest_word_about_mail(session, ctx.user_id)
            if spoken == word:
                is_done = linking.apply_some(session, ctx.user_id, placing, APPLICATIONS_AT_ONCE)
                changes = placing.changes
                _add(ctx, "applications_created", len(changes.created) - len(changes.removed))
                _add(ctx, "applications_changed", len(changes.changed))
        if spoken != word:  # what was computed before knows nothing of what the user said meanwhile
            word = spoken
            left = {m.email_id for each in waiting for m in each.component.mails}
            waiting = [Placing(c, r, left) for c, r in linking.compute(ctx.user_id, sorted(left))]
        elif is_done:
            waiting.pop(0)
    _index_bodies(ctx, email_ids)


def _index_bodies(ctx: RunContext, email_ids: Sequence[int]) -> None:
    """Text of linked mail becomes findable, in short transactions of its own."""
    with db.read_session() as session:
        linked = correlation.links_of(session, ctx.user_id, email_ids)
    for start in range(0, len(email_ids), WRITE_AT_ONCE):
        some = email_ids[start : start + WRITE_AT_ONCE]
        with ctx.batch() as session:
            texts = repository.linked_without_body_entry(
                session, ctx.user_id, [i for i in some if i in linked]
            )
            search_index.put_bodies(session, ctx.user_id, texts)
            repository.link_done(session, ctx.user_id, some)


def _count(ctx: RunContext, verdict: Any) -> None:
    _add(ctx, "judged", 1)
    if verdict is None:
        return
    by_class = dict(ctx.result.get("by_class", {}))
    by_class[verdict.email_class.value] = by_class.get(verdict.email_class.value, 0) + 1
    ctx.result["by_class"] = by_class
    if verdict.email_class not in repository.UNLINKABLE:
        _add(ctx, "about_jobs", 1)


def _add(ctx: RunContext, name: str, amount: int) -> None:
    ctx.result[name] = ctx.result.get(name, 0) + amount
