"""Where an application stands: a pure fold over what its mail and its user said, in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

PROGRESS = ("saved", "applied", "assessment", "interview", "offer", "accepted")
ENDS = frozenset({"rejected", "withdrawn"})
STAGES = frozenset(PROGRESS) | ENDS
RANK = {stage: rank for rank, stage in enumerate(PROGRESS)}
REOPENING_CLASSES = frozenset({"INTERVIEW_REQUEST", "ASSESSMENT", "OFFER"})
REOPENING_METHODS = frozenset({"thread", "identifier", "exact", "user"})
REOPENING_CONFIDENCE = 0.85
# What mail alone may say; accepted and withdrawn are the user's to say.
_FROM_MAIL = frozenset({"applied", "assessment", "interview", "offer", "rejected"})


@dataclass(frozen=True, slots=True)
class MailEvent:
    """One linked mail. `stage` is what the verdict makes of it (None for classes that say nothing about one),
    `confidence` 0..1 the verdict's, `method` the link's. Own and unsure mail never moves the stage."""

    email_id: int
    at: datetime
    email_class: str | None
    confidence: float
    method: str
    direction: str
    stage: str | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class UserEvent:
    """A stage set by the user, at the moment from which it holds."""

    decision_id: int
    at: datetime
    stage: str


Event = MailEvent | UserEvent


@dataclass(frozen=True, slots=True)
class StageChange:
    """One transition, caused by a mail or by a decision; `from_stage` is None at the beginning."""

    at: datetime
    from_stage: str | None
    to_stage: str
    cause_email_id: int | None = None
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The outcome. `since` and the activity are None without events.

    `category` and `confidence` are those of the mail that decided the stage, None when the user did and no
    mail says the same. `moments` has a stage only if a mail or the user stated it; `deciding` the mail that
    did. `review` lists mails that would have reopened a closed application, but may not by themselves.
    """

    stage: str
    since: datetime | None = None
    category: str | None = None
    confidence: float | None = None
    moments: dict[str, datetime] = field(default_factory=dict)
    deciding: dict[str, int] = field(default_factory=dict)
    changes: tuple[StageChange, ...] = ()
    last_activity_at: datetime | None = None
    last_direction: str | None = None
    review: tuple[int, ...] = ()


@dataclass(slots=True)
class _Fold:
    stage: str | None = None
    reached: str = "saved"  # how far it came before it ended
    since: datetime | None = None
    by_user: bool = False
    moments: dict[str, datetime] = field(default_factory=dict)
    deciding: dict[str, MailEvent] = field(default_factory=dict)
    changes: list[StageChange] = field(default_factory=list)
    review: list[int] = field(default_factory=list)
    archived_at: datetime | None = None


def fold(
    events: Iterable[Event],
    pinned_stage: str | None = None,
    pinned_at: datetime | None = None,
    archived_at: datetime | None = None,
) -> Standing:
    """The standing after these events, in whatever order they are given.

    Mail moves the stage forward only; an end needs a firm link and a sure verdict to be reopened. What the
    user says replaces everything before its moment. With `pinned_stage` the application stands there, and
    mail after `pinned_at` (None: no mail) changes nothing. One that is archived since `archived_at` is not
    reopened by mail after it.
    """
    ordered = sorted(events, key=_order)
    state = _Fold(archived_at=archived_at)
    for event in ordered:
        if isinstance(event, UserEvent):
            _hear_user(state, event)
        elif pinned_stage is None or (pinned_at is not None and event.at <= pinned_at):
            _hear_mail(state, event)
    _settle_pin(state, ordered, pinned_stage, pinned_at)
    return _standing(state, ordered)


def _order(event: Event) -> tuple[datetime, int, int]:
    if isinstance(event, UserEvent):
        return event.at, 1, event.decision_id
    return event.at, 0, event.email_id


def _hear_mail(state: _Fold, event: MailEvent) -> None:
    said = event.stage if event.stage in _FROM_MAIL else None
    if event.direction == "out" or event.unsure or said is None:
        if state.stage in {None, "saved"} and event.email_class == "STATUS_UPDATE" and not event.unsure:
            _move(state, event, "applied")  # news of an application means that there is one
        return
    if state.stage in ENDS or state.stage == "accepted":
        _hear_after_end(state, event, said)
    elif said == "rejected":
        _state(state, event, "rejected")
        _move(state, event, "rejected")
    else:
        _state(state, event, said)
        if RANK[said] > RANK[state.stage or "saved"]:
            _move(state, event, said)


