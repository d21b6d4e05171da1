"""Notes, tags, people, reminders and saved views: written, changed, found, and nobody else's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.factories.imports import feed, import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.integration.conftest import Person

STORY = candidacy("Larkspur Systems", "Data Engineer", "received", "interview")
FROM_ANA = make_mail(
    "Hello Alex,\n\nthank you for applying for the position of Data Engineer at Larkspur Systems. We would like to "
    "invite you to an interview next week.\n\nKind regards\nMira Testperson\n",
    subject="Interview for Data Engineer at Larkspur Systems",
    sender="Mira Testperson, Talent Acquisition <mira@larkspursystems.example>",
    date="05 Jan 2026 09:00:00 +0000",
    message_id="<mira.1@larkspursystems.example>",
)


@pytest.fixture
def here(ana: Person) -> str:
    """The address of an application with mail."""
    import_mails(ana.http, STORY)
    return address(ana)


def address(person: Person) -> str:
    (found,) = items(person.http, "/api/applications")
    return f"/api/applications/{found['id']}"


def post(person: Person, path: str, status: int = 201, **body: Any) -> Any:
    answer = person.http.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_notes_are_written_found_and_deleted(ana: Person, here: str) -> None:
    note = post(ana, f"{here}/notes", text="# Ask\nabout the *zebrafinch*")
    assert ana.http.get(here).json()["notes"] == [note]
    (hit,) = items(ana.http, "/api/search", q="zebrafinch")
    assert (hit["kind"], f"/api/applications/{hit['id']}") == ("application", here)
    changed = ana.http.patch(f"{here}/notes/{note['id']}", json={"text": "about the goldfinch"}).json()
    assert changed["updated_at"] >= note["created_at"]
    assert items(ana.http, "/api/search", q="zebrafinch") == []
    import_mails(
        ana.http, candidacy("Larkspur Systems", "Data Engineer", "received", "interview", "offer")[2:]
    )
    assert len(items(ana.http, "/api/search", q="goldfinch")) == 1, "new mail leaves the notes alone"
    assert "note_added" in {
        e["type"] for e in feed(ana.http, here.replace("/api/", "/api/v1/") + "/timeline")
    }
    assert ana.http.delete(f"{here}/notes/{note['id']}").status_code == 204
    assert ana.http.delete(f"{here}/notes/{note['id']}").status_code == 404
    assert (items(ana.http, "/api/search", q="goldfinch"), ana.http.get(here).json()["notes"]) == ([], [])


def test_tags_are_words_without_case(ana: Person, here: str) -> None:
    (tag,) = post(ana, f"{here}/tags", name="Remote")
    assert post(ana, f"{here}/tags", name=" remote ") == [tag], "the second click"
    assert ana.http.get(here).json()["tags"] == ["Remote"]
    assert [a["tags"] for a in items(ana.http, "/api/applications", tag="REMOTE")] == [["Remote"]]
    assert items(ana.http, "/api/applications", tag="garden") == []
    post(ana, f"{here}/tags", name="Garden")
    taken = ana.http.patch(f"/api/tags/{tag['id']}", json={"name": "garden"})
    assert (taken.status_code, taken.json()["code"]) == (409, "tag.exists")
    assert ana.http.patch(f"/api/tags/{tag['id']}", json={"name": "REMOTE"}).json()["name"] == "REMOTE"
    assert [t["name"] for t in ana.http.delete(f"{here}/tags/{tag['id']}").json()] == ["Garden"]
    assert ana.http.delete(f"{here}/tags/{tag['id']}").status_code == 404
    assert {t["name"]: t["applications"] for t in items(ana.http, "/api/tags")} == {"Garden": 1, "REMOTE": 0}
    assert ana.http.delete(f"/api/tags/{tag['id']}").status_code == 204


@pytest.mark.one_database
def test_people_stay_as_their_user_says(ana: Person) -> None:
    import_mails(ana.http, [STORY[0], FROM_ANA])
    here = address(ana)
    (mira,) = (c for c in ana.http.get(f"{here}/contacts").json() if c["email"].startswith("mira"))
    assert (mira["role"], mira["by_user"]) == ("Recruiter", False)
    ana.http.patch(f"{here}/contacts/{mira['id']}", json={"role": "Head of people", "phone": "+49 30 1234"})
    by_hand = post(ana, f"{here}/contacts", name="Paul Sample")
    post(ana, f"{here}/contacts", name="Paula Sample")
    again = ana.http.post(f"{here}/contacts", json={"name": "M.", "email": "MIRA@larkspursystems.example"})
    assert (again.status_code, again.json()["code"]) == (409, "contact.exists")
    import_mails(ana.http, STORY[1:])
    shown = {c["name"]: c for c in ana.http.get(here).json()["contacts"]}
    assert shown["Paul Sample"]["id"] == by_hand["id"]
    kept = next(c for c in shown.values() if c["id"] == mira["id"])
    assert (kept["role"], kept["phone"]) == ("Head of people", "+49 30 1234")
    for each in shown.values():
        assert ana.http.delete(f"{here}/contacts/{each['id']}").status_code == 204
    ana.http.patch(here, json={"location": "Berlin"})
    assert ana.http.get(here).json()["contacts"] == [], "mail does not bring them back"
    back = post(ana, f"{here}/contacts", name="Mira Testperson", email="mira@larkspursystems.example")
    assert back["id"] == mira["id"]


def test_reminders_come_next(ana: Person, here: str) -> None:
    before = ana.http.get(here).json()["next_action"]
    first = post(ana, f"{here}/reminders", text="Follow up", due_at="2025-12-01T09:00:00Z")
    assert ana.http.get(here).json()["next_action"] == {
        "title": "Follow up",
        "due_at": "2025-12-01T09:00:00Z",
    }
    where = f"{here}/reminders/{first['id']}"
    put_off = ana.http.patch(where, json={"snoozed_until": "2099-01-01T09:00:00Z"}).json()
    assert put_off["due_at"] == "2025-12-01T09:00:00Z"
    assert (ana.http.get(here).json()["next_action"] or {}).get("due_at") in {None, "2099-01-01T09:00:00Z"}
    done = ana.http.patch(where, json={"done": True}).json()
    assert ana.http.patch(where, json={"done": True}).json()["done_at"] == done["done_at"], "the second click"
    assert ana.http.get(here).json()["next_action"] == before
    assert ana.http.patch(where, json={"done": False, "due_at": "2025-12-02T09:00:00Z"}).json() == {
        **first,
        "due_at": "2025-12-02T09:00:00Z",
    }
    assert ana.http.delete(where).status_code == 204
    assert ana.http.get(f"{here}/reminders").json() == []


@pytest.mark.one_database
def test_saved_views_in_their_order(ana: Person, bob: Person) -> None:
    one = post(ana, "/api/saved-views", name="Interviews", query="?stage=interview")
    two = post(ana, "/api/saved-views", name="Quiet", query="stale=true")
    assert one["query"] == "stage=interview"
    taken = ana.http.post("/api/saved-views", json={"name": "Quiet", "query": ""})
    assert (taken.status_code, taken.json()["code"]) == (409, "view.exists")
    ana.http.patch(f"/api/saved-views/{two['id']}", json={"position": 0})
    ana.http.patch(f"/api/saved-views/{one['id']}", json={"position": 5, "name": "Talks"})
    assert [v["name"] for v in items(ana.http, "/api/saved-views")] == ["Quiet", "Talks"]
    assert items(bob.http, "/api/saved-views") == []
    assert bob.http.delete(f"/api/saved-views/{one['id']}").status_code == 404
    assert ana.http.delete(f"/api/saved-views/{one['id']}").status_code == 204


def test_a_view_that_many_windows_save_is_there_once(ana: Person) -> None:
    with ThreadPoolExecutor(6) as windows:
        answers = list(
            windows.map(
                lambda _: ana.http.post("/api/saved-views", json={"name": "Mine", "query": ""}), range(6)
            )
        )
    assert sorted(a.status_code for a in answers) == [201, *[409] * 5]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"view.exists"}
    other = post(ana, "/api/saved-views", name="Other", query="")
    assert ana.http.patch(f"/api/saved-views/{other['id']}", json={"name": "Mine"}).status_code == 409


def test_what_was_seen(ana: Person, bob: Person, here: str) -> None:
    number = int(here.rpartition("/")[2])
    assert post(bob, "/api/seen", 200, application_ids=[number])["applications"] == 0
    assert not ana.http.get(here).json()["seen"]
    assert post(ana, "/api/seen", 200)["applications"] == 1
    assert ana.http.get(here).json()["seen"]
    assert post(ana, "/api/seen", 200, application_ids=[number])["applications"] == 0


@pytest.mark.one_database
def test_doubles_are_offered_until_somebody_speaks(ana: Person, bob: Person, here: str) -> None:
    number = int(here.rpartition("/")[2])
    twin = post(
        ana,
        "/api/applications",
        company_name="Larkspur Systems GmbH",
        job_title="Data Engineer",
        at="2026-01-03T09:00:00Z",
    )
    (pair,) = items(ana.http, "/api/applications/duplicates")
    assert {a["id"] for a in pair["applications"]} == {number, twin["id"]}
    assert pair["reasons"] == ["same_company", "same_title"]
    assert items(bob.http, "/api/applications/duplicates") == []
    post(ana, "/api/applications/duplicates/dismiss", 200, ids=[number, twin["id"]])
    assert items(ana.http, "/api/applications/duplicates") == []


NONSENSE: list[tuple[str, dict[str, Any]]] = [
    ("notes", {"text": "  "}),
    ("notes", {"text": "nul\x00"}),
    ("notes", {"text": "x" * 20_001}),
    ("tags", {"name": ""}),
    ("tags", {"name": "two\nlines"}),
    ("contacts", {"name": "Ada", "email": "nowhere"}),
    ("contacts", {"name": "Ada", "email": "a b@example.com"}),
    ("reminders", {"text": "Call", "due_at": "tomorrow"}),
    ("reminders", {"text": "Call", "due_at": "2026-01-01T09:00:00"}),
]


@pytest.mark.one_database
def test_nonsense_is_refused(ana: Person, here: str) -> None:
    for kind, body in NONSENSE:
        answer = ana.http.post(f"{here}/{kind}", json=body)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), body
