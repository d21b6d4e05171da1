"""Tables in the page: another tracker's file comes in and goes again, the list goes out, the weekly report prints."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product

TABLE = (
    "Company;Position;Status;Applied;Remarks\n"
    "Larkspur Nursery;Gardener;Interview;05/02/2026;Call Mara\n"
    "Wagtail Works;Controller;Archived;06/02/2026;\n"
    ";Cook;Applied;07/02/2026;\n"
)


def test_a_table_comes_in_goes_again_and_goes_out(
    demo_product: Product, visit: OpenVisit, tmp_path: Path
) -> None:
    here = visit(demo_product)
    here.sign_in()
    page = here.page
    with demo_product.client() as client:
        before = client.get("/api/applications").json()["total"]
    page.goto("/settings/import")
    file = {"name": "jobs.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.get_by_label("Choose a file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("combobox", name='What "Position" holds')).to_have_value("job_title")
    page.get_by_role("combobox", name='What "Archived" means').select_option("rejected")
    page.get_by_role("radio", name="Day first").click()
    expect(page.get_by_role("button", name="See the rows")).to_be_enabled()
    assert find_barriers(page, "import, columns") == []
    page.get_by_role("button", name="See the rows").click()
    expect(page.get_by_text("There is no company.")).to_be_visible()
    assert find_barriers(page, "import, rows") == []
    page.get_by_role("button", name="Import 2 applications").click()
    expect(page.get_by_text("2 applications added")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Show applications").click()
    page.get_by_role("button", name="Export and import").click()
    with page.expect_download() as taken:
        page.get_by_role("menuitem", name="CSV file", exact=True).click()
    path = tmp_path / "taken.csv"
    taken.value.save_as(path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == before + 2
    (ours,) = [row for row in rows if row["Company"] == "Larkspur Nursery"]
    assert (ours["Stage"], ours["Applied"][:10]) == ("interview", "2026-02-05")
    page.get_by_role("button", name="Export and import").click()
    page.get_by_role("menuitem", name="Google Sheets").click()
    expect(page.get_by_text("no service account for Google Sheets yet")).to_be_visible()
    page.keyboard.press("Escape")

    page.goto("/analytics/weekly?from=2026-02-02&to=2026-02-08")
    expect(page.get_by_role("row", name="Larkspur Nursery")).to_be_visible()
    assert find_barriers(page, "weekly report") == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.emulate_media(media="screen")

    with demo_product.client() as client:
        (whole,) = client.get("/api/decisions", params={"kind": "import", "active": True}).json()["items"]
        client.post(f"/api/decisions/{whole['id']}/revoke").raise_for_status()
        assert client.get("/api/applications").json()["total"] == before
