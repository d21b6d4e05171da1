"""Answering the mail of an application: to whom, in which conversation, and by which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from app.applications import repository as applications
from app.applications.keeping import service as keeping
from app.applications.models import Application
from app.auth.models import User
from app.core.clock import now
from app.core.db import ReadSession
from app.mail import repository as mail
from app.mail import writing
from app.mail.errors import EmailNotFound
from app.mail.gmail.permissions import Permission
from app.mail.models import Email, MailAccount, Provider
from app.replies import repository, templates
from app.replies.errors import TemplateUnknown
from app.replies.ics import known_zone
from app.replies.letters import is_automatic, references_of, reply_subject

Way = Literal["gmail", "mailto"]
Obstacle = Literal["no_gmail", "permission_missing", "reconnect"]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a reply would go. `account` and `thread_id` are where a draft belongs, None where none can be written;
    `obstacle` says why. `automatic` warns that nobody reads the address."""

    application: Application
    email: Email | None
    to: str
    to_name: str
    subject: str
    references: Sequence[str]
    way: Way
    obstacle: Obstacle | None
    account: MailAccount | None
    thread_id: str | None

    @property
    def automatic(self) -> bool:
        return bool(self.to) and is_automatic(self.to)

    def consent_path(self) -> str | None:
        """Where the user allows what is missing; None when nothing is, or no consent would help."""
        if self.obstacle not in ("permission_missing", "reconnect"):
            return None
        back = quote(f"/applications/{self.application.id}", safe="")
        return f"/api/gmail/auth?redirect_url={back}&permissions={Permission.DRAFTS.value}"


def plan(
    session: ReadSession,
    user: User,
    application_id: int,
    *,
    email_id: int | None = None,
    to: str | None = None,
) -> Answer:
    """How an answer to this application goes: to the newest mail that a person reads the answers of, else to the
    newest. Raises ApplicationNotFound; EmailNotFound for a mail that isn't one of its incoming ones."""
    application = applications.get(session, user.id, application_id)
    received = repository.incoming(session, user.id, application.id)
    email = _chosen(received, email_id)
    address, name = _addressee(email) if email else _contact(session, user, application)
    account, thread_id, obstacle = _where(session, user.id, email)
    subject = (
        reply_subject(email.subject) if email else f"Application: {application.job_title or 'your opening'}"
    )
    return Answer(
        application=application,
        email=email,
        to=to or address,
        to_name="" if to and to != address else name,
        subject=subject,
        references=references_of(email.rfc822_message_id, email.references, email.in_reply_to)
        if email
        else (),
        way="gmail" if obstacle is None else "mailto",
        obstacle=obstacle,
        account=account,
        thread_id=thread_id,
    )


def fill_template(session: ReadSession, user: User, answer: Answer, key: str) -> tuple[str, list[str]]:
    """The template's text for this application, and what is not known of it. Raises TemplateUnknown."""
    if key not in templates.SHIPPED:
        raise TemplateUnknown
    body = repository.templates(session, user.id).get(key, templates.SHIPPED[key].body)
    application = answer.application
    talk = repository.talk_nearest(session, user.id, application.id, now())
    home = known_zone(user.time_zone) or ZoneInfo("UTC")
    values = {
        "greeting": templates.greeting_for(answer.to_name, application.company_name),
        "company": application.company_name,
        "job_title": application.job_title,
        "your_name": user.display_name or user.username,
        "interview_time": None,
        "applied_on": None,
    }
    if talk is not None and talk.starts_at is not None:
        local = talk.starts_at.astimezone(known_zone(talk.time_zone) or home)
        values["interview_time"] = f"{local:%A}, {local.day} {local:%B}, {local:%H:%M} ({local:%Z})"
    if application.applied_at is not None:
        day = application.applied_at.astimezone(home)
        values["applied_on"] = f"{day.day} {day:%B}"
    return templates.fill_in(body, values)


def _chosen(received: Sequence[Email], email_id: int | None) -> Email | None:
    if email_id is not None:
        found = next((e for e in received if e.id == email_id), None)
        if found is None:
            raise EmailNotFound
        return found
    by_people = (e for e in received if not is_automatic(_addressee(e)[0]))
    return next(by_people, received[0] if received else None)


def _addressee(email: Email) -> tuple[str, str]:
    """(address, name) that answers go to: Reply-To where one was given."""
    from email.utils import getaddresses

    wanted = str(email.headers.get("reply_to") or "")
    for name, address in getaddresses([wanted]) if wanted else ():
        if "@" in address:
            same = address.lower() == email.sender_email.lower()
            return address, name or (email.sender_name if same else "")
    return email.sender_email, email.sender_name


def _contact(session: ReadSession, user: User, application: Application) -> tuple[str, str]:
    _, homes = keeping.homes_of(session, user.id, application.id)
    for one in keeping.people_of(session, user.id, homes):
        if one.email:
            return one.email, one.name
    return "", ""


def _where(
    session: ReadSession, user_id: int, email: Email | None
) -> tuple[MailAccount | None, str | None, Obstacle | None]:
    """The Gmail account that the mail came through, and its conversation there."""
    accounts = {a.id: a for a in mail.list_accounts(session, user_id) if a.provider == Provider.GMAIL}
    through = repository.sources_of(session, user_id, email.id) if email else ()
    own = [(accounts[s.mail_account_id], s.thread_id) for s in through if s.mail_account_id in accounts]
    if email is None:
        own = [(account, None) for account in accounts.values()]
    for account, thread_id in own:
        if writing.may(account, Permission.DRAFTS):
            return account, thread_id, None
    if not own:
        return None, None, "no_gmail"
    account, thread_id = own[0]
    connected = account.credentials is not None and not account.needs_reauth
    return account, thread_id, "permission_missing" if connected else "reconnect"
