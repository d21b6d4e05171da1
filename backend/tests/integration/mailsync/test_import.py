"""Importing archives over the API: what a person gets, and what happens to bad input."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import select

from app.core import db
from app.core.clock import now
from app.core.settings import Settings
from app.mail.models import Email, EmailBody
from app.runs.models import Run
from tests.factories.imports import feed, import_bytes, import_mails, items, run_of, upload
from tests.factories.mailboxes import candidacy, generated_mails
from tests.factories.mails import (
    make_mail,
    make_mbox,
    make_numbered,
    make_raw,
    make_tgz,
    make_zip,
    write_big_mbox,
)
from tests.factories.states import outcomes_of, rows_of, state_of
from tests.integration.conftest import Person

LARKSPUR = candidacy("Larkspur Systems", "Data Engineer", "received", "interview")


def left_uploads(settings: Settings) -> list[Path]:
    folder = settings.data_dir / "uploads"
    return list(folder.iterdir()) if folder.exists() else []


def test_an_import_becomes_applications(ana: Person, app_settings: Settings) -> None:
    noise = make_mail(
        "Your parcel is on its way.",
        subject="Parcel",
        sender="shop@parcels.example",
        message_id="<p@x.example>",
    )
    answer = upload(ana.http, make_mbox([*LARKSPUR, noise]))
    assert answer.status_code == 202
    job = answer.json()
    assert job == {"job_id": job["job_id"], "started": True, "status_url": f"/api/runs/{job['job_id']}"}

    run = run_of(ana.http, job["job_id"])
    assert (run["state"], run["kind"], run["processed"], run["created"], run["errors"]) == (
        "done",
        "import",
        3,
        3,
        0,
    )
    assert run["percent"] == 100.0
    assert run["result"]["stored"] == 3
    assert run["result"]["applications_created"] == 1
    lines = feed(ana.http, f"/api/runs/{job['job_id']}/messages", limit=2)
    assert [line["outcome"] for line in lines] == ["stored"] * 3
    assert {line["classification"] for line in lines} >= {"APPLICATION_RECEIVED", "INTERVIEW_REQUEST"}

    (application,) = items(ana.http, "/api/applications")
    assert application["company_name"] == "Larkspur Systems"
    assert application["job_title"] == "Data Engineer"
    assert (application["stage"], application["emails"]) == ("interview", 2)
    detail = ana.http.get(f"/api/applications/{application['id']}").json()
    assert detail["applied_at"].startswith("2026-01-01T09:00:00")
    assert detail["interview_at"].startswith("2026-01-08T09:00:00")
    proof = detail["stage_evidence"]["interview"]
    assert "invite you to an interview" in proof["quote"]
    mail = ana.http.get(f"/api/emails/{proof['email_id']}").json()
    spans = [e for e in mail["verdict"]["evidence"] if e["field"] == "text"]
    assert spans
    assert all(mail["text"][e["start"] : e["end"]] == e["quote"] for e in spans)
    assert left_uploads(app_settings) == []


def test_importing_again_adds_nothing(ana: Person) -> None:
    mails = generated_mails(60)
    first = import_mails(ana.http, mails)
    before, rows = state_of(ana.id), rows_of(ana.id)
    again = import_mails(ana.http, [*mails[30:], *mails[:30]])
    assert first["created"] == 60
    assert (again["created"], again["processed"]) == (0, 60)
    assert outcomes_of(again["job_id"]) == {"known": 60}
    assert state_of(ana.id) == before
    changed = {t: n - rows.get(t, 0) for t, n in rows_of(ana.id).items() if n != rows.get(t, 0)}
    assert changed == {"runs": 1, "email_logs": 60}


@pytest.mark.parametrize("kind", ["zip", "tgz", "eml"])
def test_other_archives(ana: Person, kind: str) -> None:
    mbox = make_mbox(LARKSPUR)
    content = {
        "zip": make_zip({"Takeout/Mail/All mail.mbox": mbox}),
        "tgz": make_tgz({"Takeout/Mail/All mail.mbox": mbox}),
        "eml": LARKSPUR[0],
    }[kind]
    run = import_bytes(ana.http, content, f"mail.{kind}")
    assert (run["state"], run["created"]) == ("done", 1 if kind == "eml" else 2)


def test_spam_and_trash_stay_outside(ana: Person) -> None:
    spam = make_mail(message_id="<s@x.example>", headers={"X-Gmail-Labels": "Spam"})
    trash = make_mail(message_id="<t@x.example>", headers={"X-Gmail-Labels": "Trash,Important"})
    run = import_mails(ana.http, [spam, trash, *LARKSPUR])
    assert (run["created"], run["skipped"]) == (2, 2)
    lines = feed(ana.http, f"/api/runs/{run['job_id']}/messages", outcome="skipped")
    assert {line["reason"] for line in lines} == {"spam", "trash"}
    assert set(state_of(ana.id).copies) == {
        "<received.0.dataengineer@larkspursystems.example>",
        "<interview.1.dataengineer@larkspursystems.example>",
    }


NO_MAILBOXES = {
    "words": (b"Dear diary,\nnothing of this is mail.\n", "archive.not_a_mailbox"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "archive.not_a_mailbox"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "archive.not_a_mailbox"),
    "zip of pictures": (make_zip({"a.png": b"\x89PNG" * 50}), "archive.not_a_mailbox"),
    "broken zip": (make_zip({"mail.mbox": make_mbox(LARKSPUR)})[:40], "archive.not_a_mailbox"),
    "nothing": (b"", "import.empty"),
}


@pytest.mark.parametrize("what", NO_MAILBOXES)
def test_a_file_that_is_no_mailbox(ana: Person, app_settings: Settings, what: str) -> None:
    content, code = NO_MAILBOXES[what]
    before = rows_of(ana.id)
    answer = upload(ana.http, content)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert len(answer.json()["detail"]) > 15
    assert rows_of(ana.id) == before
    assert left_uploads(app_settings) == []


def test_a_file_that_is_too_large(ana: Person, app_settings: Settings) -> None:
    app_settings.max_upload_mb = 1
    answer = upload(ana.http, make_mbox(make_numbered(40, size=40_000)))
    assert (answer.status_code, answer.json()["code"]) == (413, "import.too_large")
    assert answer.json()["params"]["limit_bytes"] == 1024 * 1024
    assert left_uploads(app_settings) == []
    assert "runs" not in rows_of(ana.id)


def test_a_truncated_archive_gives_all_it_holds(ana: Person) -> None:
    whole = make_zip(
        {"mail.mbox": make_mbox([m + os.urandom(3000).hex().encode() for m in make_numbered(20)])}
    )
    run = import_bytes(ana.http, whole[: len(whole) * 2 // 3], "mail.zip")
    assert run["state"] == "done"
    assert 8 <= run["created"] < 20
    assert "could be read" in run["result"]["warning"]
    assert state_of(ana.id).copies.total() == run["created"]


def test_an_mbox_that_ends_in_the_middle_of_a_mail(ana: Person) -> None:
    mbox = make_mbox(LARKSPUR)
    run = import_bytes(ana.http, mbox[:-60])
    assert (run["state"], run["created"]) == ("done", 2)
    with db.read_session() as session:
        texts = session.scalars(select(EmailBody.text).join(Email).order_by(Email.received_at)).all()
    assert "Kind regards" in texts[0]
    assert "invite you to an interview" in texts[1]


def write_trap(file: IO[bytes] | gzip.GzipFile) -> None:
    """Two mails, and a third that unpacks to 130 MB of nothing."""
    file.write(make_mbox(LARKSPUR))
    file.write(b"From someone@example.com Mon Mar  2 09:00:00 2026\nFrom: a@b.example\nSubject: x\n\n")
    for _ in range(130):
        file.write(bytes(1_000_000))


def test_a_zip_bomb_is_refused_by_its_table_of_contents(ana: Person, app_settings: Settings) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle,
        bundle.open("mail.mbox", "w") as member,
    ):
        write_trap(member)
    answer = upload(ana.http, packed.getvalue(), "mail.zip")
    assert (answer.status_code, answer.json()["code"]) == (422, "archive.too_dense")
    assert "runs" not in rows_of(ana.id)
    assert left_uploads(app_settings) == []


def test_a_bomb_that_does_not_tell_its_size_stops_where_it_begins(ana: Person) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as member:
        write_trap(member)
    run = import_bytes(ana.http, packed.getvalue(), "mail.mbox.gz")
    assert (run["state"], run["error"]["code"]) == ("error", "archive.too_dense")
    assert run["created"] == 2, "mail before the trap is kept"
    assert state_of(ana.id).copies.total() == 2


BROKEN = [
    make_raw(
        b"No closing boundary",
        "Subject: one",
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=x",
    ),
    make_raw(
        b"gr\xfc\xdfe \xff\xfe \x00 end", "Subject: two", "Content-Type: text/plain; charset=no-such-charset"
    ),
    make_raw(b"gr\xfc\xdfe", "Subject: =?utf-8?B?!!!?= three", "Content-Type: text/plain; charset=utf-8"),
    make_raw(b"\xed\xa0\x80 half a character", "Subject: =?utf-16?B?2AA=?= four"),
    make_raw(b"x", "Subject: five", "Message-ID: <" + "y" * 900 + "@x.example>"),
    make_raw(b"not base64 at all", "Subject: six", "Content-Transfer-Encoding: base64"),
    make_raw(b"", "Subject: " + "seven " * 3000),
    make_raw(b"ok", "From: \x00\x01@@@,,,<<>>", "Subject: eight", "Date: yesterday, more or less"),
    make_raw(b"ok", "Subject: nine\x00nul", "To: " + ", ".join(f"p{i}@x.example" for i in range(3000))),
]


def test_broken_mail_is_stored_as_far_as_it_goes(ana: Person) -> None:
    run = import_mails(ana.http, [*BROKEN, *LARKSPUR])
    assert (run["processed"], run["created"], run["errors"]) == (len(BROKEN) + 2, len(BROKEN) + 2, 0)
    emails = items(ana.http, "/api/emails")
    assert len(emails) == len(BROKEN) + 2
    for email in emails:
        shown = ana.http.get(f"/api/emails/{email['id']}")
        assert shown.status_code == 200, shown.text
    assert len(items(ana.http, "/api/applications", q="larkspur")) == 1


def test_wrong_charsets_are_read(ana: Person) -> None:
    latin = make_raw(
        "Grüße aus Köln".encode("latin-1"), "Subject: wrong", "Content-Type: text/plain; charset=utf-8"
    )
    utf8 = make_raw("Grüße aus Köln".encode(), "Subject: right", "Content-Type: text/plain; charset=us-ascii")
    import_mails(ana.http, [latin, utf8])
    with db.read_session() as session:
        assert session.scalars(select(EmailBody.text)).all() == ["Grüße aus Köln"] * 2


def test_a_mail_of_fifty_megabytes(ana: Person, tmp_path: Path) -> None:
    write_big_mbox(tmp_path / "big.mbox", megabytes=50)
    with (tmp_path / "big.mbox").open("rb") as file:
        answer = ana.http.post("/api/imports/mail", files={"file": ("big.mbox", file)})
    run = run_of(ana.http, answer.json()["job_id"])
    assert (run["state"], run["created"], run["errors"]) == ("done", 3, 0)
    with db.read_session() as session:
        big = session.scalar(select(Email).where(Email.rfc822_message_id == "<big@larkspur.example>"))
        assert big is not None
        assert [a["name"] for a in big.attachments] == ["plan.pdf"]
        body = session.get(EmailBody, big.id)
    assert body is not None
    assert "We would like to invite you." in body.text
    assert "Kind regards" in body.text


def test_one_import_at_a_time(ana: Person, bob: Person, app_settings: Settings) -> None:
    first = import_mails(ana.http, LARKSPUR[:1])
    with db.transaction() as session:
        row = session.get(Run, first["job_id"])
        assert row is not None
        row.state, row.lease_until = "running", now() + timedelta(minutes=1)
    answer = upload(ana.http, make_mbox(LARKSPUR))
    assert (answer.status_code, answer.json()["code"]) == (409, "run.already_active")
    assert answer.json()["params"]["job_id"] == first["job_id"]
    assert left_uploads(app_settings) == []
    assert upload(bob.http, make_mbox(LARKSPUR)).status_code == 202


def test_the_same_file_name_leads_nowhere(ana: Person, app_settings: Settings) -> None:
    """Nothing of a file's name reaches the disk."""
    run = import_bytes(ana.http, make_mbox(LARKSPUR), "../../../etc/passwd.mbox")
    assert run["state"] == "done"
    with db.read_session() as session:
        row = session.get(Run, run["job_id"])
    assert row is not None
    assert Path(row.params["path"]).parent == app_settings.data_dir / "uploads"


def test_an_ended_import_can_be_started_again(ana: Person) -> None:
    run = import_mails(ana.http, LARKSPUR)
    answer = ana.http.post(f"/api/runs/{run['job_id']}/retry")
    assert answer.status_code == 202
    again = run_of(ana.http, answer.json()["job_id"])
    assert (again["state"], again["created"]) == ("done", 0)
    assert state_of(ana.id).copies.total() == 2


def test_nobody_else_sees_it(ana: Person, bob: Person) -> None:
    run = import_mails(ana.http, LARKSPUR)
    assert bob.http.get(f"/api/runs/{run['job_id']}").status_code == 404
    assert bob.http.get(f"/api/runs/{run['job_id']}/messages").status_code == 404
    for path in ("/api/applications", "/api/emails", "/api/runs"):
        assert items(bob.http, path) == []
    assert bob.http.get("/api/search", params={"q": "larkspur"}).json()["items"] == []
    import_mails(bob.http, LARKSPUR)
    assert state_of(bob.id) == state_of(ana.id)
