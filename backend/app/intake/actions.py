"""What an application asks of its user: read from mail, done or put off by the user's word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.models import ActionItem, Application, Decision, DecisionKind, Stage
from app.core.clock import now
from app.core.db import WriteSession
from app.intake.linked import LinkedMail

Key = tuple[int, str, int]


def write_items(
    session: WriteSession,
    application: Application,
    mails: Sequence[LinkedMail],
    rows: Sequence[ActionItem],
    spoken: Sequence[Decision],
) -> list[ActionItem]:
    """Bring the application's action items up to date; rows keep their ids as long as their mail asks for it.

    `rows` are those there are, of the application or these mails; `spoken` the user's words about these mails.
    """
    known = dict(_numbered(rows))
    words = _words([d for d in spoken if d.kind == DecisionKind.ACTION])
    found: list[ActionItem] = []
    for key, fresh in _numbered(_read(application, mails)):
        row = known.pop(key, None)
        if row is None:
            session.add(row := fresh)
            row.changed_at, row.sequence = now(), 0
        else:
            if (row.title, row.due_at) != (fresh.title, fresh.due_at):
                row.changed_at, row.sequence = now(), row.sequence + 1
            for name in ("application_id", "title", "due_at", "link", "done_at"):
                setattr(row, name, getattr(fresh, name))
            row.snoozed_until = None
        _obey(row, words.get(key, ()))
        found.append(row)
    for gone in known.values():
        session.delete(gone)
    return found


def say(
    session: WriteSession, user_id: int, item_id: int, payload: Mapping[str, Any]
) -> tuple[ActionItem, int]:
    """Write down that it is done (`done`), or put off (`snoozed_until`, ISO; None wakes it); the caller settles.

    Answers with the item and the decision. Raises ActionItemNotFound.
    """
    item = applications.get_action_item(session, user_id, item_id)
    application = application_service.get(session, user_id, item.application_id)
    key = next(
        key
        for key, row in _numbered(
            applications.action_items_of(session, user_id, [application.id], [item.email_id or 0])
        )
        if row.id == item.id
    )
    payload = {"item": item.kind, "number": key[2], **payload}
    decision = application_service.decide(session, application, DecisionKind.ACTION, payload)
    decision.email_id = item.email_id
    session.flush()
    return item, decision.id


def _numbered(items: Sequence[ActionItem]) -> list[tuple[Key, ActionItem]]:
    """Each with what names it: its mail, its kind, and its number among those of the same kind."""
    seen: Counter[tuple[int, str]] = Counter()
    found = []
    for item in sorted(items, key=lambda i: (i.id is None, i.id or 0)):
        name = (item.email_id or 0, item.kind)
        found.append(((*name, seen[name]), item))
        seen[name] += 1
    return found


def _words(decisions: Sequence[Decision]) -> dict[Key, list[Decision]]:
    found: dict[Key, list[Decision]] = {}
    for one in decisions:
        key = (one.email_id or 0, str(one.payload.get("item")), int(one.payload.get("number", 0)))
        found.setdefault(key, []).append(one)
    return found


def _obey(item: ActionItem, words: Sequence[Decision]) -> None:
    """The user's newest word holds; taking up again what is done holds until mail settles it anew."""
    for one in words:
        if one.payload.get("done") is True:
            item.done_at = one.made_at
        elif one.payload.get("done") is False and item.done_at is not None and item.done_at <= one.made_at:
            item.done_at = None
        if "snoozed_until" in one.payload:
            until = one.payload["snoozed_until"]
            item.snoozed_until = datetime.fromisoformat(until) if until else None


def _read(application: Application, mails: Sequence[LinkedMail]) -> list[ActionItem]:
    """What the mails ask for; answered, overtaken or past ones are done."""
    found = []
    for index, one in enumerate(mails):
        later = mails[index + 1 :]
        for item in one.verdict.action_items:
            due = datetime.fromisoformat(item["due_at"]) if item.get("due_at") else None
            found.append(
                ActionItem(
                    user_id=application.user_id,
                    application_id=application.id,
                    email_id=one.email.id,
                    kind=item["kind"],
                    title=str(item["title"])[:300],
                    due_at=due,
                    link=item.get("link"),
                    done_at=_settled_at(application, one, later, item, due),
                )
            )
    _let_newest_offer_stand(found, {m.email.id: m.email.received_at for m in mails})
    return found


def _let_newest_offer_stand(items: Sequence[ActionItem], received: dict[int, datetime]) -> None:
    """A revised offer takes the place of the one before; its answer is due when that one was, unless it says."""
    offers = [i for i in items if i.kind == "sign_offer" and i.done_at is None]
    for earlier, later in pairwise(offers):
        later.due_at = later.due_at or earlier.due_at
        earlier.done_at = received.get(later.email_id or 0)


def _settled_at(
    application: Application,
    one: LinkedMail,
    later: Sequence[LinkedMail],
    item: dict[str, Any],
    due: datetime | None,
) -> datetime | None:
    """When an action stopped being the user's to do, as far as mail tells; None while it is open."""
    if application.stage in {Stage.REJECTED, Stage.WITHDRAWN, Stage.ACCEPTED}:
        return application.stage_since
    if item["kind"] in {"reply", "schedule", "provide_information"}:
        answer = next((m for m in later if m.email.direction == "out"), None)
        if answer is not None:
            return answer.email.received_at
    overtaking = {"schedule": "INTERVIEW_REQUEST", "reply": "INTERVIEW_REQUEST"}.get(item["kind"])
    moved = next(
        (
            m
            for m in later
            if m.email.direction == "in"
            and m.verdict.email_class in {overtaking, "INTERVIEW_REQUEST", "OFFER", "REJECTION"}
            and m.verdict.email_class is not None
        ),
        None,
    )
    if moved is not None and item["kind"] != "sign_offer":
        return moved.email.received_at
    ends = due or one.email.received_at
    old = now() - ends
    return ends if old.days >= (14 if due else 60) else None
