"""What counts as job mail by sender and subject, what is known of providers, what faults mean."""

from __future__ import annotations

import imaplib
import socket
import ssl

import pytest

from app.companies.service import job_alert_addresses
from app.mail.imap.access import ImapAccess, Security, is_loopback, read_access
from app.mail.imap.faults import (
    CommandRefused,
    ConnectionLost,
    OpenProblem,
    read_fault,
    read_login_fault,
    read_open_fault,
)
from app.mail.imap.matching import has_job_subject, sender_test
from app.mail.imap.presets import Password, preset_at, preset_of
from app.mail.sources import SourceRateLimited, SourceReauthRequired


def test_senders_count_with_their_subdomains() -> None:
    is_job_sender = sender_test(["Knownfirm.example", "kim@mail.example"])
    assert is_job_sender("jobs@us.greenhouse-mail.io")
    assert is_job_sender("hr@careers.knownfirm.example")
    assert is_job_sender("kim@mail.example")
    for address in (
        "",
        "someone@mail.example",
        "x@notknownfirm.example",
        "x@example",
        job_alert_addresses()[0],
    ):
        assert not is_job_sender(address)


@pytest.mark.parametrize(
    ("subject", "is_job"),
    [
        ("Your APPLICATION to Larkspur", True),
        ("Ihre Bewerbung", True),
        ("Re: Vorstellungsgesprach am Montag", True),
        ("Votre candidature", True),
        ("Bewerbungsmappen kaufen", False),
        ("Misapplications", False),
        ("", False),
    ],
)
def test_subjects_have_whole_words(subject: str, is_job: bool) -> None:
    assert has_job_subject(subject) is is_job


def test_presets_are_known_by_address_and_by_host() -> None:
    for domain in ("gmail.com", "icloud.com", "fastmail.com", "yahoo.de", "gmx.de", "web.de", "posteo.de"):
        preset = preset_of(f"ana@{domain.upper()}")
        assert preset is not None
        assert preset.security is Security.TLS
        assert preset_at(preset.host) == preset
        assert preset.steps.endswith(".")
    outlook = preset_of("ana@hotmail.com")
    assert outlook is not None
    assert outlook.password is Password.NONE
    assert preset_of("ana@example.com") is None
    assert preset_at("mail.example.com") is None
    bridge = preset_of("ana@proton.me")
    assert bridge is not None
    assert preset_at(bridge.host) is None, "anything may listen on this machine"


def test_this_machine_is_known_by_name_and_number() -> None:
    assert all(
        is_loopback(host) for host in ("localhost", "LOCALHOST.", "127.0.0.1", "127.8.9.1", "::1", "[::1]")
    )
    others = ("localhost.example.com", "192.168.1.2", "0.0.0.0", "example.com", "", "128.0.0.1")
    assert not any(is_loopback(host) for host in others)


def test_stored_access_comes_back_and_nothing_else_does() -> None:
    access = ImapAccess("a@x.example", "h", 993, Security.TLS, "a", "pässword", ("INBOX",), "Work")
    assert read_access(access.to_json()) == access
    for payload in (
        b"{}",
        b"",
        b"[]",
        b'{"token": "x"}',
        access.to_json().replace(b'"tls"', b'"none of these"'),
    ):
        with pytest.raises(SourceReauthRequired):
            read_access(payload)


def test_faults_are_sorted() -> None:
    error, abort = imaplib.IMAP4.error, imaplib.IMAP4.abort
    lost = [
        abort("socket error: EOF"),
        TimeoutError(),
        ConnectionResetError(),
        error("NO [UNAVAILABLE] later"),
        EOFError(),
        ValueError(),
    ]
    assert [type(read_fault(each)) for each in lost] == [ConnectionLost] * len(lost)
    refused = [error("FETCH failed: NO Some messages"), error("BAD what?"), error("NO [CANNOT] never")]
    assert [type(read_fault(each)) for each in refused] == [CommandRefused] * len(refused)
    assert isinstance(read_fault(error("NO [THROTTLED] slow down")), SourceRateLimited)
    opening = {
        OpenProblem.HOST_UNKNOWN: socket.gaierror(),
        OpenProblem.TIMEOUT: TimeoutError(),
        OpenProblem.CERTIFICATE: ssl.SSLCertVerificationError(),
        OpenProblem.TLS: ssl.SSLError(),
        OpenProblem.REFUSED: ConnectionRefusedError(),
    }
    assert {problem: read_open_fault(each).problem for problem, each in opening.items()} == {
        p: p for p in opening
    }
    assert read_login_fault(error("NO Login failed")).problem is OpenProblem.LOGIN
    for passing in (error("NO [INUSE] wait"), abort("BYE"), ConnectionResetError()):
        assert read_login_fault(passing).problem is OpenProblem.BUSY
