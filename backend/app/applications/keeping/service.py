"""Rules about notes, tags, people, reminders and saved views.

What is kept stays with the application it was written for. One that was merged leads to where it went, so
everything is read from an application and those merged into it, and goes back with them when that is undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.applications import repository as applications
from app.applications.errors import ContactExists, TagExists, TagNotFound, TooManyKept, ViewExists
from app.applications.events import NotesChanged
from app.applications.keeping import repository
from app.applications.keeping.next_up import put_next_action
from app.applications.logbook import log_event
from app.applications.models import Application, ApplicationTag, Contact, Note, Reminder, SavedView, Tag
from app.core import events
from app.core.clock import now
from app.core.db import ReadSession, WriteSession

MOST_PER_APPLICATION = 500  # notes, people and reminders each
MOST_TAGS = 500
MOST_VIEWS = 100


def homes_of(session: ReadSession, user_id: int, application_id: int) -> tuple[Application, list[int]]:
    """The application and the ids under which things are kept for it. Raises ApplicationNotFound."""
    application = applications.get(session, user_id, application_id)
    return application, repository.with_merged(session, user_id, application.id)


def add_note(session: WriteSession, user_id: int, application_id: int, text: str) -> Note:
    """Raises ApplicationNotFound, TooManyKept."""
    application, homes = homes_of(session, user_id, application_id)
    _room_for_one_more(repository.notes(session, user_id, homes))
    at = now()
    note = Note(user_id=user_id, application_id=application.id, text=text, created_at=at, updated_at=at)
    session.add(note)
    log_event(session, user_id, application.id, "note_added", "You wrote a note", cause="user")
    events.emit(session, NotesChanged(user_id, application.id))
    return note


def change_note(session: WriteSession, user_id: int, application_id: int, note_id: int, text: str) -> Note:
    """Raises ApplicationNotFound, NoteNotFound."""
    application, homes = homes_of(session, user_id, application_id)
    note = repository.one_of(session, Note, user_id, homes, note_id)
    if note.text != text:
        note.text, note.updated_at = text, now()
        events.emit(session, NotesChanged(user_id, application.id))
    return note


def delete_note(session: WriteSession, user_id: int, application_id: int, note_id: int) -> None:
    """Raises ApplicationNotFound, NoteNotFound."""
    application, homes = homes_of(session, user_id, application_id)
    session.delete(repository.one_of(session, Note, user_id, homes, note_id))
    events.emit(session, NotesChanged(user_id, application.id))


def add_reminder(
    session: WriteSession, user_id: int, application_id: int, values: dict[str, Any]
) -> Reminder:
    """Raises ApplicationNotFound, TooManyKept."""
    application, homes = homes_of(session, user_id, application_id)
    _room_for_one_more(repository.reminders(session, user_id, homes))
    reminder = Reminder(user_id=user_id, application_id=application.id, created_at=now(), **values)
    session.add(reminder)
    sentence = f"You set a reminder for {reminder.due_at:%d %B %Y}: \u2018{reminder.text}\u2019"
    log_event(session, user_id, application.id, "reminder_set", sentence, cause="user")
    put_next_action(session, application)
    return reminder


def change_reminder(
    session: WriteSession, user_id: int, application_id: int, reminder_id: int, changes: dict[str, Any]
) -> Reminder:
    """Raises ApplicationNotFound, ReminderNotFound."""
    application, homes = homes_of(session, user_id, application_id)
    reminder = repository.one_of(session, Reminder, user_id, homes, reminder_id)
    if "done" in changes:
        reminder.done_at = (reminder.done_at or now()) if changes.pop("done") else None
    if "due_at" in changes:
        reminder.snoozed_until = None
    for name, value in changes.items():
        setattr(reminder, name, value)
    session.flush()
    put_next_action(session, application)
    return reminder


def delete_reminder(session: WriteSession, user_id: int, application_id: int, reminder_id: int) -> None:
    """Raises ApplicationNotFound, ReminderNotFound."""
    application, homes = homes_of(session, user_id, application_id)
    session.delete(repository.one_of(session, Reminder, user_id, homes, reminder_id))
    session.flush()
    put_next_action(session, application)


def people_of(session: ReadSession, user_id: int, homes: Sequence[int]) -> list[Contact]:
    """The people of an application: each address once, as the user wrote it if they did."""
    shown = [one for one in repository.people(session, user_id, homes) if one.hidden_at is None]
    found: dict[str, Contact] = {}
    for one in sorted(shown, key=lambda one: (not one.by_user, not one.said, one.id)):
        found.setdefault((one.email or f"#{one.id}").lower(), one)
    return sorted(found.values(), key=lambda one: one.id)


def add_contact(session: WriteSession, user_id: int, application_id: int, values: dict[str, Any]) -> Contact:
    """Raises ApplicationNotFound, ContactExists, TooManyKept. One who was taken out comes back."""
    application, homes = homes_of(session, user_id, application_id)
    known = repository.people(session, user_id, homes)
    _room_for_one_more(known)
    same = _with_address(known, values.get("email"))
    if same is not None and same.hidden_at is None:
        raise ContactExists(contact_id=same.id)
    contact = same or Contact(user_id=user_id, application_id=application.id)
    contact.by_user, contact.hidden_at = True, None
    _write(contact, values)
    session.add(contact)
    session.flush()
    return contact


def change_contact(
    session: WriteSession, user_id: int, application_id: int, contact_id: int, changes: dict[str, Any]
) -> Contact:
    """Raises ApplicationNotFound, ContactNotFound, ContactExists."""
    _, homes = homes_of(session, user_id, application_id)
    contact = repository.one_of(session, Contact, user_id, homes, contact_id)
    same = _with_address(repository.people(session, user_id, homes), changes.get("email"))
    if same is not None and same is not contact:
        raise ContactExists(contact_id=same.id)
    if "email" in changes and changes["email"] != contact.email and not contact.by_user:
        # mail goes on knowing the old address: the person is taken out there, and kept with the new one
        changes = {"name": contact.name, "role": contact.role, "phone": contact.phone, **changes}
        contact.hidden_at = now()
        contact = Contact(user_id=user_id, application_id=contact.application_id, by_user=True)
        session.add(contact)
    _write(contact, changes)
    session.flush()
    return contact


def delete_contact(session: WriteSession, user_id: int, application_id: int, contact_id: int) -> None:
    """Raises ApplicationNotFound, ContactNotFound."""
    _, homes = homes_of(session, user_id, application_id)
    contact = repository.one_of(session, Contact, user_id, homes, contact_id)
    if contact.email:
        contact.hidden_at = now()
    else:
        session.delete(contact)


def _write(contact: Contact, values: dict[str, Any]) -> None:
    contact.said = {**(contact.said or {}), **values}
    for name, value in values.items():
        setattr(contact, name, value)


def _with_address(known: Sequence[Contact], email: str | None) -> Contact | None:
    if not email:
        return None
    return next((one for one in known if (one.email or "").lower() == email.lower()), None)


def add_tag(
    session: WriteSession, user_id: int, application: Application, name: str, decision_id: int | None = None
) -> Tag:
    """Put a tag on an application; the same tag twice is there once. Raises TooManyKept."""
    tag = repository.tag_by_key(session, user_id, _key(name))
    if tag is None:
        if len(repository.all_tags(session, user_id, MOST_TAGS)) >= MOST_TAGS:
            raise TooManyKept(at_most=MOST_TAGS)
        tag = _new_tag(session, user_id, name)
    put_tag(session, user_id, application.id, tag.id, decision_id)
    return tag


def put_tag(
    session: WriteSession, user_id: int, application_id: int, tag_id: int, decision_id: int | None
) -> None:
    """A tag that came with a merge and is then given by hand stays when the merge is undone."""
    link = repository.tag_link(session, user_id, application_id, tag_id)
    if link is None:
        link = ApplicationTag(user_id=user_id, application_id=application_id, tag_id=tag_id)
        link.decision_id = decision_id
        with suppress(IntegrityError), session.begin_nested():  # another window did the same just now
            session.add(link)
    elif decision_id is None:
        link.decision_id = None
    session.flush()


def _new_tag(session: WriteSession, user_id: int, name: str) -> Tag:
    """The tag, also when another window made it just now."""
    tag = Tag(user_id=user_id, name=name.strip(), name_key=_key(name))
    try:
        with session.begin_nested():
            session.add(tag)
    except IntegrityError:
        known = repository.tag_by_key(session, user_id, _key(name))
        if known is None:
            raise
        return known
    return tag


def remove_tag(session: WriteSession, user_id: int, application: Application, tag: Tag) -> None:
    """Take a tag off an application. Raises TagNotFound when it isn't there."""
    if not repository.remove_tag(session, user_id, application.id, tag.id):
        raise TagNotFound


