"""A person speaks about an email: what it is, what it states, where it belongs. Written down first, then acted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.models import Application, Decision, DecisionKind
from app.classification.values import EmailClass
from app.companies import service as companies
from app.core import db
from app.core.clock import now
from app.core.db import WriteSession
from app.correlation import repository as correlation
from app.intake import (
    aliases,
    importing,
    joining,
    judging,
    linking,
    planning,
    repository,
    search_index,
    standing,
    words,
)
from app.intake.corrections import lesson_payload
from app.intake.errors import EmptyApplication, NothingSaid, NotReadYet, OwnMail
from app.intake.judging import Waiting
from app.mail import repository as mail

LATER = timedelta(days=1)
ABOUT_MAIL = (
    DecisionKind.CLASS,
    DecisionKind.ENTITY,
    DecisionKind.LINK,
    DecisionKind.UNLINK,
    DecisionKind.IGNORE,
)
_MOVES = (DecisionKind.LINK, DecisionKind.UNLINK)
_NO_JOB = frozenset({EmailClass.JOB_ALERT, EmailClass.NOT_JOB_RELATED})


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says about an email.

    `email_class` None leaves the class. `entities` are fields of the job with their values, None clears one.
    `application_id` puts the mail there, `new_application` begins one with it, `unlink` takes it out.
    `sample` marks an answer to "is this right?".
    """

    email_class: EmailClass | None = None
    entities: Mapping[str, str | None] = field(default_factory=dict)
    application_id: int | None = None
    new_application: bool = False
    unlink: bool = False
    sample: bool = False

    @property
    def moves(self) -> bool:
        return self.unlink or self.new_application or self.application_id is not None

    @property
    def is_empty(self) -> bool:
        return self.email_class is None and not self.entities and not self.moves


def speak(user_id: int, email_ids: Sequence[int], word: Word) -> list[int]:
    """Write the word down about each email and recompute what follows; answers with the decisions, for undo.

    No transaction may be open. Raises EmailNotFound, ApplicationNotFound, OwnMail, NotReadYet, NothingSaid,
    EmptyApplication.
    """
    if word.is_empty:
        raise NothingSaid
    with db.transaction() as session:
        made = [d for email_id in email_ids for d in _write_down(session, user_id, email_id, word)]
    refresh(user_id, email_ids)
    return made


def put_off(session: WriteSession, user_id: int, email_id: int) -> None:
    """Ask again tomorrow. Raises EmailNotFound, NotReadYet."""
    mail.get_email(session, user_id, email_id)
    verdict = repository.verdicts_of(session, user_id, [email_id]).get(email_id)
    if verdict is None:
        raise NotReadYet
    verdict.review_after = now() + LATER


def take_back(user_id: int, decision_id: int) -> int | None:
    """Undo a decision and recompute; answers with the application that it touched, if one is left.

    Raises DecisionNotFound, DecisionAlreadyRevoked.
    """
    with db.read_session() as reading:
        is_import = applications.get_decision(reading, user_id, decision_id).kind == DecisionKind.IMPORT
    if is_import:
        importing.take_back(user_id, decision_id)
        return None
    with db.transaction() as session:
        decision = application_service.revoke(session, user_id, decision_id)
        if decision.kind in words.ABOUT_APPLICATIONS:
            session.flush()
            return joining.undo(session, user_id, decision)
        if decision.kind not in ABOUT_MAIL:
            application = application_service.get(
                session, user_id, planning.home_of(session, user_id, decision)
            )
            session.flush()
            standing.settle(session, user_id, application)
            return application.id
        email_id = decision.email_id or 0
        if decision.kind in _MOVES and "was" in decision.payload:
            joining.go_home(session, user_id, email_id, int(decision.payload["was"]))
    refresh(user_id, [email_id])
    with db.read_session() as session:
        link = correlation.links_of(session, user_id, [email_id]).get(email_id)
    return link.application_id if link else None


def refresh(user_id: int, email_ids: Sequence[int]) -> None:
    """Judge and link these emails again, as what the user says stands now. No transaction may be open."""
    with db.read_session() as session:
        waiting = [Waiting(e, b) for e, b in mail.bodies_of(session, user_id, email_ids)]
    judged = judging.judge(user_id, waiting, _go_on)
    with db.transaction() as session:
        judging.record(session, user_id, waiting, judged)
        session.flush()
        linking.relink(session, user_id, list(dict.fromkeys([*email_ids, *aliases.learn(session, user_id)])))
        session.flush()
        linked = correlation.links_of(session, user_id, email_ids)
        texts = repository.linked_without_body_entry(session, user_id, list(linked))
        search_index.put_bodies(session, user_id, texts)
        repository.link_done(session, user_id, email_ids)


