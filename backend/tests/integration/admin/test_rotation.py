"""A new ENCRYPTION_KEY: what was stored stays readable, moves under the new key, and the old one can go."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from app.admin import rotation
from app.auth import repository as accounts
from app.auth.models import User
from app.core import crypto, db
from app.core.clock import now
from app.core.settings import Settings, use_settings
from app.llm.page_settings import ClassifierPatch, store, stored
from app.mail import repository as mail
from app.mail.models import MailAccount, Provider
from tests.factories.accounts import make_user
from tests.factories.settings import make_settings

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = b'{"kind": "imap", "password": "not-to-be-read"}'


def keys(settings: Settings, *given: str) -> Settings:
    return make_settings(settings.database_url, settings.data_dir, encryption_key=",".join(given))


def account(user_id: int, credentials: bytes, address: str = "ada@example.com") -> int:
    with db.transaction() as session:
        made = MailAccount(
            user_id=user_id,
            provider=Provider.IMAP,
            address=address,
            credentials=credentials,
            created_at=now(),
        )
        session.add(made)
        session.flush()
        return made.id


def credentials_of(user_id: int, account_id: int) -> bytes:
    with db.read_session() as session:
        found = mail.get_account(session, user_id, account_id).credentials
    assert found is not None
    return found


@pytest.fixture
def user_id(db: None) -> int:
    return make_user("ada").id


def test_secrets_move_under_the_newest_key(app_settings: Settings, user_id: int) -> None:
    before = keys(app_settings, OLD)
    account_id = account(user_id, crypto.encrypt(SECRET, [OLD]))
    with db.transaction() as session:
        store(session, before, ClassifierPatch(openai_api_key="sk-of-the-page", openai_model="m"))
    with db.transaction() as session:
        user = session.get_one(User, user_id)
        user.totp_secret = crypto.encrypt(b"JBSWY3DPEHPK3PXP", [OLD]).decode()
    both = keys(app_settings, NEW, OLD)
    assert rotation.reseal(both) == rotation.Resealed(moved=3, there=0, unreadable=0)
    assert rotation.reseal(both) == rotation.Resealed(moved=0, there=3, unreadable=0)
    with db.read_session() as session:
        (secret,) = accounts.totp_secrets(session).values()
    assert crypto.decrypt(secret.encode(), [NEW]) == b"JBSWY3DPEHPK3PXP"
    assert crypto.decrypt(credentials_of(user_id, account_id), [NEW]) == SECRET
    with db.read_session() as session:
        kept = stored(session, keys(app_settings, NEW))
        raw = accounts.encrypted_instance_values(session)
    assert kept.openai_api_key is not None
    assert kept.openai_api_key.get_secret_value() == "sk-of-the-page"
    assert "sk-of-the-page" not in str(raw)
    assert rotation.reseal(keys(app_settings, NEW)) == rotation.Resealed(moved=0, there=3, unreadable=0)


def test_what_no_key_reads_is_left_as_it_is(app_settings: Settings, user_id: int) -> None:
    lost = crypto.encrypt(SECRET, [Fernet.generate_key().decode()])
    account_id = account(user_id, lost)
    other = account(user_id, crypto.encrypt(SECRET, [OLD]), "bob@example.com")
    assert rotation.reseal(keys(app_settings, NEW, OLD)) == rotation.Resealed(1, 0, 1)
    assert credentials_of(user_id, account_id) == lost
    assert crypto.decrypt(credentials_of(user_id, other), [NEW]) == SECRET


def test_what_was_written_meanwhile_stays(user_id: int) -> None:
    sealed = crypto.encrypt(SECRET, [OLD])
    account_id = account(user_id, sealed)
    newer = crypto.encrypt(b"a newer token", [NEW])
    with db.transaction() as session:
        mail.save_credentials(session, account_id, newer)
    with db.transaction() as session:
        assert not mail.swap_credentials(session, account_id, sealed, crypto.encrypt(SECRET, [NEW]))
    assert credentials_of(user_id, account_id) == newer


def test_a_server_with_several_keys_does_it_by_itself_once(app_settings: Settings, user_id: int) -> None:
    sealed = crypto.encrypt(SECRET, [OLD])
    account_id = account(user_id, sealed)
    use_settings(keys(app_settings, OLD))
    rotation.reseal_once()
    assert credentials_of(user_id, account_id) == sealed
    use_settings(keys(app_settings, NEW, OLD))
    rotation.reseal_once()
    moved = credentials_of(user_id, account_id)
    assert crypto.decrypt(moved, [NEW]) == SECRET
    with db.transaction() as session:
        mail.save_credentials(session, account_id, sealed)
    rotation.reseal_once()
    assert credentials_of(user_id, account_id) == sealed
