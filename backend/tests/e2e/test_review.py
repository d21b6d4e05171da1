"""Review in a real browser: one question at a time, answered with single keys, taken back, never lost."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product


def test_answers_by_keyboard_and_back(demo_product: Product, visit: OpenVisit) -> None:
    with demo_product.client() as client:
        waiting = client.get("/api/review").raise_for_status().json()
    assert waiting["total"] > 0, "the demo mailbox holds mail that can be read in two ways"
    here = visit(demo_product)
    here.sign_in()
    page = here.page
    page.goto("/applications")
    expect(page.locator("[data-row]").first).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_visible()
    mail = page.locator("article h4")
    expect(mail).to_be_visible()
    first = mail.inner_text()
    assert find_barriers(page, "review") == []
    page.keyboard.press("9")
    expect(page.get_by_role("status")).to_contain_text(re.compile("not about a job"))
    page.keyboard.press("u")
    expect(mail).to_have_text(first)
    with demo_product.client() as client:
        expect(page.get_by_role("status")).not_to_contain_text("went wrong")
        for _ in range(50):
            if client.get("/api/review").json()["total"] == waiting["total"]:
                break
            page.wait_for_timeout(200)
        assert client.get("/api/review").json()["total"] == waiting["total"]


def test_checking_what_it_is_sure_of(demo_product: Product, visit: OpenVisit) -> None:
    here = visit(demo_product, phone=True)
    here.sign_in()
    page = here.page
    page.goto("/review")
    page.get_by_role("link", name="How right is it on your mail?").click()
    expect(page.get_by_text("1 of 30")).to_be_visible()
    assert find_barriers(page, "review") == []
    page.locator("[data-guess]").click()
    expect(page.get_by_text(re.compile(r"^1 of 1 right \(\d+ to 100 %\)$"))).to_be_visible()
    expect(page.get_by_text("2 of 30")).to_be_visible()
    with demo_product.client() as client:
        sampled = client.get("/api/review/sample").json()
    assert (sampled["checked"], sampled["right"]) == (1, 1)
