"""Queries about contacted hosts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import ReadSession, WriteSession
from app.core.models import ContactedHost


def add_contact(session: WriteSession, values: Mapping[str, Any]) -> None:
    """Store a contact, or add its count to the one that is there."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(ContactedHost).values(**values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[ContactedHost.key],
            set_={
                "count": ContactedHost.count + statement.excluded.count,
                "last_at": statement.excluded.last_at,
            },
        )
    )


def contacts(
    session: ReadSession, user_id: int, *, offset: int, limit: int
) -> tuple[list[ContactedHost], int]:
    """What was contacted for this person or for the whole installation, last contacted first; and how many."""
    own = or_(ContactedHost.user_id == user_id, ContactedHost.user_id.is_(None))
    total = session.scalar(select(func.count()).select_from(ContactedHost).where(own)) or 0
    rows = session.scalars(
        select(ContactedHost)
        .where(own)
        .order_by(ContactedHost.last_at.desc(), ContactedHost.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return list(rows), total
