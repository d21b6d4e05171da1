"""Writing and sending a reply: claimed in the database first, so that two clicks, or a crash, make one draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from app.applications import service as application_service
from app.auth.models import User
from app.core import clock, db
from app.core.clock import now
from app.core.errors import AppError
from app.core.settings import Settings
from app.mail import writing
from app.replies import answering, repository
from app.replies.answering import Answer
from app.replies.errors import NothingToSay, ReplyUnderWay
from app.replies.letters import Letter, key_of, mailto, message_of
from app.replies.models import DraftState, ReplyDraft

if TYPE_CHECKING:
    from app.mail.gmail.drafts import Draft, DraftBox

_DEAD_AFTER = timedelta(seconds=45)  # whoever wrote it is gone; each of its calls takes 10 s at most
_WAIT_S = 12.0
_SAME_CLICK = timedelta(minutes=2)
_BUSY = (DraftState.WRITING, DraftState.SENDING)


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of it: `state` is drafted, sent, or mailto when nothing was written anywhere."""

    answer: Answer
    text: str
    state: str
    mailto: str
    draft_id: str | None = None
    message_id: str | None = None
    thread_id: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for; `to` and `email_id` only where they chose otherwise."""

    message: str = ""
    template: str | None = None
    send: bool = False
    email_id: int | None = None
    to: str | None = None
    subject: str | None = None


def respond(settings: Settings, user: User, application_id: int, wish: Wish) -> Reply:
    """Write the draft, and send it if that was asked for and is allowed; without Gmail nothing is written.

    No transaction may be open. Raises ApplicationNotFound, EmailNotFound, NothingToSay, TemplateUnknown,
    ReplyUnderWay and what DraftBox raises.
    """
    with db.read_session() as session:
        answer = answering.plan(session, user, application_id, email_id=wish.email_id, to=wish.to)
        text = wish.message.strip()
        if not text and wish.template:
            text = answering.fill_template(session, user, answer, wish.template)[0].strip()
    if not text:
        raise NothingToSay
    text += "\n"
    subject = wish.subject or answer.subject
    link = mailto(answer.to, subject, text)
    if answer.way != "gmail" or answer.account is None:
        return Reply(answer, text, "mailto", link)
    draft = _claim(user, answer, wish, key_of(answer.application.id, answer.to, subject, text))
    if draft.state in _BUSY:
        letter = Letter(
            sender=answer.account.address,
            to=answer.to,
            subject=subject,
            text=text,
            message_id=draft.message_id,
            in_reply_to=answer.email.rfc822_message_id if answer.email else None,
            references=answer.references,
        )
        draft = _write(settings, answer, draft, letter, send=wish.send)
    return Reply(
        answer,
        text,
        draft.state,
        link,
        draft.provider_draft_id,
        draft.provider_message_id,
        draft.thread_id,
    )


def _claim(user: User, answer: Answer, wish: Wish, key: str) -> ReplyDraft:
    """The row of this reply: ours to go on with when its state says that something is under way."""
    deadline = clock.monotonic() + _WAIT_S
    while (found := _try_claim(user, answer, wish, key)) is None:
        if clock.monotonic() > deadline:
            raise ReplyUnderWay
        clock.sleep(0.1)
    return found


def _try_claim(user: User, answer: Answer, wish: Wish, key: str) -> ReplyDraft | None:
    """None while another click is at it."""
    at = now()
    try:
        with db.transaction() as session:
            known = repository.find_draft(session, user.id, key)
            if known is not None and _is_over(known, wish):
                known.key = key_of(key, known.id)  # the same words once more, on another day
                session.flush()
                known = None
            if known is None:
                known = ReplyDraft(
                    user_id=user.id,
                    application_id=answer.application.id,
                    email_id=answer.email.id if answer.email else None,
                    mail_account_id=answer.account.id if answer.account else None,
                    key=key,
                    message_id=_new_message_id(answer),
                    template=wish.template,
                    state=DraftState.WRITING,
                    created_at=at,
                    changed_at=at,
                )
                session.add(known)
                session.flush()
                return known
            state = _next_state(known, wish)
            if state is None:
                return known
            if known.state in _BUSY and at - known.changed_at < _DEAD_AFTER:
                return None
            if not repository.take_over(session, known, state, at):
                return None
            session.refresh(known)
            return known
    except IntegrityError:  # the other click was faster
        return None


def _is_over(known: ReplyDraft, wish: Wish) -> bool:
    age = now() - known.changed_at
    if known.state == DraftState.SENT:
        return age > _SAME_CLICK
    return known.state == DraftState.DRAFTED and not wish.send and age > _SAME_CLICK


def _next_state(known: ReplyDraft, wish: Wish) -> DraftState | None:
    """What to do about a reply that is known; None: nothing, it is as wished."""
    if known.state == DraftState.SENT or (known.state == DraftState.DRAFTED and not wish.send):
        return None
    if known.state in (DraftState.DRAFTED, DraftState.SENDING):
        return DraftState.SENDING
    return DraftState.WRITING


def _write(
    settings: Settings, answer: Answer, draft: ReplyDraft, letter: Letter, *, send: bool
) -> ReplyDraft:
    assert answer.account is not None  # noqa: S101 (the way is Gmail)
    try:
        with writing.drafts_of(settings, answer.account) as box:
            if draft.state == DraftState.WRITING:
                written = _draft_at(box, answer, draft, letter)
                draft = _record(draft, DraftState.SENDING if send else DraftState.DRAFTED, written, letter)
            if draft.state == DraftState.SENDING:
                draft = _send(box, draft, letter)
    except AppError:
        with db.transaction() as session:
            repository.take_over(session, draft, _left_at(draft), now())
        raise
    return draft


def _left_at(draft: ReplyDraft) -> DraftState:
    return DraftState.FAILED if draft.state == DraftState.WRITING else DraftState.DRAFTED


def _draft_at(box: DraftBox, answer: Answer, draft: ReplyDraft, letter: Letter) -> Draft:
    is_retry = draft.created_at != draft.changed_at
    if is_retry and (found := box.find(draft.message_id)) is not None:
        return found
    try:
        raw = message_of(letter)
    except ValueError as error:
        raise NothingToSay("The address that this reply would go to can't be used.") from error
    return box.create(raw, answer.thread_id)


def _send(box: DraftBox, draft: ReplyDraft, letter: Letter) -> ReplyDraft:
    from app.mail.gmail.drafts import Draft, DraftGone

    try:
        sent = box.send(draft.provider_draft_id or "")
    except DraftGone:  # it went out before the answer to that reached us: never twice
        found = box.find_sent(draft.message_id)
        sent = found or Draft(None, draft.provider_message_id or "", draft.thread_id or "")
    return _record(draft, DraftState.SENT, sent, letter)


def _record(draft: ReplyDraft, state: DraftState, at_gmail: Draft, letter: Letter) -> ReplyDraft:
    """Write down how far it came; the history tells of a draft that stays one, and of what was sent."""
    with db.transaction() as session:
        row = session.merge(draft, load=True)
        row.state, row.changed_at = state, now()
        row.provider_draft_id = at_gmail.draft_id
        row.provider_message_id = at_gmail.message_id or row.provider_message_id
        row.thread_id = at_gmail.thread_id or row.thread_id
        application = application_service.get(session, row.user_id, row.application_id)
        if state == DraftState.DRAFTED:
            sentence = f"You drafted a reply to {letter.to}; it waits in Gmail"
            application_service.log_event(session, application, "reply_drafted", sentence, cause="user")
        elif state == DraftState.SENT:
            sentence = f"You sent a reply to {letter.to}"
            application_service.log_event(session, application, "reply_sent", sentence, cause="user")
        session.flush()
        return row


def _new_message_id(answer: Answer) -> str:
    domain = answer.account.address.rpartition("@")[2] if answer.account else ""
    return f"<jobtrail.{uuid4().hex}@{domain or 'jobtrail.invalid'}>"
