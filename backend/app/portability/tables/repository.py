"""Queries for tables of applications; all scoped to their owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, func, select

from app.applications.models import Application, ApplicationTag, Contact, Note, Stage, Tag
from app.core.db import ReadSession

_SENT_AT = func.coalesce(Application.applied_at, Application.received_date)


def rows(
    session: ReadSession, user_id: int, ids: Collection[int], columns: Collection[str]
) -> dict[int, RowMapping]:
    """These columns of these applications, and always the id, by id."""
    wanted = dict.fromkeys(("id", *columns))
    found = session.execute(
        select(*(getattr(Application, name) for name in wanted)).where(
            Application.user_id == user_id, Application.id.in_(ids)
        )
    )
    return {row["id"]: row for row in found.mappings()}


def homes(session: ReadSession, user_id: int, ids: Collection[int]) -> dict[int, int]:
    """Under which ids things are kept for these applications: those merged into them lead there too."""
    found = {one: one for one in ids}
    fresh = found
    while fresh:
        merged = session.execute(
            select(Application.id, Application.merged_into).where(
                Application.user_id == user_id, Application.merged_into.in_(list(fresh))
            )
        ).all()
        fresh = {one: found[into] for one, into in merged if into is not None and one not in found}
        found = found | fresh
    return found


def tags(session: ReadSession, user_id: int, homes: Mapping[int, int]) -> dict[int, list[str]]:
    """Names of tags by application, in order of the alphabet."""
    found = session.execute(
        select(ApplicationTag.application_id, Tag.name)
        .join(Tag, Tag.id == ApplicationTag.tag_id)
        .where(ApplicationTag.user_id == user_id, ApplicationTag.application_id.in_(list(homes)))
        .order_by(Tag.name_key)
    ).all()
    return _by_home(homes, found)


def notes(session: ReadSession, user_id: int, homes: Mapping[int, int]) -> dict[int, list[str]]:
    """Texts of notes by application, the oldest first."""
    found = session.execute(
        select(Note.application_id, Note.text)
        .where(Note.user_id == user_id, Note.application_id.in_(list(homes)))
        .order_by(Note.created_at, Note.id)
    ).all()
    return _by_home(homes, found)


def contacts(session: ReadSession, user_id: int, homes: Mapping[int, int]) -> dict[int, list[str]]:
    """People by application as `Name <address>`; those whom the user put there come first."""
    found = session.execute(
        select(Contact.application_id, Contact.name, Contact.email, Contact.said)
        .where(
            Contact.user_id == user_id,
            Contact.application_id.in_(list(homes)),
            Contact.hidden_at.is_(None),
        )
        .order_by(Contact.by_user.desc(), Contact.id)
    ).all()
    told = [
        (home, _person(said.get("name") or name, said.get("email") or email))
        for home, name, email, said in found
    ]
    return _by_home(homes, told)


def sent_between(
    session: ReadSession, user_id: int, after: datetime, before: datetime
) -> Sequence[RowMapping]:
    """Applications that were sent in [after, before), archived ones too, in the order of their days."""
    a = Application
    return (
        session.execute(
            select(
                a.id, a.company_name, a.job_title, a.location, a.source, a.job_url, a.requisition_id, a.stage,
                a.stage_since, a.emails, _SENT_AT.label("sent_at"), a.applied_at,
            )
            .where(
                a.user_id == user_id,
                a.merged_into.is_(None),
                a.deleted_at.is_(None),
                a.stage != Stage.SAVED,
                after <= _SENT_AT,
                before > _SENT_AT,
            )
            .order_by(_SENT_AT, a.id)
        )
        .mappings()
        .all()
    )  # fmt: skip


def _person(name: str, email: str | None) -> str:
    return f"{name} <{email}>" if email and email != name else name


def _by_home(homes: Mapping[int, int], found: Collection[Any]) -> dict[int, list[str]]:
    told: defaultdict[int, list[str]] = defaultdict(list)
    for home, text in found:
        if text not in told[homes[home]]:
            told[homes[home]].append(text)
    return told
