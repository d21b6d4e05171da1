"""The examples of docs/sync.md, one after the other."""

from __future__ import annotations

import re
import shlex
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.core.settings import Settings
from tests.factories.imports import run_of
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mails import generate_mailbox
from tests.house import ROOT
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, connect, sync

PAGE = (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")


def examples() -> list[list[str]]:
    """The words of each curl command."""
    blocks = re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line.startswith("curl ")]


def send(person: Person, words: list[str], names: dict[str, str]) -> Any:
    """The answer to a curl command."""
    method = words[words.index("-X") + 1] if "-X" in words else "GET"
    url = next(word for word in words if word.startswith("http://127.0.0.1:8000/"))
    for name, value in names.items():
        url = url.replace(name, value)
    parts = urlsplit(url)
    assert words[words.index("-H") + 1] == "X-API-Key: $KEY"
    headers = {"Content-Type": "application/json"} if "-d" in words else {}
    body = words[words.index("-d") + 1].encode() if "-d" in words else None
    return person.http.request(method, f"{parts.path}?{parts.query}", content=body, headers=headers)


@pytest.mark.timeout(120)
def test_every_example_works(ana: Person, google: FakeGoogle, app_settings: Settings) -> None:
    app_settings.gmail_quota_units_per_minute = 0
    box = google.adopt(generate_mailbox(20, 6, ADDRESS, until=time.time()))
    names = {"accounts/1/": f"accounts/{connect(ana)}/"}
    sync(ana)
    app_settings.gmail_sync_scope = "job_search"
    box.add(
        make_mail("Your parcel has come.", subject="Parcel", message_id="<p@x.example>"), at=time.time() - 60
    )
    skipped = sync(ana)["job_id"]
    (line,) = ana.http.get(f"/api/runs/{skipped}/messages", params={"outcome": "skipped"}).json()["items"]
    names["LINE"] = str(line["id"])
    tried = examples()
    assert len(tried) >= 12
    for words in tried:
        answer = send(ana, words, names | {"JOB": names.get("JOB", skipped)})
        assert answer.status_code in (200, 202), (words, answer.text)
        if answer.status_code == 202:
            names["JOB"] = answer.json()["job_id"]
            run = run_of(ana.http, names["JOB"])
            assert (run["state"], run["error"]) == ("done", None), words


def test_every_setting_it_names_exists() -> None:
    named = set(re.findall(r"`([A-Z][A-Z_]{5,})`", PAGE))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}