def _hear_after_end(state: _Fold, event: MailEvent, said: str) -> None:
    if event.email_class not in REOPENING_CLASSES:
        if said == "rejected" and state.stage == "accepted":
            state.review.append(event.email_id)
        elif said == "applied" or (said == "rejected" and state.stage == "rejected"):
            _state(state, event, said)
        return
    if state.stage == "accepted":
        _state(state, event, said)
        return
    firm = event.method in REOPENING_METHODS and event.confidence >= REOPENING_CONFIDENCE
    archived = state.archived_at is not None and event.at > state.archived_at
    if state.stage != "rejected" or not firm or archived:
        state.review.append(event.email_id)
        return
    state.moments.pop("rejected", None)
    state.deciding.pop("rejected", None)
    _state(state, event, said)
    _move(state, event, max(said, state.reached, key=RANK.__getitem__))


def _hear_user(state: _Fold, event: UserEvent) -> None:
    """The user's word replaces what was known: later stages were not reached, other ends did not happen."""
    if event.stage not in STAGES:
        return
    if event.stage in RANK:
        undone = {stage for stage in RANK if RANK[stage] > RANK[event.stage]} | ENDS
        state.reached = event.stage
    else:
        undone = {"accepted"} | (ENDS - {event.stage})
    for stage in undone:
        state.moments.pop(stage, None)
        state.deciding.pop(stage, None)
    if state.stage == event.stage:
        state.moments[event.stage] = event.at  # said again: the date is what is new
        state.since = event.at
    else:
        if event.stage in ENDS:
            state.moments.pop(event.stage, None)
        if event.stage != "saved":
            state.moments.setdefault(event.stage, event.at)
        _move(state, event, event.stage)
    state.by_user = True
    state.review.clear()


def _state(state: _Fold, event: MailEvent, stage: str) -> None:
    """Note that a mail stated a stage: the first statement is its moment."""
    state.moments.setdefault(stage, event.at)
    state.deciding.setdefault(stage, event)


def _move(state: _Fold, event: Event, to_stage: str) -> None:
    if state.stage == to_stage:
        return
    user = isinstance(event, UserEvent)
    state.changes.append(
        StageChange(
            event.at,
            state.stage,
            to_stage,
            cause_email_id=None if isinstance(event, UserEvent) else event.email_id,
            decision_id=event.decision_id if isinstance(event, UserEvent) else None,
        )
    )
    state.stage = to_stage
    state.since = event.at
    state.by_user = user
    if to_stage in RANK and (user or RANK[to_stage] > RANK[state.reached]):
        state.reached = to_stage


def _settle_pin(
    state: _Fold, ordered: Sequence[Event], pinned_stage: str | None, pinned_at: datetime | None
) -> None:
    if pinned_stage is None or pinned_stage not in STAGES or state.stage == pinned_stage:
        return
    at = pinned_at or (ordered[-1].at if ordered else None)
    if at is None:
        state.stage = pinned_stage
        return
    _hear_user(state, UserEvent(0, at, pinned_stage))
    state.changes.pop()  # the pin is a switch, not an event of the application's history


def _standing(state: _Fold, ordered: Sequence[Event]) -> Standing:
    mails = [event for event in ordered if isinstance(event, MailEvent)]
    last = ordered[-1] if ordered else None
    stage = state.stage or "saved"
    since = state.since or (ordered[0].at if ordered else None)
    decider = state.deciding.get(stage)
    category = decider.email_class if decider else None
    confidence = decider.confidence if decider else None
    if decider is None and mails and not state.by_user:
        spoken = [event for event in mails if event.direction == "in" and event.email_class is not None]
        if spoken:
            category, confidence = spoken[0].email_class, spoken[0].confidence
    return Standing(
        stage=stage,
        since=since,
        category=category,
        confidence=confidence,
        moments=dict(state.moments),
        deciding={name: event.email_id for name, event in state.deciding.items()},
        changes=tuple(state.changes),
        last_activity_at=mails[-1].at if mails else (last.at if last else None),
        last_direction=mails[-1].direction if mails else None,
        review=tuple(state.review),
    )
