"""The order in which mail arrives never matters, nor which other components are computed along."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.applications.fold import MailEvent, Standing, fold
from app.correlation.keys import components
from app.correlation.partition import partition
from app.correlation.values import Constraints, MailFacts, PartitionResult
from tests.factories.links import ids, make_facts

CLASSES = (
    "APPLICATION_RECEIVED",
    "APPLICATION_RECEIVED",
    "INTERVIEW_REQUEST",
    "ASSESSMENT",
    "OFFER",
    "REJECTION",
    "STATUS_UPDATE",
    "RECRUITER_OUTREACH",
    "JOB_ALERT",
    None,
)
COMPANIES = ("Fernhollow", "Fernhollow Group", "Fernhollow Robotics", "Marlowe", "Marlow", "")
TITLES = ("Data Engineer", "Senior Data Engineer", "Data Engineer, Growth", "Nurse", "", "")
STAGES = {
    "APPLICATION_RECEIVED": "applied",
    "INTERVIEW_REQUEST": "interview",
    "ASSESSMENT": "assessment",
    "OFFER": "offer",
    "REJECTION": "rejected",
}


def make_sequence(seed: int, length: int = 14) -> list[MailFacts]:
    """A mailbox in which everything may happen: ties in time, broken threads, shared numbers."""
    chance = random.Random(seed)
    mails = []
    for number in range(1, length + 1):
        email_class = chance.choice(CLASSES)
        references = (f"<{chance.randint(1, length)}>",) if chance.random() < 0.3 else ()
        mails.append(
            make_facts(
                number,
                chance.choice((0, 1, 1, 5, 20, 45, 100, 200, 400)) + chance.choice((0, 0, 1, 2)),
                email_class,
                chance.choice(COMPANIES),
                chance.choice(TITLES),
                direction="in" if email_class else "out",
                references=references,
                threads=(f"1:{chance.randint(1, 6)}",) if chance.random() < 0.3 else (),
                identifiers=(f"req:{chance.randint(1, 3)}",) if chance.random() < 0.15 else (),
                sender_domain=chance.choice((None, None, "fernhollow.com", "talentpool.com")),
                unsure=chance.random() < 0.1,
                subject=chance.choice(("", "Your application", "Re: Your application")),
                confidence=chance.choice((0.6, 0.9)),
            )
        )
    return mails


def standings(mails: list[MailFacts], result: PartitionResult) -> list[Standing]:
    by_id = {mail.email_id: mail for mail in mails}
    found = []
    for group in result.groups:
        events = [
            MailEvent(
                mail.email_id,
                mail.received_at,
                mail.email_class,
                mail.confidence,
                placed.method.value,
                mail.direction,
                STAGES.get(mail.email_class or ""),
                mail.unsure,
            )
            for placed in group.mails
            for mail in [by_id[placed.email_id]]
        ]
        found.append(fold(events))
    return found


@pytest.mark.parametrize("block", range(5))
def test_fifty_mailboxes_in_fifty_orders(block: int) -> None:
    for seed in range(block * 10, block * 10 + 10):
        mails = make_sequence(seed)
        chance = random.Random(seed)
        constraints = Constraints(
            linked={chance.randint(1, 14): chance.randint(1, 14)} if seed % 3 == 0 else {},
            unlinked=frozenset({(chance.randint(1, 14), chance.randint(1, 14))} if seed % 4 == 0 else ()),
            same=frozenset({(chance.randint(1, 14), chance.randint(1, 14))} if seed % 5 == 0 else ()),
        )
        wanted = partition(mails, constraints)
        stages = standings(mails, wanted)
        for _ in range(50):
            chance.shuffle(mails)
            again = partition(mails, constraints)
            assert again == wanted
        assert standings(mails, again) == stages


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1000, 100_000))
def test_components_by_themselves_say_the_same_as_all_together(seed: int) -> None:
    mails = make_sequence(seed)
    apart = [group for component in components(mails) for group in ids(partition(component))]
    assert sorted(apart) == sorted(ids(partition(mails)))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1000, 100_000))
def test_every_mail_has_one_place(seed: int) -> None:
    mails = make_sequence(seed)
    result = partition(mails)
    placed = [email for group in ids(result) for email in group]
    assert len(placed) == len(set(placed))
    assert not set(placed) & {u.email_id for u in result.unplaced}
    told = set(placed) | {u.email_id for u in result.unplaced}
    for mail in mails:
        silent = mail.direction == "out" or mail.email_class in {"RECRUITER_OUTREACH", "JOB_ALERT"}
        assert mail.email_id in told or (silent and not (mail.unsure and mail.direction == "in"))


def make_mailbox(mails: int, applications: int) -> list[MailFacts]:
    """Applications to different companies, at most some of which are written to twice."""
    chance = random.Random(4)
    made = []
    names = [f"{a}{b} {c}" for a in SYLLABLES for b in SYLLABLES for c in ("Works", "Foods", "Care", "Labs")]
    for number in range(1, mails + 1):
        one = chance.randrange(applications)
        company = names[(one * 7) % len(names)]
        made.append(
            make_facts(
                number,
                one / 10 + chance.random() * 40,
                chance.choice(CLASSES[:7]),
                company,
                TITLES[one % 4] if chance.random() < 0.8 else "",
            )
        )
    return made


SYLLABLES = tuple(
    f"{start}{end}" for start in ("Br", "C", "D", "F", "G") for end in ("or", "al", "en", "im", "ust")
)


def test_thousands_of_mails_take_a_moment() -> None:
    mails = make_mailbox(3_000, 900)
    started = time.process_time()
    groups = sum(len(partition(component).groups) for component in components(mails))
    assert time.process_time() - started <= 2
    assert groups >= 500


def test_a_component_of_five_hundred_is_quick() -> None:
    chance = random.Random(9)
    mails = [
        make_facts(n, n / 4, chance.choice(CLASSES[:7]), "Fernhollow", f"{chance.choice(SYLLABLES)} Engineer")
        for n in range(1, 501)
    ]
    partition(mails)
    started = time.process_time()
    partition(mails)
    assert time.process_time() - started <= 0.2
