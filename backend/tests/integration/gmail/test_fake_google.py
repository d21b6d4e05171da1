"""The fake itself, by plain HTTP: what other tests and the browser rely on."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.mail.gmail.query import build_queries
from app.mail.sources import Search, Tier
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.integration.gmail.conftest import ADDRESS

RAW = b"\r\n".join(
    [
        b"From: kim@otterbank.example",
        b"Subject: Hi",
        b"Message-ID: <1@x.example>",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/mixed; boundary="b"',
        b"",
        b"--b",
        b"Content-Type: text/plain; charset=iso-8859-1",
        b"Content-Transfer-Encoding: 8bit",
        b"",
        b"Gr\xfc\xdfe",
        b"--b",
        b"Content-Type: application/pdf",
        b"Content-Disposition: attachment; filename=cv.pdf",
        b"",
        b"PDF",
        b"--b--",
        b"",
    ]
)


def get(google: FakeGoogle, path: str, **query: str) -> Any:
    token = google.credentials(ADDRESS)["access_token"]
    answer = httpx.get(
        f"{google.url}/gmail/v1/users/me/{path}", params=query, headers={"Authorization": f"Bearer {token}"}
    )
    return answer.json()


def test_full_messages_have_parts_and_utf8_text(google: FakeGoogle, box: Mailbox) -> None:
    made = box.add(RAW)
    payload = get(google, f"messages/{made}", format="full")["payload"]
    text, attachment = payload["parts"]
    assert base64.urlsafe_b64decode(text["body"]["data"]).decode().strip() == "Grüße"
    assert {"name": "Content-Type", "value": 'text/plain; charset="iso-8859-1"'} in text["headers"]
    assert attachment["filename"] == "cv.pdf"
    assert "attachmentId" in attachment["body"]
    assert "data" not in attachment["body"]


def test_metadata_minimal_and_threads(google: FakeGoogle, box: Mailbox) -> None:
    made = box.add(RAW)
    answer = box.add(b"In-Reply-To: <1@x.example>\r\n\r\nYes")
    found = get(google, f"messages/{made}", format="metadata", metadataHeaders="Subject")
    assert found["payload"]["headers"] == [{"name": "Subject", "value": "Hi"}]
    assert "payload" not in get(google, f"messages/{made}", format="minimal")
    thread = get(google, f"threads/{made}", format="minimal")
    assert {m["id"] for m in thread["messages"]} == {made, answer}


def test_lists_lack_what_is_empty(google: FakeGoogle, box: Mailbox) -> None:
    assert get(google, "messages") == {"resultSizeEstimate": 0}
    assert get(google, "history", startHistoryId="1000") == {"historyId": "1000"}


def test_no_token_no_mail(google: FakeGoogle, box: Mailbox) -> None:
    answer = httpx.get(f"{google.url}/gmail/v1/users/me/profile", headers={"Authorization": "Bearer guess"})
    assert answer.status_code == 401


def test_faults_and_mail_can_be_given_from_outside(google: FakeGoogle, box: Mailbox) -> None:
    assert httpx.post(f"{google.url}/__fake/plan", json={"next_requests": ["503"]}).json() == {"ok": True}
    assert get(google, "profile")["error"]["code"] == 503
    added = httpx.post(f"{google.url}/__fake/mail?address={ADDRESS}&label=SENT", content=RAW).json()["id"]
    assert box.messages[added].labels == {"SENT"}
    state = httpx.get(f"{google.url}/__fake/state").json()
    assert state["mailboxes"] == {ADDRESS: 1}
    assert httpx.get(f"{google.url}/__fake/log").json()[0]["status"] == 503


def test_a_generated_mailbox_is_always_the_same_and_has_job_mail() -> None:
    one, two = (generate_mailbox(200, seed=7, until=1_770_000_000) for _ in range(2))
    assert [m.raw for m in one.messages.values()] == [m.raw for m in two.messages.values()]
    assert len(one.messages) == 200
    job_mail = {
        m.id for tier in (Tier.SENDERS, Tier.TERMS) for q in build_queries(Search(tier)) for m in one.find(q)
    }
    assert 60 <= len(job_mail) <= 90
    assert any(len(one.thread(m.thread_id)) > 1 for m in one.messages.values())


@pytest.fixture
def process() -> Any:
    backend = Path(__file__).parents[3]
    command = [sys.executable, "-m", "tests.fakes.google", "--port", "0", "--messages", "20"]
    with subprocess.Popen(command, cwd=backend, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.terminate()


def test_it_runs_alone_and_says_how_to_use_it(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    lines: dict[str, str] = {}
    for line in process.stdout:
        if line.startswith("ready "):
            break
        name, _, value = line.strip().partition("=")
        lines[name] = value.strip("'")
    assert set(lines) == {
        *("GMAIL_CREDENTIALS_JSON", "GMAIL_API_BASE_URL", "GOOGLE_REVOKE_URL"),
        *("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GOOGLE_ISSUER"),
    }
    state = httpx.get(f"{lines['GMAIL_API_BASE_URL']}/__fake/state").json()
    assert state["mailboxes"] == {"ana.testperson@example.com": 20}
