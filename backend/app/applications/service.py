"""What a person says about an application: decisions, each revocable."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from app.applications import repository
from app.applications.errors import DecisionAlreadyRevoked
from app.applications.keeping import repository as keeping
from app.applications.keeping import service as keeping_service
from app.applications.logbook import log_event as write_down
from app.applications.models import Application, Decision, DecisionKind, ResponseEstimate, Stage
from app.applications.schemas import ApplicationDetail
from app.applications.timeline import moment_text
from app.applications.values import (
    DEFAULT_STALE_DAYS,
    PRIOR,
    AnswerOutlook,
    ResponseCurve,
    choose,
    outlook,
    stale_days_of,
)
from app.companies import service as companies
from app.core.clock import now
from app.core.db import ReadSession, WriteSession


def get(session: ReadSession, user_id: int, application_id: int) -> Application:
    """The user's application. Raises ApplicationNotFound."""
    return repository.get(session, user_id, application_id)


def detail(
    session: ReadSession, user_id: int, application_id: int, decision_ids: list[int] | None = None
) -> ApplicationDetail:
    """The application with its parts, as it is in this session. Raises ApplicationNotFound."""
    application = get(session, user_id, application_id)
    homes = keeping.with_merged(session, user_id, application.id)
    return ApplicationDetail.of_parts(
        application,
        list(repository.action_items(session, user_id, [application.id])),
        list(repository.interviews(session, user_id, application.id)),
        keeping_service.people_of(session, user_id, homes),
        list(keeping.notes(session, user_id, homes)),
        list(keeping.reminders(session, user_id, homes)),
        tag_names(session, user_id, [application.id]).get(application.id, []),
        decision_ids,
        stale_days=stale_days(session, user_id),
        answer_outlook=answer_outlook(session, user_id, application),
    )


def stale_days(session: ReadSession, user_id: int) -> int:
    """After how many days of silence an application of this user is stale: 21 until their own data say otherwise.
    One look-up by key; also when to remind of following up."""
    found = repository.stale_days(session, user_id)
    return DEFAULT_STALE_DAYS if found is None else found


def answer_outlook(session: ReadSession, user_id: int, application: Application) -> AnswerOutlook | None:
    """What earlier waits say about this one; None unless a first answer is awaited."""
    if application.stage != Stage.APPLIED:
        return None
    stored = repository.response_estimate(session, user_id)
    curves = [ResponseCurve.from_json(curve) for curve in stored.curves] if stored else []
    curve = choose(
        curves,
        company=application.company_key,
        industry=companies.industry_of(application.company_key),
        source=application.source,
    )
    waiting = now() - (application.applied_at or application.received_date)
    return outlook(curve, max(0, waiting.days))


def store_estimate(session: WriteSession, user_id: int, curves: Sequence[ResponseCurve]) -> None:
    """Keep how long this user's applications wait for an answer, in place of what was known."""
    own = next((curve for curve in curves if curve.basis == "own"), PRIOR)
    session.merge(
        ResponseEstimate(
            user_id=user_id,
            computed_at=now(),
            stale_days=stale_days_of(own),
            curves=[curve.to_json() for curve in curves],
        )
    )


def tag_names(session: ReadSession, user_id: int, application_ids: Collection[int]) -> dict[int, list[str]]:
    """The names of tags by application."""
    found = keeping.tags_of(session, user_id, application_ids)
    return {application_id: [tag.name for tag in tags] for application_id, tags in found.items()}


def decide(
    session: WriteSession,
    application: Application,
    kind: DecisionKind,
    payload: dict[str, Any],
    *,
    at: datetime | None = None,
) -> Decision:
    """Write down what a person said; the caller recomputes what follows from it."""
    decision = Decision(
        user_id=application.user_id,
        kind=kind,
        application_id=application.id,
        payload=payload,
        effective_at=at or now(),
        made_at=now(),
    )
    session.add(decision)
    session.flush()
    return decision


def decide_on_email(
    session: WriteSession,
    user_id: int,
    email_id: int,
    kind: DecisionKind,
    payload: dict[str, Any],
    application_id: int | None = None,
) -> Decision:
    """Write down what a person said about an email; the caller recomputes what follows from it."""
    at = now()
    decision = Decision(
        user_id=user_id,
        kind=kind,
        email_id=email_id,
        application_id=application_id,
        payload=payload,
        effective_at=at,
        made_at=at,
    )
    session.add(decision)
    session.flush()
    return decision


def revoke(session: WriteSession, user_id: int, decision_id: int) -> Decision:
    """Take a decision back. Raises DecisionNotFound, DecisionAlreadyRevoked."""
    decision = repository.get_decision(session, user_id, decision_id)
    if decision.revoked_at is not None:
        raise DecisionAlreadyRevoked
    decision.revoked_at = now()
    return decision


def log_event(
    session: WriteSession,
    application: Application,
    kind: str,
    sentence: str,
    *,
    cause: str,
    at: datetime | None = None,
    decision_id: int | None = None,
) -> None:
    """Append a line to the application's history; never breaks its caller."""
    write_down(
        session,
        application.user_id,
        application.id,
        kind,
        sentence,
        cause=cause,
        at=at,
        decision_id=decision_id,
    )


def moment_in_words(at: datetime | None, time_zone: str | None) -> str:
    """A time as the history tells it, in its own zone; "a day to be agreed" for none."""
    return moment_text(at, time_zone) if at else "a day to be agreed"
