"""The page of figures with the demo mailbox: in sentences, as tables and files, and leading to the applications."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product
from tests.e2e.screens import show_analytics
from tests.e2e.visits import THEMES


def test_figures_of_the_demo(demo_product: Product, visit: OpenVisit, tmp_path: Path) -> None:
    here = visit(demo_product)
    show_analytics(here)
    page = here.page
    with demo_product.client() as client:
        funnel = client.get("/api/analytics/funnel").json()
        rejected = client.get("/api/applications", params={"reached": "rejected"}).json()["total"]
    sent = funnel["applied"]["count"]
    assert sent > 20
    expect(page.get_by_text(f"n = {sent} applications sent").first).to_be_visible()
    assert funnel["rejected"]["count"] == rejected

    figure = page.get_by_role("region", name="of your applications got an answer")
    figure.get_by_role("button", name="Show as a table").click()
    expect(figure.get_by_role("columnheader", name="Interval from")).to_be_visible()
    figure.get_by_role("combobox", name="Compare by").select_option("industry")
    expect(figure.get_by_role("rowheader", name="Finance")).to_be_visible()
    assert take_along(page, "of your applications got an answer", "Table (CSV)")[0][0] == "Industry"

    with page.expect_download() as download:
        funnel_figure = page.get_by_role("region", name="led to an interview or a test")
        funnel_figure.get_by_role("button", name="Take along").click()
        page.get_by_role("menuitem", name="Picture (PNG)").click()
    picture = tmp_path / "funnel.png"
    download.value.save_as(picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 5_000

    for theme in THEMES:
        here.change_theme(theme)
        assert find_barriers(page, f"analytics, {theme}") == []

    funnel_figure.get_by_role("link", name="Rejected").click()
    expect(page.get_by_role("status").filter(has_text=f"{rejected} of ")).to_be_visible()
    assert "reached%3Arejected" in page.url
    page.go_back()
    page.get_by_role("combobox", name="Source").select_option("linkedin")
    expect(page.get_by_text(f"n = {sent} applications sent")).to_have_count(0)
    assert "source=linkedin" in page.url


def take_along(page: Page, figure: str, what: str) -> list[list[str]]:
    """The rows of a figure's CSV."""
    with page.expect_download() as download:
        page.get_by_role("region", name=figure).get_by_role("button", name="Take along").click()
        page.get_by_role("menuitem", name=what).click()
    return list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
