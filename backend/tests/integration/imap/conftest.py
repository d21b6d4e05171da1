"""Mail servers for the application, and people who connect them."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from app.core import db
from app.mail.models import Email, EmailBody, EmailSource
from app.mailsync import service
from tests.factories.imports import run_of
from tests.factories.mailservers import access_of
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount
from tests.integration.conftest import Person


@pytest.fixture
def mailbox() -> ImapAccount:
    return ImapAccount()


@pytest.fixture
def server(mailbox: ImapAccount) -> Iterator[FakeImap]:
    with FakeImap(mailbox) as running:
        yield running


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for this machine, and the server's side of it."""

    pem: Path
    context: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, key_file = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key_file)
    return Certificate(pem, context)


def access_to(server: FakeImap, **more: Any) -> dict[str, Any]:
    """The body of a request that connects the server's only mailbox."""
    access = access_of(server)
    names = ("address", "password", "host", "port", "security")
    return {name: getattr(access, name) for name in names} | more


def connect(person: Person, server: FakeImap, **more: Any) -> int:
    """The id of the account, once it is connected."""
    answer = person.http.post("/api/mail-accounts/imap", json=access_to(server, **more))
    assert answer.status_code == 201, answer.text
    return int(answer.json()["account"]["id"])


def sync(person: Person, **params: Any) -> dict[str, Any]:
    """The run of a sync, once it has ended."""
    answer = person.http.post("/api/sync-emails", params=params)
    assert answer.status_code == 202, answer.text
    return run_of(person.http, answer.json()["job_id"])


def sync_well(person: Person, **params: Any) -> dict[str, Any]:
    run = sync(person, **params)
    assert (run["state"], run["error"]) == ("done", None), run
    return run


def check_deletions(person: Person) -> dict[str, Any]:
    """The run that looked for deleted mail without asking any history."""
    with db.transaction() as session:
        run = service.start_deletions(session, person.user, force=True)
    found = run_of(person.http, run.id)
    assert (found["state"], found["error"]) == ("done", None), found
    return found


@dataclass(frozen=True)
class StoredMail:
    """A source of the account, with its email."""

    id: str
    email: Email
    text: str
    labels: frozenset[str]
    is_deleted: bool


def stored(account_id: int) -> list[StoredMail]:
    """Everything that is stored of the account, by message id."""
    with db.read_session() as session:
        rows = session.execute(
            select(EmailSource, Email, EmailBody.text)
            .join(Email, Email.id == EmailSource.email_id)
            .join(EmailBody, EmailBody.email_id == Email.id)
            .where(EmailSource.mail_account_id == account_id)
            .order_by(EmailSource.provider_message_id)
        ).all()
    return [StoredMail(s.provider_message_id, e, t, frozenset(s.labels), s.is_deleted) for s, e, t in rows]


def emails_of(person: Person) -> Sequence[Email]:
    with db.read_session() as session:
        return session.scalars(select(Email).where(Email.user_id == person.id).order_by(Email.id)).all()
