"""What a person does with whole applications: made by hand, put aside, made one or two, and all of it undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.core.clock import now
from app.intake.managing import purge_deleted
from tests.factories.imports import feed, import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.states import state_of
from tests.integration.conftest import Person

DATA = candidacy("Larkspur Systems", "Data Engineer", "received", "interview", "rejection")
ROSE = candidacy("Foxglove Labs", "Rose Gardener", "received", "assessment", "interview", day=2)


def ask(person: Person, path: str, **body: Any) -> dict[str, Any]:
    answer = person.http.post(f"/api{path}", json=body)
    assert answer.status_code in {200, 201}, answer.text
    found: dict[str, Any] = answer.json()
    return found


def applications(person: Person, **params: Any) -> dict[str, dict[str, Any]]:
    """By company."""
    return {a["company_name"]: a for a in items(person.http, "/api/applications", **params)}


def get(person: Person, application_id: int) -> dict[str, Any]:
    found: dict[str, Any] = person.http.get(f"/api/applications/{application_id}").json()
    return found


def undo(person: Person, done: dict[str, Any]) -> None:
    for decision_id in reversed(done["decision_ids"]):
        answer = person.http.post(f"/api/decisions/{decision_id}/revoke")
        assert answer.status_code == 200, answer.text


def mails_of(person: Person, application_id: int) -> list[int]:
    found = items(person.http, "/api/emails", application_id=application_id)
    return sorted(mail["id"] for mail in found)


def seen(person: Person) -> list[dict[str, Any]]:
    """What the list shows, without what counts versions."""
    return sorted(items(person.http, "/api/applications"), key=lambda a: a["id"])


@pytest.fixture
def two(ana: Person) -> tuple[int, int]:
    """Two applications with mail of their own."""
    import_mails(ana.http, [*DATA[:2], *ROSE[:2]])
    found = applications(ana)
    return found["Larkspur Systems"]["id"], found["Foxglove Labs"]["id"]


def test_made_by_hand_and_found_by_its_mail(ana: Person) -> None:
    made = ask(
        ana,
        "/applications",
        company_name="Larkspur Systems",
        job_title="Data Engineer",
        salary_text="70,000",
        stage="applied",
        at="2025-12-30T09:00:00Z",
    )
    assert (made["stage"], made["applied_at"], made["emails"]) == ("applied", "2025-12-30T09:00:00Z", 0)
    assert made["received_date"] == "2025-12-30T09:00:00Z"
    assert [h["id"] for h in items(ana.http, "/api/search", q="larkspur")] == [made["id"]]
    import_mails(ana.http, DATA[:2])
    (found,) = items(ana.http, "/api/applications")
    assert (found["id"], found["emails"], found["stage"]) == (made["id"], 2, "interview")
    assert (found["salary_text"], found["applied_at"]) == ("70,000", "2025-12-30T09:00:00Z")
    undo(ana, made)
    (left,) = items(ana.http, "/api/applications")
    assert (left["salary_text"], left["applied_at"]) == (None, "2026-01-01T09:00:00Z")


@pytest.mark.one_database
def test_made_by_hand_and_taken_back(ana: Person) -> None:
    made = ask(
        ana,
        "/applications",
        company_name="Larkspur Systems",
        stage="interview",
        applied_at="2026-02-01T00:00:00Z",
    )
    assert (made["applied_at"], made["stage"]) == ("2026-02-01T00:00:00Z", "interview")
    assert made["interview_at"] > made["applied_at"]
    undo(ana, made)
    assert items(ana.http, "/api/applications") == []
    assert items(ana.http, "/api/search", q="larkspur") == []
    back = ask(ana, f"/applications/{made['id']}/restore")
    assert (back["deleted_at"], back["company_name"], back["stage"]) == (
        None,
        "Larkspur Systems",
        "interview",
    )
    assert len(items(ana.http, "/api/search", q="larkspur")) == 1


@pytest.mark.one_database
def test_archived_deleted_and_brought_back(ana: Person, two: tuple[int, int]) -> None:
    one, _ = two
    before = seen(ana)
    done = ask(ana, f"/applications/{one}/archive")
    assert ask(ana, f"/applications/{one}/archive")["decision_ids"] == done["decision_ids"], (
        "the second click"
    )
    assert set(applications(ana)) == {"Foxglove Labs"}
    assert set(applications(ana, archived=True)) == {"Larkspur Systems"}
    import_mails(ana.http, DATA[2:])
    assert set(applications(ana)) == {"Foxglove Labs"}, "mail does not bring it back"
    assert get(ana, one)["stage"] == "rejected"
    ask(ana, f"/applications/{one}/restore")
    assert len(applications(ana)) == 2

    answer = ana.http.delete(f"/api/applications/{one}").json()
    assert ana.http.delete(f"/api/applications/{one}").json()["decision_ids"] == answer["decision_ids"]
    assert set(applications(ana, deleted=True)) == {"Larkspur Systems"}
    assert set(applications(ana)) == {"Foxglove Labs"}
    assert [
        h["kind"] for h in items(ana.http, "/api/search", q="larkspur") if h["kind"] == "application"
    ] == []
    undo(ana, answer)
    assert len(applications(ana)) == 2
    assert [a["id"] for a in seen(ana)] == [a["id"] for a in before]


def test_deleted_for_good_after_thirty_days(ana: Person, two: tuple[int, int]) -> None:
    one, other = two
    ask(ana, f"/applications/{one}/notes", text="Call them")
    ask(ana, "/applications/merge", ids=[one, other])
    ana.http.delete(f"/api/applications/{one}")
    assert purge_deleted() == 0
    with time_machine.travel(now() + timedelta(days=31), tick=False):
        assert purge_deleted() == 1
        assert purge_deleted() == 0
    for application_id in two:
        assert ana.http.get(f"/api/applications/{application_id}").status_code == 404
    assert items(ana.http, "/api/applications") == []
    assert len(items(ana.http, "/api/emails")) == 4, "mail stays as mail"
    import_mails(ana.http, [*DATA[2:], *ROSE[2:]])
    assert all(a["emails"] == 1 for a in items(ana.http, "/api/applications")), "only new mail counts"
    ignored = items(ana.http, "/api/decisions", kind="ignore")
    assert len(ignored) == 4


def test_merged_and_apart_again(ana: Person, two: tuple[int, int]) -> None:
    one, other = two
    ask(ana, f"/applications/{other}/notes", text="zebrafinch likes roses")
    ask(ana, f"/applications/{other}/tags", name="Remote")
    before, stored = seen(ana), state_of(ana.id)
    stories = [feed(ana.http, f"/api/v1/applications/{i}/timeline") for i in two]

    merged = ask(ana, "/applications/merge", ids=[one, other])
    assert (merged["id"], merged["emails"], merged["company_name"]) == (one, 4, "Larkspur Systems")
    assert merged["tags"] == ["Remote"]
    assert [n["text"] for n in merged["notes"]] == ["zebrafinch likes roses"]
    assert get(ana, other)["id"] == one, "the old id leads to where it went"
    assert [h["id"] for h in items(ana.http, "/api/search", q="zebrafinch")] == [one]
    assert "application_merged" in {e["type"] for e in feed(ana.http, f"/api/v1/applications/{one}/timeline")}
    again = ask(ana, "/applications/merge", ids=[one, other])
    assert again["decision_ids"] == merged["decision_ids"], "the second click"

    undo(ana, merged)
    assert (seen(ana), state_of(ana.id)) == (before, stored)
    assert [feed(ana.http, f"/api/v1/applications/{i}/timeline") for i in two] == stories
    assert [h["id"] for h in items(ana.http, "/api/search", q="zebrafinch")] == [other]


@pytest.mark.one_database
def test_a_merge_holds_for_later_mail_and_its_undo_too(
    ana: Person, bob: Person, two: tuple[int, int]
) -> None:
    merged = ask(ana, "/applications/merge", ids=[two[1], two[0]])
    import_mails(ana.http, [*DATA[2:], *ROSE[2:]])
    (whole,) = items(ana.http, "/api/applications")
    assert (whole["id"], whole["emails"]) == (two[1], 6)
    undo(ana, merged)
    import_mails(bob.http, [*DATA, *ROSE])
    assert state_of(ana.id) == state_of(bob.id)
    assert {a["id"] for a in items(ana.http, "/api/applications")} == set(two)


@pytest.mark.one_database
def test_merged_of_merged(ana: Person, two: tuple[int, int]) -> None:
    third = ask(ana, "/applications", company_name="Bluebell Ltd", stage="applied")["id"]
    before = seen(ana)
    inner = ask(ana, "/applications/merge", ids=[two[0], two[1]])
    between = seen(ana)
    outer = ask(ana, "/applications/merge", ids=[third, two[1]])
    assert (outer["id"], outer["emails"], outer["company_name"]) == (third, 4, "Bluebell Ltd")
    assert {get(ana, i)["id"] for i in (*two, third)} == {third}
    undo(ana, outer)
    assert seen(ana) == between
    outer = ask(ana, "/applications/merge", ids=[third, two[0]])
    undo(ana, inner)
    assert {a["id"]: a["emails"] for a in seen(ana)} == {third: 2, two[1]: 2}
    undo(ana, outer)
    assert seen(ana) == before


def test_split_off_and_back(ana: Person) -> None:
    import_mails(ana.http, DATA)
    (whole,) = items(ana.http, "/api/applications")
    before, stored = seen(ana), state_of(ana.id)
    first, second, third = mails_of(ana, whole["id"])
    done = ask(ana, f"/applications/{whole['id']}/split", email_ids=[first])
    fresh = done["split_off"]["id"]
    assert mails_of(ana, whole["id"]) == [second, third]
    assert mails_of(ana, fresh) == [first]
    assert (done["application"]["stage"], done["split_off"]["stage"]) == ("rejected", "applied")
    undo(ana, done)
    assert (seen(ana), state_of(ana.id)) == (before, stored)
    assert get(ana, fresh)["id"] == whole["id"]

    refused = ana.http.post(
        f"/api/applications/{whole['id']}/split", json={"email_ids": [first, second, third]}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "application.nothing_left")
    refused = ana.http.post(f"/api/applications/{whole['id']}/split", json={"email_ids": [first, 999_999]})
    assert (refused.status_code, refused.json()["code"]) == (409, "application.not_its_mail")


@pytest.mark.one_database
def test_a_split_holds_for_later_mail(ana: Person, bob: Person) -> None:
    import_mails(ana.http, DATA[:2])
    (whole,) = items(ana.http, "/api/applications")
    _, second = mails_of(ana, whole["id"])
    done = ask(ana, f"/applications/{whole['id']}/split", email_ids=[second])
    import_mails(ana.http, [*DATA[2:], *ROSE[:1]])
    assert {a["emails"] for a in items(ana.http, "/api/applications", q="larkspur")} == {1, 2}
    undo(ana, done)
    import_mails(bob.http, [*DATA, *ROSE[:1]])
    assert state_of(ana.id) == state_of(bob.id)


@pytest.mark.one_database
def test_an_email_goes_to_an_application_made_by_hand(ana: Person, two: tuple[int, int]) -> None:
    made = ask(ana, "/applications", company_name="Bluebell Ltd")["id"]
    before = seen(ana)
    newest = mails_of(ana, two[0])[-1]
    done = ask(ana, f"/emails/{newest}/link", application_id=made)
    assert mails_of(ana, made) == [newest]
    undo(ana, done)
    assert [(a["id"], a["emails"]) for a in seen(ana)] == [(a["id"], a["emails"]) for a in before]


def test_a_hundred_at_once(ana: Person, bob: Person) -> None:
    ids = [ask(ana, "/applications", company_name=f"Company {n}")["id"] for n in range(12)]
    other = ask(bob, "/applications", company_name="Bluebell Ltd")["id"]
    wanted = [*ids, other, 999_999]
    done = ask(ana, "/applications/bulk", ids=wanted, action="stage", stage="applied")["items"]
    assert [d["id"] for d in done] == wanted
    assert [d["ok"] for d in done] == [True] * 12 + [False] * 2
    assert {d["error"]["code"] for d in done[-2:]} == {"application.not_found"}
    ask(ana, "/applications/bulk", ids=ids[:5], action="tag", tag=" Remote ")
    assert {a["id"] for a in items(ana.http, "/api/applications", tag="remote")} == set(ids[:5])
    ask(ana, "/applications/bulk", ids=ids[:2], action="untag", tag="REMOTE")
    assert {a["id"] for a in items(ana.http, "/api/applications", tag="Remote")} == set(ids[2:5])
    (tag,) = items(ana.http, "/api/tags")
    assert (tag["name"], tag["applications"]) == ("Remote", 3)
    gone = ask(ana, "/applications/bulk", ids=ids, action="delete")["items"]
    assert items(ana.http, "/api/applications") == []
    undo(ana, {"decision_ids": [i for item in gone for i in item["decision_ids"]]})
    assert len(items(ana.http, "/api/applications")) == 12
    assert len(items(bob.http, "/api/applications")) == 1


def test_every_decision_is_listed_with_a_sentence(ana: Person, bob: Person, two: tuple[int, int]) -> None:
    ana.http.patch(f"/api/applications/{two[0]}", json={"stage": "offer", "job_title": "Gardener"})
    ask(ana, f"/applications/{two[0]}/pin", pinned=True)
    ask(
        ana,
        f"/v1/applications/{two[0]}/timeline",
        sentence="They called",
        type="call",
        at="2026-03-01T10:00:00Z",
    )
    ask(ana, "/applications/merge", ids=list(two))
    shown = items(ana.http, "/api/decisions", application_id=two[1])
    assert [d["kind"] for d in shown] == ["merge", "event", "pin", "field", "stage"]
    assert all(d["sentence"] for d in shown)
    undo(ana, {"decision_ids": [shown[1]["id"]]})
    assert len(items(ana.http, "/api/decisions", active=True)) == 4
    assert "They called" not in str(feed(ana.http, f"/api/v1/applications/{two[0]}/timeline"))
    assert items(bob.http, "/api/decisions") == []
    assert bob.http.get("/api/decisions", params={"application_id": two[0]}).status_code == 404


@pytest.mark.one_database
def test_a_stage_said_again_has_the_new_date(ana: Person, two: tuple[int, int]) -> None:
    first = ana.http.patch(
        f"/api/applications/{two[0]}", json={"stage": "offer", "at": "2026-02-20T09:00:00Z"}
    )
    again = ana.http.patch(f"/api/applications/{two[0]}", json={"stage": "offer"}).json()
    assert again["decision_ids"] == first.json()["decision_ids"], "the second click"
    moved = ana.http.patch(
        f"/api/applications/{two[0]}", json={"stage": "offer", "at": "2026-02-10T09:00:00Z"}
    ).json()
    assert moved["offer_at"] == "2026-02-10T09:00:00Z"
    undo(ana, moved)
    assert get(ana, two[0])["offer_at"] == "2026-02-20T09:00:00Z"


@pytest.mark.one_database
def test_two_that_are_not_the_same(ana: Person, two: tuple[int, int]) -> None:
    done = ask(ana, "/applications/duplicates/dismiss", ids=list(two))
    assert ask(ana, "/applications/duplicates/dismiss", ids=[two[1], two[0]]) == done, "the second click"
    stored = state_of(ana.id)
    undo(ana, done)
    assert state_of(ana.id) == stored
    refused = ana.http.post("/api/applications/duplicates/dismiss", json={"ids": [two[0], two[0]]})
    assert refused.status_code == 422


@pytest.mark.one_database
def test_nobody_else_touches_it(ana: Person, bob: Person, two: tuple[int, int]) -> None:
    own = ask(bob, "/applications", company_name="Bluebell Ltd")["id"]
    before = seen(ana)
    for path, body in (
        ("/applications/merge", {"ids": [own, two[0]]}),
        ("/applications/duplicates/dismiss", {"ids": [own, two[0]]}),
        (f"/applications/{two[0]}/split", {"email_ids": [1]}),
    ):
        assert bob.http.post(f"/api{path}", json=body).status_code == 404
    assert seen(ana) == before


@pytest.mark.one_database
def test_an_email_moved_and_back_leaves_both_as_they_were(ana: Person, two: tuple[int, int]) -> None:
    before = seen(ana)
    newest = mails_of(ana, two[0])[-1]
    done = ask(ana, f"/emails/{newest}/link", application_id=two[1])
    assert [a["emails"] for a in seen(ana)] == [1, 3]
    undo(ana, done)
    assert seen(ana) == before
    done = ask(ana, f"/emails/{newest}/link", new=True)
    fresh = ana.http.get(f"/api/emails/{newest}").json()["application_id"]
    assert fresh not in two
    undo(ana, done)
    assert seen(ana) == before
    assert get(ana, fresh)["id"] == two[0]


def test_two_windows_change_one_application(ana: Person, two: tuple[int, int]) -> None:
    """What each says holds: they speak about different fields, at the same moment."""
    said: dict[str, Any] = {
        "job_title": "Principal Engineer",
        "location": "Berlin",
        "salary_text": "70,000",
        "source": "referral",
        "stage": "offer",
        "pinned": True,
    }

    def change(name: str) -> int:
        answer = ana.http.patch(f"/api/applications/{two[0]}", json={name: said[name]})
        ana.http.post(f"/api/applications/{two[0]}/tags", json={"name": "Remote"})
        return answer.status_code

    with ThreadPoolExecutor(6) as windows:
        assert set(windows.map(change, said)) == {200}
    found = get(ana, two[0])
    assert {name: found[name] for name in said} == said
    assert found["tags"] == ["Remote"]


def test_two_windows_merge_each_into_the_other(ana: Person, two: tuple[int, int]) -> None:
    with ThreadPoolExecutor(2) as windows:
        answers = list(
            windows.map(
                lambda ids: ana.http.post("/api/applications/merge", json={"ids": ids}), [two, two[::-1]]
            )
        )
    assert {a.status_code for a in answers} == {200}
    (whole,) = items(ana.http, "/api/applications")
    assert whole["emails"] == 4
    assert {get(ana, i)["id"] for i in two} == {whole["id"]}


@pytest.mark.one_database
def test_a_pin_stops_the_machine_and_not_its_user(ana: Person, two: tuple[int, int]) -> None:
    ask(ana, f"/applications/{two[0]}/pin", pinned=True)
    moved = ana.http.patch(f"/api/applications/{two[0]}", json={"stage": "offer"}).json()
    assert (moved["stage"], moved["pinned"]) == ("offer", True)
    import_mails(ana.http, DATA[2:])
    assert get(ana, two[0])["stage"] == "offer"
    undo(ana, moved)
    assert get(ana, two[0])["stage"] == "interview"
