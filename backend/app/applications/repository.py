"""Queries over applications and what hangs on them; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, or_, select

from app.applications.errors import (
    ActionItemNotFound,
    ApplicationNotFound,
    DecisionNotFound,
    InterviewNotFound,
)
from app.applications.listing.repository import Filters, conditions
from app.applications.models import (
    ActionItem,
    Application,
    Decision,
    DecisionKind,
    Interview,
    ResponseEstimate,
    TimelineEvent,
)
from app.core.db import ReadSession, WriteSession


def get(session: ReadSession, user_id: int, application_id: int) -> Application:
    """Raises ApplicationNotFound. One that was merged leads to where it went."""
    for _ in range(10):
        found = session.scalar(
            select(Application).where(Application.id == application_id, Application.user_id == user_id)
        )
        if found is None:
            break
        if found.merged_into is None:
            return found
        application_id = found.merged_into
    raise ApplicationNotFound


def load_many(session: ReadSession, user_id: int, ids: Collection[int]) -> dict[int, Application]:
    rows = session.scalars(
        select(Application).where(Application.user_id == user_id, Application.id.in_(ids))
    ).all()
    return {row.id: row for row in rows}


def action_items(
    session: ReadSession, user_id: int, application_ids: Collection[int]
) -> Sequence[ActionItem]:
    return session.scalars(
        select(ActionItem)
        .where(ActionItem.user_id == user_id, ActionItem.application_id.in_(application_ids))
        .order_by(ActionItem.due_at.is_(None), ActionItem.due_at, ActionItem.id)
    ).all()


def action_items_of(
    session: ReadSession, user_id: int, application_ids: Collection[int], email_ids: Collection[int]
) -> Sequence[ActionItem]:
    """Action items that stand with these applications, or that came from one of these mails."""
    return session.scalars(
        select(ActionItem)
        .where(
            ActionItem.user_id == user_id,
            or_(ActionItem.application_id.in_(application_ids), ActionItem.email_id.in_(email_ids)),
        )
        .order_by(ActionItem.id)
    ).all()


def list_action_items(
    session: ReadSession,
    user_id: int,
    *,
    application_id: int | None,
    done: bool | None,
    offset: int,
    limit: int,
) -> tuple[Sequence[tuple[ActionItem, Application]], int]:
    """Action items of applications that are in sight, with these, and how many match."""
    wanted = [*conditions(user_id, Filters())]
    if application_id is not None:
        wanted.append(ActionItem.application_id == application_id)
    if done is not None:
        wanted.append(ActionItem.done_at.is_not(None) if done else ActionItem.done_at.is_(None))
    of_application = ActionItem.application_id == Application.id
    rows = session.execute(
        select(ActionItem, Application)
        .join(Application, of_application)
        .where(*wanted)
        .order_by(ActionItem.due_at.is_(None), ActionItem.due_at, ActionItem.id)
        .offset(offset)
        .limit(limit)
    ).all()
    count = select(func.count()).select_from(ActionItem).join(Application, of_application).where(*wanted)
    return [(row[0], row[1]) for row in rows], session.scalar(count) or 0


def get_action_item(session: ReadSession, user_id: int, item_id: int) -> ActionItem:
    """Raises ActionItemNotFound."""
    found = session.scalar(select(ActionItem).where(ActionItem.id == item_id, ActionItem.user_id == user_id))
    if found is None:
        raise ActionItemNotFound
    return found


def interviews_of(
    session: ReadSession, user_id: int, application_ids: Collection[int], email_ids: Collection[int]
) -> Sequence[Interview]:
    """Interviews that stand with these applications, or that one of these mails spoke of last."""
    return session.scalars(
        select(Interview)
        .where(
            Interview.user_id == user_id,
            or_(Interview.application_id.in_(application_ids), Interview.email_id.in_(email_ids)),
        )
        .order_by(Interview.id)
    ).all()


def get_interview(
    session: ReadSession, user_id: int, interview_id: int, application_id: int | None = None
) -> Interview:
    """Raises InterviewNotFound, also when it belongs to another application."""
    found = session.scalar(
        select(Interview).where(Interview.id == interview_id, Interview.user_id == user_id)
    )
    if found is None or application_id not in (None, found.application_id):
        raise InterviewNotFound
    return found


def interviews(session: ReadSession, user_id: int, application_id: int) -> Sequence[Interview]:
    return session.scalars(
        select(Interview)
        .where(Interview.user_id == user_id, Interview.application_id == application_id)
        .order_by(Interview.starts_at, Interview.id)
    ).all()


def active_decisions(
    session: ReadSession, user_id: int, application_ids: Collection[int]
) -> Sequence[Decision]:
    return session.scalars(
        select(Decision)
        .where(
            Decision.user_id == user_id,
            Decision.application_id.in_(application_ids),
            Decision.revoked_at.is_(None),
        )
        .order_by(Decision.id)
    ).all()


def interview_decisions(
    session: ReadSession, user_id: int, application_ids: Collection[int]
) -> Sequence[Decision]:
    """What the user said about interviews of these applications that no mail made."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.user_id == user_id,
            Decision.application_id.in_(application_ids),
            Decision.kind == DecisionKind.INTERVIEW,
            Decision.email_id.is_(None),
            Decision.revoked_at.is_(None),
        )
        .order_by(Decision.id)
    ).all()


