"""Settings with a language model, and mail that is read again, in a real browser."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, run_product, wait_for_end
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mbox
from tests.factories.models import give_model, trained_model
from tests.fakes.llm import FakeLlm

MAILS = [
    *candidacy("Larkspur Systems", "Data Engineer", "received", "interview", "rejection"),
    *candidacy("Quillfeather Labs", "Analyst", "received", "interview"),
]


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeLlm]:
    with FakeLlm() as server:
        yield server


@pytest.fixture(scope="module")
def misread(tmp_path_factory: pytest.TempPathFactory, servers_folder: Path) -> Iterator[Product]:
    """A Jobtrail whose mail was read by an earlier version, which took everything for updates."""
    data = tmp_path_factory.mktemp("misread") / "data"
    give_model(trained_model(servers_folder), data)
    with run_product(data) as running:
        running.make_owner()
        with running.client() as client:
            files = {"file": ("mail.mbox", make_mbox(MAILS), "application/mbox")}
            started = client.post("/api/imports/mail", files=files).raise_for_status().json()
            wait_for_end(client, started["job_id"], within_s=120)
        with sqlite3.connect(data / "jobtrail.db", timeout=30) as database:
            database.execute(
                "UPDATE verdicts SET email_class = 'STATUS_UPDATE', application_stage = NULL, pipeline_version = '0'"
            )
        yield running


def test_after_an_upgrade_some_changes_are_taken_and_some_left(misread: Product, visit: OpenVisit) -> None:
    here = visit(misread)
    here.sign_in()
    page = here.page
    page.goto("/settings")
    expect(page.get_by_text(re.compile(r"^5 mails were read by an earlier version"))).to_be_visible()
    page.get_by_role("link", name="Read mail again").click()
    expect(page.get_by_text("5 mails, nothing is sent")).to_be_visible()
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("heading", name="5 of 5 mails would change")).to_be_visible(timeout=60_000)
    rejection = page.get_by_role("listitem").filter(has_text="Rejection")
    expect(rejection).to_contain_text("Status update")
    assert find_barriers(page, "read again") == []
    rejection.get_by_role("checkbox").check()
    page.get_by_role("button", name="Accept 1 chosen").click()
    expect(page.get_by_text("1 mail reads differently now.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name=re.compile("^4 "))).to_be_visible()
    with misread.client() as client:
        counted = [m["email_class"] for m in client.get("/api/emails").json()["items"]]
        stages = {a["stage"] for a in client.get("/api/applications").json()["items"]}
    assert sorted(counted) == ["REJECTION", *["STATUS_UPDATE"] * 4]
    assert "rejected" in stages
    page.get_by_role("button", name="Leave everything as it is").click()
    expect(page.get_by_role("status").filter(has_text="Left as it was")).to_be_visible()
    expect(page.get_by_role("button", name="See what would change")).to_have_count(0)


def test_a_model_is_tested_before_it_is_stored(misread: Product, fake: FakeLlm, visit: OpenVisit) -> None:
    here = visit(misread, phone=True)
    here.sign_in()
    page = here.page
    page.goto("/settings")
    expect(
        page.get_by_text("Nothing was sent to a language model. Your mail was read here, and only here.")
    ).to_be_visible()
    page.get_by_text("OpenAI or compatible").click()
    page.get_by_label("Key", exact=True).fill("a wrong one")
    reader = page.get_by_role("region", name="Who reads your mail")
    reader.get_by_label("Address").fill(fake.openai_url)
    here.expect_status("/api/settings/llm/test", 502)
    page.get_by_role("button", name="Test and save").click()
    expect(page.get_by_role("alert")).to_contain_text("key")
    page.get_by_label("Key", exact=True).fill(fake.key)
    page.get_by_role("button", name="Test and save").click()
    expect(page.get_by_text(re.compile(r"^Saved\. gpt-4o-mini answered in"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"gpt-4o-mini at 127\.0\.0\.1"))).to_be_visible()
    assert find_barriers(page, "settings") == []
    page.reload()
    expect(page.get_by_label("Key", exact=True)).to_have_value("")
    expect(page.get_by_label("Key", exact=True)).to_have_attribute("placeholder", re.compile("^Stored"))
    expect(page.get_by_text(re.compile(r"^A test of gpt-4o-mini")).first).to_be_visible()
    page.get_by_role("link", name="Read mail again").click()
    expect(page.get_by_text(re.compile(r"at most 1 request to the model"))).to_be_visible()
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_role("heading", name=re.compile("mails would change"))).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=re.compile("^Accept all")).click()
    expect(page.get_by_text(re.compile("read differently now"))).to_be_visible(timeout=60_000)
    with misread.client() as client:
        mails = client.get("/api/emails").json()["items"]
    assert "llm:gpt-4o-mini" in {m["classified_by"] for m in mails}
    page.goto("/settings")
    page.get_by_text(re.compile(r"^\d mails to gpt-4o-mini")).first.click()
    expect(page.get_by_text("What was sent").first).to_be_visible()
    page.get_by_text("None", exact=True).click()
    reader.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing leaves this machine.")).to_be_visible()
