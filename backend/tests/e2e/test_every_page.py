"""What holds on every page, in both themes: no barriers, no wide pages, and little to download."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from urllib.parse import urlsplit

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product
from tests.e2e.screens import SCREENS, WELCOME, Screen
from tests.e2e.visits import THEMES, Theme, Visit

# What the document itself names, and nothing can be drawn without.
_JS_BUDGET = 250_000
# With the parts that come by themselves while the list is fetched, such as the story beside it.
_JS_IN_ALL = 300_000
# Time for a machine that does much else; what the page itself needs is a tenth of it.
_FIRST_PAINT_MS = 6_000
_FIRST_PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (each.name === "first-contentful-paint") resolve(each.startTime);
  }).observe({ type: "paint", buffered: true });
})"""
_MOST_SHIFT = 0.02
_SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def look_at(here: Visit, screens: Sequence[Screen], themes: Sequence[Theme] = THEMES) -> list[str]:
    """What is wrong on these screens."""
    found: list[str] = []
    for screen in screens:
        screen.show(here)
        for theme in themes:
            here.change_theme(theme)
            found += find_barriers(here.page, f"{screen.name}, {theme}")
        if here.page.evaluate(_SPILL) > 0:
            found.append(f"{screen.name}: wider than the window")
    return found


def test_no_barriers_and_no_spill(demo_product: Product, visit: OpenVisit) -> None:
    assert look_at(visit(demo_product), SCREENS) == []


def test_no_barriers_and_no_spill_on_a_phone(demo_product: Product, visit: OpenVisit) -> None:
    assert look_at(visit(demo_product, phone=True), SCREENS, ["light"]) == []


def test_no_barriers_on_the_first_start(product: Product, visit: OpenVisit) -> None:
    assert look_at(visit(product), WELCOME) == []


def test_nothing_jumps_while_a_page_loads(demo_product: Product, visit: OpenVisit) -> None:
    jumped: dict[str, float] = {}
    for phone in (False, True):
        here = visit(demo_product, phone=phone)
        here.sign_in()
        for address in (
            "/today",
            "/applications",
            "/applications?q=stage%3Ainterview",
            "/mail",
            "/settings",
            "/settings/security",
            "/settings/people",
            "/reading",
        ):
            here.page.goto(address)
            here.page.wait_for_load_state("networkidle")
            jumped[f"{address}, {'phone' if phone else 'desktop'}"] = here.shifts()
    assert {where: shift for where, shift in jumped.items() if shift > _MOST_SHIFT} == {}


def test_the_first_visit_downloads_little(demo_product: Product, visit: OpenVisit) -> None:
    here = visit(demo_product)
    here.sign_in()
    scripts: dict[str, int] = {}
    here.page.on(
        "response",
        lambda response: (
            scripts.update({response.url: len(gzip.compress(response.body()))})
            if urlsplit(response.url).path.endswith(".js")
            else None
        ),
    )
    here.page.goto("/applications")
    here.page.locator("[data-row]").first.wait_for()
    here.page.wait_for_load_state("networkidle")
    assert scripts
    document = here.context.request.get("/applications").text()
    first = {url: size for url, size in scripts.items() if urlsplit(url).path in document}
    assert 100_000 < sum(first.values()) <= _JS_BUDGET, first
    assert sum(scripts.values()) <= _JS_IN_ALL, scripts
    assert here.page.evaluate(_FIRST_PAINT) <= _FIRST_PAINT_MS
