"""The values that go into the partition and come out of it: no database, no ORM.

Email classes are plain strings here (the room that decides them stands beside this one).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

Direction = Literal["in", "out"]
Reason = Literal["ambiguous", "nothing_fits", "unsure"]


class Method(StrEnum):
    """How an email was linked; `new` begins an application, `user` follows a decision."""

    THREAD = "thread"
    IDENTIFIER = "identifier"
    EXACT = "exact"
    FUZZY = "fuzzy"
    COMPANY = "company"
    NEW = "new"
    USER = "user"


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What linking reads of one email.

    `identity` breaks ties in time. `references` unites References and In-Reply-To, oldest first. `threads`
    are "account:thread". `company_key` and `title_key` are "" when the mail states none; a learned alias is
    already replaced by its company's key. `sender_domain` is the employer's own domain or None (for own mail:
    of the first recipient). `identifiers` are normalised: "req:...", "ats:<system>:<tenant>:<id>", "url:...".
    `sender_email` tells two open applications apart by who writes; leave it empty for automatic senders.
    `subject` finds the conversation of a reply that carries no reference to it. `mentions` are company keys that
    subject and sender's name may hold, for mail that states no company: they count when other mail names one of
    them.
    """

    email_id: int
    identity: str
    received_at: datetime
    direction: Direction
    message_id: str | None = None
    references: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()
    email_class: str | None = None
    unsure: bool = False
    company_name: str | None = None
    company_key: str = ""
    title: str | None = None
    title_key: str = ""
    sender_domain: str | None = None
    identifiers: tuple[str, ...] = ()
    sender_email: str = ""
    confidence: float = 1.0
    subject: str = ""
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the user decided, in terms of emails: an application is named by any email in it (its anchor).

    `linked`: the email belongs to the anchor's application; an email linked to itself begins one (split).
    `unlinked`: the email is not in the anchor's application, and begins none by itself.
    `same`, `not_same`: the applications that hold the two emails are one, or are two.
    `ended`: from that moment on the anchor's application is closed (the user said rejected, withdrawn,
    accepted). A link beats an unlink; what names an email that isn't there is without effect.
    """

    linked: Mapping[int, int] = field(default_factory=dict)
    unlinked: frozenset[tuple[int, int]] = frozenset()
    same: frozenset[tuple[int, int]] = frozenset()
    not_same: frozenset[tuple[int, int]] = frozenset()
    ended: Mapping[int, datetime] = field(default_factory=dict)


NONE = Constraints()


@dataclass(frozen=True, slots=True)
class Placed:
    """One link. `score` is 0..1, `margin` the distance to the second best application, None without one."""

    email_id: int
    method: Method
    score: float
    margin: float | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """The mails of one application, in order of time."""

    mails: tuple[Placed, ...]

    @property
    def email_ids(self) -> tuple[int, ...]:
        return tuple(placed.email_id for placed in self.mails)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An email for the review: `candidates` are the emails that begin the applications it may belong to."""

    email_id: int
    reason: Reason
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PartitionResult:
    """Groups in the order in which they begin.

    Mail that needs no application (alerts, other mail, pitches and own mail that fit nothing, mail that the
    user unlinked) stands in neither list.
    """

    groups: tuple[Group, ...]
    unplaced: tuple[Unplaced, ...]
