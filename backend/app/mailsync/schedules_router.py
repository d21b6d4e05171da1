"""An account's schedule over the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.auth.dependencies import CurrentUser
from app.core.settings import get_settings
from app.core.web import ReadDb, RowId, WriteDb, problems
from app.mail import repository as mail
from app.mail.errors import MailAccountNotFound
from app.mailsync.models import Schedule, ScheduleKind
from app.mailsync.schedules import service
from app.mailsync.schedules.errors import NothingScheduled

router = APIRouter(tags=["accounts"])


class TurnsOut(BaseModel):
    """One thing that happens by itself. `every_minutes` is 0 when the settings switch it off; `next_due_at` is null
    until the first turn is planned, and while turns are off; `failures` counts turns in a row that failed."""

    kind: ScheduleKind
    every_minutes: float
    next_due_at: datetime | None
    last_started_at: datetime | None
    last_job_id: str | None
    failures: int


class ScheduleOut(BaseModel):
    """What happens to an account without anybody asking."""

    mail_account_id: int
    enabled: bool
    turns: list[TurnsOut]

    @classmethod
    def of(cls, account_id: int, schedules: Sequence[Schedule]) -> Self:
        settings = get_settings()
        turns = []
        for schedule in schedules:
            every_s = service.every_s(settings, schedule)
            planned = schedule.id is not None and schedule.enabled and every_s > 0
            turns.append(
                TurnsOut(
                    kind=ScheduleKind(schedule.kind),
                    every_minutes=every_s / 60,
                    next_due_at=schedule.next_due_at if planned else None,
                    last_started_at=schedule.last_started_at,
                    last_job_id=schedule.last_run_id,
                    failures=schedule.failures,
                )
            )
        return cls(mail_account_id=account_id, enabled=any(s.enabled for s in schedules), turns=turns)


class ScheduleChange(BaseModel):
    """What is left out stays. `every_minutes` is about reading new mail."""

    enabled: bool | None = None
    every_minutes: int | None = Field(None, ge=1, le=10_080)


@router.get(
    "/mail-accounts/{account_id}/schedule",
    response_model=ScheduleOut,
    responses=problems(MailAccountNotFound, NothingScheduled),
)
def get_schedule(session: ReadDb, user: CurrentUser, account_id: RowId) -> ScheduleOut:
    """When this account is read again by itself."""
    account = mail.get_account(session, user.id, account_id)
    return ScheduleOut.of(account_id, service.of_account(session, account))


@router.patch(
    "/mail-accounts/{account_id}/schedule",
    response_model=ScheduleOut,
    responses=problems(MailAccountNotFound, NothingScheduled),
)
def change_schedule(
    session: WriteDb, user: CurrentUser, account_id: RowId, body: ScheduleChange
) -> ScheduleOut:
    """Switch the account's schedule on or off, or say how often its mail is read."""
    account = mail.get_account(session, user.id, account_id)
    every_s = 60 * body.every_minutes if body.every_minutes else None
    return ScheduleOut.of(account_id, service.change(session, account, enabled=body.enabled, every_s=every_s))