def rename_tag(session: WriteSession, user_id: int, tag_id: int, name: str) -> Tag:
    """Raises TagNotFound, TagExists."""
    tag = repository.tag_by_id(session, user_id, tag_id)
    other = repository.tag_by_key(session, user_id, _key(name))
    if other is not None and other is not tag:
        raise TagExists(tag_id=other.id)
    tag.name, tag.name_key = name.strip(), _key(name)
    return tag


def delete_tag(session: WriteSession, user_id: int, tag_id: int) -> None:
    """Take a tag off everything. Raises TagNotFound."""
    session.delete(repository.tag_by_id(session, user_id, tag_id))


def save_view(session: WriteSession, user_id: int, name: str, query: str) -> SavedView:
    """Raises ViewExists, TooManyKept."""
    known = repository.views(session, user_id)
    if any(view.name == name for view in known):
        raise ViewExists
    if len(known) >= MOST_VIEWS:
        raise TooManyKept(at_most=MOST_VIEWS)
    position = max((view.position for view in known), default=-1) + 1
    view = SavedView(user_id=user_id, name=name, query=query, position=position)
    try:
        with session.begin_nested():
            session.add(view)
    except IntegrityError as error:  # another window saved it just now
        raise ViewExists from error
    return view


def change_view(session: WriteSession, user_id: int, view_id: int, changes: dict[str, Any]) -> SavedView:
    """Raises ViewNotFound, ViewExists."""
    view = repository.view(session, user_id, view_id)
    other = repository.view_by_name(session, user_id, changes["name"]) if "name" in changes else None
    if other is not None and other is not view:
        raise ViewExists
    try:
        with session.begin_nested():
            for name, value in changes.items():
                setattr(view, name, value)
    except IntegrityError as error:  # another window gave this name just now
        raise ViewExists from error
    return view


def delete_view(session: WriteSession, user_id: int, view_id: int) -> None:
    """Raises ViewNotFound."""
    session.delete(repository.view(session, user_id, view_id))


def _room_for_one_more(known: Sequence[object]) -> None:
    if len(known) >= MOST_PER_APPLICATION:
        raise TooManyKept(at_most=MOST_PER_APPLICATION)


def _key(name: str) -> str:
    return name.strip().casefold()
