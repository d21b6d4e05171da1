"""From verdicts to links: components that a batch made dirty are recomputed once, as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.applications import repository as applications
from app.applications.models import DecisionKind, Stage
from app.core import db
from app.core.db import ReadSession, WriteSession
from app.correlation import keys as link_keys
from app.correlation import repository as correlation
from app.correlation.models import Link
from app.correlation.partition import partition
from app.correlation.values import Constraints, Group, MailFacts, PartitionResult, Placed
from app.intake import repository, standing
from app.intake.facts import mail_facts
from app.mail import repository as mail
from app.runs import pool

WHICH_ONE = "which_application"
NOTHING_FITS = "no_application"
_ENDS = (Stage.REJECTED, Stage.WITHDRAWN, Stage.ACCEPTED)


@dataclass(slots=True)
class Changes:
    """What linking did to applications."""

    created: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Component:
    """Mails that find each other by keys, with what people decided about their applications."""

    mails: tuple[MailFacts, ...]
    constraints: Constraints


def put_keys(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> list[int]:
    """Store the keys of judged emails; answers with those that can be linked at all."""
    facts = load_facts(session, user_id, email_ids)
    known = set(correlation.known_names(session, user_id))
    said = _keys_by_word(session, user_id)
    found: dict[int, set[str]] = {}
    for one in facts:
        own = set(link_keys.component_keys(one)) | said.get(one.email_id, set())
        if one.company_key:
            own.add(correlation.name_key(one.company_key))
            for other in link_keys.similar_company_keys(one.company_key, known):
                own.update(key[:300] for key in link_keys.company_keys(other))
            known.add(one.company_key)
        found[one.email_id] = own
    correlation.put_keys(session, user_id, found)
    return list(found)


def relink(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> Changes:
    """Link these emails anew, at once, after the user spoke about them: their old and new neighbours with them."""
    links = correlation.links_of(session, user_id, email_ids)
    mates = [
        link.email_id
        for application_id in sorted({link.application_id for link in links.values()})
        for link in correlation.emails_of_application(session, user_id, application_id)
    ]
    anchors = [a for a in _anchors(session, user_id, email_ids) if a not in email_ids]
    linkable = put_keys(session, user_id, [*email_ids, *anchors])
    gone = set(email_ids) - set(linkable)
    left = let_go(session, user_id, sorted(gone))
    session.flush()
    changes, fresh = Changes(), set(email_ids)
    for component in find_components(session, user_id, sorted({*linkable, *left, *mates} - gone)):
        placing = Placing(component, partition(component.mails, component.constraints), fresh)
        apply_some(session, user_id, placing, len(component.mails))
        one = placing.changes
        changes.created |= one.created
        changes.changed |= one.changed
        changes.removed |= one.removed
    return changes


def let_go(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> list[int]:
    """Unlink emails that, read again, are about no application; answers with the mail they leave behind, which
    has to be linked anew: what they held together may fall apart."""
    links = correlation.links_of(session, user_id, email_ids)
    correlation.put_keys(session, user_id, dict.fromkeys(email_ids, ()))
    if not links:
        return []
    touched = {link.application_id for link in links.values()}
    correlation.delete_links(session, links.keys())
    session.flush()
    _settle_poorer(session, user_id, touched, {}, Changes())
    return [
        link.email_id
        for application_id in sorted(touched)
        for link in correlation.emails_of_application(session, user_id, application_id)
    ]


def load_facts(session: ReadSession, user_id: int, email_ids: Iterable[int]) -> list[MailFacts]:
    """Facts of those emails that may belong to an application; those of alerts and other mail are left out."""
    facts = []
    ids = sorted(email_ids)
    for start in range(0, len(ids), 400):
        some = ids[start : start + 400]
        verdicts = repository.verdicts_of(session, user_id, some)
        threads = repository.threads_of(session, user_id, some)
        for email in mail.emails_by_id(session, user_id, some):
            verdict = verdicts.get(email.id)
            if verdict is None or (verdict.email_class in repository.UNLINKABLE and not verdict.unsure):
                continue
            if verdict.email_class is None and email.direction == "in":
                continue
            facts.append(mail_facts(email, verdict, threads.get(email.id, [])))
    return facts


def find_components(session: ReadSession, user_id: int, email_ids: Sequence[int]) -> list[Component]:
    """The components that hold these emails."""
    members = correlation.component_members(session, user_id, email_ids)
    facts = {one.email_id: one for one in load_facts(session, user_id, members)}
    links = correlation.links_of(session, user_id, facts)
    found = []
    for ids in link_keys.connect({email_id: keys for email_id, keys in members.items() if email_id in facts}):
        mails = tuple(facts[i] for i in ids)
        constraints = _constraints(session, user_id, [links[i] for i in ids if i in links], ids)
        found.append(Component(mails, constraints))
    return found


def partition_all(components: list[Component]) -> list[PartitionResult]:
    """Runs in a pool process."""
    return [partition(c.mails, c.constraints) for c in components]


def compute(user_id: int, email_ids: Sequence[int]) -> list[tuple[Component, PartitionResult]]:
    """Which groups the dirty components fall into. No transaction may be open."""
    if not email_ids:
        return []
    with db.read_session() as session:
        components = find_components(session, user_id, email_ids)
    return list(zip(components, pool.submit(partition_all, components).result(), strict=True))


@dataclass(slots=True)
class Placing:
    """The links of one component on their way into the database.

    `fresh` are emails that were judged just now: their applications are brought up to date in any case. `homes` are
    the applications that held the emails before anything was written; `pending` the groups still to be linked, each
    with the application it keeps (None: a new one); `poorer` the applications that lost mail in this transaction,
    `changes` what this transaction did.
    """

    component: Component
    result: PartitionResult
    fresh: set[int]
    homes: dict[int, int] = field(default_factory=dict)
    pending: list[tuple[Group, int | None]] | None = None
    poorer: set[int] = field(default_factory=set)
    changes: Changes = field(default_factory=Changes)


def apply_some(session: WriteSession, user_id: int, placing: Placing, at_most: int) -> bool:
    """Write the links of so many applications, and bring those up to date; True when nothing is left to write.

    Applications that hold the same mail as before, none of it fresh, are left alone.
    """
    placing.changes = Changes()
    if placing.pending is None:
        placing.pending = _begin(session, user_id, placing)
    now, placing.pending = placing.pending[:at_most], placing.pending[at_most:]
    for group, owner_id in now:
        _place(session, user_id, placing, group, owner_id)
    _settle_poorer(session, user_id, placing.poorer, placing.homes, placing.changes)
    placing.poorer = set()
    if not placing.pending:
        _ask_which(session, user_id, placing)
    return not placing.pending


def _begin(session: WriteSession, user_id: int, placing: Placing) -> list[tuple[Group, int | None]]:
    """Unlink the mail that belongs nowhere now; the groups whose links or applications have to change."""
    groups = placing.result.groups
    existing = correlation.links_of(session, user_id, [m.email_id for m in placing.component.mails])
    placing.homes = {email_id: link.application_id for email_id, link in existing.items()}
    lost = existing.keys() - {one.email_id for group in groups for one in group.mails}
    placing.poorer = {placing.homes[email_id] for email_id in lost}
    owners = _owners(session, user_id, groups, existing)
    was = _members(existing)
    correlation.delete_links(session, lost)
    return [
        (group, owner)
        for group, owner in zip(groups, owners, strict=True)
        if owner is None
        or was[owner] != set(group.email_ids)
        or not placing.fresh.isdisjoint(group.email_ids)
        or any(existing[one.email_id].method != one.method for one in group.mails)
    ]


def _place(session: WriteSession, user_id: int, placing: Placing, group: Group, owner_id: int | None) -> None:
    """Link the mail of one group to its application, a new one if it has none, and bring that up to date."""
    known = applications.load_many(session, user_id, [owner_id]) if owner_id is not None else {}
    application = known.get(owner_id) if owner_id is not None else None
    if application is None:
        application = standing.new_application(user_id)
        session.add(application)
        session.flush()
        placing.changes.created.add(application.id)
    application.merged_into = None
    existing = correlation.links_of(session, user_id, group.email_ids)
    placing.poorer.update(link.application_id for link in existing.values())
    placing.poorer.discard(application.id)
    for one in group.mails:
        _put_link(session, user_id, existing.get(one.email_id), one.email_id, application.id, one)
    session.flush()
    if standing.settle(session, user_id, application) and application.id not in placing.changes.created:
        placing.changes.changed.add(application.id)


def _ask_which(session: WriteSession, user_id: int, placing: Placing) -> None:
    """Mail that could belong to several applications goes to the review; the rest no longer asks."""
    ids = [m.email_id for m in placing.component.mails]
    asked = [u.email_id for u in placing.result.unplaced if u.reason == "ambiguous"]
    repository.unmark_review(session, user_id, [i for i in ids if i not in asked], WHICH_ONE)
    if asked:
        repository.mark_review(session, user_id, asked, WHICH_ONE)


def _members(links: dict[int, Link]) -> dict[int, set[int]]:
    """Email ids per application."""
    found: dict[int, set[int]] = {}
    for email_id, link in links.items():
        found.setdefault(link.application_id, set()).add(email_id)
    return found


def _owners(
    session: ReadSession, user_id: int, groups: Sequence[Group], existing: dict[int, Link]
) -> list[int | None]:
    """Each group keeps the application that owns its earliest mail; None for a group of new mail."""
    known = applications.load_many(session, user_id, {link.application_id for link in existing.values()})
    taken: set[int] = set()
    owners: list[int | None] = []
    for group in groups:
        claims = [existing[i].application_id for i in group.email_ids if i in existing]
        mine = next((c for c in claims if c in known and c not in taken), None)
        if mine is not None:
            taken.add(mine)
        owners.append(mine)
    return owners


def _put_link(
    session: WriteSession, user_id: int, link: Link | None, email_id: int, application_id: int, one: Placed
) -> None:
    if link is None:
        link = Link(email_id=email_id, user_id=user_id, application_id=application_id)
        session.add(link)
    link.application_id = application_id
    link.method, link.score, link.margin = str(one.method), float(one.score), one.margin
    link.evidence = dict(one.evidence)


def _settle_poorer(
    session: WriteSession, user_id: int, ids: set[int], homes: Mapping[int, int], changes: Changes
) -> None:
    """An application that lost all its mail leads to where its earliest mail went, or goes."""
    if not ids:
        return
    left = correlation.count_links(session, ids)
    for application_id, application in applications.load_many(session, user_id, ids).items():
        if left.get(application_id):
            standing.settle(session, user_id, application)
            continue
        owned = [email_id for email_id, home in homes.items() if home == application_id]
        now_at = correlation.links_of(session, user_id, owned)
        target = next((now_at[i].application_id for i in sorted(owned) if i in now_at), None)
        changes.removed.add(application_id)
        repository.forget_search_entries(session, user_id, "application", [application_id])
        if target is not None and target != application_id:
            application.merged_into = target
        elif not applications.active_decisions(session, user_id, [application_id]):
            applications.delete_application(session, application_id)


def _constraints(
    session: ReadSession, user_id: int, links: Sequence[Link], email_ids: Sequence[int]
) -> Constraints:
    """Which mail belongs where by the user's word; a stage that they ended closes the application for later mail."""
    anchor = {link.application_id: link.email_id for link in links}
    decisions = applications.active_decisions(session, user_id, list(anchor)) if anchor else ()
    ended = {
        anchor[d.application_id]: d.effective_at
        for d in decisions
        if d.kind == DecisionKind.STAGE and d.payload.get("stage") in _ENDS and d.application_id in anchor
    }
    linked: dict[int, int] = {}
    unlinked: set[tuple[int, int]] = set()
    for d in applications.email_decisions(
        session, user_id, (DecisionKind.LINK, DecisionKind.UNLINK), email_ids
    ):
        email_id, other = d.email_id or 0, int(d.payload["anchor"])
        if d.kind == DecisionKind.LINK:
            linked[email_id] = other
            unlinked.discard((email_id, other))
        else:
            linked.pop(email_id, None)
            unlinked.add((email_id, other))
    return Constraints(linked=linked, unlinked=frozenset(unlinked), ended=ended)


def _keys_by_word(session: ReadSession, user_id: int) -> dict[int, set[str]]:
    """Mail that the user put together is looked at together, whatever else it shares."""
    keys: dict[int, set[str]] = {}
    for d in applications.email_decisions(session, user_id, (DecisionKind.LINK,)):
        for email_id in (d.email_id or 0, int(d.payload["anchor"])):
            keys.setdefault(email_id, set()).add(f"user:{d.id}")
    return keys


def _anchors(session: ReadSession, user_id: int, email_ids: Sequence[int]) -> list[int]:
    spoken = applications.email_decisions(session, user_id, (DecisionKind.LINK,), email_ids)
    return sorted({int(d.payload["anchor"]) for d in spoken})
