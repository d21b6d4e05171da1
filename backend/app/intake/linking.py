"""From verdicts to links: components that a batch made dirty are recomputed once, as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.applications import repository as applications
from app.applications.decided import repository as decided
from app.applications.keeping import repository as keeping
from app.applications.models import Application, DecisionKind
from app.companies import service as companies
from app.core import db
from app.core.db import ReadSession, WriteSession
from app.correlation import keys as link_keys
from app.correlation import repository as correlation
from app.correlation.models import Link
from app.correlation.partition import partition
from app.correlation.values import Group, MailFacts, PartitionResult, Placed
from app.intake import repository, standing, words
from app.intake.facts import mail_facts
from app.intake.uniting import unite
from app.intake.words import Home, Words, spoken_about_applications, words_about
from app.mail import repository as mail
from app.runs import pool

WHICH_ONE = "which_application"
NOTHING_FITS = "no_application"
SAME_TITLE = 0.8


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
    words: Words = field(default_factory=Words)

    def divide(self) -> PartitionResult:
        """The applications that these mails tell of, as the user sees them."""
        return unite(partition(self.mails, self.words.constraints), self.words.unions, self.mails)


def load_names(session: ReadSession, user_id: int) -> link_keys.KnownNames:
    """The companies that the user's mail names, for several calls of `put_keys`."""
    return link_keys.KnownNames(correlation.known_names(session, user_id))


def put_keys(
    session: WriteSession, user_id: int, email_ids: Sequence[int], names: link_keys.KnownNames | None = None
) -> list[int]:
    """Store the keys of judged emails; answers with those that can be linked at all."""
    facts = load_facts(session, user_id, email_ids)
    names = names or load_names(session, user_id)
    said = words.keys_by_word(session, user_id)
    found: dict[int, set[str]] = {}
    for one in facts:
        own = set(link_keys.component_keys(one)) | said.get(one.email_id, set())
        if one.company_key:
            own.add(correlation.name_key(one.company_key))
            for other in names.similar(one.company_key):
                own.update(key[:300] for key in link_keys.company_keys(other))
            names.add(one.company_key)
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
    anchors = [a for a in words.anchors(session, user_id, email_ids) if a not in email_ids]
    linkable = put_keys(session, user_id, [*email_ids, *anchors])
    gone = set(email_ids) - set(linkable)
    left = let_go(session, user_id, sorted(gone))
    session.flush()
    changes, fresh = Changes(), set(email_ids)
    for component in find_components(session, user_id, sorted({*linkable, *left, *mates} - gone)):
        placing = Placing(component, component.divide(), fresh)
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
    unwanted = applications.email_decisions(session, user_id, (DecisionKind.IGNORE,))
    ids = sorted(set(email_ids) - {d.email_id or 0 for d in unwanted})
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
    spoken = spoken_about_applications(session, user_id)
    found = []
    for ids in link_keys.connect({email_id: keys for email_id, keys in members.items() if email_id in facts}):
        mails = tuple(facts[i] for i in ids)
        own = [links[i] for i in ids if i in links]
        found.append(Component(mails, words_about(session, user_id, own, ids, spoken)))
    return found


