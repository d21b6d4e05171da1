"""An application brought up to date: its fields, stage, actions and people, out of its mail and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.applications.decided import repository as decided
from app.applications.derive import SourceHint, source_from
from app.applications.fold import Event, MailEvent, Standing, UserEvent, fold
from app.applications.keeping import repository as keeping
from app.applications.keeping.next_up import write_next_action
from app.applications.models import Application, Decision, DecisionKind, Source, Stage, search_text
from app.companies import service as companies
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.intake import actions, appointments, search_index
from app.intake.gathering import Gathered, gather, read_decisions, read_mail
from app.intake.linked import LinkedMail
from app.intake.models import VerdictRow
from app.intake.people import put_people

_MOMENTS = ("applied", "assessment", "interview", "offer", "accepted", "rejected", "withdrawn")
_FIELDS = (
    "company_name",
    "job_title",
    "position_level",
    "location",
    "salary_text",
    "job_url",
    "requisition_id",
)
_AT_ONCE = 100  # applications that are read together
_LIMITS = {"position_level": 40, "requisition_id": 100, "job_url": 2000}


def new_application(user_id: int) -> Application:
    """An empty row for a group of mail that has none yet; `settle` fills it."""
    at = now()
    return Application(
        user_id=user_id,
        stage=Stage.SAVED,
        received_date=at,
        stage_since=at,
        last_activity_at=at,
        created_at=at,
    )


def linked_mail(session: ReadSession, user_id: int, application_id: int) -> list[LinkedMail]:
    """The application's emails, oldest first."""
    return read_mail(session, user_id, [application_id]).get(application_id, [])


def decisions_on(session: ReadSession, user_id: int, application: Application) -> Sequence[Decision]:
    """Active decisions about the application and those that were merged into it."""
    homes = keeping.with_merged_of(session, user_id, [application.id])
    return read_decisions(session, user_id, homes)[application.id]


def standing_of(mails: Sequence[LinkedMail], decisions: Sequence[Decision]) -> Standing:
    """The stage fold of these mails and decisions."""
    events: list[Event] = [
        MailEvent(
            email_id=one.email.id,
            at=one.email.received_at,
            email_class=one.verdict.email_class,
            confidence=one.verdict.confidence,
            method=one.link.method,
            direction=one.email.direction,
            stage=one.verdict.application_stage,
            unsure=one.verdict.unsure,
        )
        for one in mails
        if not one.email.is_deleted
    ]
    replaced = {d.payload.get("replaces") for d in decisions if d.kind == DecisionKind.STAGE}
    events += [
        UserEvent(d.id, d.effective_at, str(d.payload["stage"]))
        for d in decisions
        if d.kind == DecisionKind.STAGE and d.id not in replaced
    ]
    events += [
        UserEvent(d.id, datetime.fromisoformat(at), stage)
        for d in decisions
        if d.kind == DecisionKind.CREATE
        for stage, at in d.payload["stages"]
    ]
    own = _own(decisions)
    archive = _newest(own, DecisionKind.ARCHIVE)
    archived_at = archive.effective_at if archive and archive.payload["archived"] else None
    pin = _newest(own, DecisionKind.PIN)
    if pin is not None and pin.payload.get("pinned"):
        return fold(
            events,
            pinned_stage=_pinned_stage(pin, [d for d in own if d.id not in replaced]),
            pinned_at=pin.effective_at,
            archived_at=archived_at,
        )
    return fold(events, archived_at=archived_at)


def _pinned_stage(pin: Decision, decisions: Sequence[Decision]) -> str:
    """A pin stops the machine, not its user: a stage that they set later is the pinned one."""
    later = [d for d in decisions if d.kind == DecisionKind.STAGE and d.id > pin.id]
    newest = max(later, key=lambda d: d.id, default=pin)
    return str(newest.payload["stage"])


