"""Whatever a person says, in whatever order, with mail coming meanwhile: taken back, it was never said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.accounts import bearer, client_from, make_user, token_of
from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.states import State, state_of
from tests.integration.conftest import Person

MAILS = [
    *candidacy("Larkspur Systems", "Data Engineer", "received", "interview", "rejection"),
    *candidacy("Foxglove Labs", "Rose Gardener", "received", "assessment", "offer", day=2),
    *candidacy("Larkspur Systems", "Head Gardener", "received", "interview", day=4),
]
FIRST = [0, 1, 3, 4, 6]  # what is there from the beginning; the rest comes meanwhile
_numbers = count(1)
Request = tuple[str, str, dict[str, Any]]
# What can be said about an application and its mail: {app}, {other}, {others}, {first}, {newest}, {item} are ids.
SAYINGS: dict[str, Request] = {
    "stage": ("PATCH", "/applications/{app}", {"stage": "offer"}),
    "stage with a date": (
        "PATCH",
        "/applications/{app}",
        {"stage": "rejected", "at": "2026-01-10T12:00:00Z"},
    ),
    "field": ("PATCH", "/applications/{app}", {"company_name": "Bluebell Ltd", "job_title": None}),
    "pin": ("PATCH", "/applications/{app}", {"pinned": True}),
    "archive": ("POST", "/applications/{app}/archive", {}),
    "delete": ("DELETE", "/applications/{app}", {}),
    "create": ("POST", "/applications", {"company_name": "Bluebell Ltd", "stage": "applied"}),
    "create what mail finds": (
        "POST",
        "/applications",
        {"company_name": "Foxglove Labs", "job_title": "Rose Gardener", "stage": "applied"},
    ),
    "merge": ("POST", "/applications/merge", {"ids": ["{app}", "{other}"]}),
    "merge the other way": ("POST", "/applications/merge", {"ids": ["{other}", "{app}"]}),
    "split": ("POST", "/applications/{app}/split", {"email_ids": ["{newest}"]}),
    "split the beginning": ("POST", "/applications/{app}/split", {"email_ids": ["{first}"]}),
    "not the same": ("POST", "/applications/duplicates/dismiss", {"ids": ["{app}", "{other}"]}),
    "link": ("POST", "/emails/{first}/link", {"application_id": "{other}"}),
    "link to a new one": ("POST", "/emails/{newest}/link", {"new": True}),
    "unlink": ("POST", "/emails/{first}/unlink", {}),
    "class": ("PATCH", "/emails/{first}", {"email_class": "OFFER"}),
    "no job": ("POST", "/review/{newest}", {"action": "not_job"}),
    "entity": ("PATCH", "/emails/{first}", {"entities": {"company_name": "Bluebell Ltd"}}),
    "event": ("POST", "/v1/applications/{app}/timeline", {"sentence": "They called"}),
    "action": ("PATCH", "/action-items/{item}", {"done": True}),
}
STORIES = st.lists(
    st.tuples(st.sampled_from(sorted(SAYINGS)), st.integers(0, 2), st.booleans()), min_size=1, max_size=4
)


def newcomer(app: FastAPI) -> Person:
    """Somebody new in the application that is running."""
    name = f"person{next(_numbers)}"
    user = make_user(name)
    client = client_from(app)
    client.headers.update(bearer(token_of(client, name)))
    return Person(user, client)


def say(person: Person, what: str, which: int) -> list[int]:
    """Say it about the application of that place; the decisions that were made."""
    shown = sorted(items(person.http, "/api/applications"), key=lambda a: a["id"])
    apps = [a["id"] for a in shown if a["emails"]]
    if not apps:
        return []
    app = apps[which % len(apps)]
    emails = sorted(mail["id"] for mail in items(person.http, "/api/emails", application_id=app))
    waiting = items(person.http, "/api/action-items", done=False)
    ids = {
        "{app}": app,
        "{other}": apps[(which + 1) % len(apps)],
        "{first}": emails[0],
        "{newest}": emails[-1],
        "{item}": waiting[0]["id"] if waiting else 1,
    }
    before = {d["id"] for d in items(person.http, "/api/decisions")}
    method, path, body = SAYINGS[what]
    for name, value in ids.items():
        path = path.replace(name, str(value))
    answer = person.http.request(method, f"/api{path}", json=_filled(body, ids))
    assert answer.status_code < 500, answer.text
    return sorted({d["id"] for d in items(person.http, "/api/decisions")} - before)


def _filled(value: Any, ids: dict[str, int]) -> Any:
    if isinstance(value, dict):
        return {k: _filled(v, ids) for k, v in value.items()}
    if isinstance(value, list):
        return [_filled(v, ids) for v in value]
    return ids.get(value, value) if isinstance(value, str) else value


def without_hand_made(state: State) -> State:
    return replace(state, candidacies=frozenset(c for c in state.candidacies if c.mails), application_count=0)


def check(app: FastAPI, story: Sequence[tuple[str, int, bool]], order: Random, never_said: State) -> None:
    """Say it all, mail coming where the story says so, then take everything back in any order."""
    person = newcomer(app)
    import_mails(person.http, [MAILS[i] for i in FIRST])
    later = [mail for i, mail in enumerate(MAILS) if i not in FIRST]
    made: list[int] = []
    for what, which, more_mail in story:
        made += say(person, what, which)
        if more_mail and later:
            import_mails(person.http, [later.pop(0)])
    order.shuffle(made)
    for decision_id in made:
        answer = person.http.post(f"/api/decisions/{decision_id}/revoke")
        assert answer.status_code == 200, (story, answer.text)
    if later:
        import_mails(person.http, later)
    assert without_hand_made(state_of(person.id)) == never_said, story
    person.http.close()


@pytest.fixture
def never_said(app: FastAPI, ana: Person) -> State:
    import_mails(ana.http, MAILS)
    return without_hand_made(state_of(ana.id))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STORIES, order=st.randoms(use_true_random=False))
@pytest.mark.one_database
def test_taken_back_it_was_never_said(app: FastAPI, never_said: State, story: Any, order: Any) -> None:
    check(app, story, order, never_said)


@pytest.mark.soak
@pytest.mark.one_database
@pytest.mark.timeout(3600)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STORIES, order=st.randoms(use_true_random=False))
def test_many_stories(app: FastAPI, never_said: State, story: Any, order: Any) -> None:
    check(app, story, order, never_said)


@pytest.mark.soak
@pytest.mark.one_database
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("what", sorted(SAYINGS))
@pytest.mark.parametrize("more_mail", [False, True], ids=["same mail", "more mail"])
def test_each_saying(app: FastAPI, never_said: State, what: str, more_mail: bool) -> None:
    for which in range(3):
        check(app, [(what, which, more_mail)], Random(1), never_said)
