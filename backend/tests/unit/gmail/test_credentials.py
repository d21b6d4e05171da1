"""Stored credentials: sealed, read back, and clear when they can't be used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.crypto import CredentialsUnreadable, new_key
from app.mail.gmail.credentials import StoredCredentials, read_credentials, seal, unseal
from app.mail.gmail.errors import ReauthRequired
from tests.factories.settings import make_settings

STORED = StoredCredentials(
    token="short",
    refresh_token="long",
    token_uri="https://accounts.example/token",
    client_id="one",
    client_secret="quiet",
    scopes=("a", "b"),
    expires_at=datetime(2026, 1, 1, 12, 0, tzinfo=UTC),
)


def test_what_is_sealed_comes_back_and_shows_nothing(tmp_path: Path) -> None:
    settings = make_settings("sqlite:///:memory:", tmp_path)
    sealed = seal(STORED.to_json(), settings)
    assert b"long" not in sealed
    assert read_credentials(unseal(sealed, settings)) == STORED


def test_a_rotated_key_still_reads_and_a_foreign_one_does_not(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    sealed = seal(b"x", make_settings("sqlite:///:memory:", tmp_path, encryption_key=old))
    assert (
        unseal(sealed, make_settings("sqlite:///:memory:", tmp_path, encryption_key=f"{new},{old}")) == b"x"
    )
    with pytest.raises(CredentialsUnreadable):
        unseal(sealed, make_settings("sqlite:///:memory:", tmp_path, encryption_key=new))


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b'{"token": "x"}'])
def test_incomplete_credentials_ask_to_connect_again(payload: bytes) -> None:
    with pytest.raises(ReauthRequired):
        read_credentials(payload)
