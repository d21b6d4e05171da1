"""Hostile mail in a real browser: shown as text and as its sender laid it out, and nothing of it runs or loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, wait_for_end
from tests.e2e.visits import THEMES
from tests.factories.hostile import hostile_mails
from tests.factories.mails import make_mbox


@pytest.fixture
def hostile(product: Product, tmp_path: Path) -> dict[int, int]:
    """The number of each hostile mail, and its id in the product; what was blocked in each is more than nothing."""
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
    assert len(found) == len(mails)
    return found


def test_hostile_mail_is_read_and_nothing_happens(
    product: Product, hostile: dict[int, int], visit: OpenVisit
) -> None:
    for theme in THEMES:
        here = visit(product, theme=theme)
        here.sign_in()
        page = here.page
        for number, email_id in sorted(hostile.items()) if theme == "light" else [(0, hostile[0])]:
            page.goto(f"/?mail={email_id}")
            shown = page.get_by_role("article").filter(has_text=f"Hostile {number}").first
            expect(shown).to_contain_text(f"Hostile mail {number}")
            shown.get_by_role("button", name="Show the original").click()
            frame = original(page)
            expect(frame.get_by_text(f"line {number}.0")).to_be_visible()
            expect(frame.get_by_text(f"the end of {number}")).to_be_attached()
            assert "ran" not in page.title()
            assert own_origin_only(page, product), [each.url for each in page.frames]
        here.screenshot(Path(f"test-artifacts/hostile-{theme}.png"))
        shown.get_by_role("button", name="Show the text").click()
        expect(page.locator("iframe")).to_have_count(0)


def original(page: Page) -> Frame:
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
