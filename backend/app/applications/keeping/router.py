"""Notes, tags, people, reminders and saved views over the API."""

from __future__ import annotations

from fastapi import APIRouter

from app.applications.errors import (
    ApplicationNotFound,
    ContactExists,
    ContactNotFound,
    NoteNotFound,
    ReminderNotFound,
    TagExists,
    TagNotFound,
    TooManyKept,
    ViewExists,
    ViewNotFound,
)
from app.applications.keeping import repository, service
from app.applications.keeping.schemas import (
    ContactIn,
    ContactOut,
    ContactPatch,
    NoteIn,
    NoteOut,
    ReminderIn,
    ReminderOut,
    ReminderPatch,
    TagCount,
    TagIn,
    TagOut,
    ViewIn,
    ViewOut,
    ViewPatch,
)
from app.auth.dependencies import CurrentUser
from app.core.pagination import Page
from app.core.web import ReadDb, RowId, WriteDb, problems

router = APIRouter(tags=["what is kept with applications"])
HERE = "/applications/{application_id}"


@router.get(f"{HERE}/notes", response_model=list[NoteOut], responses=problems(ApplicationNotFound))
def list_notes(session: ReadDb, user: CurrentUser, application_id: RowId) -> list[NoteOut]:
    """The notes of an application, newest first."""
    _, homes = service.homes_of(session, user.id, application_id)
    return [NoteOut.model_validate(note) for note in repository.notes(session, user.id, homes)]


@router.post(
    f"{HERE}/notes",
    response_model=NoteOut,
    status_code=201,
    responses=problems(ApplicationNotFound, TooManyKept),
)
def add_note(session: WriteDb, user: CurrentUser, application_id: RowId, note: NoteIn) -> NoteOut:
    """Write a note, in Markdown."""
    return NoteOut.model_validate(service.add_note(session, user.id, application_id, note.text))


@router.patch(
    f"{HERE}/notes/{{note_id}}",
    response_model=NoteOut,
    responses=problems(ApplicationNotFound, NoteNotFound),
)
def change_note(
    session: WriteDb, user: CurrentUser, application_id: RowId, note_id: RowId, note: NoteIn
) -> NoteOut:
    """Write a note anew."""
    changed = service.change_note(session, user.id, application_id, note_id, note.text)
    return NoteOut.model_validate(changed)


@router.delete(
    f"{HERE}/notes/{{note_id}}", status_code=204, responses=problems(ApplicationNotFound, NoteNotFound)
)
def delete_note(session: WriteDb, user: CurrentUser, application_id: RowId, note_id: RowId) -> None:
    """Delete a note for good."""
    service.delete_note(session, user.id, application_id, note_id)


@router.get(f"{HERE}/reminders", response_model=list[ReminderOut], responses=problems(ApplicationNotFound))
def list_reminders(session: ReadDb, user: CurrentUser, application_id: RowId) -> list[ReminderOut]:
    """The reminders of an application, open ones first."""
    _, homes = service.homes_of(session, user.id, application_id)
    return [ReminderOut.model_validate(one) for one in repository.reminders(session, user.id, homes)]


@router.post(
    f"{HERE}/reminders",
    response_model=ReminderOut,
    status_code=201,
    responses=problems(ApplicationNotFound, TooManyKept),
)
def add_reminder(
    session: WriteDb, user: CurrentUser, application_id: RowId, reminder: ReminderIn
) -> ReminderOut:
    """Set a reminder."""
    made = service.add_reminder(session, user.id, application_id, reminder.model_dump())
    return ReminderOut.model_validate(made)


@router.patch(
    f"{HERE}/reminders/{{reminder_id}}",
    response_model=ReminderOut,
    responses=problems(ApplicationNotFound, ReminderNotFound),
)
def change_reminder(
    session: WriteDb, user: CurrentUser, application_id: RowId, reminder_id: RowId, patch: ReminderPatch
) -> ReminderOut:
    """Change a reminder, put it off, or say that it is done."""
    made = service.change_reminder(session, user.id, application_id, reminder_id, patch.given())
    return ReminderOut.model_validate(made)


@router.delete(
    f"{HERE}/reminders/{{reminder_id}}",
    status_code=204,
    responses=problems(ApplicationNotFound, ReminderNotFound),
)
def delete_reminder(session: WriteDb, user: CurrentUser, application_id: RowId, reminder_id: RowId) -> None:
    """Delete a reminder for good."""
    service.delete_reminder(session, user.id, application_id, reminder_id)


@router.get(f"{HERE}/contacts", response_model=list[ContactOut], responses=problems(ApplicationNotFound))
def list_contacts(session: ReadDb, user: CurrentUser, application_id: RowId) -> list[ContactOut]:
    """The people of an application."""
    _, homes = service.homes_of(session, user.id, application_id)
    return [ContactOut.model_validate(one) for one in service.people_of(session, user.id, homes)]


@router.post(
    f"{HERE}/contacts",
    response_model=ContactOut,
    status_code=201,
    responses=problems(ApplicationNotFound, ContactExists, TooManyKept),
)
def add_contact(session: WriteDb, user: CurrentUser, application_id: RowId, contact: ContactIn) -> ContactOut:
    """Add a person by hand."""
    made = service.add_contact(session, user.id, application_id, contact.model_dump())
    return ContactOut.model_validate(made)


