"""Queries over notes, tags, people, reminders and saved views; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, func, select

from app.applications.errors import (
    ContactNotFound,
    NoteNotFound,
    ReminderNotFound,
    TagNotFound,
    ViewNotFound,
)
from app.applications.models import (
    Application,
    ApplicationTag,
    Contact,
    Note,
    Reminder,
    SavedView,
    Tag,
)
from app.core.db import ReadSession, WriteSession

Kept = TypeVar("Kept", Note, Contact, Reminder)
_MISSING: dict[type[Any], type[Exception]] = {
    Note: NoteNotFound,
    Contact: ContactNotFound,
    Reminder: ReminderNotFound,
}


def with_merged(session: ReadSession, user_id: int, application_id: int) -> list[int]:
    """The id, and those of all applications whose candidacy lives on in this one."""
    return with_merged_of(session, user_id, [application_id])[application_id]


def with_merged_of(
    session: ReadSession, user_id: int, application_ids: Collection[int]
) -> dict[int, list[int]]:
    """The same for several, each beginning with itself."""
    parts: dict[int, list[int]] = {}
    seen = set(application_ids)
    fresh = list(application_ids)
    while fresh:
        rows = session.execute(
            select(Application.id, Application.merged_into)
            .where(Application.user_id == user_id, Application.merged_into.in_(fresh))
            .order_by(Application.id)
        ).all()
        for one, into in rows:
            parts.setdefault(into or 0, []).append(one)
        fresh = [one for one, _ in rows if one not in seen]
        seen.update(fresh)
    return {one: _with_parts(one, parts) for one in application_ids}


def _with_parts(application_id: int, parts: Mapping[int, Sequence[int]]) -> list[int]:
    found = [application_id]
    for one in found:
        found += [part for part in parts.get(one, ()) if part not in found]
    return found


def delete_application(session: WriteSession, user_id: int, application_id: int) -> None:
    """Delete an application with all that is kept with it."""
    session.execute(
        delete(Application).where(Application.user_id == user_id, Application.id == application_id)
    )


def one_of(session: ReadSession, kind: type[Kept], user_id: int, homes: Collection[int], row_id: int) -> Kept:
    """The note, person or reminder with this id of these applications. Raises the kind's own not-found error."""
    found = session.scalar(
        select(kind).where(kind.id == row_id, kind.user_id == user_id, kind.application_id.in_(homes))
    )
    if found is None:
        raise _MISSING[kind]
    return found


def is_anything_kept(session: ReadSession, user_id: int, application_id: int) -> bool:
    """Whether there is a note, a reminder, a tag or a person that the user put there."""
    wanted = (
        select(Note.id).where(Note.application_id == application_id, Note.user_id == user_id),
        select(Reminder.id).where(Reminder.application_id == application_id, Reminder.user_id == user_id),
        select(ApplicationTag.tag_id).where(
            ApplicationTag.application_id == application_id, ApplicationTag.user_id == user_id
        ),
        select(Contact.id).where(
            Contact.application_id == application_id, Contact.user_id == user_id, Contact.by_user.is_(True)
        ),
    )
    return any(session.scalar(each.limit(1)) is not None for each in wanted)


def notes(session: ReadSession, user_id: int, homes: Collection[int]) -> Sequence[Note]:
    """Newest first."""
    return session.scalars(
        select(Note)
        .where(Note.user_id == user_id, Note.application_id.in_(homes))
        .order_by(Note.created_at.desc(), Note.id.desc())
    ).all()


def reminders(session: ReadSession, user_id: int, homes: Collection[int]) -> Sequence[Reminder]:
    """Open ones first, the next due before the others."""
    return session.scalars(
        select(Reminder)
        .where(Reminder.user_id == user_id, Reminder.application_id.in_(homes))
        .order_by(
            Reminder.done_at.is_not(None), func.coalesce(Reminder.snoozed_until, Reminder.due_at), Reminder.id
        )
    ).all()


