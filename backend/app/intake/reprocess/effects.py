"""What another verdict for one mail would do to the application that the mail belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.applications import repository as applications
from app.applications.models import Application
from app.core.db import ReadSession
from app.intake import repository as intake
from app.intake import standing
from app.intake.linked import LinkedMail
from app.intake.models import Proposal, VerdictRow
from app.mail.models import Email


@dataclass(frozen=True, slots=True)
class Effect:
    """`leaves`: the mail would belong to no application any more; `joins`: it would come to one, or begin one.
    Stages are the application's now, and if this mail alone were read anew (None: it would have no mail left)."""

    application: Application | None = None
    leaves: bool = False
    joins: bool = False
    stage_before: str | None = None
    stage_after: str | None = None


def effects_of(
    session: ReadSession, user_id: int, rows: Sequence[tuple[Email, VerdictRow, Proposal]]
) -> dict[int, Effect]:
    """An effect for each of these emails, by its id. Links other than by leaving are taken as they are."""
    links = intake.applications_of(session, user_id, [email.id for email, _, _ in rows])
    known = applications.load_many(session, user_id, set(links.values()))
    linked: dict[int, list[LinkedMail]] = {}
    found = {}
    for email, _, proposal in rows:
        application = known.get(links.get(email.id, 0))
        if application is None:
            found[email.id] = Effect(joins=_belongs(proposal))
            continue
        if application.id not in linked:
            linked[application.id] = standing.linked_mail(session, user_id, application.id)
        found[email.id] = _effect(session, user_id, application, linked[application.id], proposal)
    return found


def _effect(
    session: ReadSession,
    user_id: int,
    application: Application,
    mails: Sequence[LinkedMail],
    proposal: Proposal,
) -> Effect:
    stays = _belongs(proposal)
    then = [
        replace(one, verdict=_verdict(proposal)) if one.email.id == proposal.email_id else one
        for one in mails
        if stays or one.email.id != proposal.email_id
    ]
    stage = None
    if then:
        decisions = standing.decisions_on(session, user_id, application)
        stage = str(standing.standing_of(then, decisions).stage)
    return Effect(application, leaves=not stays, stage_before=str(application.stage), stage_after=stage)


def _belongs(proposal: Proposal) -> bool:
    return proposal.email_class not in intake.UNLINKABLE or bool(proposal.verdict.get("unsure"))


def _verdict(proposal: Proposal) -> VerdictRow:
    values: dict[str, Any] = dict(proposal.verdict)
    return VerdictRow(email_id=proposal.email_id, user_id=proposal.user_id, **values)
