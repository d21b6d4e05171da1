"""Linking measured: mail goes through the real reading and classification, then its pairs are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from app.classification import service as classification
from app.classification.values import Direction, EmailClass, EmailValue, HeaderFacts, ThreadContext, Verdict
from app.companies import service as companies
from app.correlation.keys import linking_domain
from app.correlation.mentions import mentioned_names
from app.correlation.values import MailFacts, PartitionResult
from app.intake.facts import identifiers_of, is_automatic
from app.mail.mime import parse
from app.mail.values import ParsedMail
from tests.corpus.linking.search import Search

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail and what is known of it: the application it belongs to (None: none), its class, the kind of
    difficulty, and whether anybody could tell its application."""

    email_id: int
    mail: ParsedMail
    at: datetime
    own: bool
    application: str | None
    label: str | None
    thread: str | None = None
    kind: str = ""
    decidable: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs of mails of one application: those there are, those that were found, those found wrongly."""

    wanted: frozenset[Pair]
    found: frozenset[Pair]
    wrong: frozenset[Pair]

    @property
    def precision(self) -> float:
        return 1 - len(self.wrong) / len(self.found) if self.found else 1.0

    @property
    def recall(self) -> float:
        return len(self.wanted & self.found) / len(self.wanted) if self.wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def samples_of(search: Search) -> list[Sample]:
    """The made-up search, parsed."""
    return [
        Sample(m.number, parse(m.raw), m.at, m.own, m.application, None, None, m.kind, m.decidable)
        for m in search.mails
    ]


def count_pairs(samples: Sequence[Sample], results: Sequence[PartitionResult]) -> Figures:
    """An undecidable mail makes no wanted pair; in an application of others its pairs are wrong."""
    truth = {sample.email_id: sample.application for sample in samples}
    members: dict[str, list[int]] = defaultdict(list)
    for sample in samples:
        if sample.application and sample.decidable:
            members[sample.application].append(sample.email_id)
    wanted = {pair for own in members.values() for pair in combinations(sorted(own), 2)}
    found = {
        pair
        for result in results
        for group in result.groups
        for pair in combinations(sorted(group.email_ids), 2)
    }
    wrong = {(a, b) for a, b in found if truth[a] is None or truth[a] != truth[b]}
    return Figures(frozenset(wanted), frozenset(found), frozenset(wrong))


def figures_by_kind(samples: Sequence[Sample], figures: Figures) -> dict[str, Figures]:
    """The figures of each kind of difficulty; a wrong pair counts for both kinds that it joins."""
    kinds = {sample.email_id: sample.kind for sample in samples}

    def of(pairs: Iterable[Pair], kind: str) -> frozenset[Pair]:
        return frozenset(pair for pair in pairs if kind in {kinds[pair[0]], kinds[pair[1]]})

    return {
        kind: Figures(of(figures.wanted, kind), of(figures.found, kind), of(figures.wrong, kind))
        for kind in sorted({sample.kind for sample in samples if sample.application})
    }


def judge(samples: Sequence[Sample]) -> dict[int, Verdict]:
    """Verdicts of all incoming mail, each read in the light of the conversation before it."""
    said: dict[str, list[tuple[EmailClass | None, Direction]]] = defaultdict(list)
    verdicts: dict[int, Verdict] = {}
    for sample in sorted(samples, key=lambda s: (s.at, s.email_id)):
        mail = sample.mail
        root = (*mail.references, mail.in_reply_to, mail.rfc822_message_id, str(sample.email_id))
        conversation = next(name for name in root if name)
        before = said[conversation]
        direction = Direction.OUT if sample.own else Direction.IN
        if not sample.own:
            context = ThreadContext(
                tuple(email_class for email_class, _ in before if email_class is not None),
                tuple(heard for _, heard in before),
            )
            verdicts[sample.email_id] = classification.classify_one(_value(sample), context)
        verdict = verdicts.get(sample.email_id)
        before.append((verdict.email_class if verdict else None, direction))
    return verdicts


def _value(sample: Sample) -> EmailValue:
    mail = sample.mail
    return EmailValue(
        subject=mail.subject,
        sender_name=mail.sender_name,
        sender_email=mail.sender_email,
        text=mail.text,
        received_at=sample.at,
        recipients=mail.recipients,
        calendar=mail.calendar,
        links=mail.links,
        headers=HeaderFacts(**mail.headers, is_reply=bool(mail.in_reply_to or mail.references)),
    )


def facts_of(sample: Sample, verdict: Verdict | None, aliases: Mapping[str, str] | None = None) -> MailFacts:
    """What linking reads of a mail; `aliases` are company names that mean another."""
    mail, entities = sample.mail, verdict.entities if verdict else None
    company = entities.company_name if entities else None
    title = entities.job_title if entities else None
    other = mail.recipients[0] if sample.own and mail.recipients else mail.sender_email
    known = {companies.company_key(a): companies.company_key(b) for a, b in (aliases or {}).items()}
    key = companies.company_key(company) if company else ""
    return MailFacts(
        email_id=sample.email_id,
        identity=mail.content_hash,
        received_at=sample.at,
        direction="out" if sample.own else "in",
        message_id=mail.rfc822_message_id,
        references=tuple(dict.fromkeys(name for name in (*mail.references, mail.in_reply_to) if name)),
        threads=(sample.thread,) if sample.thread else (),
        email_class=verdict.email_class.value if verdict else None,
        unsure=bool(verdict and verdict.unsure),
        company_name=company,
        company_key=known.get(key, key),
        title=title,
        title_key=companies.title_key(title) if title else "",
        sender_domain=linking_domain(other),
        identifiers=identifiers_of(entities.requisition_id, entities.job_url) if entities else (),
        sender_email="" if is_automatic(mail.sender_email) else mail.sender_email,
        confidence=verdict.confidence if verdict else 1.0,
        subject=mail.subject,
        mentions=() if company else mentioned_names(mail.subject, mail.sender_name),
    )
