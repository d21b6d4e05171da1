"""Turns that come by themselves: when, for whom, how often, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from app import wiring
from app.auth.models import User
from app.core import db as database
from app.core.clock import now
from app.core.settings import Settings, get_settings, use_settings
from app.mail.models import MailAccount
from app.mailsync import repository as repository_of_syncs
from app.mailsync.models import Schedule, ScheduleKind
from app.mailsync.schedules import repository, service
from app.runs import repository as runs_repository
from app.runs import service as runs
from app.runs.models import Run, RunState
from tests.factories.accounts import make_user
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import connect

EVERY = {ScheduleKind.SYNC: 300, ScheduleKind.DELETIONS: 600, ScheduleKind.TOKEN: 3600}


@pytest.fixture
def user(db: None, app_settings: Settings) -> Iterator[User]:
    """Ana, while schedules are on and nothing executes what they start."""
    wiring.connect()
    switch_on(app_settings)
    yield make_user("ana")
    use_settings(app_settings)


def switch_on(settings: Settings, **more: Any) -> None:
    intervals = {
        "sync_interval_minutes": 5,
        "deletion_check_interval_minutes": 10,
        "token_refresh_interval_minutes": 60,
    }
    use_settings(settings.model_copy(update=intervals | more))


def make_account(user: User, address: str = "ana@example.com", **columns: Any) -> MailAccount:
    values: dict[str, Any] = {"provider": "gmail", "credentials": b"sealed", "created_at": now()}
    with database.transaction() as session:
        account = MailAccount(user_id=user.id, address=address, **(values | columns))
        session.add(account)
        session.flush()
        return account


def plans(account: MailAccount) -> dict[ScheduleKind, Schedule]:
    with database.read_session() as session:
        found = repository.of_account(session, account.user_id, account.id)
    return {ScheduleKind(s.kind): s for s in found}


def come(account: MailAccount, kind: ScheduleKind = ScheduleKind.SYNC) -> Schedule:
    """Its turn has come, as time would have it; the others' has not. The schedule after somebody has looked."""
    service.start_due()
    with database.transaction() as session:
        for schedule in repository.of_account(session, account.user_id, account.id):
            early = timedelta(seconds=-1) if schedule.kind == kind else timedelta(days=1)
            schedule.next_due_at = now() + early
    service.start_due()
    return plans(account)[kind]


def all_runs(user_id: int) -> list[Run]:
    with database.read_session() as session:
        rows, _ = runs_repository.page(session, user_id, kind=None, state=None, offset=0, limit=100)
    return list(rows)


def end(run_id: str, state: RunState) -> None:
    with database.transaction() as session:
        run = runs_repository.load(session, run_id)
        assert run is not None
        runs.end(session, run, state)


def seconds_to(schedule: Schedule) -> float:
    return (schedule.next_due_at - now()).total_seconds()


def test_a_connected_account_gets_turns_spread_over_its_intervals(user: User) -> None:
    accounts = [make_account(user, f"ana{n}@example.com") for n in range(6)]
    archive = make_account(user, "Imported mail", provider="archive", credentials=None)
    gone = make_account(user, "gone@example.com", credentials=None)
    for _ in range(2):
        service.start_due()
    begins = set()
    for account in accounts:
        planned = plans(account)
        assert set(planned) == set(ScheduleKind)
        for kind, schedule in planned.items():
            assert -5 < seconds_to(schedule) <= EVERY[kind]
        begins.add(planned[ScheduleKind.TOKEN].next_due_at)
    assert len(begins) == len(accounts)
    assert plans(archive) == plans(gone) == {}
    assert all_runs(user.id) == []


@pytest.mark.parametrize(
    ("kind", "run_kind"), [(ScheduleKind.SYNC, "sync"), (ScheduleKind.DELETIONS, "deletion_check")]
)
def test_a_turn_starts_a_run_behind_what_people_asked_for(
    user: User, kind: ScheduleKind, run_kind: str
) -> None:
    account = make_account(user)
    with database.transaction() as session:
        repository_of_syncs.ensure_state(session, user.id, account.id).cursor = {"gap": True}
    schedule = come(account, kind)
    (run,) = all_runs(user.id)
    assert (run.kind, run.priority, run.params["account_ids"]) == (run_kind, 0, [account.id])
    assert schedule.last_run_id == run.id
    assert schedule.last_started_at is not None
    assert 0.85 * EVERY[kind] < seconds_to(schedule) < 1.15 * EVERY[kind]
    service.start_due()
    assert len(all_runs(user.id)) == 1


def test_nothing_is_looked_for_while_the_history_tells_everything(user: User) -> None:
    account = make_account(user)
    schedule = come(account, ScheduleKind.DELETIONS)
    assert all_runs(user.id) == []
    assert (schedule.last_run_id, schedule.failures) == (None, 0)
    assert seconds_to(schedule) > 500


def test_eight_who_look_at_once_start_one_run(user: User) -> None:
    account = make_account(user)
    come(account)
    for _ in range(3):
        end(all_runs(user.id)[0].id, RunState.DONE)
        before = len(all_runs(user.id))
        with database.transaction() as session:
            for schedule in repository.of_account(session, user.id, account.id):
                if schedule.kind == ScheduleKind.SYNC:
                    schedule.next_due_at = now() - timedelta(seconds=1)
        with ThreadPoolExecutor(8) as pool:
            for done in [pool.submit(service.start_due) for _ in range(8)]:
                done.result()
        assert len(all_runs(user.id)) == before + 1


