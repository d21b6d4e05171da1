"""From the first start to tracked applications and back out again, as a person does it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import PASSWORD, USERNAME, Product


def create_owner(page: Page) -> None:
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Where is your mail?")).to_be_visible()


def test_from_first_start_through_the_demo_to_signing_in_again(product: Product, visit: OpenVisit) -> None:
    here = visit(product)
    page = here.page
    page.goto("/")
    expect(page).to_have_url(re.compile("/welcome"))
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Use at least 10 characters.")).to_be_visible()
    create_owner(page)

    page.get_by_role("button", name="Load the demo mailbox").click()
    expect(page.get_by_role("heading", name="Reading your mail")).to_be_visible()
    rows = page.get_by_role("list", name="Applications").get_by_role("button")
    expect(rows.nth(4)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="Your mail is read")).to_be_visible(timeout=90_000)
    expect(
        page.get_by_role("status").filter(has_text=re.compile(r"^\d+ applications since \w+"))
    ).to_be_visible()
    page.get_by_role("button", name="See your applications").click()

    _open_a_story_and_change_its_stage(page)
    _remove_demo(page)

    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to Jobtrail")).to_be_visible()
    here.expect_status("/api/login", 401)
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("password", re.IGNORECASE))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Where is your mail?")).to_be_visible()


def _open_a_story_and_change_its_stage(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"^Interview \d+$")).click()
    expect(page).to_have_url(re.compile(r"stage(:|%3A)interview"))
    expect(page.locator("[data-row]").filter(has_not_text="Interview")).to_have_count(0)
    page.locator("[data-row]").first.click()
    story = page.get_by_role("region", name="Story")
    line = (
        story.get_by_role("tabpanel")
        .get_by_role("button", expanded=False)
        .filter(has_text="Moved to Interview")
        .first
    )
    line.click()
    lit = story.locator("article mark").first
    expect(lit).to_be_in_viewport()
    expect(lit).not_to_be_empty()

    story.get_by_role("button", name="Stage: Interview. Change it").click()
    page.get_by_role("dialog").get_by_role("button", name="Offer").click()
    expect(story.get_by_role("button", name="Stage: Offer. Change it")).to_be_visible()
    toast = page.get_by_role("status").filter(has_text="moved to Offer")
    toast.get_by_role("button", name="Undo").click()
    expect(story.get_by_role("button", name="Stage: Interview. Change it")).to_be_visible()


def _remove_demo(page: Page) -> None:
    page.get_by_role("link", name="Mail & sync").click()
    page.get_by_role("button", name="Remove the demo").click()
    expect(page.get_by_text("Demo mailbox removed")).to_be_visible()
    expect(page.get_by_text("No mail account yet")).to_be_visible()
    page.get_by_role("link", name="Applications").click()
    expect(page.get_by_text("No applications yet")).to_be_visible()
