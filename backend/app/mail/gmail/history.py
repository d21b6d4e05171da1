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


def read_page(page: dict[str, Any], *, last: bool) -> ChangePage:
    """One answer of history.list (which may lack `history`). The cursor counts only when nothing follows."""
    changes = tuple(change for row in page.get("history", ()) for change in _read_row(row))
    return ChangePage(changes, cursor=str(page["historyId"]) if last and "historyId" in page else None)


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