def _own(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that were not said of an application which the user merged into this one."""
    merged = {int(i) for d in decisions if d.kind == DecisionKind.MERGE for i in d.payload["ids"]}
    return [d for d in decisions if d.application_id not in merged]


def _newest(decisions: Sequence[Decision], kind: DecisionKind) -> Decision | None:
    return next((d for d in reversed(decisions) if d.kind == kind), None)


def is_made_by_hand(session: ReadSession, application: Application) -> bool:
    """Whether the user made it, and did not take that back."""
    if not application.machine.get("by_hand"):
        return False
    return bool(decided.active(session, application.user_id, (DecisionKind.CREATE,), application.id))


def settle(session: WriteSession, user_id: int, application: Application) -> bool:
    """Recompute everything the machine says about the application; True when something visible changed."""
    return bool(settle_all(session, user_id, [application]))


def settle_all(session: WriteSession, user_id: int, rows: Sequence[Application]) -> set[int]:
    """The same for several applications, in the statements of one; the ids of those that changed visibly."""
    changed: set[int] = set()
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        session.flush()
        gathered = gather(session, user_id, [application.id for application in some])
        with session.no_autoflush:
            changed.update(one.id for one in some if _settle(session, gathered, one))
        search_index.put_applications(session, user_id, some, gathered.search_entries)
        session.flush()
    return changed


def _settle(session: WriteSession, gathered: Gathered, application: Application) -> bool:
    mails, decisions = gathered.mails[application.id], gathered.decisions[application.id]
    before = _visible(application)
    _write_sight(application, mails, decisions)
    if not mails and not decisions:
        application.emails = 0
        return before != _visible(application)
    standing = standing_of(mails, decisions)
    _write_fields(application, mails, decisions)
    _write_standing(application, mails, decisions, standing)
    pin = _newest(_own(decisions), DecisionKind.PIN)
    application.pinned = bool(pin and pin.payload.get("pinned"))
    _write_parts(session, gathered, application)
    application.needs_review = any(m.verdict.needs_review for m in mails) or bool(standing.review)
    return before != _visible(application)


def _write_sight(
    application: Application, mails: Sequence[LinkedMail], decisions: Sequence[Decision]
) -> None:
    """Archived and deleted are the user's words; one made by hand goes with the word that made it."""
    own = _own(decisions)
    archive, delete = _newest(own, DecisionKind.ARCHIVE), _newest(own, DecisionKind.DELETE)
    application.archived_at = archive.effective_at if archive and archive.payload["archived"] else None
    deleted_at = delete.effective_at if delete and delete.payload["deleted"] else None
    made = _newest(decisions, DecisionKind.CREATE)
    if application.machine.get("by_hand") and made is None and not mails:
        deleted_at = deleted_at or application.deleted_at or now()
    application.deleted_at = deleted_at


def _visible(application: Application) -> tuple[Any, ...]:
    names = (*_FIELDS, "stage", "emails", "last_activity_at", "next_action", "next_due_at", "needs_review")
    return tuple(getattr(application, name) for name in names)


def _write_fields(
    application: Application, mails: Sequence[LinkedMail], decisions: Sequence[Decision]
) -> None:
    """The first stated value of each field; what a person said goes before, and what they said of an application
    that they merged into this one fills what is left."""
    own = _own(decisions)
    said = _said(own)
    before = _said([d for d in decisions if d not in own])
    incoming = [m for m in mails if m.email.direction == "in"]
    sure_first = sorted(incoming, key=lambda m: m.verdict.unsure)
    for name in _FIELDS:
        stated = next((v for m in sure_first if (v := m.verdict.entities.get(name))), None)
        value = said.get(name, stated or before.get(name))
        setattr(application, name, str(value)[: _LIMITS.get(name, 200)] if value else None)
    if "job_title" in said and "position_level" not in said and application.job_title:
        application.position_level = companies.position_level(application.job_title)
    application.search_text = search_text(application.company_name, application.job_title)
    application.company_key = companies.company_key(application.company_name or "")
    application.title_key = companies.title_key(application.job_title or "")
    hints = [
        SourceHint(
            at=m.email.received_at,
            sender_email=m.email.sender_email,
            sender_name=m.email.sender_name,
            subject=m.email.subject,
            email_class=m.verdict.email_class,
        )
        for m in incoming
    ]
    application.source = said.get("source") or _source(hints, application, before)


def _said(decisions: Sequence[Decision]) -> dict[str, Any]:
    """The newest word about each field."""
    said: dict[str, Any] = {}
    for d in decisions:
        if d.kind == DecisionKind.CREATE:
            said.update({name: value for name, value in d.payload["fields"].items() if value})
        elif d.kind == DecisionKind.FIELD:
            said[d.payload["field"]] = d.payload["value"]
    return said


def _source(hints: Sequence[SourceHint], application: Application, before: dict[str, Any]) -> str:
    found = source_from(hints, application.company_key)
    return str(before.get("source") or found) if found == Source.UNKNOWN else found


def _write_standing(
    application: Application,
    mails: Sequence[LinkedMail],
    decisions: Sequence[Decision],
    standing: Standing,
) -> None:
    times = [m.email.received_at for m in mails]
    first = times + [
        datetime.fromisoformat(d.payload["begun_at"]) for d in decisions if d.kind == DecisionKind.CREATE
    ]
    application.stage = standing.stage
    application.category = standing.category
    application.confidence = standing.confidence
    if first:
        application.received_date = min(first)
    application.stage_since = standing.since or application.received_date
    application.last_activity_at = standing.last_activity_at or (
        max(times) if times else application.received_date
    )
    met = [d.effective_at for d in decisions if d.kind == DecisionKind.EVENT and d.effective_at <= now()]
    application.last_activity_at = max([application.last_activity_at, *met])
    application.last_direction = standing.last_direction or (mails[-1].email.direction if mails else "in")
    application.emails = len(mails)
    for stage in _MOMENTS:
        setattr(application, f"{stage}_at", standing.moments.get(stage))
    by_id = {m.email.id: m for m in mails}
    application.stage_evidence = {
        stage: {
            "email_id": email_id,
            "quote": hero_quote(by_id[email_id].verdict),
            "at": by_id[email_id].email.received_at.isoformat(),
            "sender_name": by_id[email_id].email.sender_name or by_id[email_id].email.sender_email,
        }
        for stage, email_id in standing.deciding.items()
        if email_id in by_id
    }


def hero_quote(verdict: VerdictRow) -> str | None:
    """The sentence that decided."""
    return next((e["quote"] for e in verdict.evidence if e.get("quote")), None)


def _write_parts(session: WriteSession, gathered: Gathered, application: Application) -> None:
    """Actions, interviews and people, and what comes next of them."""
    mails, spoken = gathered.mails[application.id], gathered.about_mail[application.id]
    items = actions.write_items(session, application, mails, gathered.items[application.id], spoken)
    appointments.write_interviews(
        session,
        application,
        mails,
        gathered.interviews[application.id],
        [*gathered.decisions[application.id], *spoken],
    )
    put_people(session, application, mails, gathered.people[application.id])
    write_next_action(
        application, [*items, *gathered.merged_items[application.id]], gathered.reminders[application.id]
    )
