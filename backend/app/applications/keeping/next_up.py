"""What comes next for an application: the open action item or reminder that is due first."""

from __future__ import annotations

from collections.abc import Sequence

from app.applications import repository
from app.applications.derive import OpenItem, next_action
from app.applications.keeping import repository as keeping
from app.applications.models import ActionItem, Application, Reminder
from app.core.db import WriteSession

_UNBORN = 1 << 62  # what has no id yet is newer than all that has


def put_next_action(session: WriteSession, application: Application) -> None:
    """Write the next action's columns anew."""
    homes = keeping.with_merged(session, application.user_id, application.id)
    write_next_action(
        application,
        repository.action_items(session, application.user_id, homes),
        keeping.reminders(session, application.user_id, homes),
    )


def write_next_action(
    application: Application, items: Sequence[ActionItem], reminders: Sequence[Reminder]
) -> None:
    """Write the next action's columns. What is snoozed is due when its snooze ends; the user has to act when
    an action item is open, which a reminder of their own is not."""
    waiting = [
        OpenItem(
            _UNBORN + place if i.id is None else i.id,
            i.kind,
            i.title,
            i.snoozed_until or i.due_at,
            done=i.done_at is not None,
        )
        for place, i in enumerate(items)
    ]
    waiting += [
        OpenItem(r.id, "reminder", r.text, r.snoozed_until or r.due_at)
        for r in reminders
        if r.done_at is None
    ]
    first = next_action(waiting)
    application.requires_action = any(i.done_at is None for i in items)
    application.next_action = first.title[:300] if first else None
    application.next_due_at = first.due_at if first else None
