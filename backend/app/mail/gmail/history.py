"""Rows of Gmail's history as changes. One row may name the same message in several lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.mail.sources import Change, ChangeKind, ChangePage

_KINDS = {
    "messagesAdded": ChangeKind.ADDED,
    "messagesDeleted": ChangeKind.DELETED,
    "labelsAdded": ChangeKind.LABELS_ADDED,
    "labelsRemoved": ChangeKind.LABELS_REMOVED,
}


def read_page(answer: dict[str, Any]) -> tuple[ChangePage, str | None]:
    """One answer of history.list (which may lack `history`), and the token of the next. The cursor counts only
    when nothing follows."""
    changes = tuple(change for row in answer.get("history", ()) for change in _read_row(row))
    following: str | None = answer.get("nextPageToken")
    return ChangePage(changes, cursor=None if following else str(int(answer["historyId"]))), following


def _read_row(row: dict[str, Any]) -> Iterator[Change]:
    for name, kind in _KINDS.items():
        for entry in row.get(name, ()):
            message = entry["message"]
            yield Change(
                kind=kind,
                id=message["id"],
                thread_id=message.get("threadId"),
                labels=tuple(message.get("labelIds", ())),
                changed=tuple(entry.get("labelIds", ())),
            )
