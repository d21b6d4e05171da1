"""Queries over learned aliases; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from app.companies.models import CompanyAlias
from app.core.clock import now
from app.core.db import ReadSession, WriteSession


def known_aliases(session: ReadSession, user_id: int) -> dict[str, str]:
    """The company key that each learned alias stands for, for this user."""
    rows = session.execute(
        select(CompanyAlias.alias_key, CompanyAlias.company_key).where(CompanyAlias.user_id == user_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def store_aliases(session: WriteSession, user_id: int, aliases: Mapping[str, str]) -> None:
    """Keep these in place of those there were."""
    session.execute(delete(CompanyAlias).where(CompanyAlias.user_id == user_id))
    rows = [
        {"user_id": user_id, "alias_key": alias, "company_key": company, "created_at": now()}
        for alias, company in aliases.items()
    ]
    if rows:
        session.execute(insert(CompanyAlias), rows)