def test_eight_who_look_at_once_plan_an_account_once(user: User) -> None:
    account = make_account(user)
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(service.start_due) for _ in range(8)]:
            done.result()
    with database.read_session() as session:
        assert len(repository.of_account(session, user.id, account.id)) == len(ScheduleKind)


def test_a_turn_is_left_out_while_a_run_is_active(user: User) -> None:
    account = make_account(user)
    first = come(account).last_run_id
    schedule = come(account)
    assert [run.id for run in all_runs(user.id)] == [first]
    assert schedule.last_run_id == first
    assert seconds_to(schedule) > 200
    assert first is not None
    end(first, RunState.DONE)
    assert come(account).last_run_id != first


def test_an_account_that_must_be_connected_again_waits(user: User) -> None:
    account = make_account(user)
    service.start_due()
    with database.transaction() as session:
        session.merge(account).needs_reauth = True
    assert seconds_to(come(account)) < 0
    assert all_runs(user.id) == []
    with database.transaction() as session:
        session.merge(account).needs_reauth = False
    service.start_due()
    assert len(all_runs(user.id)) == 1


def test_a_deactivated_user_waits(user: User) -> None:
    """Nothing is read on behalf of somebody who was shut out; let in again, it goes on."""
    account = make_account(user)
    service.start_due()
    with database.transaction() as session:
        session.merge(user).deactivated_at = now()
    assert seconds_to(come(account)) < 0
    assert all_runs(user.id) == []
    with database.transaction() as session:
        session.merge(user).deactivated_at = None
    service.start_due()
    assert len(all_runs(user.id)) == 1


def test_errors_double_the_wait_and_success_ends_that(user: User) -> None:
    account = make_account(user)
    for failures in (1, 2, 3):
        run_id = come(account).last_run_id
        assert run_id is not None
        end(run_id, RunState.ERROR)
        schedule = plans(account)[ScheduleKind.SYNC]
        assert schedule.failures == failures
        assert 0.85 * 300 * 2**failures < seconds_to(schedule) < 1.15 * 300 * 2**failures
    with database.transaction() as session:
        session.merge(schedule).failures = 30
    assert seconds_to(come(account)) < 1.15 * service.LONGEST_WAIT.total_seconds()
    run_id = plans(account)[ScheduleKind.SYNC].last_run_id
    assert run_id is not None
    end(run_id, RunState.CANCELED)
    assert plans(account)[ScheduleKind.SYNC].failures == 30
    run_id = come(account).last_run_id
    assert run_id is not None
    end(run_id, RunState.DONE)
    assert plans(account)[ScheduleKind.SYNC].failures == 0


def test_settings_switch_turns_off(user: User, app_settings: Settings) -> None:
    account = make_account(user)
    come(account, ScheduleKind.TOKEN)
    switch_on(app_settings, sync_interval_minutes=0)
    assert seconds_to(come(account)) < 0
    assert all_runs(user.id) == []


def test_the_tests_own_settings_start_nothing(db: None, app_settings: Settings) -> None:
    account = make_account(make_user("ana"))
    service.start_due()
    assert get_settings() is app_settings
    assert plans(account) == {}


def test_access_is_renewed_ahead_of_need(
    ana: Person, google: FakeGoogle, box: Mailbox, app_settings: Settings
) -> None:
    account_id = connect(ana)
    switch_on(app_settings, sync_interval_minutes=0, deletion_check_interval_minutes=0)

    def account() -> MailAccount:
        with database.read_session() as session:
            return session.query(MailAccount).where(MailAccount.id == account_id).one()

    before = account().credentials
    assert come(account(), ScheduleKind.TOKEN).failures == 0
    assert account().credentials != before
    google.oauth.revoke_address(box.address)
    assert come(account(), ScheduleKind.TOKEN).failures == 1
    assert account().needs_reauth
    assert all_runs(ana.id) == []


def test_a_person_switches_an_accounts_schedule(ana: Person, bob: Person, app_settings: Settings) -> None:
    switch_on(app_settings)
    account = make_account(ana.user)
    path = f"/api/mail-accounts/{account.id}/schedule"
    shown = ana.http.get(path).json()
    assert shown["enabled"] is True
    assert [(t["kind"], t["every_minutes"], t["next_due_at"]) for t in shown["turns"]] == [
        ("sync", 5, None),
        ("deletions", 10, None),
        ("token", 60, None),
    ]
    service.start_due()
    assert all(turns["next_due_at"] for turns in ana.http.get(path).json()["turns"])
    off = ana.http.patch(path, json={"enabled": False})
    assert (off.status_code, off.json()["enabled"]) == (200, False)
    assert [turns["next_due_at"] for turns in off.json()["turns"]] == [None] * 3
    come(account)
    assert all_runs(ana.id) == []
    assert ana.http.patch(path, json={"enabled": True, "every_minutes": 30}).json()["turns"][0][
        "every_minutes"
    ] == pytest.approx(30)
    assert come(account).every_s == 1800
    assert all_runs(ana.id)
    assert bob.http.get(path).status_code == bob.http.patch(path, json={"enabled": False}).status_code == 404
    assert ana.http.patch(path, json={"every_minutes": 0}).status_code == 422


def test_imported_mail_has_no_schedule(ana: Person) -> None:
    account = make_account(ana.user, "Imported mail", provider="archive", credentials=None)
    answer = ana.http.get(f"/api/mail-accounts/{account.id}/schedule")
    assert (answer.status_code, answer.json()["code"]) == (409, "schedule.not_possible")
