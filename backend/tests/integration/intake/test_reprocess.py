"""Mail is read again: what would change is shown first, a person's word stays, and a stop loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from app.classification.version import PIPELINE_VERSION
from app.core import db
from app.intake.models import VerdictRow
from app.intake.reprocess import service
from app.intake.reprocess.service import Wish
from app.mail.models import EmailBody
from app.runs.execution import execute
from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.integration.conftest import Person

STORY = candidacy("Larkspur Systems", "Data Engineer", "received", "interview", "rejection")
OTHER = candidacy("Quillfeather Labs", "Analyst", "received", "interview")


def misread(person: Person, **wrong: Any) -> None:
    """Have all mail of the person as an older Jobtrail, which read it wrongly, left it."""
    with db.transaction() as session:
        session.execute(
            update(VerdictRow)
            .where(VerdictRow.user_id == person.id)
            .values(pipeline_version="0.9", **wrong)
            .execution_options(synchronize_session=False)
        )


def start(person: Person, **request: Any) -> dict[str, Any]:
    answer = person.http.post("/api/reprocess/start", json=request)
    assert answer.status_code == (200 if request.get("dry_run") else 202), answer.text
    found: dict[str, Any] = answer.json()
    return found


def preview(person: Person, **query: Any) -> dict[str, Any]:
    answer = person.http.get("/api/reprocess/preview", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def classes(person: Person) -> dict[int, str]:
    return {mail["id"]: mail["email_class"] for mail in items(person.http, "/api/emails")}


def accept(person: Person, how: str, ids: list[int] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"accept": how} | ({"email_ids": ids} if ids else {})
    answer = person.http.post("/api/reprocess/accept", json=body)
    assert answer.status_code == (200 if how == "none" else 202), answer.text
    found: dict[str, Any] = answer.json()
    return found


def run_of(person: Person, job_id: str) -> dict[str, Any]:
    found: dict[str, Any] = person.http.get(f"/api/runs/{job_id}").json()
    return found


def test_nothing_to_do_is_said_plainly(ana: Person) -> None:
    status = ana.http.get("/api/reprocess/status").json()
    assert status == {
        "status": "idle", "message": "", "processed": 0, "total": None, "percent": None, "error": None,
        "error_code": None, "job_id": None, "celery_state": None,
    }  # fmt: skip
    empty = preview(ana)
    assert (empty["total"], empty["outdated"], empty["run"]) == (0, 0, None)
    refused = ana.http.post("/api/reprocess/accept", json={"accept": "all"})
    assert (refused.status_code, refused.json()["code"]) == (409, "reprocess.nothing_proposed")


def test_a_dry_run_counts_and_changes_nothing(ana: Person) -> None:
    import_mails(ana.http, STORY)
    told = start(ana, dry_run=True)
    assert told == {
        "count": 3,
        "by_class": {"APPLICATION_RECEIVED": 1, "INTERVIEW_REQUEST": 1, "REJECTION": 1},
        "dropped": 0,
        "estimated_calls": 0,
        "estimated_cost": 0.0,
    }
    assert start(ana, dry_run=True, scope="class", email_class="REJECTION")["count"] == 1
    assert start(ana, dry_run=True, since="2999-01-01")["count"] == 0
    assert start(ana, dry_run=True, below_confidence=0.01)["count"] == 0
    assert start(ana, dry_run=True, older_than_version=PIPELINE_VERSION)["count"] == 0
    assert ana.http.get("/api/reprocess/status").json()["job_id"] is None


def test_after_an_upgrade_what_would_change_is_shown_and_nothing_changes(ana: Person) -> None:
    import_mails(ana.http, STORY + OTHER)
    right = classes(ana)
    rejection = next(i for i, name in right.items() if name == "REJECTION")
    speak(ana, rejection)
    assert preview(ana)["outdated"] == 5
    job = start(ana)
    run = run_of(ana, job["job_id"])
    assert (run["state"], run["result"]["looked_at"], run["result"]["changed"]) == ("done", 5, 1)
    shown = preview(ana)
    assert (shown["total"], shown["looked_at"], shown["outdated"]) == (1, 5, 0)
    (change,) = shown["items"]
    assert change["email_id"] == rejection
    assert change["changes"] == ["class"]
    assert (change["before"]["email_class"], change["after"]["email_class"]) == ("STATUS_UPDATE", "REJECTION")
    assert (change["stage_before"], change["stage_after"]) == ("interview", "rejected")
    assert "Larkspur" in change["application"]
    assert change["quote"]
    assert shown["before"]["STATUS_UPDATE"] == 1
    assert shown["after"] == shown["before"] | {"STATUS_UPDATE": 0, "REJECTION": 1}
    assert classes(ana)[rejection] == "STATUS_UPDATE"


def speak(person: Person, rejection: int) -> None:
    """The older Jobtrail called the refusal an update."""
    with db.transaction() as session:
        row = session.get_one(VerdictRow, rejection)
        row.email_class, row.application_stage = "STATUS_UPDATE", None
    application = person.http.get(f"/api/emails/{rejection}").json()["application_id"]
    patched = person.http.patch(f"/api/applications/{application}", json={"location": "Porto"})
    assert patched.json()["stage"] == "interview"
    misread(person)


def test_all_some_or_none_of_the_changes_are_taken(ana: Person) -> None:
    import_mails(ana.http, STORY + OTHER)
    right = classes(ana)
    misread(ana, email_class="STATUS_UPDATE", application_stage=None)
    start(ana)
    assert preview(ana)["total"] == 5
    assert preview(ana, limit=2, offset=4)["items"][0]["email_id"] in right
    interviews = [i for i, name in right.items() if name == "INTERVIEW_REQUEST"]
    taken = accept(ana, "some", interviews)
    run = run_of(ana, taken["job_id"])
    assert (run["state"], run["processed"], run["total"]) == ("done", 2, 2)
    assert run["result"]["before"] == {"STATUS_UPDATE": 2}
    assert run["result"]["after"] == {"INTERVIEW_REQUEST": 2}
    assert {i for i, name in classes(ana).items() if name == "INTERVIEW_REQUEST"} == set(interviews)
    assert {a["stage"] for a in items(ana.http, "/api/applications")} == {"interview"}
    refused = ana.http.post("/api/reprocess/accept", json={"accept": "some", "email_ids": interviews})
    assert (refused.status_code, refused.json()["code"]) == (404, "reprocess.not_proposed")
    receipt = next(i for i, name in right.items() if name == "APPLICATION_RECEIVED")
    assert accept(ana, "none", [receipt]) == {"left": 2}
    assert preview(ana)["outdated"] == 0
    accept(ana, "all")
    assert classes(ana) == right | {receipt: "STATUS_UPDATE"}
    assert preview(ana)["total"] == 0


def test_what_a_person_said_stays_and_what_they_say_meanwhile_goes_before(ana: Person) -> None:
    import_mails(ana.http, STORY)
    right = classes(ana)
    offer = next(i for i, name in right.items() if name == "REJECTION")
    assert ana.http.patch(f"/api/emails/{offer}", json={"email_class": "OFFER"}).status_code == 200
    assert (
        ana.http.patch(f"/api/emails/{offer}", json={"entities": {"job_title": "Gardener"}}).status_code
        == 200
    )
    job = start(ana, preview=False)
    result = run_of(ana, job["job_id"])["result"]
    assert (result["kept_by_you"], result["changed"]) == (1, 0)
    assert classes(ana)[offer] == "OFFER"
    misread(ana, email_class="STATUS_UPDATE")
    start(ana, preview=True)
    interview = next(i for i, name in right.items() if name == "INTERVIEW_REQUEST")
    ana.http.patch(f"/api/emails/{interview}", json={"email_class": "ASSESSMENT"})
    taken = run_of(ana, accept(ana, "all")["job_id"])["result"]
    assert (taken["overtaken"], taken["accepted"]) == (1, 2)
    assert classes(ana)[interview] == "ASSESSMENT"
    assert classes(ana)[offer] == "OFFER"


@pytest.mark.parametrize("with_preview", [True, False])
def test_a_run_that_is_stopped_again_and_again_reads_each_mail_once(
    ana: Person, *, with_preview: bool
) -> None:
    many = [
        m
        for n in range(4)
        for m in candidacy(f"Larkspur {n} Systems", "Clerk", "received", "interview", "rejection")
    ]
    import_mails(ana.http, many)
    right = classes(ana)
    misread(ana, email_class="STATUS_UPDATE", application_stage=None)
    with db.transaction() as session:
        run_id = queue_quietly(session, ana.id, preview=with_preview)
    for stops in range(40):
        looks = iter(range(1 + stops))
        execute(run_id, lambda looks=looks: next(looks, None) is None)  # type: ignore[misc]
        if run_of(ana, run_id)["state"] == "done":
            break
    run = run_of(ana, run_id)
    assert run["state"] == "done"
    assert stops > 0
    assert (run["processed"], run["result"]["looked_at"], run["result"]["changed"]) == (12, 12, 12)
    assert run["result"]["before"] == {"STATUS_UPDATE": 12}
    if with_preview:
        assert preview(ana)["total"] == 12
    else:
        assert classes(ana) == right
        assert {a["stage"] for a in items(ana.http, "/api/applications")} == {"rejected"}
        assert len(items(ana.http, "/api/applications")) == 4


def queue_quietly(session: Any, user_id: int, **wish: Any) -> str:
    """A queued run that nobody is told of."""
    run = service.start(session, user_id, Wish(**wish))
    session.info.clear()
    return run.id


def test_only_one_at_a_time_and_a_canceled_one_stops(ana: Person) -> None:
    import_mails(ana.http, STORY)
    with db.transaction() as session:
        run_id = queue_quietly(session, ana.id, preview=False)
    second = ana.http.post("/api/reprocess/start", json={})
    assert (second.status_code, second.json()["params"]["job_id"]) == (409, run_id)
    assert ana.http.get("/api/reprocess/status").json()["status"] == "queued"
    assert ana.http.post(f"/api/runs/{run_id}/cancel").status_code == 202
    assert ana.http.get("/api/reprocess/status").json()["status"] == "idle"


def test_text_that_is_gone_and_can_not_be_fetched_leaves_the_verdict(ana: Person) -> None:
    import_mails(ana.http, STORY)
    misread(ana, email_class="STATUS_UPDATE")
    with db.transaction() as session:
        session.execute(update(EmailBody).values(text="", is_cut=True))
    assert start(ana, dry_run=True)["dropped"] == 3
    result = run_of(ana, start(ana)["job_id"])["result"]
    assert (result["not_at_source"], result["changed"]) == (3, 0)
    assert preview(ana)["outdated"] == 0, "what can't be read again is not offered again and again"
    assert set(classes(ana).values()) == {"STATUS_UPDATE"}


def test_other_people_see_and_change_nothing(ana: Person, bob: Person) -> None:
    import_mails(ana.http, STORY)
    import_mails(bob.http, STORY)
    misread(ana, email_class="STATUS_UPDATE")
    misread(bob, email_class="STATUS_UPDATE")
    start(ana)
    mine = [change["email_id"] for change in preview(ana)["items"]]
    assert preview(bob)["total"] == 0
    stolen = bob.http.post("/api/reprocess/accept", json={"accept": "some", "email_ids": mine})
    assert stolen.status_code == 404
    accept(ana, "all")
    assert set(classes(bob).values()) == {"STATUS_UPDATE"}


def test_one_application_is_read_again_at_once(ana: Person) -> None:
    import_mails(ana.http, STORY + OTHER)
    right = classes(ana)
    (story,) = items(ana.http, "/api/applications", q="larkspur")
    mails = {mail["id"] for mail in items(ana.http, "/api/emails", application_id=story["id"])}
    misread(ana, email_class="STATUS_UPDATE")
    answer = ana.http.post(f"/api/langgraph/reprocess/{story['id']}")
    assert answer.status_code == 202
    assert run_of(ana, answer.json()["job_id"])["processed"] == 3
    now = classes(ana)
    assert {i: now[i] for i in mails} == {i: right[i] for i in mails}
    assert {name for i, name in now.items() if i not in mails} == {"STATUS_UPDATE"}
    assert ana.http.post("/api/langgraph/reprocess/999999").status_code == 404


HALF = (
    {"scope": "class"},
    {"scope": "application"},
    {"scope": "everything"},
    {"below_confidence": 2},
    {"since": "yesterday"},
    {"unknown": 1},
)


def test_half_a_request_is_refused(ana: Person) -> None:
    for request in HALF:
        assert ana.http.post("/api/reprocess/start", json=request).status_code == 422, request
