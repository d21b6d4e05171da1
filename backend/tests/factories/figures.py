"""Applications and their mail straight into the tables, as many as wanted: for figures and their benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert

from app import orm
from app.companies import service as companies
from app.core.clock import now
from app.core.db import WriteSession

_PORTION = 1000
_NAMES = (
    "Larkspur",
    "Otter",
    "Wagtail",
    "Thistle",
    "Bramble",
    "Pebble",
    "Juniper",
    "Hazel",
    "Sorrel",
    "Kestrel",
)
_KINDS = ("Bank", "Health", "Cloud", "Energy", "Logistics", "Foods", "Academy", "Partners", "Media", "Hill")
_SOURCES = ("linkedin", "indeed", "company_site", "referral", "board", "agency", "unknown")
_LEVELS = ("junior", "senior", "lead", None)
_TITLES = ("Data Engineer", "Product Manager", "Controller", "UX Designer", "Site Manager")
LATER = ("assessment", "interview", "offer", "accepted")


@dataclass(frozen=True)
class Story:
    """One application: days after `received` at which things happened, and the mail that told of them.

    `mails` are (day, class) of incoming mail; None stands for own mail.
    """

    received: datetime
    company: str = "Larkspur Bank"
    source: str = "linkedin"
    level: str | None = None
    applied: float | None = None
    assessment: float | None = None
    interview: float | None = None
    offer: float | None = None
    accepted: float | None = None
    rejected: float | None = None
    withdrawn: float | None = None
    archived: float | None = None
    saved: bool = False
    mails: tuple[tuple[float, str | None], ...] = ()

    @property
    def stage(self) -> str:
        if self.saved:
            return "saved"
        for name in ("withdrawn", "rejected", *reversed(LATER)):
            if getattr(self, name) is not None:
                return name
        return "applied"

    def at(self, name: str) -> datetime | None:
        day = getattr(self, name)
        return None if day is None else self.received + timedelta(days=day)


def tell(session: WriteSession, user_id: int, stories: Sequence[Story]) -> list[int]:
    """Store them; their ids, in the order given."""
    tables = orm.metadata.tables
    ids = [
        int(i)
        for row in _portions([_application(user_id, n, s) for n, s in enumerate(stories)])
        for i in session.scalars(
            insert(tables["applications"]).returning(
                tables["applications"].c.id, sort_by_parameter_order=True
            ),
            row,
        )
    ]
    mails = [(i, s, day, kind) for i, s in zip(ids, stories, strict=True) for day, kind in s.mails]
    emails = [_email(user_id, n, s, day, kind) for n, (_, s, day, kind) in enumerate(mails)]
    email_ids = [
        int(i)
        for row in _portions(emails)
        for i in session.scalars(
            insert(tables["emails"]).returning(tables["emails"].c.id, sort_by_parameter_order=True), row
        )
    ]
    told = list(zip(email_ids, mails, strict=True))
    _store(session, tables["verdicts"], [_verdict(user_id, e, kind) for e, (_, _, _, kind) in told])
    _store(session, tables["links"], [_link(user_id, e, i) for e, (i, _, _, _) in told])
    return ids


def random_stories(count: int, seed: int, *, until: datetime | None = None, mails: int = 5) -> list[Story]:
    """A made-up search of a year: referrals do better, answers take an exponential time, most never come."""
    dice = random.Random(seed)
    end = until or now()
    return [_random_story(dice, end, mails) for _ in range(count)]


def _random_story(dice: random.Random, end: datetime, mails: int) -> Story:
    received = end - timedelta(days=dice.uniform(0.2, 365))
    age = (end - received) / timedelta(days=1)
    source = dice.choice(_SOURCES)
    happened: dict[str, float] = {}
    if dice.random() < (0.75 if source == "referral" else 0.45):
        day = round(dice.expovariate(1 / 12), dice.choice((0, 3)))
        if dice.random() < 0.55:
            happened["rejected"] = day
        else:
            for name in LATER[dice.randrange(2) :]:
                happened[name] = day
                day += dice.expovariate(1 / 10)
                if dice.random() < 0.6:
                    break
            if dice.random() < 0.4 and "accepted" not in happened:
                happened["rejected"] = day
    elif dice.random() < 0.05:
        happened["withdrawn"] = dice.uniform(1, 60)
    happened = {name: day for name, day in happened.items() if day < age}
    told: list[tuple[float, str | None]] = [(0.0, "APPLICATION_RECEIVED")]
    told += [(day, _class_of(name)) for name, day in happened.items() if name != "withdrawn"]
    while len(told) < mails:
        told.append((dice.uniform(0, age), dice.choice(("STATUS_UPDATE", None))))
    return Story(
        received=received,
        company=f"{dice.choice(_NAMES)} {dice.choice(_NAMES)} {dice.choice(_KINDS)}",
        source=source,
        level=dice.choice(_LEVELS),
        applied=0.0 if dice.random() < 0.7 else None,
        archived=min(age, 200.0) if dice.random() < 0.05 and age > 100 else None,
        saved=not happened and dice.random() < 0.03,
        mails=tuple(sorted(told, key=lambda mail: mail[0])),
        **happened,
    )


def _class_of(name: str) -> str:
    return {
        "assessment": "ASSESSMENT",
        "interview": "INTERVIEW_REQUEST",
        "offer": "OFFER",
        "accepted": "OFFER",
        "rejected": "REJECTION",
    }[name]


def _application(user_id: int, number: int, story: Story) -> dict[str, Any]:
    moments = {
        f"{name}_at": story.at(name) for name in ("applied", *LATER, "rejected", "withdrawn", "archived")
    }
    last = max([story.received, *(story.received + timedelta(days=day) for day, _ in story.mails)])
    title = _TITLES[number % len(_TITLES)]
    return {
        "user_id": user_id,
        "company_name": story.company,
        "company_key": companies.company_key(story.company),
        "job_title": title,
        "title_key": companies.title_key(title),
        "position_level": story.level,
        "source": story.source,
        "stage": story.stage,
        "pinned": False,
        "received_date": story.received,
        "stage_since": story.received,
        "last_activity_at": last,
        "last_direction": "in",
        "emails": len(story.mails),
        "requires_action": False,
        "needs_review": False,
        "stage_evidence": {
            story.stage: {
                "email_id": 1,
                "quote": "Thank you for your application, which has arrived.",
                "at": story.received.isoformat(),
                "sender_name": "Hiring team",
            }
        },
        "machine": {},
        "created_at": story.received,
        "version": 1,
        **moments,
    }


def _email(user_id: int, number: int, story: Story, day: float, kind: str | None) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "dedupe_key": f"figures-{number}-{story.received.timestamp()}",
        "rfc822_message_id": f"<{number}@figures.example>",
        "references": [],
        "subject": f"Your application at {story.company}",
        "sender_name": story.company,
        "sender_email": "jobs@larkspur.example",
        "recipients": ["ana@example.com"],
        "snippet": "Thank you for your application, which has arrived safely. We will be in touch.",
        "received_at": (story.received + timedelta(days=day)).astimezone(UTC),
        "direction": "in" if kind else "out",
        "size": 2000,
        "headers": {},
        "attachments": [],
        "content_hash": "0" * 64,
        "created_at": story.received,
    }


def _verdict(user_id: int, email_id: int, kind: str | None) -> dict[str, Any]:
    return {
        "email_id": email_id,
        "user_id": user_id,
        "email_class": kind,
        "confidence": 0.97,
        "runner_ups": [],
        "classified_by": "rules",
        "reasoning": ["receipt"],
        "evidence": [],
        "entities": {},
        "action_items": [],
        "requires_action": False,
        "unsure": False,
        "needs_review": False,
        "link_pending": False,
        "pipeline_version": "test",
        "classified_at": now(),
    }


def _link(user_id: int, email_id: int, application_id: int) -> dict[str, Any]:
    return {
        "email_id": email_id,
        "user_id": user_id,
        "application_id": application_id,
        "method": "thread",
        "score": 1.0,
        "evidence": {},
    }


def _store(session: WriteSession, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for portion in _portions(rows):
        session.execute(insert(table), portion)


def _portions(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (list(rows[start : start + _PORTION]) for start in range(0, len(rows), _PORTION))
