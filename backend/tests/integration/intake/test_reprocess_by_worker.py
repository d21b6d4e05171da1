"""Mail is read again by Celery workers: stopped by its user, taken up again, killed on the way, finished by another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from app.core import db as database
from app.core.settings import Settings
from app.intake.models import VerdictRow
from app.runs import repository
from app.runs.models import Run
from tests.factories.imports import items
from tests.factories.server import wait_until
from tests.factories.settings import make_settings
from tests.factories.states import state_of
from tests.factories.worker import CeleryProcess
from tests.integration.conftest import Person
from tests.integration.intake.test_reprocess import accept, classes, misread, preview, run_of, start

pytestmark = [pytest.mark.timeout(300), pytest.mark.one_database, pytest.mark.prepared("generated")]


@pytest.fixture
def app_settings(database_url: str, redis_url: str, tmp_path: Path) -> Settings:
    return make_settings(
        database_url, tmp_path / "data", redis_url=redis_url, runner="celery", sync_runner="celery"
    )


def load(job_id: str) -> Run:
    with database.read_session() as session:
        run = repository.load(session, job_id)
    assert run is not None
    return run


def has_begun(job_id: str) -> None:
    """Wait until the run has written something."""
    wait_until(lambda: load(job_id).processed >= 5, 90, "The run did not begin")


def ended(person: Person, job_id: str) -> dict[str, Any]:
    over = {"done", "error", "canceled"}
    wait_until(lambda: load(job_id).state in over, 120, f"The run did not end: {load(job_id).message}")
    return run_of(person, job_id)


def status(person: Person) -> tuple[str, str | None]:
    told = person.http.get("/api/reprocess/status").json()
    return told["status"], told["celery_state"]


def forget_classes(email_ids: list[int]) -> None:
    """Mail that the person wrote has none."""
    with database.transaction() as session:
        session.execute(update(VerdictRow).where(VerdictRow.email_id.in_(email_ids)).values(email_class=None))


def test_what_becomes_of_a_reading_by_workers(ana: Person, app_settings: Settings) -> None:
    """Whatever happens on the way, each mail is read once, and the person's word stays."""
    before = state_of(ana.id)
    right = classes(ana)
    theirs = next(i for i, name in right.items() if name == "REJECTION")
    ana.http.patch(f"/api/emails/{theirs}", json={"email_class": "OFFER"}).raise_for_status()
    own = [i for i, name in right.items() if name is None]
    misread(ana, email_class="STATUS_UPDATE", application_stage=None)
    forget_classes(own)
    count = len(right) - len(own)
    first, second = CeleryProcess(app_settings, tests=False), CeleryProcess(app_settings, tests=False)
    try:
        stopped = start(ana, preview=True)["job_id"]
        assert status(ana) == ("queued", "PENDING")
        first.start()
        has_begun(stopped)
        assert status(ana)[1] == "STARTED"
        assert ana.http.post(f"/api/runs/{stopped}/cancel").status_code == 202
        assert ended(ana, stopped)["state"] == "canceled"
        seen = preview(ana)
        assert 0 < seen["looked_at"] < count
        assert set(classes(ana).values()) <= {"STATUS_UPDATE", None}, "a preview changes nothing"

        again = ana.http.post(f"/api/runs/{stopped}/retry").json()["job_id"]
        run = ended(ana, again)
        left = count - seen["looked_at"]
        assert (run["state"], run["processed"], run["total"]) == ("done", left, left)
        seen = preview(ana)
        assert (seen["looked_at"], seen["outdated"]) == (count, 0)

        taken = accept(ana, "all")["job_id"]
        has_begun(taken)
        first.kill()
        assert load(taken).state == "running"
        second.start()
        run = ended(ana, taken)
    finally:
        first.stop()
        second.stop()
    assert (run["state"], run["processed"], run["result"]["accepted"]) == (
        "done",
        seen["total"],
        seen["total"],
    )
    assert preview(ana)["total"] == 0
    assert classes(ana) == right | {theirs: "OFFER"}
    assert status(ana) == ("idle", "SUCCESS")
    assert ana.http.patch(f"/api/emails/{theirs}", json={"email_class": "REJECTION"}).status_code == 200
    after = state_of(ana.id)
    assert after.classes == before.classes
    assert after.candidacies == before.candidacies
    assert len(items(ana.http, "/api/applications")) == before.application_count