def people(session: ReadSession, user_id: int, homes: Collection[int]) -> Sequence[Contact]:
    """All of them, those taken out too."""
    return session.scalars(
        select(Contact)
        .where(Contact.user_id == user_id, Contact.application_id.in_(homes))
        .order_by(Contact.id)
    ).all()


def tags_of(session: ReadSession, user_id: int, application_ids: Collection[int]) -> Mapping[int, list[Tag]]:
    """Tags by application, in order of their names."""
    rows = session.execute(
        select(ApplicationTag.application_id, Tag)
        .join(Tag, Tag.id == ApplicationTag.tag_id)
        .where(ApplicationTag.user_id == user_id, ApplicationTag.application_id.in_(application_ids))
        .order_by(Tag.name_key)
    ).all()
    found: dict[int, list[Tag]] = {}
    for application_id, tag in rows:
        found.setdefault(application_id, []).append(tag)
    return found


def tag_by_key(session: ReadSession, user_id: int, name_key: str) -> Tag | None:
    return session.scalar(select(Tag).where(Tag.user_id == user_id, Tag.name_key == name_key))


def tag_by_id(session: ReadSession, user_id: int, tag_id: int) -> Tag:
    """Raises TagNotFound."""
    found = session.scalar(select(Tag).where(Tag.user_id == user_id, Tag.id == tag_id))
    if found is None:
        raise TagNotFound
    return found


def all_tags(session: ReadSession, user_id: int, limit: int) -> Sequence[tuple[Tag, int]]:
    """Every tag, and on how many applications that are neither merged nor deleted it is."""
    counted = (
        select(ApplicationTag.tag_id, func.count().label("n"))
        .join(Application, Application.id == ApplicationTag.application_id)
        .where(
            ApplicationTag.user_id == user_id,
            Application.merged_into.is_(None),
            Application.deleted_at.is_(None),
        )
        .group_by(ApplicationTag.tag_id)
        .subquery()
    )
    rows = session.execute(
        select(Tag, func.coalesce(counted.c.n, 0))
        .outerjoin(counted, counted.c.tag_id == Tag.id)
        .where(Tag.user_id == user_id)
        .order_by(Tag.name_key)
        .limit(limit)
    ).all()
    return [(row[0], row[1]) for row in rows]


def tag_link(session: ReadSession, user_id: int, application_id: int, tag_id: int) -> ApplicationTag | None:
    return session.scalar(
        select(ApplicationTag).where(
            ApplicationTag.user_id == user_id,
            ApplicationTag.application_id == application_id,
            ApplicationTag.tag_id == tag_id,
        )
    )


def remove_tag(session: WriteSession, user_id: int, application_id: int, tag_id: int) -> bool:
    """False when the application did not have it."""
    gone = session.execute(
        delete(ApplicationTag)
        .where(
            ApplicationTag.user_id == user_id,
            ApplicationTag.application_id == application_id,
            ApplicationTag.tag_id == tag_id,
        )
        .returning(ApplicationTag.tag_id)
    ).all()
    return bool(gone)


def remove_tags_of_decision(session: WriteSession, user_id: int, decision_id: int) -> None:
    session.execute(
        delete(ApplicationTag).where(
            ApplicationTag.user_id == user_id, ApplicationTag.decision_id == decision_id
        )
    )


def views(session: ReadSession, user_id: int) -> Sequence[SavedView]:
    return session.scalars(
        select(SavedView)
        .where(SavedView.user_id == user_id)
        .order_by(SavedView.position, SavedView.name, SavedView.id)
    ).all()


def view(session: ReadSession, user_id: int, view_id: int) -> SavedView:
    """Raises ViewNotFound."""
    found = session.scalar(select(SavedView).where(SavedView.user_id == user_id, SavedView.id == view_id))
    if found is None:
        raise ViewNotFound
    return found


def view_by_name(session: ReadSession, user_id: int, name: str) -> SavedView | None:
    return session.scalar(select(SavedView).where(SavedView.user_id == user_id, SavedView.name == name))
