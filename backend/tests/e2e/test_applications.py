"""Working with applications: search and filters in the address, keys, a phone, two tabs."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product
from tests.e2e.visits import PHONE, Visit

_SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_applications(visit: OpenVisit, product: Product, **how: bool) -> Visit:
    here = visit(product, **how)
    here.sign_in()
    here.page.goto("/applications")
    expect(here.page.locator("[data-row]").first).to_be_visible()
    return here


def shown_companies(page: Page) -> list[str]:
    return [text.splitlines()[0] for text in page.locator("[data-row]").all_inner_texts()]


def chosen_row(page: Page) -> str:
    chosen = page.locator("[data-row][aria-current=true]")
    expect(chosen).to_have_count(1)
    return chosen.get_attribute("href") or ""


def test_filters_live_in_the_address(demo_product: Product, visit: OpenVisit) -> None:
    page = open_applications(visit, demo_product).page
    status = page.get_by_role("region", name="Applications").get_by_role("status")
    page.get_by_role("textbox", name="Filter applications").fill("stage:rejected ")
    expect(page.get_by_role("button", name="Remove stage:rejected")).to_be_visible()
    expect(status).to_have_text(re.compile(r"^(?!(\d+) of \1 )\d+ of \d+ applications$"))
    filtered = status.inner_text()
    page.reload()
    expect(page.get_by_role("button", name="Remove stage:rejected")).to_be_visible()
    expect(status).to_have_text(filtered)

    page.get_by_role("button", name="Remove stage:rejected").click()
    expect(status).to_have_text(re.compile(r"^\d+ applications$"))
    company = page.locator("[data-row]").nth(3).inner_text().splitlines()
    word = max((line for line in company if len(line) > 3), key=len).split()[0]
    page.get_by_role("textbox", name="Filter applications").fill(word)
    expect(page).to_have_url(re.compile("q="))
    expect(status).to_have_text(re.compile(r"^\d+ of \d+ applications?$"))
    page.get_by_role("textbox", name="Filter applications").fill("zzz no such company")
    expect(page.get_by_text("Nothing matches this filter")).to_be_visible()
    page.get_by_role("button", name="Clear the filter").last.click()
    expect(status).to_have_text(re.compile(r"^\d+ applications$"))


def test_search_finds_applications_and_mail(demo_product: Product, visit: OpenVisit) -> None:
    page = open_applications(visit, demo_product).page
    company = page.locator("article h2").inner_text().split()[0]
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search everything").fill(company)
    hit = page.get_by_role("option").filter(has_text=company).first
    expect(hit).to_be_visible()
    hit.click()
    expect(page).to_have_url(re.compile(r"/applications/\d+"))


def test_everything_by_keyboard(demo_product: Product, visit: OpenVisit) -> None:
    page = open_applications(visit, demo_product).page
    first = chosen_row(page)
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"/applications/\d+$"))
    second = chosen_row(page)
    assert second != first
    page.keyboard.press("j")
    expect(page.locator(f"[data-row][href='{second}'][aria-current=true]")).to_have_count(0)
    page.keyboard.press("k")
    expect(page.locator(f"[data-row][href='{second}'][aria-current=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=full"))
    expect(page.locator("[data-row]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("[data-row]").first).to_be_visible()

    page.keyboard.press("/")
    box = page.get_by_role("textbox", name="Filter applications")
    expect(box).to_be_focused()
    page.keyboard.type("stage:applied ")
    expect(page.get_by_role("button", name="Remove stage:applied")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("button", name="Remove stage:applied")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()

    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Next application")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile("/mail$"))
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile("/settings$"))


def test_on_a_phone(demo_product: Product, visit: OpenVisit) -> None:
    here = open_applications(visit, demo_product, phone=True)
    page = here.page
    bar = page.get_by_role("navigation", name="Pages")
    box = bar.bounding_box()
    assert box is not None
    assert round(box["y"] + box["height"]) == PHONE["height"], "the pages stand at the bottom"
    assert page.evaluate(_SPILL) <= 0
    page.locator("[data-row]").first.tap()
    story = page.get_by_role("region", name="Story")
    expect(story).to_be_visible()
    here.wait_until_still()
    height = (story.bounding_box() or {"height": 0})["height"]
    assert height > PHONE["height"] * 0.75, "the application comes up over nearly the whole height"
    line = story.get_by_role("listitem").get_by_role("button", expanded=False).first
    line.tap()
    expect(story.locator("article article")).to_be_visible()
    assert page.evaluate(_SPILL) <= 0
    page.get_by_role("dialog", name="Story").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog", name="Story")).to_have_count(0)
    for name in ("Mail & sync", "Settings"):
        bar.get_by_role("link", name=name).tap()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_attached()
        assert page.evaluate(_SPILL) <= 0, name


def test_two_tabs_show_the_same(demo_product: Product, visit: OpenVisit) -> None:
    here = open_applications(visit, demo_product)
    page = here.page
    page.locator("[data-row]").nth(1).click()
    expect(page).to_have_url(re.compile(r"/applications/\d+$"))
    other = here.context.new_page()
    other.goto(page.url)
    stage = other.get_by_role("button", name=re.compile("^Stage: .* Change it$"))
    expect(stage).to_be_visible()
    before = stage.get_attribute("aria-label") or ""
    target = "Withdrawn"
    page.get_by_role("button", name=before).click()
    page.get_by_role("dialog").get_by_role("button", name=target).click()
    expect(page.get_by_role("button", name=f"Stage: {target}. Change it")).to_be_visible()
    toast = page.get_by_role("status").filter(has_text=f"moved to {target}")
    expect(toast).to_be_visible()
    other.bring_to_front()
    other.reload()
    expect(other.get_by_role("button", name=f"Stage: {target}. Change it")).to_be_visible()
    page.bring_to_front()
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name=before)).to_be_visible()
    other.bring_to_front()
    other.reload()
    expect(other.get_by_role("button", name=before)).to_be_visible()
