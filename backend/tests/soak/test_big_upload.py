"""A mail file of 300 MB from a real browser, while its owner looks at other pages."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from tests.e2e.big_archives import write_big_mbox
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, wait_for_end

MEGABYTES = 300
TEXT_MEGABYTES = 20
ANSWERS_WITHIN_S = 30.0  # a page that hangs, not one that is slow on a busy machine

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]


def test_three_hundred_megabytes_from_the_browser(product: Product, visit: OpenVisit, tmp_path: Path) -> None:
    path = tmp_path / "All mail.mbox"
    mails = write_big_mbox(path, megabytes=MEGABYTES, text_megabytes=TEXT_MEGABYTES)
    product.make_owner()
    here = visit(product)
    here.sign_in()
    page = here.page
    sent: list[int] = []

    def count(request: Request) -> None:
        if request.method == "PUT" and "/imports/mail/uploads/" in urlsplit(request.url).path:
            sent.append(len(request.post_data_buffer or b""))

    page.on("requestfinished", count)
    page.goto("/welcome")
    began = time.monotonic()
    page.get_by_label("Choose a file").set_input_files(path)
    expect(page.get_by_text("handed over")).to_be_visible(timeout=60_000)
    waits = []
    while not (run := newest_import(product)):
        for name in ("Applications", "Mail & sync"):
            asked = time.monotonic()
            page.get_by_role("link", name=name).first.click()
            expect(page.get_by_role("heading", name=re.compile(name)).first).to_be_visible()
            waits.append(time.monotonic() - asked)
        assert time.monotonic() - began < 900, "it never arrived"
    handed_over = time.monotonic() - began
    with product.client() as client:
        done = wait_for_end(client, run, within_s=900)
        applications = client.get("/api/applications").raise_for_status().json()["items"]
    assert (done["state"], done["created"], done["errors"]) == ("done", mails, 0), done
    assert [each["stage"] for each in applications] == ["rejected"], "the first mail and the last are there"
    assert sum(sent) < 1.5 * TEXT_MEGABYTES * 1_000_000, "attachments stay behind"
    assert max(waits) < ANSWERS_WITHIN_S, "the page can be used meanwhile"
    sys.stdout.write(
        f"{mails} mails, {MEGABYTES} MB, {sum(sent) / 1e6:.0f} MB sent in {handed_over:.0f} s, "
        f"read after {time.monotonic() - began:.0f} s; {len(waits)} clicks, {max(waits):.2f} s at most\n"
    )


def newest_import(product: Product) -> str | None:
    """The id of the import that the upload has become, once it has."""
    with product.client() as client:
        items = client.get("/api/runs", params={"kind": "import"}).raise_for_status().json()["items"]
    return str(items[0]["job_id"]) if items else None
