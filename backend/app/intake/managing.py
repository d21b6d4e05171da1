"""What a person does with whole applications: make, archive, delete, and bring back. Each is a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.applications import service as application_service
from app.applications.decided import repository as decided
from app.applications.errors import ApplicationNotFound, TagNotFound
from app.applications.keeping import repository as keeping
from app.applications.keeping import service as keeping_service
from app.applications.models import Application, Decision, DecisionKind
from app.core import db
from app.core.clock import monotonic, now, sleep
from app.core.db import WriteSession
from app.core.errors import AppError
from app.correlation import repository as correlation
from app.intake import repository, service, standing

DELETED_KEPT = timedelta(days=30)
_AT_ONCE = 10  # applications changed in one transaction: people's writes wait no longer than that takes


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to several applications: `archive`, `restore`, `delete`, `stage`, `tag` or `untag`."""

    action: str
    stage: str | None = None
    at: datetime | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of them; `error` is None when it went well."""

    application_id: int
    decision_ids: list[int] = field(default_factory=list)
    error: AppError | None = None


def create(
    session: WriteSession,
    user_id: int,
    fields: Mapping[str, Any],
    stage: str,
    at: datetime | None,
    applied_at: datetime | None,
) -> tuple[Application, list[int]]:
    """Make an application by hand. `fields` are as people say them; `stage` is reached at `at` (None: now)."""
    moment = at or now()
    stages = [] if stage == "saved" else [[stage, moment.isoformat()]]
    if applied_at is not None and stage != "applied":
        stages.insert(0, ["applied", applied_at.isoformat()])
    payload = {
        "fields": {name: value for name, value in fields.items() if value},
        "stages": stages,
        "begun_at": min(moment, applied_at or moment).isoformat(),
    }
    return create_as_said(session, user_id, payload, "You added this application")


def create_as_said(
    session: WriteSession, user_id: int, payload: dict[str, Any], sentence: str
) -> tuple[Application, list[int]]:
    """Make an application of a word of its user: `fields`, `stages` as [stage, moment] in their order, `begun_at`."""
    application = standing.new_application(user_id)
    application.machine = {"by_hand": True}
    session.add(application)
    session.flush()
    decision = application_service.decide(session, application, DecisionKind.CREATE, payload)
    _tell(session, application, "application_created", sentence, decision)
    standing.settle(session, user_id, application)
    return application, [decision.id]


def archive(session: WriteSession, user_id: int, application_id: int) -> tuple[Application, list[int]]:
    """Put an application aside. The second click says nothing new. Raises ApplicationNotFound."""
    application = locked(session, user_id, application_id)
    if application.archived_at is not None:
        return application, _newest(session, application, DecisionKind.ARCHIVE)
    decision = application_service.decide(session, application, DecisionKind.ARCHIVE, {"archived": True})
    _tell(session, application, "application_updated", "You archived it", decision)
    standing.settle(session, user_id, application)
    return application, [decision.id]


def delete(session: WriteSession, user_id: int, application_id: int) -> tuple[Application, list[int]]:
    """Delete an application; it can be brought back for 30 days. Raises ApplicationNotFound."""
    application = locked(session, user_id, application_id)
    if application.deleted_at is not None:
        return application, _newest(session, application, DecisionKind.DELETE)
    decision = application_service.decide(session, application, DecisionKind.DELETE, {"deleted": True})
    _tell(session, application, "application_updated", "You deleted it", decision)
    standing.settle(session, user_id, application)
    return application, [decision.id]


def restore(session: WriteSession, user_id: int, application_id: int) -> tuple[Application, list[int]]:
    """Bring an application back from the archive, or from those deleted. Raises ApplicationNotFound."""
    application = locked(session, user_id, application_id)
    made: list[Decision] = []
    if application.deleted_at is not None:
        creation = decided.newest_of(session, user_id, DecisionKind.CREATE, application.id)
        if creation is not None and creation.revoked_at is not None and not application.emails:
            made.append(
                application_service.decide(session, application, DecisionKind.CREATE, creation.payload)
            )
        deletion = decided.newest_of(session, user_id, DecisionKind.DELETE, application.id)
        if deletion is not None and deletion.revoked_at is None and deletion.payload["deleted"]:
            made.append(
                application_service.decide(session, application, DecisionKind.DELETE, {"deleted": False})
            )
    elif application.archived_at is not None:
        made.append(
            application_service.decide(session, application, DecisionKind.ARCHIVE, {"archived": False})
        )
    if made:
        _tell(session, application, "application_updated", "You brought it back", made[-1])
        standing.settle(session, user_id, application)
    return application, [d.id for d in made]


def do_to_many(user_id: int, ids: Sequence[int], deed: Deed) -> list[Outcome]:
    """Do one thing to several applications; what fails for one is told for it and leaves the others alone.

    No transaction may be open.
    """
    outcomes: list[Outcome] = []
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), _AT_ONCE):
        with db.transaction() as session:
            for application_id in unique[start : start + _AT_ONCE]:
                try:
                    made = _do(session, user_id, application_id, deed)
                except AppError as error:
                    outcomes.append(Outcome(application_id, error=error))
                else:
                    outcomes.append(Outcome(application_id, made))
    return outcomes


def _do(session: WriteSession, user_id: int, application_id: int, deed: Deed) -> list[int]:
    if deed.action == "archive":
        return archive(session, user_id, application_id)[1]
    if deed.action == "delete":
        return delete(session, user_id, application_id)[1]
    if deed.action == "restore":
        return restore(session, user_id, application_id)[1]
    if deed.action == "stage":
        return service.edit_application(session, user_id, application_id, {"stage": deed.stage}, deed.at)[1]
    application = locked(session, user_id, application_id)
    if deed.action == "tag":
        keeping_service.add_tag(session, user_id, application, deed.tag or "")
        return []
    tag = keeping.tag_by_key(session, user_id, (deed.tag or "").strip().casefold())
    if tag is None:
        raise TagNotFound
    keeping.remove_tag(session, user_id, application.id, tag.id)
    return []


def add_event(
    session: WriteSession, user_id: int, application_id: int, kind: str, sentence: str, at: datetime | None
) -> Decision:
    """Write a line into the history by hand. Raises ApplicationNotFound."""
    application = locked(session, user_id, application_id)
    payload = {"type": kind, "sentence": sentence}
    decision = application_service.decide(session, application, DecisionKind.EVENT, payload, at=at)
    application_service.log_event(
        session,
        application,
        kind,
        sentence,
        cause="user",
        at=decision.effective_at,
        decision_id=decision.id,
    )
    standing.settle(session, user_id, application)
    return decision


def locked(session: WriteSession, user_id: int, application_id: int) -> Application:
    """The application, kept from others who would change it until this is done. Raises ApplicationNotFound."""
    found = application_service.get(session, user_id, application_id)
    application = decided.lock(session, user_id, found.id)
    if application is None:
        raise ApplicationNotFound
    return application


def purge_deleted(limit: int = 20) -> int:
    """Remove for good what was deleted 30 days ago; how many applications there were.

    Their mail stays as mail, and each is marked so that it makes no application again.
    """
    with db.read_session() as session:
        old = decided.deleted_before(session, now() - DELETED_KEPT, limit)
    for user_id, application_id in old:
        began = monotonic()
        with db.transaction() as session:
            _purge(session, user_id, application_id)
        sleep(max(0.005, monotonic() - began))  # people's writes wait for the one lock: leave it to them
    return len(old)


def _purge(session: WriteSession, user_id: int, application_id: int) -> None:
    application = decided.lock(session, user_id, application_id)
    if application is None or application.deleted_at is None or application.deleted_at > now() - DELETED_KEPT:
        return
    homes = keeping.with_merged(session, user_id, application_id)
    emails = [
        link.email_id for home in homes for link in correlation.emails_of_application(session, user_id, home)
    ]
    for email_id in emails:
        application_service.decide_on_email(
            session, user_id, email_id, DecisionKind.IGNORE, {"because": "application_deleted"}
        )
    correlation.put_keys(session, user_id, dict.fromkeys(emails, ()))
    correlation.delete_links(session, emails)
    repository.forget_search_entries(session, user_id, "application", homes)
    for home in reversed(homes):
        keeping.delete_application(session, user_id, home)


def _newest(session: WriteSession, application: Application, kind: DecisionKind) -> list[int]:
    found = decided.active(session, application.user_id, (kind,), application.id)
    return [found[-1].id] if found else []


def _tell(
    session: WriteSession, application: Application, kind: str, sentence: str, decision: Decision
) -> None:
    application_service.log_event(session, application, kind, sentence, cause="user", decision_id=decision.id)
