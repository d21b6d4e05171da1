"""Keeping the search index in step: names with the data, linked text in short transactions of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.applications.events import NotesChanged
from app.applications.keeping import repository as keeping
from app.applications.models import Application
from app.core import db
from app.core.db import WriteSession
from app.intake import repository
from app.intake.models import SearchEntry
from app.mail.models import Email

MOST_TEXT = 8_000  # characters of an application's notes


def add_emails(session: WriteSession, user_id: int, emails: Sequence[Email]) -> None:
    """Make emails findable by subject and sender."""
    for email in emails:
        names = f"{email.subject} {email.sender_name} {email.sender_email}".lower()[:600]
        session.add(SearchEntry(user_id=user_id, kind="email", ref_id=email.id, names=names))


def put_applications(
    session: WriteSession, user_id: int, rows: Sequence[Application], known: Mapping[int, SearchEntry]
) -> None:
    """Make applications findable by company and title, as they are now; deleted ones not at all. `known` are the
    entries there are, by application."""
    gone = [a.id for a in rows if a.deleted_at is not None]
    if gone:
        repository.forget_search_entries(session, user_id, "application", gone)
    for application in (a for a in rows if a.deleted_at is None):
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


def note_changed(event: NotesChanged) -> None:
    """Make an application findable by the words of its notes. Opens a short transaction of its own."""
    with db.transaction() as session:
        put_notes(session, event.user_id, event.application_id)


def put_notes(session: WriteSession, user_id: int, application_id: int) -> None:
    """The notes of an application, and of those merged into it, as search knows them."""
    entry = repository.search_entries_of(session, user_id, "application", [application_id]).get(
        application_id
    )
    if entry is None:
        return
    homes = keeping.with_merged(session, user_id, application_id)
    text = "\n".join(note.text for note in keeping.notes(session, user_id, homes))[:MOST_TEXT]
    if entry.body != text:
        entry.body = text
