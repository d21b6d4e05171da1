"""A person with a Gmail account in which a recruiter has written, and with what permissions a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.core.settings import Settings
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_consent import give_consent
from tests.fakes.google_mailbox import Mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, begin_consent, come_back, sync

INVITE = (
    "Hello Ana, thank you for your application as Gardener at Larkspur. We would like to invite you to an "
    "interview. When would you have time next week? Kind regards, Mara Sample"
)


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        yield running


@pytest.fixture
def box(google: FakeGoogle) -> Mailbox:
    found = google.mailbox(ADDRESS)
    found.add(
        make_mail(
            "Dear Ana, we have received your application as Gardener at Larkspur. Thank you.",
            subject="Your application as Gardener at Larkspur",
            sender="Larkspur Careers <no-reply@larkspur.example>",
            to=ADDRESS,
            message_id="<received@larkspur.example>",
            date=None,
        ),
        at=_days_ago(3),
    )
    found.add(
        make_mail(
            INVITE,
            subject="Your application as Gardener at Larkspur",
            sender="Mara Sample <mara@larkspur.example>",
            to=ADDRESS,
            message_id="<invite@larkspur.example>",
            headers={
                "In-Reply-To": "<received@larkspur.example>",
                "References": "<received@larkspur.example>",
            },
            date=None,
        ),
        at=_days_ago(1),
    )
    return found


@pytest.fixture
def app_settings(app_settings: Settings, google: FakeGoogle) -> Settings:
    fields = {name.lower(): value for name, value in google.environment().items()}
    return Settings(_env_file=None, **(app_settings.model_dump() | fields))


def _days_ago(days: float) -> float:
    from app.core.clock import now

    return now().timestamp() - days * 86_400


def connect_with(person: Person, *permissions: str) -> None:
    """Through the whole consent, asking for these permissions."""
    target = begin_consent(person, permissions=list(permissions))  # type: ignore[arg-type]
    answer = come_back(person, give_consent(target, address=ADDRESS))
    assert answer.status_code == 302, answer.text


def application_of(person: Person) -> dict[str, Any]:
    """The one application in the synced mailbox."""
    assert sync(person)["state"] == "done"
    (found,) = person.http.get("/api/applications").json()["items"]
    one: dict[str, Any] = found
    return one


def lines(person: Person, application_id: int, kind: str) -> list[dict[str, Any]]:
    """The history's lines of one type."""
    found = person.http.get(f"/api/v1/applications/{application_id}/timeline").json()["items"]
    return [line for line in found if line["type"] == kind]
