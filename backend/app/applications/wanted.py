"""What a list of applications is narrowed to and sorted by, as an address says it; exports take the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import Depends, Query
from pydantic import StringConstraints

from app.applications import service
from app.applications.listing import figures
from app.applications.listing.repository import Filters
from app.applications.models import Source, Stage
from app.auth.dependencies import CurrentUser
from app.auth.models import User
from app.core.clock import now
from app.core.web import ReadDb

Sort = Literal[
    "last_activity", "-last_activity", "received_date", "-received_date", "company", "-company", "title", "-title",
    "stage", "-stage", "next_due", "-next_due",
]  # fmt: skip
Reached = Literal["applied", "assessment", "interview", "offer", "accepted", "rejected", "answer", "silence"]


def read_filters(
    session: ReadDb,
    user: CurrentUser,
    status: Annotated[
        str | None, Query(max_length=40, description="UPPER CASE: category, lower case: stage")
    ] = None,
    stage: Stage | None = None,
    category: Annotated[str | None, Query(max_length=40)] = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
    company: Annotated[str | None, Query(max_length=200, description="Part of the company's name")] = None,
    source: Source | None = None,
    tag: Annotated[str | None, Query(max_length=50)] = None,
    stale: bool | None = None,
    waiting_on: Literal["me", "them"] | None = None,
    needs_review: bool | None = None,
    pinned: bool | None = None,
    reached: Annotated[
        Reached | None, Query(description="Sent, and that came of it at any time; a later stage implies it")
    ] = None,
    level: Annotated[str | None, Query(max_length=40, description="Position level, or `unknown`")] = None,
    after: date | None = None,
    before: date | None = None,
    figure: Annotated[
        list[Annotated[str, StringConstraints(max_length=240)]] | None,
        Query(max_length=4, description="Counted by this part of a figure, such as `flow/applied>interview`"),
    ] = None,
    archived: Annotated[
        bool | Literal["include"], Query(description="Only those put away, or those too")
    ] = False,
    deleted: Annotated[bool, Query(description="Those that go for good 30 days after")] = False,
) -> Filters:
    """What a list or its sums are narrowed to, as the address says."""
    by_stage, by_category = _by_status(status)
    return Filters(
        stage=stage or by_stage,
        category=category or by_category,
        q=q.replace("\x00", "") if q else None,
        company=company.replace("\x00", "") if company else None,
        source=source,
        tag=tag.replace("\x00", "").strip().casefold() if tag else None,
        stale_before=now() - timedelta(days=service.stale_days(session, user.id)) if stale else None,
        waiting_on=waiting_on,
        needs_review=needs_review,
        reached=reached,
        level=level.replace("\x00", "") if level else None,
        pinned=pinned,
        after=_midnight(user, after),
        before=_midnight(user, before),
        archived=None if archived == "include" else archived,
        figures=_known_figures(session, user, figure or ()),
        deleted=deleted,
    )


Wanted = Annotated[Filters, Depends(read_filters)]


def _known_figures(session: ReadDb, user: User, names: Sequence[str]) -> Sequence[str]:
    found = [name.replace("\x00", "") for name in names]
    figures.conditions_of(session, user.id, found)  # refuses those that there are not
    return found


def _by_status(status: str | None) -> tuple[str | None, str | None]:
    """(stage, category) that `status` means: other spellings of a stage or a class are understood."""
    if not status:
        return None, None
    word = status.strip().replace("-", "_").replace(" ", "_")
    if word.lower() in set(Stage) and not status.isupper():
        return word.lower(), None
    return None, word.upper()


def _midnight(user: User, day: date | None) -> datetime | None:
    """The beginning of that day where the user is."""
    if day is None or day.year < 2:
        return None
    try:
        zone = ZoneInfo(user.time_zone)
    except (KeyError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.combine(day, time(), zone)
