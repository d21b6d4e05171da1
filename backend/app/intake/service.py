"""What happens to mail once it is stored, and to applications when a person speaks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
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
from app.intake import judging, linking, repository, search_index, standing
from app.intake.components import compute
from app.intake.judging import Waiting, get_ready, judge_values
from app.intake.placing import Placing, apply_some
from app.mail import repository as mail
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.errors import RunAlreadyActive
from app.runs.models import RunKind

__all__ = [
    "edit_application",
    "find_linkable",
    "forget_emails",
    "get_ready",
    "judge_values",
    "link",
    "link_left_over",
    "link_waiting_mail",
    "settle_presence",
    "take_in",
    "write_verdicts",
]
BATCH = 100
APPLICATIONS_AT_ONCE = 2  # linked in one transaction
KEYS_AT_ONCE = 10  # mails whose keys are written in one transaction
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
    staying: list[Application] = []
    for application_id, application in applications.load_many(session, user_id, touched).items():
        if left.get(application_id) or standing.is_made_by_hand(session, application):
            staying.append(application)
        else:
            repository.forget_search_entries(session, user_id, "application", [application_id])
            applications.delete_application(session, application_id)
    standing.settle_all(session, user_id, staying)
    applications.delete_response_estimate(session, user_id)  # it tells of mail that is gone


def settle_presence(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> None:
    """Recompute the applications of emails that were deleted at their sources, or came back."""
    touched = {link.application_id for link in correlation.links_of(session, user_id, email_ids).values()}
    standing.settle_all(session, user_id, list(applications.load_many(session, user_id, touched).values()))


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
    for start in range(0, len(waiting), WRITE_AT_ONCE):
        some = waiting[start : start + WRITE_AT_ONCE]
        with ctx.batch() as session:
            judging.record(session, ctx.user_id, some, judged)
            session.flush()
            for w in some:
                count(w)
        ctx.checkpoint()
    return find_linkable(ctx, [w.email.id for w in waiting])


def find_linkable(ctx: RunContext, email_ids: Sequence[int]) -> list[int]:
    """Store the keys of emails whose verdicts are new; answers with those to be linked, and the mail that others
    left behind. All of it waits for its links until they are written."""
    linkable: list[int] = []
    for start in range(0, len(email_ids), KEYS_AT_ONCE):
        with ctx.batch() as session:
            some = email_ids[start : start + KEYS_AT_ONCE]
            found = linking.put_keys(session, ctx.user_id, some)
            gone = sorted(set(some).difference(found))
            if left := linking.let_go(session, ctx.user_id, gone):
                repository.link_needed(session, ctx.user_id, left)
            if gone:
                repository.link_done(session, ctx.user_id, gone)
            linkable += [*found, *left]
        ctx.checkpoint()
    return list(dict.fromkeys(linkable))


def link_left_over(ctx: RunContext) -> None:
    """Link what a run that was stopped had judged and not yet linked, and what an upgrade looks at anew."""
    with db.read_session() as session:
        left_over = repository.link_pending(session, ctx.user_id)
    for start in range(0, len(left_over), BATCH):
        link(ctx, find_linkable(ctx, left_over[start : start + BATCH]))


def link_waiting_mail() -> int:
    """Start a run for each user whose mail waits for its links while nothing of theirs is under way: an upgrade made
    keys of another kind, or a process died. Answers with how many were started."""
    with db.read_session() as session:
        busy = runs.busy_users(session)
        idle = [user_id for user_id in repository.users_with_link_pending(session) if user_id not in busy]
    started = 0
    for user_id in idle:
        with suppress(RunAlreadyActive), db.transaction() as session:
            runs.create(session, user_id=user_id, kind=RunKind.LINK, params={})
            started += 1
    return started


def link(ctx: RunContext, email_ids: Sequence[int]) -> None:
    """Link these emails, and bring the applications that this touches up to date."""
    with db.read_session() as session:
        word = decided.newest_word_about_mail(session, ctx.user_id)
    waiting = [Placing(c, r, set(email_ids)) for c, r in compute(ctx.user_id, email_ids)]
    while waiting:
        with ctx.batch() as session:
            spoken = decided.newest_word_about_mail(session, ctx.user_id)
            if spoken == word:
                changes = apply_some(session, ctx.user_id, waiting, APPLICATIONS_AT_ONCE)
                _add(ctx, "applications_created", len(changes.created) - len(changes.removed))
                _add(ctx, "applications_changed", len(changes.changed))
        if spoken != word:  # what was computed before knows nothing of what the user said meanwhile
            word = spoken
            left = {m.email_id for each in waiting for m in each.component.mails}
            waiting = [Placing(c, r, left) for c, r in compute(ctx.user_id, sorted(left))]
    _index_bodies(ctx, email_ids)


def _index_bodies(ctx: RunContext, email_ids: Sequence[int]) -> None:
    """Text of linked mail becomes findable, in short transactions of its own; then nothing is left to do for it."""
    with db.read_session() as session:
        linked = correlation.links_of(session, ctx.user_id, email_ids)
        texts = repository.linked_without_body_entry(session, ctx.user_id, list(linked))
    for start in range(0, len(texts), WRITE_AT_ONCE):
        with ctx.batch() as session:
            search_index.put_bodies(session, ctx.user_id, texts[start : start + WRITE_AT_ONCE])
    for start in range(0, len(email_ids), KEYS_AT_ONCE):
        with ctx.batch() as session:
            repository.link_done(session, ctx.user_id, email_ids[start : start + KEYS_AT_ONCE])


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
