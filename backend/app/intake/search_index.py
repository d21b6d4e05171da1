"""Keeping the search index in step: names with the data, linked text in short transactions of its own."""

from __future__ import annotations

from collections.abc import Sequence

from app.applications.models import Application
from app.core.db import WriteSession
from app.intake import repository
from app.intake.models import SearchEntry
from app.mail.models import Email


def add_emails(session: WriteSession, user_id: int, emails: Sequence[Email]) -> None:
    """Make emails findable by subject and sender."""
    for email in emails:
        names = f"{email.subject} {email.sender_name} {email.sender_email}".lower()[:600]
        session.add(SearchEntry(user_id=user_id, kind="email", ref_id=email.id, names=names))


def put_applications(session: WriteSession, user_id: int, applications: Sequence[Application]) -> None:
    """Make applications findable by company and title, as they are now."""
    known = repository.search_entries_of(session, user_id, "application", [a.id for a in applications])
    for application in applications:
        names = f"{application.company_name or ''} {application.job_title or ''}".strip().lower()
        entry = known.get(application.id)
        if entry is None:
            session.add(SearchEntry(user_id=user_id, kind="application", ref_id=application.id, names=names))
        elif entry.names != names:
            entry.names = names


def put_bodies(session: WriteSession, user_id: int, texts: Sequence[tuple[int, str]]) -> None:
    """Make linked emails findable by their words."""
    known = repository.search_entries_of(session, user_id, "email", [email_id for email_id, _ in texts])
    for email_id, text in texts:
        if email_id in known:
            known[email_id].body = text
