"""What every source of mail offers. The sync engine knows nothing else about a provider.

A source lists candidate ids, fetches messages by id (some may fail), tells what changed since a cursor, and
names its current cursor. Every method uses the network, so none may be called inside a transaction. All of
them raise SourceStopped soon after the caller's `should_stop` says so, SourceRateLimited when waiting would
take too long, SourceReauthRequired when the user has to connect again, and SourceUnavailable when the
provider can't be reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.core.errors import BadRequest, TooManyRequests, Unavailable
from app.mail.values import RawMail


class Tier(StrEnum):
    """How likely the messages of a listing are job mail; a full sync takes them in this order."""

    SENDERS = "senders"
    TERMS = "terms"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Window:
    """Messages that arrived from `after` to `before`, give or take a second; None leaves that side open."""

    after: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """One listing. `senders` are addresses or domains to look for besides the shipped ones (tier SENDERS),
    such as those of known applications."""

    tier: Tier
    window: Window = Window()
    senders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message as a listing names it."""

    id: str
    thread_id: str | None = None


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """Whose mailbox it is. `cursor` is the moment of asking, for a later `history`; `messages` may be
    inexact."""

    address: str
    cursor: str
    messages: int


class FailureReason(StrEnum):
    """Why one message could not be fetched."""

    GONE = "gone"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """One message that was given up. GONE was deleted meanwhile and is no error; the others are worth another
    sync. `detail` is a sentence without anything of the message itself."""

    provider_message_id: str
    reason: FailureReason
    detail: str
    attempts: int


class ChangeKind(StrEnum):
    """What happened to one message."""

    ADDED = "added"
    DELETED = "deleted"
    LABELS_ADDED = "labels_added"
    LABELS_REMOVED = "labels_removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a source's history. `labels` are all labels after it, `changed` only those it added or
    removed."""

    kind: ChangeKind
    id: str
    thread_id: str | None = None
    labels: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes, oldest first; may be empty without being the last page. `cursor` is set on the last page
    only."""

    changes: tuple[Change, ...] = field(default_factory=tuple)
    cursor: str | None = None


class SourceStopped(Exception):
    """The caller's `should_stop` said so; what was yielded before stands."""


class SourceReauthRequired(BadRequest):
    """The stored credentials are no longer accepted: the user has to connect the account again."""

    code = "mail.reauth_required"
    title = "This mail account needs to be connected again"


class SourceRateLimited(TooManyRequests):
    """The provider asks to wait for `retry_after` seconds, too long to do so here."""

    code = "mail.rate_limited"
    title = "The mail provider asks to wait"

    def __init__(self, detail: str | None = None, *, retry_after: float = 60.0) -> None:
        self.retry_after = retry_after
        super().__init__(
            detail, headers={"Retry-After": str(max(1, round(retry_after)))}, retry_after=retry_after
        )


class SourceUnavailable(Unavailable):
    """The provider did not answer, or not in its own language, several times in a row."""

    code = "mail.unavailable"
    title = "The mail provider can't be reached"


class CursorExpired(Exception):
    """The provider no longer knows what changed since that cursor; a full sync is needed."""


class IdsExpired(CursorExpired):
    """The provider numbered messages anew: ids of stored messages name nothing any more. Reading all of them
    again gives the same emails their new ids."""


class MailSource(Protocol):
    """One connected mailbox."""

    @property
    def units(self) -> int:
        """Quota units used so far by this object; 0 where a provider has none."""
        ...

    def profile(self) -> SourceProfile: ...

    def list_ids(self, search: Search) -> Iterator[list[MessageRef]]:
        """Pages of candidates, roughly newest first, no id twice. Spam, trash, drafts and chats are left
        out."""
        ...

    def list_present(self, window: Window) -> Iterator[list[MessageRef]]:
        """Pages of every message that still exists in the window, no id twice: spam and trash, drafts and
        chats too. What a complete walk does not name is deleted at the source."""
        ...

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[RawMail | FetchFailure]:
        """Every message once, in the order in which answers arrive, roughly that of `refs`; only a few batches
        are held in memory. Thread ids let a source take whole threads where that is cheaper."""
        ...

    def history(self, since: str) -> Iterator[ChangePage]:
        """What changed after the cursor `since`. Raises CursorExpired, possibly midway."""
        ...

    def close(self) -> None:
        """Give back connections; the source is not used any more."""
        ...