def _go_on() -> None:
    """Nobody cancels what takes a moment."""


def _write_down(session: WriteSession, user_id: int, email_id: int, word: Word) -> list[int]:
    email = mail.get_email(session, user_id, email_id)
    verdict = repository.verdicts_of(session, user_id, [email_id]).get(email_id)
    if verdict is None:
        raise NotReadYet
    if email.direction == "out" and (word.email_class or word.entities):
        raise OwnMail
    made: list[Decision] = []
    email_class = word.email_class
    going_in = word.new_application or word.application_id is not None
    if email_class is None and going_in and verdict.email_class in _NO_JOB:
        email_class = EmailClass.STATUS_UPDATE  # what belongs to an application is about one
    if email_class is not None:
        body = mail.get_body(session, user_id, email_id)
        payload: dict[str, Any] = {"email_class": email_class, "was": verdict.email_class}
        if verdict.email_class != email_class and body is not None:
            payload["lesson"] = lesson_payload(email, body)
        if word.sample:
            payload["sample"] = True
        made.append(_decide(session, user_id, email_id, DecisionKind.CLASS, payload))
    for name, value in word.entities.items():
        made.append(_decide(session, user_id, email_id, DecisionKind.ENTITY, {"field": name, "value": value}))
    if word.moves:
        made += _move(session, user_id, email_id, word)
    return [d.id for d in made]


def _move(session: WriteSession, user_id: int, email_id: int, word: Word) -> list[Decision]:
    link = correlation.links_of(session, user_id, [email_id]).get(email_id)
    was = {"was": link.application_id} if link else {}
    if word.new_application:
        return [_decide(session, user_id, email_id, DecisionKind.LINK, {"anchor": email_id, **was})]
    if word.application_id is not None:
        application = application_service.get(session, user_id, word.application_id)
        anchor = _anchor(session, user_id, application.id, email_id)
        payload: dict[str, Any] = {"anchor": anchor, **was}
        if taught := _lesson(session, user_id, email_id, application):
            payload["aliases"] = taught
        if anchor is None and standing.is_made_by_hand(session, application):
            payload = {"anchor": email_id, "home": application.id, **was}
        elif anchor is None:
            raise EmptyApplication
        return [_decide(session, user_id, email_id, DecisionKind.LINK, payload)]
    anchor = _anchor(session, user_id, link.application_id, email_id) if link else None
    if anchor is None:
        return []
    return [_decide(session, user_id, email_id, DecisionKind.UNLINK, {"anchor": anchor})]


def _lesson(session: WriteSession, user_id: int, email_id: int, application: Application) -> list[list[str]]:
    """What it teaches that the email belongs to this application."""
    verdict = repository.verdicts_of(session, user_id, [email_id]).get(email_id)
    if verdict is None or verdict.email_class == EmailClass.RECRUITER_OUTREACH:
        return []
    stated = verdict.entities
    company, title = stated.get("company_name") or "", stated.get("job_title") or ""
    named = companies.company_key(company), companies.title_key(title)
    return aliases.lesson(aliases.names_of(application), named)


def _anchor(session: WriteSession, user_id: int, application_id: int, besides: int) -> int | None:
    """The email that names an application in a decision: its earliest other than this one, else this one."""
    ids = [link.email_id for link in correlation.emails_of_application(session, user_id, application_id)]
    emails = mail.emails_by_id(session, user_id, ids)
    ordered = [e.id for e in sorted(emails, key=lambda e: (e.received_at, e.id))]
    return next((i for i in ordered if i != besides), besides if besides in ordered else None)


def _decide(
    session: WriteSession, user_id: int, email_id: int, kind: DecisionKind, payload: dict[str, Any]
) -> Decision:
    """The second click says nothing new: the decision in force that says the same stands."""
    same_matter = _MOVES if kind in _MOVES else (kind,)
    for decision in reversed(applications.email_decisions(session, user_id, same_matter, [email_id])):
        if decision.payload.get("field") == payload.get("field"):
            if decision.kind == kind and _meaning(decision.payload) == _meaning(payload):
                return decision
            break
    return application_service.decide_on_email(session, user_id, email_id, kind, payload)


def _meaning(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in payload.items() if k not in {"lesson", "was", "aliases"}}
