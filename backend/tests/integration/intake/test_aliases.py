"""Two names of one company: learned from a merge or a moved mail of the same job, and unlearned with its undo."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.states import state_of
from tests.integration.conftest import Person

FIRST = [
    *candidacy("Larkspur Systems", "Data Engineer", "received"),
    *candidacy("Bluebell Group", "Data Engineer", "interview", day=5),
]
# About another job, by both names.
LATER = [
    *candidacy("Bluebell Group", "Head Gardener", "received", day=9),
    *candidacy("Larkspur Systems", "Head Gardener", "interview", day=12),
]


def by_company(person: Person) -> dict[str, dict[str, Any]]:
    return {a["company_name"]: a for a in items(person.http, "/api/applications")}


def titles(person: Person) -> list[str]:
    return sorted(a["job_title"] for a in items(person.http, "/api/applications"))


@pytest.mark.parametrize("how", ["merge", "link"])
def test_a_name_is_learned_and_unlearned(ana: Person, bob: Person, how: str) -> None:
    import_mails(ana.http, FIRST)
    found = by_company(ana)
    kept, other = found["Larkspur Systems"]["id"], found["Bluebell Group"]["id"]
    if how == "merge":
        said = ana.http.post("/api/applications/merge", json={"ids": [kept, other]})
    else:
        [mail] = items(ana.http, "/api/emails", application_id=other)
        said = ana.http.post(f"/api/emails/{mail['id']}/link", json={"application_id": kept})
    assert said.status_code == 200, said.text
    import_mails(ana.http, LATER)
    assert titles(ana) == ["Data Engineer", "Head Gardener"]

    for decision in reversed(said.json()["decision_ids"]):
        assert ana.http.post(f"/api/decisions/{decision}/revoke").status_code == 200
    import_mails(bob.http, [*FIRST, *LATER])
    assert titles(bob) == ["Data Engineer", "Data Engineer", "Head Gardener", "Head Gardener"]
    assert state_of(ana.user.id) == state_of(bob.user.id)


def test_other_jobs_that_are_put_together_teach_nothing(ana: Person) -> None:
    import_mails(ana.http, [FIRST[0], LATER[0]])
    ids = [a["id"] for a in by_company(ana).values()]
    assert ana.http.post("/api/applications/merge", json={"ids": ids}).status_code == 200
    import_mails(ana.http, [FIRST[1]])
    assert len(items(ana.http, "/api/applications")) == 2
