"""What holds on every page, in both themes: no barriers, no wide pages, and little to download."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product
from tests.e2e.screens import SCREENS, WELCOME
from tests.e2e.visits import Theme

_JS_BUDGET = 250_000
_SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("theme", "phone"),
    [("light", False), ("dark", False), ("light", True)],
    ids=["light", "dark", "phone"],
)
def test_no_barriers_and_no_spill(
    demo_product: Product, visit: OpenVisit, theme: Theme, *, phone: bool
) -> None:
    here = visit(demo_product, theme=theme, phone=phone)
    found: list[str] = []
    for screen in SCREENS:
        screen.show(here)
        where = f"{screen.name}, {theme}"
        found += find_barriers(here.page, where)
        if here.page.evaluate(_SPILL) > 0:
            found.append(f"{where}: wider than the window")
    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_barriers_on_the_first_start(product: Product, visit: OpenVisit, theme: Theme) -> None:
    here = visit(product, theme=theme)
    found: list[str] = []
    for screen in WELCOME:
        screen.show(here)
        found += find_barriers(here.page, f"{screen.name}, {theme}")
    assert found == []


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
    assert sum(scripts.values()) <= _JS_BUDGET, scripts
