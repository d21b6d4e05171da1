"""Hostile mail in a real browser: shown as text and as its sender laid it out, and nothing of it runs or loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, run_product, wait_for_end
from tests.factories.hostile import hostile_mails
from tests.factories.mails import make_mbox


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A Jobtrail that keeps the HTML of mail about anything."""
    with run_product(tmp_path / "data", {"KEEP_OTHER_MAIL": "full"}) as running:
        yield running


@pytest.fixture
def hostile(product: Product, tmp_path: Path) -> dict[int, int]:
    """The number of each hostile mail, and its id in the product."""
    product.make_owner()
    mails = list(hostile_mails())
    file = tmp_path / "hostile.mbox"
    file.write_bytes(make_mbox(mails))
    with product.client() as client, file.open("rb") as content:
        started = (
            client.post("/api/imports/mail", files={"file": (file.name, content)}).raise_for_status().json()
        )
        assert wait_for_end(client, started["job_id"], within_s=90)["state"] == "done"
        items = client.get("/api/emails", params={"limit": 100}).json()["items"]
        found = {int(each["subject"].split()[1]): int(each["id"]) for each in items}
        blocked = [client.get(f"/api/emails/{each}").json()["trackers_blocked"] for each in found.values()]
    assert len(found) == len(mails)
    assert sum(blocked) > 25, "what it would have loaded is counted"
    return found


def test_hostile_mail_is_read_and_nothing_happens(
    product: Product, hostile: dict[int, int], visit: OpenVisit
) -> None:
    here = visit(product)
    here.sign_in()
    page = here.page
    page.goto("/settings")
    expect(page.get_by_text("No other machine was contacted.")).to_be_visible(timeout=60_000)
    for number in sorted(hostile):
        shown = open_mail(page, number)
        shown.get_by_role("button", name="Show the original").click()
        frame = original(page)
        expect(frame.get_by_text(f"line {number}.0", exact=True)).to_be_attached()
        assert page.title() != "ran"
        assert own_origin_only(page, product), [each.url for each in page.frames]
        shown.get_by_role("button", name="Show the text").click()
        expect(page.locator("iframe")).to_have_count(0)
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_have_count(0)


def open_mail(page: Page, number: int) -> Locator:
    """The mail, found by the search of the page."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search everything").fill(f"Hostile {number}")
    page.get_by_role("option").filter(has_text=re.compile(rf"Hostile {number}\b")).first.click()
    shown = page.get_by_role("article")
    expect(shown).to_contain_text(f"Hostile {number} <script>")
    return shown


def original(page: Page) -> Frame:
    """The frame with the mail as its sender laid it out, which may do nothing."""
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    sandbox = page.locator("iframe").get_attribute("sandbox") or ""
    assert not {"allow-scripts", "allow-same-origin", "allow-forms", "allow-top-navigation"} & set(
        sandbox.split()
    )
    return frame


def own_origin_only(page: Page, product: Product) -> bool:
    """Whether the page is where it was, and its only frame is the mail."""
    main, *others = page.frames
    return main.url.startswith(product.address) and [each.url for each in others] == ["about:srcdoc"]
