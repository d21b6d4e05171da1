"""A fake Google, a mailbox in it, and clients for that mailbox that retry fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.clock import now
from app.core.settings import Settings
from app.mail.gmail.client import GmailClient
from app.mail.gmail.credentials import StoredCredentials
from app.mail.gmail.pace import RetryPolicy
from app.mail.gmail.quota import Purse
from app.mail.sources import MessageRef
from tests.factories.settings import make_settings
from tests.fakes.google import READ_SCOPE, FakeGoogle
from tests.fakes.google_mailbox import Mailbox

ADDRESS = "ana.testperson@example.com"
QUICK = RetryPolicy(base_s=0.001, cap_s=0.01, longest_wait_s=2.0, call_timeout_s=2.0)

MakeClient = Callable[..., GmailClient]


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        yield running


@pytest.fixture
def box(google: FakeGoogle) -> Mailbox:
    return google.mailbox(ADDRESS)


@pytest.fixture
def settings(google: FakeGoogle, tmp_path: Path) -> Settings:
    fields = {name.lower(): value for name, value in google.environment().items()}
    return make_settings("sqlite:///:memory:", tmp_path, **fields)


@pytest.fixture
def payload(google: FakeGoogle, box: Mailbox) -> bytes:
    return make_payload(google)


@pytest.fixture
def saved() -> list[bytes]:
    """What clients of `client` saved."""
    return []


@pytest.fixture
def client(settings: Settings, payload: bytes, saved: list[bytes]) -> Iterator[MakeClient]:
    """`client(policy=..., should_stop=..., payload=..., purse=..., **settings)`: everything has a default."""
    made: list[GmailClient] = []

    def make(
        policy: RetryPolicy = QUICK,
        should_stop: Callable[[], bool] = lambda: False,
        payload: bytes = payload,
        purse: Purse | None = None,
        **fields: object,
    ) -> GmailClient:
        given = settings.model_copy(update=fields)
        found = GmailClient(
            given, payload, save=saved.append, should_stop=should_stop, policy=policy, purse=purse
        )
        made.append(found)
        return found

    yield make
    for each in made:
        each.close()


def make_payload(google: FakeGoogle, scopes: tuple[str, ...] = (READ_SCOPE,), life_s: float = 3600) -> bytes:
    """Credentials as the exchange stores them; the access token ends after `life_s`."""
    tokens, web = google.credentials(ADDRESS, scopes), google.client_json()["web"]
    return StoredCredentials(
        token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        token_uri=web["token_uri"],
        client_id=web["client_id"],
        client_secret=web["client_secret"],
        scopes=scopes,
        expires_at=now() + timedelta(seconds=life_s),
    ).to_json()


def fill(box: Mailbox, n: int) -> list[str]:
    """`n` small mails, a minute apart, oldest first; returns their ids."""
    made = []
    for i in range(n):
        head = f"From: kim@otterbank.example\r\nSubject: Mail {i}\r\nMessage-ID: <{i}@x.example>"
        raw = f"{head}\r\n\r\nText {i}\r\n"
        made.append(box.add(raw.encode(), at=1_770_000_000 + 60 * i))
    return made


def refs(ids: Iterable[str]) -> list[MessageRef]:
    """References to single messages, without their threads."""
    return [MessageRef(i) for i in ids]
