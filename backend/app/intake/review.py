"""What the machine is unsure about, costliest first and in groups, and how right it is where it is sure."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from app.applications import repository as applications
from app.applications.models import Application, Decision, DecisionKind
from app.classification import service as classification
from app.companies import service as companies
from app.core.db import ReadSession
from app.intake import reading, repository
from app.intake.corrections import value_of
from app.intake.models import VerdictRow
from app.intake.reading import EmailWhole
from app.mail.models import Email, EmailBody

MOST_AT_ONCE = 300  # waiting mails that are looked at for groups
MOST_CANDIDATES = 5
SAMPLE = 30
CONFIDENT = 0.8
# What it costs to leave a class unseen: an offer that nobody answers is worse than a doubtful update.
_COST = {"OFFER": 6, "INTERVIEW_REQUEST": 5, "ASSESSMENT": 4, "REJECTION": 3, "APPLICATION_RECEIVED": 2}


@dataclass(frozen=True, slots=True)
class Question:
    """One mail to be asked about; `alike` are further mails to which the same answer may apply, `candidates` the
    applications that it may belong to."""

    whole: EmailWhole
    alike: tuple[int, ...]
    candidates: tuple[Application, ...]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of the checked mails were right, with the bounds of the 95 % interval (Wilson)."""

    checked: int
    right: int

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.checked)


def questions(session: ReadSession, user_id: int, offset: int, limit: int) -> tuple[list[Question], int]:
    """The mails to ask about, costliest first, mails alike behind their first; and how many wait in all."""
    rows = sorted(repository.to_review(session, user_id, MOST_AT_ONCE), key=_urgency)
    groups = classification.groups_of([value_of(email, body) for email, body, _ in rows])
    shown = groups[offset : offset + limit]
    found = []
    for group in shown:
        email, _, verdict = rows[group[0]]
        found.append(
            Question(
                reading.get_email(session, user_id, email.id),
                tuple(rows[place][0].id for place in group[1:]),
                _candidates(session, user_id, verdict),
            )
        )
    return found, repository.count_to_review(session, user_id)


def sample(session: ReadSession, user_id: int) -> list[EmailWhole]:
    """Mails that the machine is sure of, drawn at random: the same ones until they are answered."""
    ids = list(repository.confident(session, user_id, CONFIDENT))
    left = max(0, SAMPLE - checked(session, user_id).checked)
    drawn = random.Random(user_id).sample(ids, min(left, len(ids)))  # noqa: S311 (no secret)
    return [reading.get_email(session, user_id, email_id) for email_id in drawn]


def checked(session: ReadSession, user_id: int) -> Accuracy:
    """What the answers to the sample say."""
    answers: dict[int, Decision] = {}
    for decision in applications.email_decisions(session, user_id, (DecisionKind.CLASS,)):
        if decision.payload.get("sample"):
            answers[decision.email_id or 0] = decision
    right = sum(d.payload["email_class"] == d.payload["was"] for d in answers.values())
    return Accuracy(len(answers), right)


def wilson(right: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927); (0, 1) when nothing was counted."""
    if n == 0:
        return 0.0, 1.0
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _urgency(row: tuple[Email, EmailBody, VerdictRow]) -> tuple[int, float, int]:
    email, _, verdict = row
    return -_COST.get(verdict.email_class or "", 1), -email.received_at.timestamp(), -email.id


def _candidates(session: ReadSession, user_id: int, verdict: VerdictRow) -> tuple[Application, ...]:
    key = companies.company_key(verdict.entities.get("company_name") or "")
    found: Sequence[Application] = (
        applications.at_company(session, user_id, key, MOST_CANDIDATES) if key else ()
    )
    return tuple(found)