@router.patch(
    f"{HERE}/contacts/{{contact_id}}",
    response_model=ContactOut,
    responses=problems(ApplicationNotFound, ContactNotFound, ContactExists),
)
def change_contact(
    session: WriteDb, user: CurrentUser, application_id: RowId, contact_id: RowId, patch: ContactPatch
) -> ContactOut:
    """Say what is right about a person; mail does not change it again."""
    made = service.change_contact(session, user.id, application_id, contact_id, patch.given())
    return ContactOut.model_validate(made)


@router.delete(
    f"{HERE}/contacts/{{contact_id}}",
    status_code=204,
    responses=problems(ApplicationNotFound, ContactNotFound),
)
def delete_contact(session: WriteDb, user: CurrentUser, application_id: RowId, contact_id: RowId) -> None:
    """Take a person out; mail does not bring them back."""
    service.delete_contact(session, user.id, application_id, contact_id)


@router.get(f"{HERE}/tags", response_model=list[TagOut], responses=problems(ApplicationNotFound))
def list_application_tags(session: ReadDb, user: CurrentUser, application_id: RowId) -> list[TagOut]:
    """The tags of an application."""
    application, _ = service.homes_of(session, user.id, application_id)
    return _tags(session, user.id, application.id)


@router.post(
    f"{HERE}/tags",
    response_model=list[TagOut],
    status_code=201,
    responses=problems(ApplicationNotFound, TooManyKept),
)
def add_tag(session: WriteDb, user: CurrentUser, application_id: RowId, tag: TagIn) -> list[TagOut]:
    """Put a tag on an application, a new one if need be; answers with all of its tags."""
    application, _ = service.homes_of(session, user.id, application_id)
    service.add_tag(session, user.id, application, tag.name)
    return _tags(session, user.id, application.id)


@router.delete(
    f"{HERE}/tags/{{tag_id}}",
    response_model=list[TagOut],
    responses=problems(ApplicationNotFound, TagNotFound),
)
def remove_tag(session: WriteDb, user: CurrentUser, application_id: RowId, tag_id: RowId) -> list[TagOut]:
    """Take a tag off an application; answers with those that are left."""
    application, _ = service.homes_of(session, user.id, application_id)
    service.remove_tag(session, user.id, application, repository.tag_by_id(session, user.id, tag_id))
    return _tags(session, user.id, application.id)


@router.get("/tags", response_model=Page[TagCount])
def list_tags(session: ReadDb, user: CurrentUser) -> Page[TagCount]:
    """All tags of the user, with how many applications have them."""
    found = repository.all_tags(session, user.id, service.MOST_TAGS)
    items = [TagCount(id=tag.id, name=tag.name, applications=n) for tag, n in found]
    return Page(items=items, total=len(items), offset=0, limit=service.MOST_TAGS)


@router.patch("/tags/{tag_id}", response_model=TagOut, responses=problems(TagNotFound, TagExists))
def rename_tag(session: WriteDb, user: CurrentUser, tag_id: RowId, tag: TagIn) -> TagOut:
    """Call a tag otherwise, wherever it is."""
    return TagOut.model_validate(service.rename_tag(session, user.id, tag_id, tag.name))


@router.delete("/tags/{tag_id}", status_code=204, responses=problems(TagNotFound))
def delete_tag(session: WriteDb, user: CurrentUser, tag_id: RowId) -> None:
    """Take a tag off every application."""
    service.delete_tag(session, user.id, tag_id)


@router.get("/saved-views", response_model=Page[ViewOut])
def list_saved_views(session: ReadDb, user: CurrentUser) -> Page[ViewOut]:
    """The user's saved views in their order."""
    items = [ViewOut.model_validate(view) for view in repository.views(session, user.id)]
    return Page(items=items, total=len(items), offset=0, limit=service.MOST_VIEWS)


@router.post(
    "/saved-views", response_model=ViewOut, status_code=201, responses=problems(ViewExists, TooManyKept)
)
def save_view(session: WriteDb, user: CurrentUser, view: ViewIn) -> ViewOut:
    """Keep a list of applications under a name."""
    return ViewOut.model_validate(service.save_view(session, user.id, view.name, view.query))


@router.patch("/saved-views/{view_id}", response_model=ViewOut, responses=problems(ViewNotFound, ViewExists))
def change_saved_view(session: WriteDb, user: CurrentUser, view_id: RowId, patch: ViewPatch) -> ViewOut:
    """Rename a view, point it elsewhere, or move it."""
    return ViewOut.model_validate(service.change_view(session, user.id, view_id, patch.given()))


@router.delete("/saved-views/{view_id}", status_code=204, responses=problems(ViewNotFound))
def delete_saved_view(session: WriteDb, user: CurrentUser, view_id: RowId) -> None:
    """Forget a view."""
    service.delete_view(session, user.id, view_id)


def _tags(session: ReadDb, user_id: int, application_id: int) -> list[TagOut]:
    found = repository.tags_of(session, user_id, [application_id]).get(application_id, [])
    return [TagOut.model_validate(tag) for tag in found]
