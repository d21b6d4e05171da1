"""Queries over links and the keys by which mails find each other; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import aliased

from app.core.db import ReadSession, WriteSession
from app.correlation.keys import keys_to_ask, slips_key
from app.correlation.models import Link, LinkKey

_NAME = "name:"
_AT_ONCE = 500
Value = TypeVar("Value")


def put_keys(session: WriteSession, user_id: int, keys: Mapping[int, Collection[str]]) -> None:
    """Store the keys of emails, in place of those they had."""
    for some in _portions(sorted(keys)):
        session.execute(delete(LinkKey).where(LinkKey.user_id == user_id, LinkKey.email_id.in_(some)))
    rows = [
        {"user_id": user_id, "email_id": email_id, "key": key}
        for email_id, own in keys.items()
        for key in own
    ]
    if rows:
        session.execute(insert(LinkKey), rows)


def names_like(session: ReadSession, user_id: int, company_keys: Iterable[str]) -> set[str]:
    """The company keys in the user's mail that may be one of these with a slip, themselves among them. Names that
    share a spelling need no looking for: their mails share that key."""
    named = aliased(LinkKey)
    found: set[str] = set()
    for some in _portions(sorted({slips_key(one) for one in company_keys})):
        rows = session.scalars(
            select(named.key)
            .join(LinkKey, LinkKey.email_id == named.email_id)
            .where(LinkKey.user_id == user_id, LinkKey.key.in_(some), named.key >= _NAME, named.key < "name;")
            .distinct()
        )
        found.update(key.removeprefix(_NAME) for key in rows)
    return found


def emails_naming(session: ReadSession, user_id: int, company_keys: Iterable[str]) -> list[int]:
    """The emails that name one of these companies."""
    found: set[int] = set()
    for some in _portions(sorted({name_key(one) for one in company_keys})):
        found.update(
            session.scalars(select(LinkKey.email_id).where(LinkKey.user_id == user_id, LinkKey.key.in_(some)))
        )
    return sorted(found)


def name_key(company_key: str) -> str:
    return f"{_NAME}{company_key}"[:300]


def component_members(session: ReadSession, user_id: int, email_ids: Iterable[int]) -> dict[int, set[str]]:
    """Every email that shares keys with these, directly or through others, with its keys."""
    found: dict[int, set[str]] = {}
    fresh = set(email_ids)
    asked: set[str] = set()
    while fresh:
        keys: set[str] = set()
        for some in _portions(sorted(fresh)):
            for email_id, key in session.execute(
                select(LinkKey.email_id, LinkKey.key).where(
                    LinkKey.user_id == user_id, LinkKey.email_id.in_(some)
                )
            ):
                found.setdefault(email_id, set()).add(key)
                keys.add(key)
        new_keys = keys_to_ask(keys) - asked
        asked |= new_keys
        reached: set[int] = set()
        for some_keys in _portions(sorted(new_keys)):
            reached.update(
                session.scalars(
                    select(LinkKey.email_id).where(LinkKey.user_id == user_id, LinkKey.key.in_(some_keys))
                )
            )
        fresh = reached - found.keys()
    return found


def links_of(session: ReadSession, user_id: int, email_ids: Collection[int]) -> dict[int, Link]:
    found: dict[int, Link] = {}
    for some in _portions(sorted(email_ids)):
        for link in session.scalars(select(Link).where(Link.user_id == user_id, Link.email_id.in_(some))):
            found[link.email_id] = link
    return found


def emails_of_application(session: ReadSession, user_id: int, application_id: int) -> Sequence[Link]:
    return session.scalars(
        select(Link)
        .where(Link.user_id == user_id, Link.application_id == application_id)
        .order_by(Link.email_id)
    ).all()


def emails_of_applications(
    session: ReadSession, user_id: int, application_ids: Collection[int]
) -> Sequence[Link]:
    return session.scalars(
        select(Link).where(Link.user_id == user_id, Link.application_id.in_(application_ids))
    ).all()


def count_links(session: ReadSession, application_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Link.application_id, func.count())
        .where(Link.application_id.in_(application_ids))
        .group_by(Link.application_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def delete_links(session: WriteSession, email_ids: Collection[int]) -> None:
    for some in _portions(sorted(email_ids)):
        session.execute(delete(Link).where(Link.email_id.in_(some)))


def _portions(values: Sequence[Value]) -> Iterable[Sequence[Value]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
