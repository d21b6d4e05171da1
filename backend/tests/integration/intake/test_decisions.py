"""What a person says: it holds against earlier mail, gives way to later mail, and can be taken back exactly."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.imports import feed, import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.states import rows_of, state_of
from tests.integration.conftest import Person

STORY = candidacy(
    "Larkspur Systems", "Data Engineer", "received", "interview", "rejection"
)  # 1, 8, 15 January


def only(person: Person) -> dict[str, Any]:
    (found,) = items(person.http, "/api/applications")
    return found


def patch(person: Person, application_id: int, **changes: Any) -> dict[str, Any]:
    answer = person.http.patch(f"/api/applications/{application_id}", json=changes)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def revoke(person: Person, decision_id: int) -> dict[str, Any]:
    answer = person.http.post(f"/api/decisions/{decision_id}/revoke")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def whole(person: Person, application_id: int) -> dict[str, Any]:
    """Everything that is shown of an application."""
    detail = person.http.get(f"/api/applications/{application_id}").json()
    for item in (*detail["action_items"], *detail["interviews"]):
        item.pop("id")
    return {
        **detail,
        "timeline": feed(person.http, f"/api/v1/applications/{application_id}/timeline"),
        "found": person.http.get("/api/search", params={"q": "larkspur"}).json(),
        "stats": person.http.get("/api/stats").json(),
    }


def test_a_persons_word_beats_mail_from_before(ana: Person) -> None:
    received, interview, rejection = STORY
    import_mails(ana.http, [received])
    made = patch(ana, only(ana)["id"], stage="offer", at="2026-01-10T12:00:00Z")
    assert (made["stage"], made["offer_at"]) == ("offer", "2026-01-10T12:00:00Z")
    import_mails(ana.http, [interview])
    assert only(ana)["stage"] == "offer", "a mail of 8 January comes late and changes nothing"
    import_mails(ana.http, [rejection])
    assert only(ana)["stage"] == "rejected", "a mail of 15 January is news"
    lines = feed(ana.http, f"/api/v1/applications/{made['id']}/timeline")
    stages = [line["stage"] for line in lines[::-1] if line["type"] == "stage_changed"]
    assert stages[-2:] == ["offer", "rejected"]


def test_a_word_in_the_past_gives_way_to_what_came_after(ana: Person) -> None:
    import_mails(ana.http, STORY[:2])
    made = patch(ana, only(ana)["id"], stage="rejected", at="2026-01-03T12:00:00Z")
    assert made["stage"] in {"interview", "rejected"}
    later = patch(ana, made["id"], stage="withdrawn", at="2026-01-09T12:00:00Z")
    assert (later["stage"], later["withdrawn_at"]) == ("withdrawn", "2026-01-09T12:00:00Z")


@pytest.mark.parametrize("first", ["before", "after"])
def test_the_order_of_word_and_mail_does_not_matter(ana: Person, bob: Person, first: str) -> None:
    import_mails(ana.http, STORY[:1])
    patch(ana, only(ana)["id"], stage="offer", at="2026-01-10T12:00:00Z", job_title="Platform Engineer")
    import_mails(ana.http, STORY[1:])

    order = STORY if first == "before" else STORY[::-1]
    import_mails(bob.http, order)
    patch(bob, only(bob)["id"], stage="offer", at="2026-01-10T12:00:00Z", job_title="Platform Engineer")
    assert state_of(ana.id) == state_of(bob.id)


CHANGES: list[dict[str, Any]] = [
    {"stage": "offer"},
    {"stage": "applied", "at": "2026-01-12T00:00:00Z"},
    {"stage": "withdrawn"},
    {"stage": "saved"},
    {"company_name": "Larkspur Holding GmbH"},
    {"job_title": "Principal Gardener"},
    {"company_name": None},
    {"job_title": None},
    {"location": "Köln 🌿"},
    {"salary_text": "70.000 €"},
    {"source": "referral"},
    {"job_url": "https://larkspur.example/jobs/1"},
    {"pinned": True},
    {"stage": "offer", "job_title": "Two", "company_name": "Things"},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: "+".join(f"{k}" for k in c))
def test_undo_restores_exactly(ana: Person, change: dict[str, Any]) -> None:
    import_mails(ana.http, STORY[:2])
    application_id = only(ana)["id"]
    before, stored = whole(ana, application_id), state_of(ana.id)
    made = patch(ana, application_id, **change)
    for name, value in change.items():
        if name != "at":
            assert made[name] == value
    assert whole(ana, application_id) != before
    assert len(made["decision_ids"]) == len([n for n in change if n != "at"])
    for decision_id in reversed(made["decision_ids"]):
        revoke(ana, decision_id)
    assert whole(ana, application_id) == before
    assert state_of(ana.id) == stored


def test_undo_after_more_mail_is_as_if_it_had_never_been_said(ana: Person, bob: Person) -> None:
    import_mails(ana.http, STORY[:1])
    said = patch(ana, only(ana)["id"], stage="withdrawn", company_name="Somebody Else Ltd")
    import_mails(ana.http, STORY[1:])
    for decision_id in said["decision_ids"]:
        revoke(ana, decision_id)
    import_mails(bob.http, STORY)
    assert state_of(ana.id) == state_of(bob.id)
    ours, theirs = (rows_of(p.id) for p in (ana, bob))
    for rows in (ours, theirs):
        for table in ("runs", "email_logs", "decisions", "timeline_events", "sessions"):
            rows.pop(table, None)
    assert ours == theirs


def test_undo_in_any_order(ana: Person) -> None:
    import_mails(ana.http, STORY[:1])
    application_id = only(ana)["id"]
    before = whole(ana, application_id)
    first = patch(ana, application_id, job_title="One")["decision_ids"][0]
    second = patch(ana, application_id, job_title="Two")["decision_ids"][0]
    assert revoke(ana, first)["job_title"] == "Two"
    assert revoke(ana, second)["job_title"] == "Data Engineer"
    assert whole(ana, application_id) == before
    twice = ana.http.post(f"/api/decisions/{first}/revoke")
    assert (twice.status_code, twice.json()["code"]) == (409, "decision.already_revoked")


def test_a_pin_stops_the_machine(ana: Person) -> None:
    import_mails(ana.http, STORY[:2])
    application_id = only(ana)["id"]
    pinned = patch(ana, application_id, pinned=True)
    import_mails(ana.http, STORY[2:])
    assert (only(ana)["stage"], only(ana)["pinned"]) == ("interview", True)
    revoke(ana, pinned["decision_ids"][0])
    assert (only(ana)["stage"], only(ana)["pinned"]) == ("rejected", False)


def test_edited_fields_hold_against_more_mail(ana: Person) -> None:
    import_mails(ana.http, STORY[:1])
    patch(ana, only(ana)["id"], job_title="Principal Gardener", company_name="Larkspur Holding")
    import_mails(ana.http, STORY[1:])
    found = only(ana)
    assert (found["job_title"], found["company_name"], found["emails"]) == (
        "Principal Gardener",
        "Larkspur Holding",
        3,
    )
    names = [hit["title"] for hit in ana.http.get("/api/search", params={"q": "gardener"}).json()["items"]]
    assert names == ["Larkspur Holding"]


BAD: list[dict[str, Any]] = [
    {},
    {"stage": "promoted"},
    {"stage": None},
    {"job_title": ""},
    {"job_title": "   "},
    {"job_title": "x" * 201},
    {"job_url": "javascript:alert(1)"},
    {"emails": 5},
    {"stage": "offer", "at": "yesterday"},
    {"stage": "offer", "at": "0001-01-01T00:00:00+14:00"},
    {"stage": "offer", "at": "2026-01-10T12:00:00"},
    {"source": "a friend"},
    {"company_name": "nul\x00byte"},
    {"job_title": "two\nlines"},
]


def test_nonsense_changes_nothing(ana: Person) -> None:
    import_mails(ana.http, STORY[:1])
    application_id = only(ana)["id"]
    before = whole(ana, application_id)
    for change in BAD:
        answer = ana.http.patch(f"/api/applications/{application_id}", json=change)
        assert answer.status_code == 422, (change, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
    assert whole(ana, application_id) == before


def test_nobody_else_can_say_or_undo_anything(ana: Person, bob: Person) -> None:
    import_mails(ana.http, STORY[:1])
    made = patch(ana, only(ana)["id"], stage="offer")
    assert bob.http.patch(f"/api/applications/{made['id']}", json={"stage": "saved"}).status_code == 404
    assert bob.http.post(f"/api/decisions/{made['decision_ids'][0]}/revoke").status_code == 404
    assert only(ana)["stage"] == "offer"
