"""The demo mailbox, loaded through the real pipeline, against what a perfect reader would say."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from app.companies import service as companies
from app.core import db
from app.core.settings import Settings
from app.demo.mailbox import builder
from app.intake.models import VerdictRow
from app.mail.models import Email
from tests.factories.imports import import_mails, items, run_of
from tests.factories.mailboxes import candidacy
from tests.factories.states import outcomes_of, rows_of, state_of
from tests.integration.conftest import Person


@pytest.fixture
def loaded(ana: Person) -> str:
    """The id of the run that loaded the demo before the test began."""
    (run,) = items(ana.http, "/api/runs", kind="demo")
    job_id: str = run["job_id"]
    return job_id


@pytest.mark.prepared("demo")
def test_it_reads_what_a_person_would(ana: Person, loaded: str) -> None:
    run = run_of(ana.http, loaded)
    assert (run["state"], run["kind"], run["errors"]) == ("done", "demo", 0)
    told = builder.expected()
    assert outcomes_of(loaded) == {"stored": len(told)}

    with db.read_session() as session:
        rows = session.execute(
            select(
                Email.rfc822_message_id, Email.direction, VerdictRow.email_class, VerdictRow.confidence
            ).join(VerdictRow, VerdictRow.email_id == Email.id)
        ).all()
    found = {row[0]: row for row in rows}
    assert {m.message_id: m.direction for m in told} == {i: r[1] for i, r in found.items()}
    wrong = [
        (m.message_id, m.email_class, found[m.message_id][2:])
        for m in told
        if found[m.message_id][2] != m.email_class
    ]
    flips = [w for w in wrong if w[2][1] >= 0.8]
    incoming = sum(m.direction == "in" for m in told)
    assert flips == []
    assert 1 - len(wrong) / incoming >= 0.95, wrong

    expected = builder.expected_applications()
    known = {
        (name_of(a["company_name"]), title_of(a["job_title"])): a
        for a in items(ana.http, "/api/applications")
    }
    matched = {e.key: known.get((name_of(e.company), title_of(e.title))) for e in expected}
    unnamed = [e for e in expected if matched[e.key] is None]
    assert 1 - len(unnamed) / len(expected) >= 0.95, (unnamed, sorted(map(str, known)))
    misplaced = [
        (e.key, e.stage, a["stage"]) for e in expected if (a := matched[e.key]) and a["stage"] != e.stage
    ]
    right = len(expected) - len(unnamed) - len(misplaced)
    assert right / len(expected) >= 0.90, misplaced
    assert len(known) <= len(expected) * 1.05, "nothing made up"

    groups = Counter(m.application for m in told if m.application)
    together = sum(1 for e in expected if (a := matched[e.key]) and a["emails"] == groups[e.key])
    assert together / len(expected) >= 0.90


def name_of(company: str | None) -> str:
    return companies.company_key(company or "")


def title_of(title: str | None) -> str:
    return companies.title_key(title or "")


@pytest.mark.prepared("demo")
def test_it_can_be_loaded_once_and_taken_away(ana: Person, bob: Person, app_settings: Settings) -> None:
    twice = ana.http.post("/api/demo")
    assert (twice.status_code, twice.json()["code"]) == (409, "demo.already_loaded")
    assert bob.http.get("/api/applications").json()["total"] == 0
    some = items(ana.http, "/api/applications")[:3]
    for application in some:
        edit = ana.http.patch(
            f"/api/applications/{application['id']}", json={"job_title": "Gardener", "stage": "offer"}
        )
        assert edit.status_code == 200

    assert ana.http.delete("/api/demo").status_code == 204
    assert set(rows_of(ana.id)) == {"users", "sessions", "runs"}
    assert items(ana.http, "/api/applications") == []
    assert items(ana.http, "/api/mail-accounts") == []
    stats = ana.http.get("/api/stats").json()
    assert stats["total"] == stats["needs_review"] == stats["action_items"] == 0
    assert ana.http.get("/api/search", params={"q": "northwind"}).json()["total"] == 0
    assert ana.http.delete("/api/demo").status_code == 204, "nothing to remove is no error"

    again = ana.http.post("/api/demo")
    assert run_of(ana.http, again.json()["job_id"])["result"]["stored"] == len(builder.expected())
    assert list((app_settings.data_dir / "uploads").iterdir()) == []


@pytest.mark.prepared("demo")
def test_removing_it_leaves_ones_own_mail_alone(ana: Person, bob: Person) -> None:
    """Bob has the same mail of his own and never saw the demo."""
    for person in (ana, bob):
        import_mails(person.http, candidacy("Larkspur Systems", "Data Engineer", "received", "interview"))
    assert state_of(ana.id).application_count > state_of(bob.id).application_count
    assert ana.http.delete("/api/demo").status_code == 204
    assert state_of(ana.id) == state_of(bob.id)
    rows = rows_of(bob.id)
    rows.pop("response_estimates")  # computed anew in a while
    rows["runs"] += 1
    rows["sessions"] += 1  # that which loaded the demo
    assert rows_of(ana.id) == rows


@pytest.mark.prepared("demo")
def test_nobody_loads_it_for_somebody_else(ana: Person, bob: Person) -> None:
    before = state_of(ana.id)
    assert bob.http.delete("/api/demo").status_code == 204
    assert state_of(ana.id) == before
