"""A year of somebody's search, with the truth known: how many pairs are found, how many are wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from app.correlation.keys import components
from app.correlation.partition import partition
from app.correlation.values import MailFacts
from tests.factories.links import (
    ASSESSMENT,
    INTERVIEW,
    OFFER,
    RECEIVED,
    REJECTION,
    UPDATE,
    make_facts,
    make_own,
)

FIRST = (
    "Fern",
    "Marl",
    "Tide",
    "North",
    "Bright",
    "Copper",
    "Juni",
    "Hazel",
    "Quarry",
    "Lark",
    "Ember",
    "Wil",
)
SECOND = ("hollow", "owe", "water", "wick", "stead", "field", "per", "grove", "stone", "spur", "dale", "low")
THIRD = ("", "", "", " Robotics", " Health", " Foods", " Group", " GmbH")
TITLES = (
    "Data Engineer",
    "Senior Data Engineer",
    "Product Designer",
    "Backend Engineer, Payments",
    "Staff Software Engineer",
    "Account Manager",
    "Marketing Lead",
    "DevOps Engineer (m/w/d)",
)
FLOWS = (
    (RECEIVED, REJECTION),
    (RECEIVED, REJECTION),
    (RECEIVED,),
    (RECEIVED, INTERVIEW, REJECTION),
    (RECEIVED, ASSESSMENT, INTERVIEW, INTERVIEW, REJECTION),
    (RECEIVED, UPDATE, INTERVIEW, OFFER),
    (INTERVIEW, UPDATE, REJECTION),
)


def make_search(seed: int, applications: int) -> tuple[list[MailFacts], dict[int, int]]:
    """Mails and the application of each: one company in eight is applied to twice, one in twenty again after a
    rejection; a third of what follows a confirmation names no title, a quarter comes as a reply."""
    chance = random.Random(seed)
    mails: list[MailFacts] = []
    truth: dict[int, int] = {}
    number = 0
    stems = [f"{first}{second}" for first in FIRST for second in SECOND]
    chance.shuffle(stems)
    while number < applications and stems:
        company = f"{stems.pop()}{chance.choice(THIRD)}"
        domain = chance.choice((None, company.lower().replace(" ", "").removesuffix("gmbh") + ".com"))
        titles = chance.sample(TITLES, 2 if chance.random() < 0.12 else 1)
        begin = chance.random() * 300
        for title in titles:
            number += 1
            made = list(_make_flow(chance, len(mails) + 1, begin, company, title, domain))
            mails += made
            truth |= {mail.email_id: number for mail in made}
        if chance.random() < 0.05 and mails[-1].email_class == REJECTION:
            number += 1
            made = list(
                _make_flow(chance, len(mails) + 1, begin + 120, company, titles[-1], domain, FLOWS[0])
            )
            mails += made
            truth |= {mail.email_id: number for mail in made}
    return mails, truth


def _make_flow(
    chance: random.Random,
    email_id: int,
    begin: float,
    company: str,
    title: str,
    domain: str | None,
    flow: tuple[str, ...] | None = None,
) -> Iterator[MailFacts]:
    day = begin + chance.random() * 3
    last: MailFacts | None = None
    for step, email_class in enumerate(flow or chance.choice(FLOWS)):
        named = title if step == 0 or chance.random() < 0.67 else ""
        called = company if chance.random() < 0.9 or not domain else ""
        mail = make_facts(email_id, day, email_class, called, named, sender_domain=domain)
        if last is not None and chance.random() < 0.25:
            mail = replace(mail, references=(last.message_id or "",))
        yield mail
        email_id, last = email_id + 1, mail
        if email_class == INTERVIEW and chance.random() < 0.7:
            last = make_own(email_id, day + 0.5, references=(mail.message_id,))
            yield last
            email_id += 1
        day += 2 + chance.random() * 18


@pytest.mark.parametrize("seed", range(6))
def test_pairs_of_a_simulated_search(seed: int) -> None:
    mails, truth = make_search(seed, 150)
    groups = [group for component in components(mails) for group in partition(component).groups]
    found = {pair for group in groups for pair in combinations(sorted(group.email_ids), 2)}
    wanted = {
        (a, b)
        for a, b in combinations(sorted(truth), 2)
        if truth[a] == truth[b] and {a, b} <= {mail.email_id for mail in mails}
    }
    right = len(found & wanted)
    precision, recall = right / len(found), right / len(wanted)
    assert 2 * precision * recall / (precision + recall) >= 0.95
    assert 1 - precision <= 0.01
