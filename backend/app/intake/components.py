"""Mails that find each other by keys, with the words about them; and the applications that they fall into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.applications import repository as applications
from app.applications.models import DecisionKind
from app.companies import service as companies
from app.core import db
from app.core.db import ReadSession
from app.correlation import keys as link_keys
from app.correlation import repository as correlation
from app.correlation.partition import partition
from app.correlation.values import MailFacts, PartitionResult
from app.intake import repository
from app.intake.facts import mail_facts
from app.intake.uniting import unite
from app.intake.words import Words, all_words, words_about
from app.mail import repository as mail
from app.runs import pool

_READ_AT_ONCE = 400
_HERE = 40  # mails that are divided sooner than another process has heard of them


@dataclass(frozen=True, slots=True)
class Component:
    """Mails that find each other by keys, with what people decided about their applications."""

    mails: tuple[MailFacts, ...]
    words: Words = field(default_factory=Words)

    def divide(self) -> PartitionResult:
        """The applications that these mails tell of, as the user sees them."""
        return unite(partition(self.mails, self.words.constraints), self.words.unions, self.mails)


def load_facts(session: ReadSession, user_id: int, email_ids: Iterable[int]) -> list[MailFacts]:
    """Facts of those emails that may belong to an application; those of alerts and other mail are left out."""
    facts = []
    aliases = companies.known_aliases(session, user_id)
    unwanted = applications.email_decisions(session, user_id, (DecisionKind.IGNORE,))
    ids = sorted(set(email_ids) - {d.email_id or 0 for d in unwanted})
    for start in range(0, len(ids), _READ_AT_ONCE):
        some = ids[start : start + _READ_AT_ONCE]
        verdicts = repository.verdicts_of(session, user_id, some)
        threads = repository.threads_of(session, user_id, some)
        for email in mail.emails_by_id(session, user_id, some):
            verdict = verdicts.get(email.id)
            if verdict is None or (verdict.email_class in repository.UNLINKABLE and not verdict.unsure):
                continue
            if verdict.email_class is None and email.direction == "in":
                continue
            facts.append(mail_facts(email, verdict, threads.get(email.id, []), aliases))
    return facts


def find_components(session: ReadSession, user_id: int, email_ids: Sequence[int]) -> list[Component]:
    """The components that hold these emails."""
    members = correlation.component_members(session, user_id, email_ids)
    facts = {one.email_id: one for one in load_facts(session, user_id, members)}
    links = correlation.links_of(session, user_id, facts)
    spoken = all_words(session, user_id, list(facts), links.values())
    found = []
    for ids in link_keys.connect({email_id: keys for email_id, keys in members.items() if email_id in facts}):
        mails = tuple(facts[i] for i in ids)
        own = [links[i] for i in ids if i in links]
        found.append(Component(mails, words_about(spoken, own, ids)))
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
    if sum(len(c.mails) for c in components) <= _HERE:
        return list(zip(components, partition_all(components), strict=True))
    return list(zip(components, pool.submit(partition_all, components).result(), strict=True))
