"""Archives that come in chunks: over lost answers, reloads, restarts and full disks."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI

from app.core.middleware import JSON_BODY_BYTES
from app.core.settings import Settings
from app.mailsync import uploads
from tests.factories.accounts import PASSWORD, client_from, csrf_header, sign_in_by_cookie
from tests.factories.imports import run_of
from tests.factories.mailboxes import generated_mails
from tests.factories.mails import make_mbox
from tests.factories.server import finish as finish_run
from tests.factories.server import serving
from tests.factories.states import rows_of, state_of
from tests.integration.conftest import Person

UPLOADS = "/api/imports/mail/uploads"
MAILS = 10


@pytest.fixture(scope="module")
def mbox() -> bytes:
    return make_mbox([mail + b"\nSee you soon.\n" * 700 for mail in generated_mails(MAILS, seed=3)])


def begin(person: Person, name: str = "mail.mbox", size: int | None = None) -> str:
    answer = person.http.post(UPLOADS, json={"name": name, "size": size})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def put(person: Person, upload_id: str, offset: int, chunk: bytes) -> Any:
    return person.http.put(f"{UPLOADS}/{upload_id}", params={"offset": offset}, content=chunk)


def send(person: Person, upload_id: str, content: bytes, chunk: int = 7_000) -> None:
    for start in range(0, len(content), chunk):
        answer = put(person, upload_id, start, content[start : start + chunk])
        assert answer.status_code == 200, answer.text
        assert answer.json()["offset"] == min(len(content), start + chunk)


def finish(person: Person, upload_id: str, **params: int) -> Any:
    return person.http.post(f"{UPLOADS}/{upload_id}/finish", params=params)


def files(settings: Settings) -> list[Path]:
    return sorted((settings.data_dir / "uploads" / "parts").glob("*"))


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


def test_chunks_make_the_same_import_as_one_file(
    ana: Person, bob: Person, app_settings: Settings, mbox: bytes
) -> None:
    upload_id = begin(ana, size=len(mbox))
    send(ana, upload_id, mbox)
    for path in files(app_settings):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    answer = finish(ana, upload_id, size=len(mbox))
    assert answer.status_code == 202, answer.text
    run = run_of(ana.http, answer.json()["job_id"])
    assert (run["state"], run["created"]) == ("done", MAILS)
    whole = bob.http.post("/api/imports/mail", files={"file": ("mail.mbox", mbox)})
    assert run_of(bob.http, whole.json()["job_id"])["state"] == "done"
    assert state_of(ana.id) == state_of(bob.id)
    assert [path.suffix for path in files(app_settings)] == [".json"], "the import removes what it has read"


def test_a_chunk_that_is_sent_again_changes_nothing(ana: Person, mbox: bytes) -> None:
    upload_id = begin(ana)
    send(ana, upload_id, mbox[:20_000], 10_000)
    assert put(ana, upload_id, 0, mbox[:10_000]).json()["offset"] == 20_000
    assert put(ana, upload_id, 10_000, mbox[10_000:20_000]).json()["offset"] == 20_000
    overlapping = put(ana, upload_id, 15_000, mbox[15_000:25_000])
    assert overlapping.json()["offset"] == 25_000, "what is new of it is kept"
    send_rest = put(ana, upload_id, 25_000, mbox[25_000:])
    assert send_rest.json()["offset"] == len(mbox)
    run = run_of(ana.http, finish(ana, upload_id).json()["job_id"])
    assert (run["state"], run["created"]) == ("done", MAILS)


def test_a_wrong_offset_says_where_to_go_on(ana: Person, mbox: bytes) -> None:
    upload_id = begin(ana)
    send(ana, upload_id, mbox[:10_000])
    gap = put(ana, upload_id, 12_000, mbox[12_000:13_000])
    assert problem(gap) == (409, "import.offset_mismatch")
    assert gap.json()["params"] == {"expected_offset": 10_000}
    other = put(ana, upload_id, 5_000, b"other bytes than those that were sent before")
    assert other.json()["params"] == {"expected_offset": 10_000}
    assert ana.http.get(f"{UPLOADS}/{upload_id}").json()["offset"] == 10_000
    early = finish(ana, upload_id, size=len(mbox))
    assert problem(early) == (409, "import.offset_mismatch")
    assert put(ana, upload_id, 10_000, mbox[10_000:]).status_code == 200
    assert finish(ana, upload_id, size=len(mbox)).status_code == 202


def test_the_same_chunk_from_many_sides_arrives_once(ana: Person, mbox: bytes) -> None:
    upload_id = begin(ana)
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: put(ana, upload_id, 0, mbox[:50_000]), range(6)))
    assert {(a.status_code, a.json()["offset"]) for a in answers} == {(200, 50_000)}


def test_finishing_twice_answers_with_the_same_import(ana: Person, mbox: bytes) -> None:
    upload_id = begin(ana)
    send(ana, upload_id, mbox, 100_000)
    first, second = finish(ana, upload_id), finish(ana, upload_id)
    assert first.status_code == second.status_code == 202
    assert first.json()["job_id"] == second.json()["job_id"]
    assert problem(put(ana, upload_id, len(mbox), b"more")) in {
        (409, "import.upload_finished"),
        (404, "import.upload_not_found"),
    }
    assert rows_of(ana.id)["runs"] == 1
    assert ana.http.get(UPLOADS).json()["items"] == []
    assert ana.http.get(f"{UPLOADS}/{upload_id}").json()["job_id"] == first.json()["job_id"]


def test_others_do_not_see_it(ana: Person, bob: Person, mbox: bytes) -> None:
    upload_id = begin(ana)
    for answer in (
        bob.http.get(f"{UPLOADS}/{upload_id}"),
        put(bob, upload_id, 0, mbox[:1000]),
        finish(bob, upload_id),
        bob.http.delete(f"{UPLOADS}/{upload_id}"),
        ana.http.get(f"{UPLOADS}/..%2f{upload_id}"),
        ana.http.get(f"{UPLOADS}/{'0' * 32}"),
    ):
        assert answer.status_code == 404
    assert bob.http.get(UPLOADS).json()["total"] == 0
    assert [u["id"] for u in ana.http.get(UPLOADS).json()["items"]] == [upload_id]


def test_a_page_needs_its_csrf_token(app: FastAPI, ana: Person, mbox: bytes) -> None:
    page = client_from(app)
    assert page.post(UPLOADS, json={"name": "mail.mbox"}).status_code == 401
    sign_in_by_cookie(page, "ana", PASSWORD)
    assert page.post(UPLOADS, json={"name": "mail.mbox"}).status_code == 403
    headers = csrf_header(page)
    upload_id = page.post(UPLOADS, json={"name": "mail.mbox"}, headers=headers).json()["id"]
    address = f"{UPLOADS}/{upload_id}?offset=0"
    assert page.put(address, content=mbox[:100]).status_code == 403
    assert page.put(address, content=mbox[:100], headers=headers).json()["offset"] == 100
    assert page.get(f"{UPLOADS}/{upload_id}").json()["offset"] == 100
    page.close()


def test_many_chunks_leave_the_page_its_requests(
    app_settings: Settings, ana: Person, mbox: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = begin(ana)
    monkeypatch.setattr(app_settings, "rate_limit_per_minute", 10)
    send(ana, upload_id, mbox, 4_000)
    assert ana.http.get("/api/me").status_code == 200
    anonymous = ana.http.put(f"{UPLOADS}/{upload_id}?offset=0", content=b"x", headers={"Authorization": ""})
    assert anonymous.status_code == 401
    assert {ana.http.get("/api/me").status_code for _ in range(12)} == {200, 429}


def test_what_is_no_mailbox_is_told_with_the_first_chunk(ana: Person, app_settings: Settings) -> None:
    upload_id = begin(ana, "holiday.mbox")
    assert put(ana, upload_id, 0, b"\x89PNG" + bytes(4_000)).status_code == 200, "too little to tell"
    refused = put(ana, upload_id, 4_004, bytes(8_000))
    assert problem(refused) == (422, "archive.not_a_mailbox")
    assert "holiday.mbox" in refused.json()["detail"]
    assert files(app_settings) == []
    packed = begin(ana, "notes.gz")
    refused = put(ana, packed, 0, gzip.compress(bytes(range(256)) * 4_000, compresslevel=0)[:60_000])
    assert problem(refused) == (422, "archive.not_a_mailbox")
    assert files(app_settings) == []


def test_a_short_file_that_is_no_mailbox_is_told_at_the_end(ana: Person, app_settings: Settings) -> None:
    upload_id = begin(ana)
    assert problem(finish(ana, upload_id)) == (422, "import.empty")
    send(ana, upload_id, b"Dear diary, nothing happened today.")
    assert problem(finish(ana, upload_id)) == (422, "archive.not_a_mailbox")
    assert files(app_settings) == []


@pytest.mark.parametrize("ending", [".mbox", ".zip", ".mbox.gz", ".eml"])
def test_every_kind_of_archive_comes_in_chunks(ana: Person, mbox: bytes, ending: str) -> None:
    content, mails = mbox, MAILS
    if ending == ".zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("Takeout/archive_browser.html", "<html>" + "nothing here " * 2_000)
            bundle.writestr("Takeout/Mail/All mail.mbox", mbox)
        content = packed.getvalue()
    elif ending == ".mbox.gz":
        content = gzip.compress(mbox)
    elif ending == ".eml":
        content, mails = generated_mails(3, seed=5)[0] + b"Words. " * 3_000, 1
    upload_id = begin(ana, f"mail{ending}", len(content))
    send(ana, upload_id, content, 9_000)
    run = run_of(ana.http, finish(ana, upload_id, size=len(content)).json()["job_id"])
    assert (run["state"], run["processed"]) == ("done", mails)


def test_limits(app_settings: Settings, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problem(ana.http.post(UPLOADS, json={"name": "a.mbox", "size": 2**50})) == (
        413,
        "import.too_large",
    )
    upload_id = begin(ana)
    assert problem(put(ana, upload_id, 0, b"")) == (422, "import.chunk_empty")
    assert (
        put(ana, upload_id, 0, b"From a@b.example\nSubject: Hello\n".ljust(1_048_576, b"x")).status_code
        == 200
    )
    assert problem(put(ana, upload_id, 0, bytes(JSON_BODY_BYTES + 1))) == (413, "request.too_large")
    assert ana.http.put(f"{UPLOADS}/{upload_id}?offset=-1", content=b"x").status_code == 422
    monkeypatch.setattr(app_settings, "max_upload_mb", 2)
    other = begin(ana)
    assert put(ana, other, 0, b"From a@b.example\nSubject: Hello\n".ljust(1_000_000, b"x")).status_code == 200
    refused = put(ana, other, 1_000_000, bytes(500_000))
    assert problem(refused) == (413, "import.too_large"), "what is unfinished counts together"
    assert ana.http.get(f"{UPLOADS}/{other}").json()["offset"] == 1_000_000
    assert ana.http.delete(f"{UPLOADS}/{upload_id}").status_code == 204
    assert put(ana, other, 1_000_000, bytes(500_000)).status_code == 200
    for _ in range(uploads.OPEN_AT_MOST - 1):
        begin(ana)
    refused = ana.http.post(UPLOADS, json={"name": "one more.mbox"})
    assert problem(refused) == (409, "import.too_many_uploads")
    assert len(refused.json()["params"]["upload_ids"]) == uploads.OPEN_AT_MOST


def test_an_upload_that_nobody_goes_on_with_is_gone_after_a_day(
    clock: time_machine.Traveller, ana: Person, app_settings: Settings, mbox: bytes
) -> None:
    left, continued = begin(ana), begin(ana)
    send(ana, left, mbox[:9_000])
    send(ana, continued, mbox[:9_000])
    clock.shift(timedelta(hours=20))
    assert put(ana, continued, 9_000, mbox[9_000:18_000]).status_code == 200
    clock.shift(timedelta(hours=5))
    assert ana.http.get(f"{UPLOADS}/{left}").status_code == 404
    assert put(ana, left, 9_000, mbox[9_000:18_000]).status_code == 404
    assert [u["id"] for u in ana.http.get(UPLOADS).json()["items"]] == [continued]
    assert uploads.forget_expired(app_settings) == 1
    assert [path for path in files(app_settings) if left in path.name] == []
    assert put(ana, continued, 18_000, mbox[18_000:]).status_code == 200
    assert finish(ana, continued).status_code == 202


@pytest.mark.timeout(180)
def test_it_goes_on_after_a_kill_and_on_a_full_disk_nothing_is_lost(
    ana: Person, app_settings: Settings, mbox: bytes
) -> None:
    room = 2_000_000
    content = mbox + b"\nFrom big@x.example Mon Mar  2 09:00:00 2026\nSubject: Big\nFrom: big@x.example\n\n"
    content += b"many words " * ((2_600_000 - len(content)) // 11)
    with serving(app_settings, largest_file=room) as server:
        with server.client(server.login("ana", PASSWORD)) as client:
            upload_id = client.post(UPLOADS, json={"name": "mail.mbox"}).json()["id"]
            address = f"{UPLOADS}/{upload_id}"
            for start in (0, 900_000):
                chunk = content[start : start + 900_000]
                assert client.put(address, params={"offset": start}, content=chunk).status_code == 200
            full = client.put(address, params={"offset": 1_800_000}, content=content[1_800_000:])
            assert problem(full) == (507, "storage.full")
            assert full.json()["params"] == {"expected_offset": 1_800_000}
            assert client.get(address).json()["offset"] == 1_800_000
        server.kill()
    with serving(app_settings) as server, server.client(server.login("ana", PASSWORD)) as client:
        assert client.get(address).json()["offset"] == 1_800_000
        rest = client.put(address, params={"offset": 1_800_000}, content=content[1_800_000:])
        assert rest.json()["offset"] == len(content)
        job_id = client.post(f"{address}/finish", params={"size": len(content)}).json()["job_id"]
        run = finish_run(client, job_id)
    assert (run["state"], run["processed"]) == ("done", MAILS + 1), run