def partition_all(components: list[Component]) -> list[PartitionResult]:
    """Runs in a pool process."""
    return [c.divide() for c in components]


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
    owners = _owners(session, user_id, placing.component, groups, existing)
    was = _members(existing)
    correlation.delete_links(session, lost)
    return [
        (group, owner)
        for group, owner in zip(groups, owners, strict=True)
        if owner is None
        or was.get(owner) != set(group.email_ids)
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
    if application.merged_into is not None:
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
    session: ReadSession,
    user_id: int,
    component: Component,
    groups: Sequence[Group],
    existing: dict[int, Link],
) -> list[int | None]:
    """Each group keeps the application that the user named for it, else the one that owns its earliest mail, else
    one made by hand that waits for its mail; None for a group of new mail."""
    homes = component.words.homes
    ids = {link.application_id for link in existing.values()} | {home.application_id for home in homes}
    known = applications.load_many(session, user_id, ids)
    named = [_named(group, homes, known) for group in groups]
    taken: set[int] = set()
    owners: list[int | None] = [None] * len(groups)
    for i in sorted(range(len(groups)), key=lambda i: (-named[i][0], i)):
        if (home := named[i][1]) is not None and home not in taken:
            owners[i] = home
            taken.add(home)
    facts = {mail.email_id: mail for mail in component.mails}
    elsewhere = _begun_elsewhere(session, user_id, existing)
    for i, group in enumerate(groups):
        if owners[i] is not None:
            continue
        mine = None
        for email_id in (e for e in group.email_ids if e in existing):
            claim = existing[email_id].application_id
            first = elsewhere.get(claim)
            if claim in known and claim not in taken and not (first and first < facts[email_id].received_at):
                mine = claim
                break
        if mine is None:
            mine = _made_by_hand(session, user_id, [facts[e] for e in group.email_ids], taken)
        if mine is not None:
            owners[i] = mine
            taken.add(mine)
    return owners


def _begun_elsewhere(session: ReadSession, user_id: int, existing: Mapping[int, Link]) -> dict[int, datetime]:
    """By application that also holds mail of other components: when the earliest of that came."""
    held = Counter(link.application_id for link in existing.values())
    found: dict[int, datetime] = {}
    for application_id, count in correlation.count_links(session, held).items():
        if count > held[application_id]:
            links = correlation.emails_of_application(session, user_id, application_id)
            foreign = [link.email_id for link in links if link.email_id not in existing]
            found[application_id] = min(e.received_at for e in mail.emails_by_id(session, user_id, foreign))
    return found


def _named(group: Group, homes: Sequence[Home], known: Mapping[int, Application]) -> tuple[int, int | None]:
    """(how new the word is, the application) that the user named for this group; of two, the newer."""
    hits = [
        (place, home.application_id)
        for place, home in enumerate(homes)
        if home.application_id in known and not home.emails.isdisjoint(group.email_ids)
    ]
    return max(hits) if hits else (-1, None)


def _made_by_hand(
    session: ReadSession, user_id: int, mails: Sequence[MailFacts], taken: set[int]
) -> int | None:
    """The only application that the user made for this company and title and that has no mail yet."""
    said = next((m for m in mails if m.company_key), None)
    if said is None:
        return None
    title = next((m.title_key for m in mails if m.title_key), "")
    waiting = [
        one
        for one in decided.without_mail(session, user_id, said.company_key)
        if one.id not in taken
        and standing.is_made_by_hand(session, one)
        and (not title or not one.title_key or companies.title_similarity(title, one.title_key) >= SAME_TITLE)
    ]
    return waiting[0].id if len(waiting) == 1 else None


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
    """An application that lost all its mail leads to where its earliest mail went, or goes. What a person made by
    hand stands without mail too, unless they merged it into another."""
    if not ids:
        return
    left = correlation.count_links(session, ids)
    merged = words.merged_by_word(session, user_id) if len(left) < len(ids) else {}
    for application_id, application in applications.load_many(session, user_id, ids).items():
        if left.get(application_id):
            standing.settle(session, user_id, application)
            continue
        if application_id not in merged and standing.is_made_by_hand(session, application):
            standing.settle(session, user_id, application)
            continue
        owned = [email_id for email_id, home in homes.items() if home == application_id]
        now_at = correlation.links_of(session, user_id, owned)
        target = next((now_at[i].application_id for i in sorted(owned) if i in now_at), None)
        target = merged.get(application_id, target)
        changes.removed.add(application_id)
        repository.forget_search_entries(session, user_id, "application", [application_id])
        if target is not None and target != application_id:
            application.merged_into = target
        elif not _is_kept(session, user_id, application_id):
            applications.delete_application(session, application_id)


def _is_kept(session: ReadSession, user_id: int, application_id: int) -> bool:
    """Whether a person said or wrote something about the application that would be lost with it."""
    if applications.active_decisions(session, user_id, [application_id]):
        return True
    return keeping.is_anything_kept(session, user_id, application_id)
