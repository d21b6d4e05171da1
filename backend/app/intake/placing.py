"""From groups of mail to links: written for several applications at once, each then brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.applications import repository as applications
from app.applications.keeping import repository as keeping
from app.applications.models import Application
from app.core.db import ReadSession, WriteSession
from app.correlation import repository as correlation
from app.correlation.models import Link
from app.correlation.values import Group, PartitionResult, Placed
from app.intake import repository, standing, words
from app.intake.components import Component
from app.intake.owning import Divided, find_owners

WHICH_ONE = "which_application"


@dataclass(slots=True)
class Changes:
    """What linking did to applications."""

    created: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)

    def add(self, other: Changes) -> None:
        self.created |= other.created
        self.changed |= other.changed
        self.removed |= other.removed


@dataclass(slots=True)
class Placing:
    """The links of one component on their way into the database.

    `fresh` are emails that were judged just now: their applications are brought up to date in any case. `homes` are
    the applications that held the emails before anything was written; `pending` the groups still to be linked, each
    with the application it keeps (None: a new one).
    """

    component: Component
    result: PartitionResult
    fresh: set[int]
    homes: dict[int, int] = field(default_factory=dict)
    pending: list[tuple[Group, int | None]] | None = None

    @property
    def left(self) -> int:
        """How many applications may still have to be written."""
        return len(self.result.groups) if self.pending is None else len(self.pending)


@dataclass(frozen=True, slots=True)
class _Step:
    """One group on its way to its application."""

    group: Group
    owner_id: int | None


def apply_some(session: WriteSession, user_id: int, waiting: list[Placing], at_most: int) -> Changes:
    """Write the links of so many applications and bring those up to date; placings that are done leave `waiting`.

    Applications that hold the same mail as before, none of it fresh, are left alone.
    """
    some: list[Placing] = []
    for placing in waiting:
        some.append(placing)
        if sum(one.left for one in some) >= at_most:
            break
    poorer = _begin(session, user_id, [one for one in some if one.pending is None])
    steps: list[_Step] = []
    for placing in some:
        pending = placing.pending or []
        room = at_most - len(steps)
        steps += [_Step(*one) for one in pending[:room]]
        placing.pending = pending[room:]
    later = {owner for one in some for _, owner in one.pending or ()}
    changes = _place(session, user_id, steps, poorer, later)
    settle_poorer(session, user_id, poorer, {k: v for one in some for k, v in one.homes.items()}, changes)
    done = [one for one in some if not one.pending]
    _ask_which(session, user_id, done)
    waiting[: len(some)] = [one for one in some if one.pending]
    return changes


def _begin(session: WriteSession, user_id: int, some: Sequence[Placing]) -> set[int]:
    """Unlink the mail that belongs nowhere now, and find the groups whose links or applications have to change;
    answers with the applications that lost mail."""
    if not some:
        return set()
    links = correlation.links_of(session, user_id, [m.email_id for one in some for m in one.component.mails])
    divided = [
        Divided(
            one.component,
            one.result.groups,
            {m.email_id: links[m.email_id] for m in one.component.mails if m.email_id in links},
        )
        for one in some
    ]
    owners = find_owners(session, user_id, divided)
    poorer: set[int] = set()
    gone: list[int] = []
    for placing, mine, keeps in zip(some, divided, owners, strict=True):
        groups, existing = mine.groups, mine.existing
        placing.homes = {email_id: link.application_id for email_id, link in existing.items()}
        lost = existing.keys() - {one.email_id for group in groups for one in group.mails}
        poorer |= {placing.homes[email_id] for email_id in lost}
        gone += lost
        was = _members(existing)
        placing.pending = [
            (group, owner)
            for group, owner in zip(groups, keeps, strict=True)
            if owner is None
            or was.get(owner) != set(group.email_ids)
            or not placing.fresh.isdisjoint(group.email_ids)
            or any(existing[one.email_id].method != one.method for one in group.mails)
        ]
    correlation.delete_links(session, gone)
    return poorer


def _place(
    session: WriteSession,
    user_id: int,
    steps: Sequence[_Step],
    poorer: set[int],
    later: Collection[int | None],
) -> Changes:
    """Link the mail of these groups to their applications, new ones where they have none, and bring those up to date.
    `poorer` grows by the applications that the mail leaves, but for those whose turn comes `later`."""
    changes = Changes()
    known = applications.load_many(session, user_id, {s.owner_id for s in steps if s.owner_id is not None})
    rows = [known.get(step.owner_id or 0) or standing.new_application(user_id) for step in steps]
    fresh = [row for row in rows if row.id is None]
    session.add_all(fresh)
    session.flush()
    changes.created = {row.id for row in fresh}
    existing = correlation.links_of(session, user_id, [i for step in steps for i in step.group.email_ids])
    poorer |= {link.application_id for link in existing.values()}
    for step, application in zip(steps, rows, strict=True):
        application.merged_into = None
        for one in step.group.mails:
            _put_link(session, user_id, existing.get(one.email_id), one.email_id, application.id, one)
    poorer -= {row.id for row in rows} | set(later)
    changes.changed = standing.settle_all(session, user_id, rows) - changes.created
    return changes


def _ask_which(session: WriteSession, user_id: int, done: Sequence[Placing]) -> None:
    """Mail that could belong to several applications goes to the review; the rest no longer asks."""
    ids = [m.email_id for one in done for m in one.component.mails]
    asked = [u.email_id for one in done for u in one.result.unplaced if u.reason == "ambiguous"]
    if quiet := sorted(set(ids).difference(asked)):
        repository.unmark_review(session, user_id, quiet, WHICH_ONE)
    if asked:
        repository.mark_review(session, user_id, asked, WHICH_ONE)


def _members(links: Mapping[int, Link]) -> dict[int, set[int]]:
    """Email ids per application."""
    found: dict[int, set[int]] = {}
    for email_id, link in links.items():
        found.setdefault(link.application_id, set()).add(email_id)
    return found


def _put_link(
    session: WriteSession, user_id: int, link: Link | None, email_id: int, application_id: int, one: Placed
) -> None:
    if link is None:
        link = Link(email_id=email_id, user_id=user_id, application_id=application_id)
        session.add(link)
    link.application_id = application_id
    link.method, link.score, link.margin = str(one.method), float(one.score), one.margin
    link.evidence = dict(one.evidence)


def settle_poorer(
    session: WriteSession, user_id: int, ids: set[int], homes: Mapping[int, int], changes: Changes
) -> None:
    """An application that lost all its mail leads to where its earliest mail went, or goes. What a person made by
    hand stands without mail too, unless they merged it into another."""
    if not ids:
        return
    left = correlation.count_links(session, ids)
    merged = words.merged_by_word(session, user_id) if len(left) < len(ids) else {}
    staying: list[Application] = []
    for application_id, application in applications.load_many(session, user_id, ids).items():
        by_hand = application_id not in merged and standing.is_made_by_hand(session, application)
        if left.get(application_id) or by_hand:
            staying.append(application)
        else:
            changes.removed.add(application_id)
            _leave(session, user_id, application, homes, merged.get(application_id))
    standing.settle_all(session, user_id, staying)


def _leave(
    session: WriteSession,
    user_id: int,
    application: Application,
    homes: Mapping[int, int],
    merged_into: int | None,
) -> None:
    """It leads to the application that the user merged it into, else to where its earliest mail went."""
    owned = [email_id for email_id, home in homes.items() if home == application.id]
    now_at = correlation.links_of(session, user_id, owned)
    target = next((now_at[i].application_id for i in sorted(owned) if i in now_at), None)
    target = merged_into or target
    repository.forget_search_entries(session, user_id, "application", [application.id])
    if target is not None and target != application.id:
        application.merged_into = target
    elif not _is_kept(session, user_id, application.id):
        applications.delete_application(session, application.id)


def _is_kept(session: ReadSession, user_id: int, application_id: int) -> bool:
    """Whether a person said or wrote something about the application that would be lost with it."""
    if applications.active_decisions(session, user_id, [application_id]):
        return True
    return keeping.is_anything_kept(session, user_id, application_id)
