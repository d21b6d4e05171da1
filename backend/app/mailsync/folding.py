"""A history folded to one net change per message. Pure: it knows neither provider nor database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.mail.sources import Change, ChangeKind

HIDDEN = frozenset({"SPAM", "TRASH"})
NO_MAIL = frozenset({"DRAFT", "CHAT"})


@dataclass(frozen=True, slots=True)
class Net:
    """What became of one message in the end.

    `came` when it was added, or left spam, trash or the drafts: worth fetching when it is not stored.
    `labels` are all it has now; None when no row told them.
    """

    id: str
    thread_id: str | None = None
    came: bool = False
    is_deleted: bool = False
    labels: tuple[str, ...] | None = None

    @property
    def is_gone(self) -> bool:
        """Deleted for good, or thrown away."""
        return self.is_deleted or not HIDDEN.isdisjoint(self.labels or ())

    @property
    def is_wanted(self) -> bool:
        """To be fetched when it is not stored."""
        return self.came and not self.is_gone and NO_MAIL.isdisjoint(self.labels or ())


def fold(changes: Iterable[Change]) -> dict[str, Net]:
    """Net changes by id, in the order in which the messages first appear.

    Ids are never used again, so nothing brings a deleted message back: neither a row that comes twice nor one
    that comes late.
    """
    nets: dict[str, Net] = {}
    for change in changes:
        known = nets.get(change.id) or Net(change.id)
        nets[change.id] = _apply(known, change)
    return nets


def _apply(net: Net, change: Change) -> Net:
    if net.is_deleted:
        return net
    thread_id = change.thread_id or net.thread_id
    if change.kind is ChangeKind.DELETED:
        return replace(net, thread_id=thread_id, is_deleted=True)
    appears = change.kind is ChangeKind.ADDED or (
        change.kind is ChangeKind.LABELS_REMOVED and not (HIDDEN | NO_MAIL).isdisjoint(change.changed)
    )
    return replace(net, thread_id=thread_id, came=net.came or appears, labels=change.labels)