def email_decisions(
    session: ReadSession, user_id: int, kinds: Collection[str], email_ids: Collection[int] | None = None
) -> Sequence[Decision]:
    """Active decisions about emails, oldest first; about these emails, or about all."""
    wanted = [Decision.user_id == user_id, Decision.kind.in_(kinds), Decision.revoked_at.is_(None)]
    if email_ids is not None:
        wanted.append(Decision.email_id.in_(email_ids))
    return session.scalars(
        select(Decision).where(*wanted, Decision.email_id.is_not(None)).order_by(Decision.id)
    ).all()


def get_decision(session: ReadSession, user_id: int, decision_id: int) -> Decision:
    """Raises DecisionNotFound."""
    found = session.scalar(select(Decision).where(Decision.id == decision_id, Decision.user_id == user_id))
    if found is None:
        raise DecisionNotFound
    return found


def at_company(session: ReadSession, user_id: int, company_key: str, limit: int) -> Sequence[Application]:
    """The user's applications to that company, the one with the newest mail first."""
    return session.scalars(
        select(Application)
        .where(*conditions(user_id, Filters()), Application.company_key == company_key)
        .order_by(Application.last_activity_at.desc(), Application.id)
        .limit(limit)
    ).all()


def appended_events(session: ReadSession, user_id: int, application_id: int) -> Sequence[TimelineEvent]:
    return session.scalars(
        select(TimelineEvent)
        .where(TimelineEvent.user_id == user_id, TimelineEvent.application_id == application_id)
        .order_by(TimelineEvent.at, TimelineEvent.id)
    ).all()


def events_of_decision(session: ReadSession, user_id: int, decision_id: int) -> Sequence[TimelineEvent]:
    return session.scalars(
        select(TimelineEvent).where(
            TimelineEvent.user_id == user_id, TimelineEvent.decision_id == decision_id
        )
    ).all()


def delete_application(session: WriteSession, application_id: int) -> None:
    session.execute(delete(Application).where(Application.id == application_id))


def delete_response_estimate(session: WriteSession, user_id: int) -> None:
    """Until it is computed again, what is usual elsewhere stands in for it."""
    session.execute(delete(ResponseEstimate).where(ResponseEstimate.user_id == user_id))


def response_estimate(session: ReadSession, user_id: int) -> ResponseEstimate | None:
    return session.get(ResponseEstimate, user_id)


def stale_days(session: ReadSession, user_id: int) -> int | None:
    return session.scalar(select(ResponseEstimate.stale_days).where(ResponseEstimate.user_id == user_id))


def count_by_stage(session: ReadSession, user_id: int) -> Mapping[str, int]:
    rows = session.execute(
        select(Application.stage, func.count())
        .where(*conditions(user_id, Filters()))
        .group_by(Application.stage)
    ).all()
    return {row[0]: row[1] for row in rows}
