"""Rows in great numbers, written in bulk and always the same: applications for lists, judged mail for linking."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.applications.models import Application, Source, Stage
from app.companies import service as companies
from app.core import db
from app.intake.models import SearchEntry, VerdictRow
from app.mail.models import Email, EmailBody, EmailSource, MailAccount

BEGIN = datetime(2023, 1, 2, 8, tzinfo=UTC)
_AT_ONCE = 2_000
_STARTS = (
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
_ENDS = (
    "hollow",
    "water",
    "wick",
    "stead",
    "field",
    "grove",
    "mark",
    "spur",
    "dale",
    "brook",
    "crest",
    "mere",
)
_SORTS = (
    "Robotics",
    "Health",
    "Foods",
    "Analytics",
    "Energy",
    "Logistics",
    "Bank",
    "Media",
    "Optics",
    "Works",
)
_PLACES = (
    "Altdorf",
    "Bergheim",
    "Lakeview",
    "Neudorf",
    "Seefeld",
    "Talheim",
    "Waldau",
    "Harborside",
    "Midtown",
)
_ROLES = (
    "Data Engineer",
    "Product Designer",
    "Software Engineer",
    "Account Manager",
    "Research Scientist",
    "Nurse",
)
_LEVELS = ("", "Senior ", "Staff ", "Junior ", "Lead ")
_TEAMS = ("", ", Payments", ", Growth", ", Platform", ", Mobile", ", Search")
_STAGES = (Stage.APPLIED,) * 9 + (Stage.REJECTED,) * 8 + (Stage.INTERVIEW, Stage.INTERVIEW, Stage.ASSESSMENT)
_RARE_STAGES = (Stage.OFFER, Stage.SAVED, Stage.WITHDRAWN, Stage.ACCEPTED)
_CATEGORY = {
    Stage.APPLIED: "APPLICATION_RECEIVED",
    Stage.REJECTED: "REJECTION",
    Stage.INTERVIEW: "INTERVIEW_REQUEST",
    Stage.ASSESSMENT: "ASSESSMENT",
    Stage.OFFER: "OFFER",
}


def name_company(number: int) -> str:
    """One of 12,960 company names."""
    number, start = divmod(number, len(_STARTS))
    number, end = divmod(number, len(_ENDS))
    number, sort = divmod(number, len(_SORTS))
    return f"{_STARTS[start]}{_ENDS[end]} {_SORTS[sort]} {_PLACES[number % len(_PLACES)]}"


def name_title(chance: random.Random) -> str:
    """One of 180 job titles."""
    return f"{chance.choice(_LEVELS)}{chance.choice(_ROLES)}{chance.choice(_TEAMS)}"


def fill_applications(user_id: int, count: int, seed: int = 7) -> None:
    """So many applications of three years, with their search entries; a tenth is archived, some merged or deleted."""
    chance = random.Random(seed)
    first: int | None = None
    for start in range(0, count, _AT_ONCE):
        rows = [_application(chance, user_id) for _ in range(min(_AT_ONCE, count - start))]
        with db.transaction() as session:
            ids = list(session.scalars(insert(Application).returning(Application.id), rows))
            first = first or ids[0]
            for place, row in enumerate(rows):
                row["names"] = f"{row['company_name']} {row['job_title']}".lower()
                row["ref"] = ids[place]
            session.execute(
                insert(SearchEntry),
                [
                    {"user_id": user_id, "kind": "application", "ref_id": row["ref"], "names": row["names"]}
                    for row in rows
                ],
            )


def _application(chance: random.Random, user_id: int) -> dict[str, Any]:
    company, title, stage = (
        name_company(chance.randrange(12_960)),
        name_title(chance),
        chance.choice([*_STAGES, *_RARE_STAGES]),
    )
    received = BEGIN + timedelta(minutes=chance.randrange(3 * 365 * 1440))
    active = received + timedelta(minutes=chance.randrange(60 * 1440))
    acts = stage in {Stage.INTERVIEW, Stage.ASSESSMENT, Stage.OFFER} and chance.random() < 0.4
    fate = chance.random()
    return {
        "user_id": user_id,
        "company_name": company,
        "company_key": companies.company_key(company),
        "job_title": title,
        "title_key": companies.title_key(title),
        "position_level": companies.position_level(title),
        "source": chance.choice(list(Source)),
        "stage": stage,
        "pinned": chance.random() < 0.01,
        "category": _CATEGORY.get(stage),
        "confidence": 0.9,
        "received_date": received,
        "applied_at": received,
        "stage_since": active,
        "last_activity_at": active,
        "last_direction": "out" if chance.random() < 0.15 else "in",
        "emails": 1 + chance.randrange(6),
        "requires_action": acts,
        "next_action": "Answer the invitation" if acts else None,
        "next_due_at": active + timedelta(days=5) if acts else None,
        "needs_review": chance.random() < 0.02,
        "archived_at": active if fate < 0.1 else None,
        "deleted_at": active if 0.1 <= fate < 0.11 else None,
        "created_at": received,
        "version": 1,
    }


def fill_mail(user_id: int, mails: int, applications: int, seed: int = 11) -> list[int]:
    """Judged but unlinked mail about so many applications, a fifth of them at companies applied to twice; answers
    with the ids in random order, as a backfill would bring them."""
    chance = random.Random(seed)
    rows = sorted(_mail_values(chance, mails, applications), key=lambda row: row["at"])
    account = MailAccount(user_id=user_id, provider="archive", address="archive", created_at=BEGIN)
    with db.transaction() as session:
        session.add(account)
        session.flush()
        account_id = account.id
    ids: list[int] = []
    for start in range(0, len(rows), _AT_ONCE):
        ids += add_mail(user_id, account_id, rows[start : start + _AT_ONCE])
    chance.shuffle(ids)
    return ids


def _mail_values(chance: random.Random, mails: int, applications: int) -> Iterator[dict[str, Any]]:
    classes = ("APPLICATION_RECEIVED", "INTERVIEW_REQUEST", "REJECTION", "STATUS_UPDATE", "ASSESSMENT")
    made = 0
    for number in range(applications):
        count = mails * (number + 1) // applications - mails * number // applications
        company = name_company((number * 4 // 5) * 7 % 12_960)
        title, begin = name_title(chance), number * 900 // applications
        for step in range(count):
            made += 1
            yield mail_values(
                made,
                BEGIN + timedelta(days=begin + 6 * step, minutes=chance.randrange(1440)),
                classes[0] if step == 0 else chance.choice(classes[1:]),
                company,
                title if step == 0 or chance.random() < 0.6 else None,
            )


def mail_values(
    number: int, at: datetime, email_class: str, company: str, title: str | None
) -> dict[str, Any]:
    """What `add_mail` needs of one message."""
    host = company.lower().replace(" ", "-")
    return {
        "number": number,
        "at": at,
        "class": email_class,
        "company": company,
        "title": title,
        "host": host,
    }


def add_mail(user_id: int, account_id: int, rows: list[dict[str, Any]]) -> list[int]:
    """Emails with their bodies, sources, verdicts and search entries, in one transaction; their ids."""
    stages = {"APPLICATION_RECEIVED": "applied", "INTERVIEW_REQUEST": "interview", "REJECTION": "rejected"}
    with db.transaction() as session:
        emails = [_email(user_id, row) for row in rows]
        ids = list(session.scalars(insert(Email).returning(Email.id, sort_by_parameter_order=True), emails))
        pairs = list(zip(ids, rows, strict=True))
        session.execute(
            insert(EmailBody),
            [
                {
                    "email_id": i,
                    "user_id": user_id,
                    "text": f"Dear Robin, news from {row['company']}." * 8,
                    "parser_version": 1,
                }
                for i, row in pairs
            ],
        )
        session.execute(
            insert(EmailSource),
            [
                {
                    "user_id": user_id,
                    "email_id": i,
                    "mail_account_id": account_id,
                    "provider_message_id": f"m{row['number']}",
                }
                for i, row in pairs
            ],
        )
        session.execute(
            insert(VerdictRow),
            [
                {
                    "email_id": i,
                    "user_id": user_id,
                    "email_class": row["class"],
                    "confidence": 0.95,
                    "classified_by": "rules",
                    "entities": {"company_name": row["company"], "job_title": row["title"]},
                    "application_stage": stages.get(row["class"]),
                    "link_pending": True,
                    "pipeline_version": "1",
                    "classified_at": BEGIN,
                }
                for i, row in pairs
            ],
        )
        names = [f"{email['subject']} {email['sender_email']}".lower() for email in emails]
        session.execute(
            insert(SearchEntry),
            [
                {"user_id": user_id, "kind": "email", "ref_id": i, "names": name}
                for i, name in zip(ids, names, strict=True)
            ],
        )
    return ids


def _email(user_id: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "dedupe_key": f"crowd-{row['number']}",
        "rfc822_message_id": f"<crowd-{row['number']}@mail.jobtrail.example>",
        "subject": f"Your application to {row['company']}",
        "sender_name": f"{row['company']} Recruiting",
        "sender_email": f"careers@{row['host']}.example",
        "recipients": ["robin@mailbox.example"],
        "snippet": "Dear Robin",
        "received_at": row["at"],
        "direction": "in",
        "size": 2_000,
        "content_hash": f"{row['number']:064x}",
        "created_at": BEGIN,
    }
