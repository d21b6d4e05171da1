"""Finding what is due and starting it; what people see of it and may change."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

import structlog
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.core.errors import AppError
from app.core.settings import Settings, get_settings
from app.mail import connections
from app.mail import repository as mail
from app.mail.models import MailAccount, Provider
from app.mail.sources import SourceReauthRequired
from app.mailsync.models import Schedule, ScheduleKind
from app.mailsync.schedules import repository, starters
from app.mailsync.schedules.errors import NothingScheduled
from app.runs import repository as runs
from app.runs.errors import RunAlreadyActive
from app.runs.events import RunFinished
from app.runs.models import RunState

log = structlog.get_logger(__name__)
JITTER = 0.1
LONGEST_WAIT = timedelta(hours=6)
_AT_ONCE = 50
_chance = random.SystemRandom()


def start_due() -> None:
    """Give every schedule that is due its turn. Any process may call this, also at the same time."""
    settings = get_settings()
    kinds = [kind for kind in ScheduleKind if starters.interval_s(settings, kind)]
    if not kinds:
        return
    with db.read_session() as session:
        fresh = repository.unscheduled(session, len(ScheduleKind))
        due = repository.due(session, kinds, now(), _AT_ONCE)
    for account in fresh:
        _plan(settings, account)
    for schedule in due:
        try:
            _take_turn(settings, schedule)
        except Exception:
            log.exception("turn_failed", schedule_id=schedule.id, kind=schedule.kind)


def note_end(event: RunFinished) -> None:
    """After a run that a schedule started: wait longer when it failed."""
    with db.read_session() as session:
        schedule = repository.started_by(session, event.run_id)
    if schedule is None or event.state == RunState.CANCELED:
        return
    _note(schedule, failed=event.state == RunState.ERROR)


def of_account(session: ReadSession, account: MailAccount) -> Sequence[Schedule]:
    """The account's schedules; before its first turn those it will have. Raises NothingScheduled."""
    if account.provider == Provider.ARCHIVE:
        raise NothingScheduled("Imported mail has no source that could be read again.")
    known = {s.kind: s for s in repository.of_account(session, account.user_id, account.id)}
    return [known.get(kind) or _new(account, kind) for kind in ScheduleKind]


def change(
    session: WriteSession, account: MailAccount, *, enabled: bool | None, every_s: int | None
) -> Sequence[Schedule]:
    """Switch all schedules of the account on or off, and say how often its mail is read. Raises NothingScheduled."""
    schedules = of_account(session, account)
    for schedule in schedules:
        session.add(schedule)
        if enabled is not None:
            schedule.enabled = enabled
        if every_s is not None and schedule.kind == ScheduleKind.SYNC:
            schedule.every_s = every_s
            schedule.next_due_at = min(schedule.next_due_at, now() + timedelta(seconds=every_s))
    session.flush()
    return schedules


def every_s(settings: Settings, schedule: Schedule) -> int:
    """Seconds between two turns; 0 = never."""
    by_settings = starters.interval_s(settings, ScheduleKind(schedule.kind))
    return (schedule.every_s or by_settings) if by_settings else 0


def _plan(settings: Settings, account: MailAccount) -> None:
    """Give a newly connected account its schedules, each beginning somewhere within its first interval."""
    with db.transaction() as session:
        known = {s.kind for s in repository.of_account(session, account.user_id, account.id)}
        for kind in ScheduleKind:
            if kind in known:
                continue
            schedule = _new(account, kind)
            schedule.next_due_at += timedelta(seconds=_chance.uniform(0, every_s(settings, schedule)))
            try:
                with session.begin_nested():
                    session.add(schedule)
                    session.flush()
            except IntegrityError:  # another process was faster, or the account is gone
                return


def _new(account: MailAccount, kind: ScheduleKind) -> Schedule:
    return Schedule(
        user_id=account.user_id,
        mail_account_id=account.id,
        kind=kind,
        enabled=True,
        failures=0,
        next_due_at=now(),
    )


def _take_turn(settings: Settings, schedule: Schedule) -> None:
    kind, at = ScheduleKind(schedule.kind), now()
    until = at + _wait(settings, schedule, schedule.failures)
    with db.transaction() as session:
        owner = repository.owner(session, schedule)
        if owner is None or not repository.take_turn(session, schedule, at, until):
            return
        user, account = owner
        if kind is ScheduleKind.TOKEN:
            if runs.holding(session, [account.id], None):
                return  # whoever reads the account renews its access when needed
        else:
            try:
                run = starters.start(kind, session, user, account)
            except RunAlreadyActive:
                return  # this turn is left out
            except AppError as error:
                log.warning("turn_not_started", kind=kind, code=error.code)
                return
            if run is not None:
                repository.change(session, schedule.id, last_run_id=run.id)
            return
    _renew(settings, schedule, account)


def _renew(settings: Settings, schedule: Schedule, account: MailAccount) -> None:
    """Renew access ahead of need: a grant that was taken back is noticed before somebody waits for mail."""
    try:
        connections.renew_access(settings, account)
    except SourceReauthRequired:
        with db.transaction() as session:
            mail.mark_reauth(session, account.id)
        _note(schedule, failed=True)
    except AppError as error:
        log.warning("access_not_renewed", code=error.code)
        _note(schedule, failed=True)
    else:
        _note(schedule, failed=False)


def _note(schedule: Schedule, *, failed: bool) -> None:
    failures = schedule.failures + 1 if failed else 0
    if failures == schedule.failures:
        return
    values: dict[str, object] = {"failures": failures}
    if failed:
        values["next_due_at"] = now() + _wait(get_settings(), schedule, failures)
    with db.transaction() as session:
        repository.change(session, schedule.id, **values)


def _wait(settings: Settings, schedule: Schedule, failures: int) -> timedelta:
    """Until the next turn: the interval, doubled for each failure, and a little more or less by chance."""
    interval = every_s(settings, schedule) or starters.interval_s(settings, ScheduleKind(schedule.kind))
    doubled = timedelta(seconds=max(60, interval)) * (1 << min(failures, 16))
    at_most = max(LONGEST_WAIT, timedelta(seconds=interval))
    return min(doubled, at_most) * _chance.uniform(1 - JITTER, 1 + JITTER)
