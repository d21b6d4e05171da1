"""An account taken away as a file, deleted, and brought home: all by a person, in the page."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import PASSWORD, USERNAME, Product, wait_for_end
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mbox


def test_an_account_leaves_and_comes_home(product: Product, visit: OpenVisit, tmp_path: Path) -> None:
    product.make_owner()
    mails = candidacy("Larkspur Systems", "Data Engineer", "received", "interview")
    with product.client() as client:
        started = client.post("/api/imports/mail", files={"file": ("mail.mbox", make_mbox(mails))}).json()
        assert wait_for_end(client, started["job_id"], within_s=90)["state"] == "done"
    here = visit(product)
    here.sign_in()
    page = here.page
    page.goto("/settings/data")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download archive").click()
    archive = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(archive)
    expect(page.get_by_text(re.compile(rf"^{re.escape(archive.name)}, .+ keep it safe"))).to_be_visible()
    with ZipFile(archive) as file:
        assert file.testzip() is None
        assert len(file.read("data/emails.jsonl").splitlines()) == 2

    here.expect_status("/api/imports/archive", 409)
    page.get_by_label("Restore an archive").set_input_files(archive)
    expect(page.get_by_role("alert")).to_contain_text("1 application, 2 emails")
    assert find_barriers(page, "your data") == []

    page.get_by_role("button", name="Delete account").click()
    dialog = page.get_by_role("dialog", name="Delete your account?")
    sure = dialog.get_by_role("button", name="Delete for good")
    expect(sure).to_be_disabled()
    dialog.get_by_label("Type your user name").fill(USERNAME)
    dialog.get_by_label("Your password", exact=True).fill(f"not {PASSWORD}")
    here.expect_status("/api/me", 403)
    sure.click()
    expect(dialog.get_by_role("alert")).to_contain_text("The current password is wrong")
    assert find_barriers(page, "the way out") == []
    dialog.get_by_label("Your password", exact=True).fill(PASSWORD)
    sure.click()
    page.wait_for_url("**/welcome")

    product.make_owner()
    here.sign_in()
    page.goto("/settings/data")
    page.get_by_label("Restore an archive").set_input_files(archive)
    expect(page.get_by_text("Everything is here: 1 application, 2 emails.")).to_be_visible(timeout=60_000)
    page.goto("/applications")
    row = page.locator("[data-row]").first
    expect(row).to_contain_text("Larkspur Systems")
    expect(row).to_contain_text("Interview")
