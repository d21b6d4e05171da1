"""The agenda over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel

from app.applications.agenda.lines import Candidacy, Kind, Line, Verb
from app.applications.agenda.service import Day, day_of
from app.auth.dependencies import CurrentUser
from app.core.web import ReadDb

router = APIRouter(tags=["agenda"])


class AgendaLineOut(BaseModel):
    """One line with the one thing to do about it. `ref_id` is the id of the interview, action item or reminder.
    Waiting lines have `day` (days of silence) and, where that is known, `usual_days` until an answer comes."""

    kind: Kind
    ref_id: int | None
    application_id: int
    company_name: str | None
    job_title: str | None
    stage: str
    title: str
    verb: Verb
    at: datetime | None
    ends_at: datetime | None
    whole_day: bool
    link: str | None
    email_id: int | None
    item_kind: str | None
    day: int | None
    usual_days: int | None
    usual_of: Literal["company", "all"] | None

    @classmethod
    def of(cls, line: Line) -> Self:
        names = set(cls.model_fields) - set(_of(line.candidacy))
        return cls(**{name: getattr(line, name) for name in names}, **_of(line.candidacy))


class NewsOut(BaseModel):
    """What an application reached since the user last looked at it."""

    application_id: int
    company_name: str | None
    job_title: str | None
    stage: str
    what: Literal["offer", "interview", "assessment", "rejected", "applied"]
    at: datetime


class AgendaOut(BaseModel):
    """The day of a user, in their own time zone. `later` counts what is due after this week, `snoozed` what is put
    off; `news_since` is the moment of the oldest news."""

    today: date
    time_zone: str
    overdue: list[AgendaLineOut]
    due_today: list[AgendaLineOut]
    this_week: list[AgendaLineOut]
    waiting: list[AgendaLineOut]
    waiting_total: int
    later: int
    snoozed: int
    news: list[NewsOut]
    news_since: datetime | None

    @classmethod
    def of(cls, day: Day, today: date) -> Self:
        news = [NewsOut.model_validate({**_of(n.candidacy), "what": n.what, "at": n.at}) for n in day.news]
        return cls(
            today=today,
            time_zone=day.zone,
            overdue=[AgendaLineOut.of(line) for line in day.agenda.overdue],
            due_today=[AgendaLineOut.of(line) for line in day.agenda.today],
            this_week=[AgendaLineOut.of(line) for line in day.agenda.this_week],
            waiting=[AgendaLineOut.of(line) for line in day.waiting],
            waiting_total=day.waiting_total,
            later=day.agenda.later,
            snoozed=day.snoozed,
            news=news,
            news_since=min((n.at for n in day.news), default=None),
        )


@router.get("/agenda", response_model=AgendaOut)
def get_agenda(session: ReadDb, user: CurrentUser) -> AgendaOut:
    """What is overdue, due today or this week, who lets you wait, and what is new."""
    day = day_of(session, user.id, user.time_zone)
    return AgendaOut.of(day, day.at.astimezone(ZoneInfo(day.zone)).date())


def _of(candidacy: Candidacy) -> dict[str, object]:
    return {
        "application_id": candidacy.application_id,
        "company_name": candidacy.company_name,
        "job_title": candidacy.job_title,
        "stage": candidacy.stage,
    }
